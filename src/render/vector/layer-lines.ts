import { polylinesCross } from '../../geometry/crossings.ts';
import { flattenPath, type Polyline } from '../../geometry/flatten.ts';
import type { Point } from '../../geometry/point.ts';
import type { CutLayer } from './cut-drawing.ts';
import { orderContours } from './order-contours.ts';

export type LineOptions = {
  /** How far straight pieces may stray from curves, mm. */
  readonly toleranceMm: number;
  /** Steps of a millimetre that points are rounded to. */
  readonly stepsPerMm: number;
  readonly heightMm: number;
  /** Where the tool stands, in drawing millimetres. */
  readonly from: Point;
};

/** Each finer by this factor; a curve that still crosses then crosses in truth. */
const FINER = 4;
const MOST_TRIES = 4;

/**
 * The contours of a layer as straight lines, y up from the lower edge, in working order and on the format's lattice (coordinates are whole
 * steps). Curves that lie so close that their straight pieces would cross are followed more closely; where that does not part them they cross in
 * truth, and stay as coarse as they were asked for.
 */
export const layerLines = ({ paths }: CutLayer, options: LineOptions): readonly Polyline[] => {
  const groups = orderContours(
    paths.map(({ path }) => path),
    options.from,
  );
  const contours = groups.flat().map(({ path }) => path);
  const linesAt = (toleranceMm: number): readonly Polyline[] =>
    contours.flatMap((path) => flattenPath(path, toleranceMm)).flatMap((line) => onLattice(line, options));
  const asked = linesAt(options.toleranceMm);
  if (!polylinesCross(asked)) return asked;
  for (let attempt = 1; attempt < MOST_TRIES; attempt += 1) {
    const finer = linesAt(options.toleranceMm / FINER ** attempt);
    if (!polylinesCross(finer)) return finer;
  }
  return asked;
};

/** Without points that rounding made equal to their neighbours; nothing when no line is left. */
const onLattice = ({ points, closed }: Polyline, { stepsPerMm, heightMm }: LineOptions): readonly Polyline[] => {
  const out: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = Math.round((points[i] ?? 0) * stepsPerMm);
    const y = Math.round((heightMm - (points[i + 1] ?? 0)) * stepsPerMm);
    if (out.length === 0 || x !== out.at(-2) || y !== out.at(-1)) out.push(x, y);
  }
  while (closed && out.length > 2 && out[0] === out.at(-2) && out[1] === out.at(-1)) out.length -= 2;
  return out.length >= (closed ? 6 : 4) ? [{ points: Float64Array.from(out), closed }] : [];
};

/** Where the tool stands after a layer: at the end of its last line, in drawing millimetres. */
export const endOf = (lines: readonly Polyline[], { stepsPerMm, heightMm, from }: LineOptions): Point => {
  const last = lines.at(-1);
  if (!last) return from;
  const [x, y] = last.closed ? last.points : last.points.subarray(-2);
  return { x: (x ?? 0) / stepsPerMm, y: heightMm - (y ?? 0) / stepsPerMm };
};
