import { pathOfPolylines } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { areaOfPath, offsetPath, unionPaths } from '../../geometry/polygons.ts';
import type { FillArea, SatinColumn, SewPart } from '../region.ts';
import { islandsOf } from './islands.ts';
import { distance, middleOf, pointAt, ringsOfPart } from './part-shape.ts';
import { boxOfColumns, groundOf, type ThreadGround } from './thread-ground.ts';

/** A column shorter than this share of its width, which is wider than a column should be, is a bulge of the area beside it. */
const STUB_SHARE = 0.6;
/** A column of less than this share of an area that borders on it by more than this share of one side is a slice of the area. */
const SLICE_SHARE = 0.06;
const BESIDE_SHARE = 0.5;
const BESIDE_MM = 0.2;
/** A column that runs out from an area to a point within this many times its width, from there down to this share, is a corner of the area. */
const CORNER_LENGTH = 2.2;
const CORNER_SHARE = 0.4;
const TOLERANCE_MM = 0.015;
/** Outlines that only touch melt across this, mm. */
const MELT_MM = 0.05;

/**
 * Gives short broad columns at the rim of an area, and those that fill its corners, back to that area: the cap of a disc and the peak of a
 * mountain are rows like the rest of it. Parts that touch no area stay as they are.
 */
export const foldStubs = (parts: readonly SewPart[], widestMm: number): readonly SewPart[] => {
  const areas = parts.filter((part): part is FillArea => part.kind === 'fill');
  const columns = parts.filter((part): part is SatinColumn => part.kind === 'satin' && !part.closed);
  if (areas.length === 0 || columns.length === 0) return parts;
  const stubs = columns.filter((column) => isStub(column, widestMm) || isCorner(column, areas) || flanks(column, areas));
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

/** Whether a column begins at an area as broad as it gets and soon runs out to a point. */
const isCorner = (column: SatinColumn, areas: readonly FillArea[]): boolean => {
  const count = column.left.length / 2;
  const widths = Array.from({ length: count }, (_, i) => distance(pointAt(column.left, i), pointAt(column.right, i)));
  const [first = 0, last = 0, widest] = [widths[0], widths.at(-1), Math.max(...widths)];
  const [foot, next, broad, narrow] = first > last ? [0, 1, first, last] : [count - 1, count - 2, last, first];
  if (count < 3 || narrow > CORNER_SHARE * broad || widest > 1.1 * broad) return false;
  const [at, inner] = [middleOf(column, foot), middleOf(column, next)];
  const length = distance(at, middleOf(column, count - 1 - foot));
  if (length > CORNER_LENGTH * broad) return false;
  const step = distance(at, inner);
  if (step === 0) return false;
  return areas.some((area) => {
    if (area.region !== column.region) return false;
    const ground = groundOf(area.path, boxOfColumns([column]));
    const by = (ground.probeMm + BESIDE_MM) / step;
    return ground.has(at.x + (at.x - inner.x) * by, at.y + (at.y - inner.y) * by);
  });
};

/** Whether a small column lies along an area by one of its sides: it is a slice of it and no limb. */
const flanks = (column: SatinColumn, areas: readonly FillArea[]): boolean => {
  const own = areaOfPath(outlineOf(column));
  return areas.some((area) => {
    if (own > SLICE_SHARE * areaOfPath(area.path)) return false;
    const ground = groundOf(area.path, boxOfColumns([column]));
    return [
      [column.left, column.right],
      [column.right, column.left],
    ].some(([rail, other]) => rail && other && shareBeside(rail, other, ground) > BESIDE_SHARE);
  });
};

/** The share of a rail beside which, away from the other rail, the ground lies. */
const shareBeside = (rail: Float64Array, other: Float64Array, ground: ThreadGround): number => {
  let [beside, count] = [0, 0];
  for (let i = 0; i < rail.length / 2; i += 1) {
    const [a, b] = [pointAt(rail, i), pointAt(other, i)];
    const width = distance(a, b);
    if (width < 1) continue;
    count += 1;
    const by = (ground.probeMm + BESIDE_MM) / width;
    if (ground.has(a.x + (a.x - b.x) * by, a.y + (a.y - b.y) * by)) beside += 1;
  }
  return count === 0 ? 0 : beside / count;
};

const outlineOf = (column: SatinColumn): Path => pathOfPolylines(ringsOfPart(column).map((points) => ({ points, closed: true })));

/** The area with the column melted on, or null when that is not one piece. */
const withStub = (area: FillArea, stub: SatinColumn): FillArea | null => {
  const melted = offsetPath(unionPaths([area.path, outlineOf(stub)]), MELT_MM, 'miter', 'nonzero', TOLERANCE_MM);
  const path = offsetPath(melted, -MELT_MM, 'miter', 'nonzero', TOLERANCE_MM);
  return islandsOf(path).length === islandsOf(area.path).length ? { ...area, path } : null;
};
