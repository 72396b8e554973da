import { sliceCubic } from './cubic.ts';
import { measureChains, parameterAt, type Span, type SpanChain } from './measure.ts';
import { type Path, PathBuilder } from './path.ts';

/** More dashes than this on one path is a mistake in the pattern, not a wish. */
const MOST_DASHES = 100_000;

const requirePattern = (dashes: readonly number[], offset: number): void => {
  if (!Number.isFinite(offset)) throw new RangeError(`expected a finite dash offset in mm, got ${offset}`);
  const bad = dashes.find((dash) => !Number.isFinite(dash) || dash < 0);
  if (bad !== undefined) throw new RangeError(`expected dash lengths of 0 mm or more, got ${bad}`);
};

/** A stretch of a chain, in mm from the start of the chain. */
type Stretch = { readonly from: number; readonly to: number };

const dashStretches = (pattern: readonly number[], period: number, offset: number, length: number): Stretch[] => {
  const stretches: Stretch[] = [];
  let at = -(((offset % period) + period) % period);
  for (let i = 0; at < length; i = (i + 1) % pattern.length) {
    const next = at + (pattern[i] ?? 0);
    if (i % 2 === 0 && next >= 0) stretches.push({ from: Math.max(0, at), to: Math.min(length, next) });
    at = next;
  }
  return stretches;
};

const addSpan = (out: PathBuilder, span: Span, from: number, to: number): void => {
  const piece = sliceCubic(span.curve, parameterAt(span, from), parameterAt(span, to));
  if (span.kind === 'line') out.lineTo(piece.x3, piece.y3);
  else out.cubicTo(piece.x1, piece.y1, piece.x2, piece.y2, piece.x3, piece.y3);
};

const addStretch = (out: PathBuilder, { spans }: SpanChain, { from, to }: Stretch, connected: boolean): void => {
  const origin = spans[0]?.startMm ?? 0;
  let begun = connected;
  for (const span of spans) {
    const start = span.startMm - origin;
    if (start > to || start + span.lengthMm < from) continue;
    const [a, b] = [Math.max(0, from - start), Math.min(span.lengthMm, to - start)];
    // A stretch that only touches the end of this piece belongs to its neighbour, unless it is a dot.
    if (a >= b && (to > from || begun)) continue;
    if (!begun) {
      const { x0, y0 } = sliceCubic(span.curve, parameterAt(span, a), 1);
      out.moveTo(x0, y0);
    }
    begun = true;
    addSpan(out, span, a, b);
  }
};

/**
 * The dashes of the path as open sub-paths, curves kept as curves. `dashes` are lengths in mm, on and off in turn, an odd list taken
 * twice; the pattern starts `offset` mm in, anew on every sub-path, as SVG 2 says. No dashes or only zeros give the path back. On a closed
 * sub-path a dash that runs over the start stays one piece. Throws RangeError for negative or not finite lengths and absurdly many dashes.
 */
export const dashPath = (path: Path, dashes: readonly number[], offset = 0): Path => {
  requirePattern(dashes, offset);
  const pattern = dashes.length % 2 === 0 ? dashes : [...dashes, ...dashes];
  const period = pattern.reduce((sum, dash) => sum + dash, 0);
  if (period <= 0) return path;
  const out = new PathBuilder();
  for (const chain of measureChains(path)) {
    const length = chain.spans.reduce((sum, span) => sum + span.lengthMm, 0);
    if ((length / period) * (pattern.length / 2) > MOST_DASHES) {
      throw new RangeError(`expected at most ${MOST_DASHES} dashes on a path, got a pattern of ${period} mm on ${length} mm`);
    }
    const stretches = dashStretches(pattern, period, offset, length);
    const [first, last] = [stretches[0], stretches.at(-1)];
    const wraps = chain.closed && first && last && first !== last && first.from === 0 && last.to === length;
    for (const stretch of wraps ? stretches.slice(1) : stretches) addStretch(out, chain, stretch, false);
    if (wraps) addStretch(out, chain, first, true);
  }
  return out.finish();
};
