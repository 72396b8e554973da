import { type Cubic, cubicOfLine, headingOnCubic, lengthOfCubic, pointOnCubic } from './cubic.ts';
import { requireFinitePath } from './flatten.ts';
import { CLOSE, CUBIC, forEachStep, LINE, MOVE, type Path } from './path.ts';

/** One straight or curved piece of a path with its place in the running length. */
export type Span = {
  readonly kind: 'line' | 'cubic';
  readonly curve: Cubic;
  readonly startMm: number;
  readonly lengthMm: number;
  /** Lengths from the start of the curve to each sixteenth of its parameter; empty for a line. */
  readonly knots: readonly number[];
};

/** The drawn pieces of one sub-path, those without length left out. */
export type SpanChain = { readonly spans: readonly Span[]; readonly closed: boolean; readonly x: number; readonly y: number };

const KNOTS = 16;

const spanOf = (kind: 'line' | 'cubic', curve: Cubic, startMm: number): Span => {
  if (kind === 'line') return { kind, curve, startMm, lengthMm: Math.hypot(curve.x3 - curve.x0, curve.y3 - curve.y0), knots: [] };
  const knots = [0];
  for (let i = 0; i < KNOTS; i++) knots.push((knots[i] ?? 0) + lengthOfCubic(curve, i / KNOTS, (i + 1) / KNOTS));
  return { kind, curve, startMm, lengthMm: knots[KNOTS] ?? 0, knots };
};

type OpenChain = { readonly spans: Span[]; closed: boolean; readonly x: number; readonly y: number };

/** The sub-paths as chains of measured pieces; `startMm` runs on from one chain to the next. Throws RangeError unless finite. */
export const measureChains = (path: Path): readonly SpanChain[] => {
  requireFinitePath(path);
  const { coords } = path;
  const chains: OpenChain[] = [];
  let chain: OpenChain | undefined;
  let [x, y, total] = [0, 0, 0];
  const begin = (): OpenChain => {
    const begun: OpenChain = { spans: [], closed: false, x, y };
    chains.push(begun);
    return begun;
  };
  const add = (kind: 'line' | 'cubic', curve: Cubic): void => {
    const span = spanOf(kind, curve, total);
    chain ??= begin();
    if (span.lengthMm > 0) chain.spans.push(span);
    total += span.lengthMm;
    [x, y] = [curve.x3, curve.y3];
  };
  forEachStep(path, (verb, at) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = coords.subarray(at, at + 6);
    if (verb === MOVE) {
      [x, y] = [a, b];
      chain = begin();
    } else if (verb === LINE) add('line', cubicOfLine(x, y, a, b));
    else if (verb === CUBIC) add('cubic', { x0: x, y0: y, x1: a, y1: b, x2: c, y2: d, x3: e, y3: f });
    else if (verb === CLOSE && chain) {
      add('line', cubicOfLine(x, y, chain.x, chain.y));
      chain.closed = true;
      chain = undefined;
    }
  });
  return chains;
};

/** The parameter at which the piece has run `distance` mm from its start: linear on a line, bisected between knots on a curve. */
export const parameterAt = ({ kind, curve, lengthMm, knots }: Span, distance: number): number => {
  if (distance <= 0) return 0;
  if (distance >= lengthMm) return 1;
  if (kind === 'line') return distance / lengthMm;
  let k = 0;
  while (k < KNOTS - 1 && (knots[k + 1] ?? 0) <= distance) k += 1;
  const from = k / KNOTS;
  const need = distance - (knots[k] ?? 0);
  let [low, high] = [from, (k + 1) / KNOTS];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (lengthOfCubic(curve, from, middle) < need) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** The length of all that the path draws, the closing lines with it, in mm. */
export const pathLength = (path: Path): number =>
  measureChains(path).reduce((sum, { spans }) => sum + spans.reduce((run, span) => run + span.lengthMm, 0), 0);

/** A place on a path and the direction of travel there: degrees clockwise from the right, on a y-down page. */
export type RulerMark = { readonly x: number; readonly y: number; readonly angleDeg: number };

export type Ruler = {
  readonly lengthMm: number;
  /** True when the path is one closed sub-path: distances then wrap around. */
  readonly closed: boolean;
  /** The mark at a distance along the path in mm. Beyond an open end it goes straight on; at a corner it takes the leaving direction. */
  readonly at: (distanceMm: number) => RulerMark;
};

const markOn = (span: Span, distance: number): RulerMark => {
  const t = parameterAt(span, distance);
  return { ...pointOnCubic(span.curve, t), angleDeg: headingOnCubic(span.curve, t) };
};

const goOn = ({ x, y, angleDeg }: RulerMark, by: number): RulerMark => {
  const angle = (angleDeg * Math.PI) / 180;
  return { x: x + by * Math.cos(angle), y: y + by * Math.sin(angle), angleDeg };
};

/** The last piece that begins at or before the distance. */
const spanAt = (spans: readonly Span[], distance: number): Span | undefined => {
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((spans[middle]?.startMm ?? 0) <= distance) low = middle;
    else high = middle - 1;
  }
  return spans[low];
};

/**
 * A ruler along the path, true to arc length, for text on a path. Sub-paths follow each other. A path without length measures to the
 * right from its point. Throws RangeError for an empty path, for coordinates that are not finite, and (from `at`) for such a distance.
 */
export const makeRuler = (path: Path): Ruler => {
  const chains = measureChains(path);
  const [first] = chains;
  if (!first) throw new RangeError('expected a path with at least one point for a ruler, got an empty path');
  const spans = chains.flatMap((chain) => chain.spans);
  const lengthMm = spans.reduce((sum, span) => sum + span.lengthMm, 0);
  const closed = chains.length === 1 && first.closed && lengthMm > 0;
  const still: RulerMark = { x: first.x, y: first.y, angleDeg: 0 };
  const at = (distanceMm: number): RulerMark => {
    if (!Number.isFinite(distanceMm)) throw new RangeError(`expected a finite distance on a ruler, got ${distanceMm}`);
    const distance = closed ? ((distanceMm % lengthMm) + lengthMm) % lengthMm : distanceMm;
    const span = spanAt(spans, distance);
    if (!span) return goOn(still, distance);
    if (distance < 0) return goOn(markOn(span, 0), distance);
    if (distance > lengthMm) return goOn(markOn(span, span.lengthMm), distance - lengthMm);
    return markOn(span, distance - span.startMm);
  };
  return { lengthMm, closed, at };
};

/**
 * The signed area of each sub-path in mm² (open ones closed by a line), exact for cubics by Green's theorem: positive when it runs
 * clockwise on a y-down page. Overlaps within a sub-path count as often as they wind.
 */
export const signedAreas = (path: Path): readonly number[] =>
  measureChains(path).map(({ spans, x, y }) => {
    // About its own start the closing line adds nothing.
    return spans.reduce((sum, { curve }) => sum + areaUnderCubic(curve, x, y), 0);
  });

/** Half the integral of x dy - y dx along the curve, taken about (ox, oy) so that far-off paths lose no digits. */
const areaUnderCubic = ({ x0, y0, x1, y1, x2, y2, x3, y3 }: Cubic, ox: number, oy: number): number => {
  const cross = (ax: number, ay: number, bx: number, by: number): number => (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  return (
    (6 * cross(x0, y0, x1, y1) +
      3 * cross(x0, y0, x2, y2) +
      cross(x0, y0, x3, y3) +
      3 * cross(x1, y1, x2, y2) +
      3 * cross(x1, y1, x3, y3) +
      6 * cross(x2, y2, x3, y3)) /
    20
  );
};

/** +1 when the path as a whole runs clockwise on a y-down page, -1 when counter-clockwise, 0 when it encloses nothing. */
export const windingOfPath = (path: Path): 1 | -1 | 0 => {
  const area = signedAreas(path).reduce((sum, part) => sum + part, 0);
  return area > 0 ? 1 : area < 0 ? -1 : 0;
};
