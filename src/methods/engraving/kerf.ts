import { contoursOf } from '../../geometry/contours.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { CLOSE, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { areaOfPath, offsetPath, pathContainsPoint, unionPaths } from '../../geometry/polygons.ts';
import type { CutPath } from '../../render/vector/cut-drawing.ts';

/** How far refitted curves may stray, mm: a fifth of the finest beam. */
const FIT_MM = 0.01;
/** Ends nearer than this meet, mm. */
const MEETS_MM = 0.01;

export const isClosed = ({ verbs, coords }: Path): boolean =>
  verbs.at(-1) === CLOSE || Math.hypot((coords[0] ?? 0) - (coords.at(-2) ?? 0), (coords[1] ?? 0) - (coords.at(-1) ?? 0)) < MEETS_MM;

/**
 * Closed cuts that keep their size although the beam eats half of `kerfMm` on either side: outlines grow, and what lies in another outline is a
 * hole of it and shrinks, whether or not both were drawn as one path. Open cuts stay where they are.
 */
export const withKerf = (cuts: readonly CutPath[], kerfMm: number): readonly CutPath[] => {
  if (kerfMm === 0) return cuts;
  const open = cuts.flatMap(({ path }) => contoursOf(path).filter((one) => !isClosed(one)));
  const rings = cuts.flatMap(({ path, fillRule }) => {
    const closed = contoursOf(path).filter(isClosed);
    return contoursOf(unionPaths([joinPaths(closed)], fillRule)).map((ring) => unionPaths([ring]));
  });
  const areas = rings.map((ring) => areaOfPath(ring));
  const grown = rings.map((ring, i) => {
    const [x = 0, y = 0] = ring.coords;
    const around = rings.filter((other, j) => (areas[j] ?? 0) > (areas[i] ?? 0) && pathContainsPoint(other, { x, y }));
    const outwards = around.length % 2 === 0 ? 1 : -1;
    return fitCurves(offsetPath(ring, (outwards * kerfMm) / 2, 'miter'), FIT_MM);
  });
  return [...grown, ...open].filter((path) => !isEmptyPath(path)).map((path) => ({ path, fillRule: 'nonzero' }));
};
