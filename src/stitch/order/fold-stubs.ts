import { pathOfPolylines } from '../../geometry/flatten.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import type { FillArea, SatinColumn, SewPart } from '../region.ts';
import { islandsOf } from './islands.ts';
import { distance, middleOf, pointAt, ringsOfPart } from './part-shape.ts';

/** A column shorter than this share of its width, which is wider than a column should be, is a bulge of the area beside it. */
const STUB_SHARE = 0.6;
const TOLERANCE_MM = 0.015;
/** Outlines that only touch melt across this, mm. */
const MELT_MM = 0.05;

/**
 * Gives short broad columns at the rim of an area back to that area: the cap of a disc is rows like the rest of it. Parts that touch no area stay
 * as they are.
 */
export const foldStubs = (parts: readonly SewPart[], widestMm: number): readonly SewPart[] => {
  const stubs = parts.filter((part): part is SatinColumn => part.kind === 'satin' && isStub(part, widestMm));
  if (stubs.length === 0) return parts;
  return stubs.reduce<readonly SewPart[]>((left, stub) => {
    const at = left.findIndex((part) => part.kind === 'fill' && part.region === stub.region);
    const area = left[at];
    const grown = area?.kind === 'fill' ? withStub(area, stub) : null;
    return grown ? left.flatMap((part) => (part === stub ? [] : part === area ? [grown] : [part])) : left;
  }, parts);
};

const isStub = (column: SatinColumn, widestMm: number): boolean => {
  let [widest, length] = [0, 0];
  for (let i = 0; i < column.left.length / 2; i += 1) {
    widest = Math.max(widest, distance(pointAt(column.left, i), pointAt(column.right, i)));
    if (i > 0) length += distance(middleOf(column, i - 1), middleOf(column, i));
  }
  return !column.closed && widest > widestMm && length < STUB_SHARE * widest;
};

/** The area with the column melted on, or null when that is not one piece. */
const withStub = (area: FillArea, stub: SatinColumn): FillArea | null => {
  const outline = pathOfPolylines(ringsOfPart(stub).map((points) => ({ points, closed: true })));
  const melted = offsetPath(unionPaths([area.path, outline]), MELT_MM, 'miter', 'nonzero', TOLERANCE_MM);
  const path = offsetPath(melted, -MELT_MM, 'miter', 'nonzero', TOLERANCE_MM);
  return islandsOf(path).length === islandsOf(area.path).length ? { ...area, path } : null;
};
