import { flattenPath, type Polyline } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { areaOfPath, unionPaths } from '../../geometry/polygons.ts';

/** Larger than every hoop: not sewn, mm. */
const LARGEST_MM = 1500;
/** Outlines are flattened to this: a fifth of a machine step, mm. */
const TOLERANCE_MM = 0.02;
/** Less than a thread's dot, mm². */
const SMALLEST_MM2 = 0.05;

/** A region as rings that do not cross, with its area in mm². */
export type FillShape = { readonly path: Path; readonly rings: readonly Polyline[]; readonly areaMm2: number };

/** The shape to be filled, mended: null when nothing can be sewn (no area, not finite, larger than every hoop). */
export const fillShape = (path: Path): FillShape | null => {
  if (!path.coords.every(Number.isFinite)) return null;
  const box = boundsOfPath(path);
  if (!box || Math.max(box.width, box.height) > LARGEST_MM || Math.max(Math.abs(box.x), Math.abs(box.y)) > 10 * LARGEST_MM) return null;
  const mended = unionPaths([path], 'nonzero', TOLERANCE_MM);
  const areaMm2 = areaOfPath(mended);
  return areaMm2 < SMALLEST_MM2 ? null : { path: mended, rings: flattenPath(mended), areaMm2 };
};
