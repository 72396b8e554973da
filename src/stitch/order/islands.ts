import { flattenPath, type Polyline, pathOfPolylines } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { containsRect, type Rect } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';

/** One connected piece of a region: an outer ring and its holes, with its box and its area in mm². */
export type Island = { readonly path: Path; readonly box: Rect; readonly areaMm2: number };

type Ring = { readonly line: Polyline; readonly path: Path; readonly box: Rect; readonly area: number; readonly holes: Ring[] };

/** Parts simple rings, outer ones positive and holes negative as `unionPaths` gives them, into connected pieces, in the order of their outer rings. */
export const islandsOf = (path: Path): readonly Island[] => {
  const rings = flattenPath(path).flatMap(ringOf);
  const outers = rings.filter(({ area }) => area > 0);
  for (const hole of rings) if (hole.area < 0) smallestAround(outers, hole)?.holes.push(hole);
  return outers.map(({ line, box, area, holes }) => ({
    path: pathOfPolylines([line, ...holes.map((hole) => hole.line)]),
    box,
    areaMm2: area + holes.reduce((sum, hole) => sum + hole.area, 0),
  }));
};

const ringOf = (line: Polyline): readonly Ring[] => {
  const path = pathOfPolylines([{ ...line, closed: true }]);
  const box = boundsOfPath(path);
  return box && line.points.length >= 6 ? [{ line: { ...line, closed: true }, path, box, area: signedArea(line.points), holes: [] }] : [];
};

const smallestAround = (outers: readonly Ring[], hole: Ring): Ring | undefined => {
  let found: Ring | undefined;
  const [x = 0, y = 0, nextX = 0, nextY = 0] = hole.line.points;
  // The middle of an edge: a vertex may touch another ring.
  const middle = { x: (x + nextX) / 2, y: (y + nextY) / 2 };
  for (const outer of outers) {
    if (found && outer.area >= found.area) continue;
    if (containsRect(outer.box, hole.box, 1e-4) && pathContainsPoint(outer.path, middle)) found = outer;
  }
  return found;
};

/** Of a ring: outer rings have positive ones. */
export const signedArea = (points: Float64Array): number => {
  let sum = 0;
  let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    sum += px * y - x * py;
    [px, py] = [x, y];
  }
  return sum / 2;
};
