import { contoursOf } from '../../geometry/contours.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { containsRect } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';

/** A ring of `tracePlane`: x, y in turn. `outer` is the ring it is a hole of; null for outer rings. */
export type TracedRing = {
  readonly points: Float64Array;
  readonly path: Path;
  readonly areaPx2: number;
  readonly outer: TracedRing | null;
};

/** The rings of a traced plane of at least an area, holes with what is around them. */
export const ringsOf = (traced: Path, leastPx2: number): readonly TracedRing[] => {
  const all = contoursOf(traced)
    .map((path) => ({ points: path.coords, path, areaPx2: signedArea(path.coords), outer: null }))
    .filter(({ areaPx2 }) => Math.abs(areaPx2) >= leastPx2);
  // Outer rings all turn alike; the largest ring is never a hole.
  const largest = all.reduce((most, { areaPx2 }) => (Math.abs(areaPx2) > Math.abs(most) ? areaPx2 : most), 0);
  const outers = all.filter(({ areaPx2 }) => areaPx2 * largest > 0);
  return all.map((ring) => (ring.areaPx2 * largest > 0 ? ring : { ...ring, outer: smallestAround(outers, ring) }));
};

const smallestAround = (outers: readonly TracedRing[], hole: TracedRing): TracedRing | null => {
  const box = boundsOfPath(hole.path);
  const [x = 0, y = 0] = hole.points;
  let found: TracedRing | null = null;
  for (const outer of outers) {
    if (found && Math.abs(outer.areaPx2) >= Math.abs(found.areaPx2)) continue;
    const around = boundsOfPath(outer.path);
    if (box && around && containsRect(around, box) && pathContainsPoint(outer.path, { x, y })) found = outer;
  }
  return found;
};

const signedArea = (points: Float64Array): number => {
  let sum = 0;
  let [px, py] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    sum += px * y - x * py;
    [px, py] = [x, y];
  }
  return sum / 2;
};
