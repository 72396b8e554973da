import { pathOfPolylines } from '../../geometry/flatten.ts';
import { isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { intersectPaths, offsetPath, unionPaths } from '../../geometry/polygons.ts';
import type { SatinColumn } from '../region.ts';
import { ringsOfPart } from './part-shape.ts';

/**
 * The run beneath an edge keeps so far within the outline over cloth; over earlier thread by half a thread, so that it closes the notches between the
 * ends of rows and stitches. Places nearer to earlier thread than the third are at a border. mm.
 */
const EDGE_INSET_MM = 0.4;
const EDGE_ON_THREAD_MM = 0.2;
const NEAR_BORDER_MM = 0.8;
const TOLERANCE_MM = 0.015;

/** Where the run beneath the edge of an area goes of which parts border on earlier thread. */
export const edgeOfArea = (path: Path, earlier: Path): Path => {
  const within = offsetPath(path, -EDGE_INSET_MM, 'round', 'nonzero', TOLERANCE_MM);
  const close = offsetPath(path, -EDGE_ON_THREAD_MM, 'miter', 'nonzero', TOLERANCE_MM);
  const border = intersectPaths(close, offsetPath(earlier, NEAR_BORDER_MM, 'round', 'nonzero', TOLERANCE_MM), 'nonzero', TOLERANCE_MM);
  return isEmptyPath(border) ? within : unionPaths([joinPaths([within, border])], 'nonzero', TOLERANCE_MM);
};

/** The part of an edge that belongs to one of several islands. */
export const edgeNear = (edge: Path, path: Path): Path =>
  intersectPaths(edge, offsetPath(path, NEAR_BORDER_MM, 'round', 'nonzero', TOLERANCE_MM), 'nonzero', TOLERANCE_MM);

/** Where the run beneath the edges of a column goes; `isWhole`: earlier thread lies along all of both rails. */
export const edgeOfColumn = (column: SatinColumn, earlier: Path, isWhole: boolean): Path => {
  const lines = ringsOfPart(column).map((points) => ({ points, closed: true }));
  const outline = unionPaths([pathOfPolylines(lines)], column.closed ? 'evenodd' : 'nonzero', TOLERANCE_MM);
  return isWhole ? offsetPath(outline, -EDGE_ON_THREAD_MM, 'miter', 'nonzero', TOLERANCE_MM) : edgeOfArea(outline, earlier);
};
