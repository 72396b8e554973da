import { type Cubic, cubicOfLine, hermiteCubic, pointOnCubic } from './cubic.ts';
import { FLATTEN_TOLERANCE_MM, requireFinitePath } from './flatten.ts';
import { CLOSE, CUBIC, forEachStep, LINE, MOVE, type Path, PathBuilder } from './path.ts';
import type { Point } from './point.ts';

/** A piece is halved at most this often. */
const MAX_DEPTH = 10;

/** Where a fitted piece is compared with the true one: unevenly spaced, so that a wave in the map cannot hide between them. */
const PROBES: readonly number[] = [0.11, 0.29, 0.5, 0.73, 0.87];

/** Step of the numeric derivative, as a share of the parameter. */
const EPSILON = 1e-4;

type Curve = (t: number) => Point;

/** The derivative from inside 0..1 only, as a map may not be defined beyond the ends of the path. */
const derivative = (curve: Curve, t: number, from: number, to: number): Point => {
  const way = t - from < to - t ? 1 : -1;
  const [a, b, c] = [curve(t), curve(t + way * EPSILON), curve(t + 2 * way * EPSILON)];
  const scale = way / (2 * EPSILON);
  return { x: (-3 * a.x + 4 * b.x - c.x) * scale, y: (-3 * a.y + 4 * b.y - c.y) * scale };
};

const hermite = (curve: Curve, from: number, to: number): Cubic => {
  const [start, end] = [curve(from), curve(to)];
  const [leave, arrive] = [derivative(curve, from, from, to), derivative(curve, to, from, to)];
  return hermiteCubic(start, leave, end, arrive, to - from);
};

const fits = (curve: Curve, candidate: Cubic, from: number, to: number, toleranceMm: number): boolean =>
  PROBES.every((probe) => {
    const [truth, guess] = [curve(from + probe * (to - from)), pointOnCubic(candidate, probe)];
    return Math.hypot(truth.x - guess.x, truth.y - guess.y) <= toleranceMm;
  });

const isStraight = ({ x0, y0, x1, y1, x2, y2, x3, y3 }: Cubic): boolean => {
  const span = Math.hypot(x3 - x0, y3 - y0);
  const off = (x: number, y: number): number => Math.abs((x3 - x0) * (y - y0) - (y3 - y0) * (x - x0));
  return span > 0 && Math.max(off(x1, y1), off(x2, y2)) <= 1e-6 * span;
};

const addFitted = (out: PathBuilder, curve: Curve, from: number, to: number, toleranceMm: number, depth: number): void => {
  const candidate = hermite(curve, from, to);
  if (depth < MAX_DEPTH && !fits(curve, candidate, from, to, toleranceMm)) {
    const middle = (from + to) / 2;
    addFitted(out, curve, from, middle, toleranceMm, depth + 1);
    addFitted(out, curve, middle, to, toleranceMm, depth + 1);
    return;
  }
  const { x1, y1, x2, y2, x3, y3 } = candidate;
  if (isStraight(candidate)) out.lineTo(x3, y3);
  else out.cubicTo(x1, y1, x2, y2, x3, y3);
};

/**
 * The path bent by a smooth map of the plane (arch, bulge, flag, perspective). Lines and curves become as many cubics as it takes to stay
 * within `toleranceMm` of the true image; pieces that stay straight stay lines. Sub-paths keep their points and their closing.
 * Throws RangeError when the path or an image of the map is not finite.
 */
export const warpPath = (path: Path, map: (point: Point) => Point, toleranceMm: number = FLATTEN_TOLERANCE_MM): Path => {
  if (!(toleranceMm > 0)) throw new RangeError(`expected a tolerance above 0 mm for warping, got ${toleranceMm}`);
  requireFinitePath(path);
  const safe = (point: Point): Point => {
    const image = map(point);
    if (Number.isFinite(image.x) && Number.isFinite(image.y)) return image;
    throw new RangeError(`expected a finite image of (${point.x}, ${point.y}) from a warp, got (${image.x}, ${image.y})`);
  };
  const out = new PathBuilder();
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const draw = (source: Cubic): void => {
    addFitted(out, (t) => safe(pointOnCubic(source, t)), 0, 1, toleranceMm, 0);
    [x, y] = [source.x3, source.y3];
  };
  forEachStep(path, (verb, at) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = path.coords.subarray(at, at + 6);
    if (verb === MOVE) {
      const image = safe({ x: a, y: b });
      out.moveTo(image.x, image.y);
      [x, y, startX, startY] = [a, b, a, b];
    } else if (verb === LINE) draw(cubicOfLine(x, y, a, b));
    else if (verb === CUBIC) draw({ x0: x, y0: y, x1: a, y1: b, x2: c, y2: d, x3: e, y3: f });
    else if (verb === CLOSE) {
      // The closing line bends like any other, so it is drawn before the close.
      if (x !== startX || y !== startY) draw(cubicOfLine(x, y, startX, startY));
      out.close();
      [x, y] = [startX, startY];
    }
  });
  return out.finish();
};
