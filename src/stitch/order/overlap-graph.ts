import { boundsOfPath, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { containsRect, inflate, intersectionOf, type Rect } from '../../geometry/point.ts';
import { areaOfPath, intersectPaths, pathContainsPoint } from '../../geometry/polygons.ts';

/** A piece of the artwork in paint order. `owner` is what it was cut from: pieces of one owner never overlap. */
export type Layered = { readonly path: Path; readonly box: Rect; readonly owner: number };

/**
 * Who lies on whom. `above[i]` are later pieces that overlap piece i, `near[i]` all pieces whose outlines come within the reach, overlapping or
 * not, `inside[i]` those that lie in a hole of it.
 */
export type OverlapGraph = {
  readonly above: readonly (readonly number[])[];
  readonly near: readonly (readonly number[])[];
  readonly inside: readonly (readonly number[])[];
};

/** Overlaps smaller than this come from rounding, mm². */
const NO_OVERLAP_MM2 = 0.02;
/** Overlaps narrower than this are edges that touch, mm. */
const NO_DEPTH_MM = 0.02;

/** Looks at all pairs whose boxes come within `reachMm`. Pieces are given in paint order. */
export const overlapGraph = (pieces: readonly Layered[], reachMm: number): OverlapGraph => {
  const above: number[][] = pieces.map(() => []);
  const near: number[][] = pieces.map(() => []);
  const inside: number[][] = pieces.map(() => []);
  for (const [i, j] of closePairs(pieces, reachMm)) {
    const [lower, upper] = [pieces[i], pieces[j]];
    if (!lower || !upper) continue;
    near[i]?.push(j);
    near[j]?.push(i);
    if (lower.owner !== upper.owner && overlap(lower, upper)) above[i]?.push(j);
    else if (liesInHole(lower, upper)) inside[i]?.push(j);
    else if (liesInHole(upper, lower)) inside[j]?.push(i);
  }
  return { above, near, inside };
};

/** Pairs i < j of pieces whose boxes come near, found by a sweep from the left. */
const closePairs = (pieces: readonly Layered[], reachMm: number): readonly (readonly [number, number])[] => {
  const order = pieces.map((_, i) => i).sort((a, b) => (pieces[a]?.box.x ?? 0) - (pieces[b]?.box.x ?? 0) || a - b);
  const pairs: [number, number][] = [];
  let open: number[] = [];
  for (const i of order) {
    const box = pieces[i]?.box;
    if (!box) continue;
    const reach = inflate(box, reachMm);
    open = open.filter((j) => rightOf(pieces[j]?.box) >= reach.x);
    for (const j of open) {
      const other = pieces[j]?.box;
      if (other && intersectionOf(inflate(other, 1e-6), reach)) pairs.push(i < j ? [i, j] : [j, i]);
    }
    open.push(i);
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
};

const rightOf = (box: Rect | undefined): number => (box ? box.x + box.width : -Infinity);

const overlap = (a: Layered, b: Layered): boolean => {
  const common = intersectionOf(a.box, b.box);
  if (!common || Math.min(common.width, common.height) < NO_DEPTH_MM) return false;
  const shared = intersectPaths(a.path, b.path, 'nonzero', 0.02);
  if (isEmptyPath(shared)) return false;
  const area = areaOfPath(shared);
  return area > NO_OVERLAP_MM2 && area > NO_DEPTH_MM * reachOf(shared);
};

const reachOf = (path: Path): number => {
  const box = boundsOfPath(path);
  return box ? Math.hypot(box.width, box.height) : 0;
};

/** Whether the outer ring of `outer`, its holes closed, holds `inner`, which does not overlap it. */
const liesInHole = (outer: Layered, inner: Layered): boolean => {
  if (!containsRect(outer.box, inner.box, 0.01)) return false;
  const end = outer.path.verbs.indexOf(0, 1);
  if (end < 0) return false;
  const ring = { verbs: outer.path.verbs.subarray(0, end), coords: outer.path.coords.subarray(0, 2 * (end - 1)) };
  const [x = 0, y = 0, nextX = 0, nextY = 0] = inner.path.coords;
  return pathContainsPoint(ring, { x: (x + nextX) / 2, y: (y + nextY) / 2 });
};

/** The union of the boxes' pieces that are named, as one path to fill nonzero. */
export const joined = (pieces: readonly Layered[], which: readonly number[]): Path =>
  joinPaths(
    which.flatMap((i) => {
      const piece = pieces[i];
      return piece ? [piece.path] : [];
    }),
  );
