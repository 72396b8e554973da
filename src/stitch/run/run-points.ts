import type { Point } from '../../geometry/point.ts';

/** Turns sharper than this keep a penetration, radians. */
const CORNER = (45 * Math.PI) / 180;
/** Corners are looked for over this much of a line on either side, mm. */
const CORNER_REACH_MM = 0.4;
/** Lines are looked at this often, mm. */
const SAMPLE_MM = 0.1;

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/**
 * Penetrations along a line, both ends included: even stitches no longer than `stitchMm`, corners kept, the thread never farther than `toleranceMm`
 * from the line unless that takes stitches below `shortestMm`. Lines shorter than a sample give their ends.
 */
export const runPoints = (line: readonly Point[], stitchMm: number, toleranceMm = 0.1, shortestMm = SHORTEST_MM): readonly Point[] => {
  const samples = sampled(line);
  const [first] = samples;
  if (!first || samples.length < 2) return samples;
  const out: Point[] = [first];
  const knots = [...cornersOf(samples), samples.length - 1];
  let from = 0;
  for (const to of knots) {
    for (const i of evenly(samples, from, to, { stitchMm, toleranceMm, shortestMm })) {
      const point = samples[i];
      if (point) out.push(point);
    }
    from = to;
  }
  return out;
};

const sampled = (line: readonly Point[]): readonly Point[] => {
  const out: Point[] = [];
  for (const point of line) {
    const last = out.at(-1);
    if (!last) {
      out.push(point);
      continue;
    }
    const length = distance(last, point);
    if (length < 1e-6) continue;
    const parts = Math.max(1, Math.ceil(length / SAMPLE_MM));
    for (let k = 1; k <= parts; k += 1)
      out.push({ x: last.x + ((point.x - last.x) * k) / parts, y: last.y + ((point.y - last.y) * k) / parts });
  }
  return out;
};

/** Samples where the line turns sharply: of each bend the one that turns most. */
const cornersOf = (samples: readonly Point[]): readonly number[] => {
  const reach = Math.round(CORNER_REACH_MM / SAMPLE_MM);
  const turns = samples.map((point, i) => {
    const [a, b] = [samples[i - reach], samples[i + reach]];
    if (!a || !b) return 0;
    const [ux, uy, vx, vy] = [point.x - a.x, point.y - a.y, b.x - point.x, b.y - point.y];
    return Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy));
  });
  return samples.flatMap((_, i) => {
    const turn = turns[i] ?? 0;
    if (turn < CORNER) return [];
    for (let k = i - reach; k <= i + reach; k += 1) {
      const other = turns[k] ?? 0;
      if (other > turn || (other === turn && k < i)) return [];
    }
    return [i];
  });
};

type Measure = { readonly stitchMm: number; readonly toleranceMm: number; readonly shortestMm: number };

/** Ends of stitches between two samples: as few as the length and the tolerance allow, equally long. */
const evenly = (samples: readonly Point[], from: number, to: number, { stitchMm, toleranceMm, shortestMm }: Measure): readonly number[] => {
  if (to <= from) return [];
  const lengths: number[] = [0];
  for (let i = from; i < to; i += 1) {
    const [a, b] = [samples[i], samples[i + 1]];
    lengths.push((lengths.at(-1) ?? 0) + (a && b ? distance(a, b) : 0));
  }
  const whole = lengths.at(-1) ?? 0;
  const least = Math.max(1, Math.ceil(whole / stitchMm - 1e-9));
  for (let count = least; ; count += 1) {
    const ends = Array.from({ length: count }, (_, k) => from + indexAt(lengths, (whole * (k + 1)) / count));
    const keeps = ends.every((end, k) => strays(samples, k === 0 ? from : (ends[k - 1] ?? from), end) <= toleranceMm);
    if (keeps || whole / count < shortestMm) return ends;
  }
};

/** No stitch is made shorter than this for the sake of the tolerance, mm. */
const SHORTEST_MM = 1;

const indexAt = (lengths: readonly number[], goal: number): number => {
  let [low, high] = [0, lengths.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lengths[middle] ?? 0) < goal - 1e-6) low = middle + 1;
    else high = middle;
  }
  return low;
};

const strays = (samples: readonly Point[], from: number, to: number): number => {
  const [a, b] = [samples[from], samples[to]];
  if (!a || !b) return 0;
  const length = distance(a, b);
  let worst = 0;
  for (let i = from + 1; i < to; i += 1) {
    const p = samples[i];
    if (!p) continue;
    const off = length > 1e-9 ? Math.abs((p.x - a.x) * (b.y - a.y) - (p.y - a.y) * (b.x - a.x)) / length : distance(p, a);
    worst = Math.max(worst, off);
  }
  return worst;
};
