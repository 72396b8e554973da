import { pathLength } from '../../geometry/measure.ts';
import { areaOfPath } from '../../geometry/polygons.ts';
import type { FillArea, RunLine, SatinColumn, SewPart, StitchRemark } from '../region.ts';
import { middleOf, pairsOf, widthOf } from '../satin/column-ruler.ts';
import { PUFF_FROM_MM, PUFF_TO_MM } from './puff-settings.ts';

/** What of a region foam does not suit: its narrowest stroke and its widest area, one remark each. */
export const puffRemarks = (parts: readonly SewPart[], region: number): readonly StitchRemark[] => {
  const found = parts.map((part) => (part.kind === 'fill' ? ofArea(part) : part.kind === 'run' ? ofLine(part) : ofColumn(part)));
  const narrow = found.filter(({ widthMm }) => widthMm < PUFF_FROM_MM).sort((a, b) => a.widthMm - b.widthMm);
  const wide = found.filter(({ widthMm }) => widthMm > PUFF_TO_MM).sort((a, b) => b.widthMm - a.widthMm);
  return [
    ...narrow.slice(0, 1).map((one) => remarkOn(one, 'stitch.thin', region, PUFF_FROM_MM)),
    ...wide.slice(0, 1).map((one) => remarkOn(one, 'stitch.long', region, PUFF_TO_MM)),
  ];
};

type Found = Pick<StitchRemark, 'at'> & { readonly widthMm: number };

const remarkOn = ({ at, widthMm }: Found, code: StitchRemark['code'], region: number, required: number): StitchRemark => ({
  code,
  region,
  at,
  measured: Math.round(widthMm * 100) / 100,
  required,
  unit: 'mm',
});

/** A column by the width most of it has; its tapering ends do not count. */
const ofColumn = (column: SatinColumn): Found => {
  const pairs = pairsOf(column);
  const sorted = [...pairs].sort((a, b) => widthOf(a) - widthOf(b));
  const middle = sorted[sorted.length >> 1];
  return middle ? { at: middleOf(middle), widthMm: widthOf(middle) } : { at: { x: 0, y: 0 }, widthMm: 0 };
};

const ofLine = ({ points, widthMm }: RunLine): Found => ({ at: { x: points[0] ?? 0, y: points[1] ?? 0 }, widthMm });

/** Areas are filled because they are too wide, whatever the shape. */
const ofArea = ({ path }: FillArea): Found => ({
  at: { x: path.coords[0] ?? 0, y: path.coords[1] ?? 0 },
  widthMm: Math.max(PUFF_TO_MM + 0.1, (2 * areaOfPath(path)) / Math.max(pathLength(path), 1e-6)),
});
