/** Places on the line are looked at this often, mm. */
const SAMPLE_MM = 0.2;
/** Corners may be cut rather than sewn in stitches shorter than this, mm. */
const LEAST_MM = 0.6;
/** The last two stitches are made equal when the last would be shorter than this, mm. */
const SHORT_MM = 1;

/**
 * Penetrations along a line (x, y in turn), its start left out and its end kept: each stitch as long as it may be without leaving the line
 * by more than `toleranceMm`. Returns x, y in turn.
 */
export const runStitches = (line: ArrayLike<number>, stitchMm: number, toleranceMm: number): number[] => {
  const samples = samplesOf(line, toleranceMm);
  const count = samples.length / 2;
  const out: number[] = [];
  let from = 0;
  let before = -1;
  while (from < count - 1) {
    const to = farthest(samples, from, stitchMm, toleranceMm);
    if (to === count - 1 && before >= 0) evenOut(samples, before, from, to, stitchMm, toleranceMm, out);
    out.push(samples[2 * to] ?? 0, samples[2 * to + 1] ?? 0);
    before = from;
    from = to;
  }
  return out;
};

/** Moves or drops the last but one penetration when it leaves a short stitch behind it. */
const evenOut = (
  samples: readonly number[],
  before: number,
  from: number,
  to: number,
  stitchMm: number,
  toleranceMm: number,
  out: number[],
): void => {
  if (distance(samples, from, to) >= SHORT_MM) return;
  const whole = distance(samples, before, to);
  if (whole <= 1.15 * stitchMm && strays(samples, before, to) <= 1.5 * toleranceMm) {
    out.splice(-2);
    return;
  }
  const middle = Math.round((before + to) / 2);
  if (Math.max(strays(samples, before, middle), strays(samples, middle, to)) > 2 * toleranceMm) return;
  out.splice(-2, 2, samples[2 * middle] ?? 0, samples[2 * middle + 1] ?? 0);
};

const farthest = (samples: readonly number[], from: number, stitchMm: number, toleranceMm: number): number => {
  const last = samples.length / 2 - 1;
  let best = Math.min(last, from + 1);
  while (best < last && distance(samples, from, best) < LEAST_MM) best += 1;
  for (let to = best + 1; to <= last; to += 1) {
    if (distance(samples, from, to) > stitchMm) break;
    if (strays(samples, from, to) <= toleranceMm) best = to;
    else if (to - best > 4) break;
  }
  return best;
};

const distance = (samples: readonly number[], a: number, b: number): number =>
  Math.hypot((samples[2 * b] ?? 0) - (samples[2 * a] ?? 0), (samples[2 * b + 1] ?? 0) - (samples[2 * a + 1] ?? 0));

/** How far the line leaves the straight stitch between two of its places. */
const strays = (samples: readonly number[], from: number, to: number): number => {
  const [ax, ay] = [samples[2 * from] ?? 0, samples[2 * from + 1] ?? 0];
  const [dx, dy] = [(samples[2 * to] ?? 0) - ax, (samples[2 * to + 1] ?? 0) - ay];
  const long = dx * dx + dy * dy;
  let most = 0;
  for (let i = from + 1; i < to; i += 1) {
    const [px, py] = [(samples[2 * i] ?? 0) - ax, (samples[2 * i + 1] ?? 0) - ay];
    const t = long > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / long)) : 0;
    most = Math.max(most, Math.hypot(px - t * dx, py - t * dy));
  }
  return most;
};

const samplesOf = (line: ArrayLike<number>, toleranceMm: number): readonly number[] => {
  const step = Math.max(SAMPLE_MM, toleranceMm);
  const out = [line[0] ?? 0, line[1] ?? 0];
  for (let i = 2; i + 1 < line.length; i += 2) {
    const [ax, ay, bx, by] = [line[i - 2] ?? 0, line[i - 1] ?? 0, line[i] ?? 0, line[i + 1] ?? 0];
    const parts = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / step));
    for (let k = 1; k <= parts; k += 1) out.push(ax + ((bx - ax) * k) / parts, ay + ((by - ay) * k) / parts);
  }
  return out;
};
