import type { Point } from '../../geometry/point.ts';

/** Turns sharper than this keep a penetration, radians. */
const CORNER = (45 * Math.PI) / 180;
const CORNER_COSINE = Math.cos((80 * Math.PI) / 180);
/** Corners are looked for over this much of a line on either side, mm. */
const CORNER_REACH_MM = 0.4;
/** Lines are looked at this often, mm. */
const SAMPLE_MM = 0.1;

/** The longest stitches of a line, how far they may cut its curves, and the shortest made for that; mm. */
export type LineStitches = { readonly stitchMm: number; readonly toleranceMm: number; readonly shortestMm: number };

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/**
 * Penetrations along a line, both ends included: even stitches no longer than `stitchMm`, corners kept, the thread never farther than `toleranceMm`
 * from the line unless that takes stitches below `shortestMm`. Lines shorter than a sample give their ends.
 */
export const runPoints = (line: readonly Point[], stitchMm: number, toleranceMm = 0.1, shortestMm = SHORTEST_MM): readonly Point[] => {
  const samples = sampled(line, pointBetween);
  return stationsOf(samples, { stitchMm, toleranceMm, shortestMm }).flatMap((i) => samples[i] ?? []);
};

/**
 * The same for places that are more than points and for lines that are seen: `between` is the place at a share of the way from one to the next. Where
 * the line is a curve, penetrations lie a little outside it, so that stitches cut it no more than they leave it.
 */
export const fittedPlaces = <Place extends Point>(
  line: readonly Place[],
  measure: LineStitches,
  between: (a: Place, b: Place, share: number) => Place,
): readonly Place[] => {
  const samples = sampled(line, between);
  const stations = stationsOf(samples, measure);
  const bulges = stations.map((to, k) => (k === 0 ? null : bulgeOf(samples, stations[k - 1] ?? 0, to)));
  return stations.flatMap((i, k): readonly Place[] => {
    const [place, before, after] = [samples[i], bulges[k], bulges[k + 1]];
    if (!place) return [];
    // Corners stay where they are: there the chords turn by more than the curve does within them.
    if (!before || !after || before.nx * after.nx + before.ny * after.ny < CORNER_COSINE) return [place];
    return [
      {
        ...place,
        x: place.x + (before.nx * before.mm + after.nx * after.mm) / 2,
        y: place.y + (before.ny * before.mm + after.ny * after.mm) / 2,
      },
    ];
  });
};

/** How far the line lies beside the straight way between two samples, as a mean, and on which side. */
const bulgeOf = (
  samples: readonly Point[],
  from: number,
  to: number,
): { readonly nx: number; readonly ny: number; readonly mm: number } | null => {
  const [a, b] = [samples[from], samples[to]];
  const length = a && b ? distance(a, b) : 0;
  if (!a || !b || length < 1e-9) return null;
  const [nx, ny] = [(b.y - a.y) / length, (a.x - b.x) / length];
  let sum = 0;
  for (let i = from + 1; i < to; i += 1) {
    const p = samples[i];
    if (p) sum += (p.x - a.x) * nx + (p.y - a.y) * ny;
  }
  return { nx, ny, mm: sum / (to - from) };
};

const stationsOf = (samples: readonly Point[], measure: LineStitches): readonly number[] => {
  if (samples.length < 2) return samples.map((_, i) => i);
  const out: number[] = [0];
  const knots = [...cornersOf(samples), samples.length - 1];
  let from = 0;
  for (const to of knots) {
    out.push(...evenly(samples, from, to, measure));
    from = to;
  }
  return out;
};

/** The place at a share of the way between two. */
export const pointBetween = (a: Point, b: Point, share: number): Point => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });

const sampled = <Place extends Point>(line: readonly Place[], between: (a: Place, b: Place, share: number) => Place): readonly Place[] => {
  const out: Place[] = [];
  for (const point of line) {
    const last = out.at(-1);
    if (!last) {
      out.push(point);
      continue;
    }
    const length = distance(last, point);
    if (length < 1e-6) continue;
    const parts = Math.max(1, Math.ceil(length / SAMPLE_MM));
    for (let k = 1; k <= parts; k += 1) out.push(between(last, point, k / parts));
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

/** Ends of stitches between two samples: as few as the length allows, equally long, where those keep to the line. */
const evenly = (samples: readonly Point[], from: number, to: number, measure: LineStitches): readonly number[] => {
  if (to <= from) return [];
  const marks: number[] = [0];
  for (let i = from; i < to; i += 1) {
    const [a, b] = [samples[i], samples[i + 1]];
    marks.push((marks.at(-1) ?? 0) + (a && b ? distance(a, b) : 0));
  }
  const whole = marks.at(-1) ?? 0;
  const count = Math.max(1, Math.ceil(whole / measure.stitchMm - 1e-9));
  const ends = Array.from({ length: count }, (_, k) => from + indexAt(marks, (whole * (k + 1)) / count));
  const keeps = ends.every((end, k) => strays(samples, ends[k - 1] ?? from, end, measure.toleranceMm) <= measure.toleranceMm);
  return keeps || whole / count < measure.shortestMm ? ends : fewest(samples, from, marks, measure);
};

/**
 * As few stitches as the length and the tolerance allow, as even as those can be: a bend asks for short stitches only where it is. What the cheapest way
 * to each second sample costs is kept.
 */
const fewest = (samples: readonly Point[], from: number, marks: readonly number[], measure: LineStitches): readonly number[] => {
  const count = marks.length - 1;
  const places = Array.from({ length: Math.ceil(count / STRIDE) + 1 }, (_, k) => Math.min(count, k * STRIDE));
  const costs: number[] = [0];
  const before: number[] = [0];
  for (let k = 1; k < places.length; k += 1) {
    const end = places[k] ?? count;
    let [best, cheapest] = [k - 1, Infinity];
    for (let j = k - 1; j >= 0; j -= 1) {
      const start = places[j] ?? 0;
      const length = (marks[end] ?? 0) - (marks[start] ?? 0);
      if (length > measure.stitchMm + 1e-9 && j < k - 1) break;
      const atLeast = (costs[j] ?? 0) + 1;
      if (atLeast >= cheapest) continue;
      const stray = length > measure.shortestMm ? strays(samples, from + start, from + end, MOST_ASTRAY * measure.toleranceMm) : 0;
      const cost = atLeast - 1 + stitchCost(length, stray, measure);
      if (cost < cheapest) [best, cheapest] = [j, cost];
    }
    costs.push(cheapest);
    before.push(best);
  }
  const ends: number[] = [];
  for (let k = places.length - 1; k > 0; k = before[k] ?? 0) ends.unshift(from + (places[k] ?? count));
  return ends;
};

/** A stitch costs one, a little more the longer it is, for evenness, and a lot where it is too short or leaves the line. */
const stitchCost = (length: number, stray: number, { stitchMm, toleranceMm, shortestMm }: LineStitches): number =>
  1 +
  EVENNESS * (length / stitchMm) ** 2 +
  (stray > toleranceMm ? ASTRAY * (1 + stray / toleranceMm) : 0) +
  (length < shortestMm ? TOO_SHORT * (1 - length / shortestMm) : 0);

/** What one stitch more is weighed against: uneven lengths, leaving the line, and stitches below the shortest. */
const EVENNESS = 0.02;
const ASTRAY = 20;
const TOO_SHORT = 20;
/** Farther from the line than so many times the tolerance all stitches are alike. */
const MOST_ASTRAY = 3;
/** Of so many samples one may be the end of a stitch. */
const STRIDE = 2;

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

/** How far the samples between two lie from the straight way; told to `mostMm` and no farther. */
const strays = (samples: readonly Point[], from: number, to: number, mostMm: number): number => {
  const [a, b] = [samples[from], samples[to]];
  if (!a || !b) return 0;
  const length = distance(a, b);
  const [ux, uy] = length > 1e-9 ? [(b.x - a.x) / length, (b.y - a.y) / length] : [0, 0];
  let worst = 0;
  for (let i = from + 1; i < to && worst <= mostMm; i += 1) {
    const p = samples[i];
    if (!p) continue;
    const off = length > 1e-9 ? Math.abs((p.x - a.x) * uy - (p.y - a.y) * ux) : distance(p, a);
    if (off > worst) worst = off;
  }
  return worst;
};
