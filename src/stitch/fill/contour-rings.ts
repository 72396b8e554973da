import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import type { Steps } from '../../model/steps.ts';
import { signedArea } from '../order/islands.ts';
import { lengthOfRing } from './nearest-ring.ts';

/**
 * A closed line to be sewn, x, y in turn, without long edges. Rings of level n lie n pitches inside the outlines. A seam lies around a sliver
 * that the rings of its level and the next leave bare: where rings from two sides meet, and in points. A speck is a seam too small to go round.
 */
export type ContourRing = { readonly points: Float64Array; readonly level: number; readonly kind: 'ring' | 'seam' | 'speck' };

/** More rings than this have no hoop. */
const MOST_LEVELS = 1000;
/** Shorter ones are left to a seam, or sewn as a speck, mm. */
const LEAST_RING_MM = 1.8;
/** Less bare than this is nothing to see, mm². */
const LEAST_SLIVER_MM2 = 0.03;
/** Half of what thread covers, as a share of the pitch: a little less than half its width. */
const COVER_SHARE = 0.54;
/** Offsets are rounded to the first and thinned out by the second: less than a machine step, mm. */
const TOLERANCE_MM = 0.02;
const THIN_MM = 0.005;
/** Longest edge of a ring, mm. */
const EDGE_MM = 0.4;

/** Rings at even distances from all outlines, the first `insetMm` inside, and the seams between them; from the outside in. */
export function* contourRings(path: Path, insetMm: number, pitchMm: number): Steps<readonly ContourRing[]> {
  const half = COVER_SHARE * pitchMm;
  const out: ContourRing[] = [];
  let level = levelOf(offsetPath(path, -insetMm, 'round', 'nonzero', TOLERANCE_MM));
  for (let n = 0; n < MOST_LEVELS && level.rings.length > 0; n += 1) {
    yield;
    for (const points of level.rings) out.push({ points: withShortEdges(points), level: n, kind: 'ring' });
    const next = levelOf(offsetPath(level.path, -pitchMm, 'round', 'nonzero', TOLERANCE_MM));
    const within = offsetPath(level.path, -half, 'round', 'nonzero', TOLERANCE_MM);
    const bare = next.rings.length === 0 ? within : subtractPaths(within, offsetPath(next.path, half, 'round', 'nonzero', TOLERANCE_MM));
    out.push(...seamsOf(bare, n));
    level = next;
  }
  return out;
}

type Level = { readonly path: Path; readonly rings: readonly Float64Array[] };

const levelOf = (path: Path): Level => {
  const rings = flattenPath(path)
    .map(({ points }) => thinned(points))
    .filter((points) => lengthOfRing(points) >= LEAST_RING_MM);
  return { path: pathOfPolylines(rings.map((points) => ({ points, closed: true }))), rings };
};

/** The rims of what is bare; a sliver that goes round a hole has two. */
const seamsOf = (bare: Path, level: number): readonly ContourRing[] => {
  const rims = flattenPath(bare).map(({ points }) => ({ points, area: signedArea(points) }));
  return rims
    .filter(({ points, area }) => area >= LEAST_SLIVER_MM2 || (area < 0 && lengthOfRing(points) >= LEAST_RING_MM))
    .map(({ points }) => {
      const rim = thinned(points);
      return { points: withShortEdges(rim), level, kind: lengthOfRing(rim) < LEAST_RING_MM ? 'speck' : 'seam' };
    });
};

/** Without the points that lie on the line between those kept beside them: offsets of offsets would have ever more. */
const thinned = (points: Float64Array): Float64Array => {
  const count = points.length / 2;
  if (count <= 4) return points;
  const kept = new Uint8Array(count);
  const half = farthestFrom(points, 0);
  kept[0] = 1;
  kept[half] = 1;
  const open = [
    [0, half],
    [half, count],
  ];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from = 0, to = 0] = span;
    const { at, away } = mostAway(points, from, to);
    if (away <= THIN_MM) continue;
    kept[at] = 1;
    open.push([from, at], [at, to]);
  }
  return points.filter((_, i) => kept[i >> 1] === 1);
};

const farthestFrom = (points: Float64Array, from: number): number => {
  let [best, most] = [0, -1];
  for (let i = 0; i < points.length / 2; i += 1) {
    const apart = Math.hypot((points[2 * i] ?? 0) - (points[2 * from] ?? 0), (points[2 * i + 1] ?? 0) - (points[2 * from + 1] ?? 0));
    if (apart > most) [best, most] = [i, apart];
  }
  return best;
};

/** The point between two that lies farthest from their chord; `to` may be the first one again. */
const mostAway = (points: Float64Array, from: number, to: number): { readonly at: number; readonly away: number } => {
  const end = to === points.length / 2 ? 0 : to;
  const [ax, ay] = [points[2 * from] ?? 0, points[2 * from + 1] ?? 0];
  const [dx, dy] = [(points[2 * end] ?? 0) - ax, (points[2 * end + 1] ?? 0) - ay];
  const long = dx * dx + dy * dy;
  let [at, most] = [from, 0];
  for (let i = from + 1; i < to; i += 1) {
    const [px, py] = [(points[2 * i] ?? 0) - ax, (points[2 * i + 1] ?? 0) - ay];
    const t = long > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / long)) : 0;
    const square = (px - t * dx) ** 2 + (py - t * dy) ** 2;
    if (square > most) [at, most] = [i, square];
  }
  return { at, away: Math.sqrt(most) };
};

const withShortEdges = (points: Float64Array): Float64Array => {
  const out: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const next = (i + 2) % points.length;
    const [ax, ay, bx, by] = [points[i] ?? 0, points[i + 1] ?? 0, points[next] ?? 0, points[next + 1] ?? 0];
    const parts = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / EDGE_MM));
    for (let k = 0; k < parts; k += 1) out.push(ax + ((bx - ax) * k) / parts, ay + ((by - ay) * k) / parts);
  }
  return Float64Array.from(out);
};
