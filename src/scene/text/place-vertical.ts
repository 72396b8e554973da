import type { Affine } from '../../geometry/affine.ts';
import type { TextFields } from '../../model/text-layer.ts';
import { type BoxSize, liftOf, type Placement, SIDE_FACTOR, sideOf, VALIGN_FACTOR } from './place-straight.ts';
import { type PlacedGlyphAt, placedRun } from './placed-text.ts';
import { type SetRun, setLine } from './set-line.ts';
import type { Line } from './shape-line.ts';

/** Upright letters hang from the middle of the column; sideways ones lie a quarter turn clockwise, their em box centred in it. */
const columnGlyphs = (set: SetRun, middle: number, top: number, lift: number): readonly PlacedGlyphAt[] => {
  const { run, scale, x: pens } = set;
  const { count, glyphs, xOffsets, yOffsets } = run.shaped;
  const sideways = run.item.flow === 'ltr' || run.item.flow === 'rtl';
  const foot = middle - run.item.font.metrics.middle * scale + lift;
  const placed: PlacedGlyphAt[] = [];
  for (let i = 0; i < count; i++) {
    const pen = top + (pens[i] ?? 0);
    const [dx, dy] = [(xOffsets[i] ?? 0) * scale, (yOffsets[i] ?? 0) * scale];
    const at: Affine = sideways ? [0, scale, -scale, 0, foot - dy, pen + dx] : [scale, 0, 0, scale, middle + dx, pen + dy];
    placed.push({ glyph: glyphs[i] ?? 0, at });
  }
  return placed;
};

/** Lines as columns, the first at the right unless the layer says otherwise; `valign` moves each column, `align` the block. */
export const placeVertical = (
  lines: readonly Line[],
  sizeMm: number,
  layer: TextFields,
  columns: 'right-to-left' | 'left-to-right',
  box: BoxSize,
): Placement => {
  const pitch = layer.leading * sizeMm;
  const widthMm = sizeMm + pitch * (lines.length - 1);
  const left = (box.widthMm - widthMm) * SIDE_FACTOR[sideOf(layer.align, columns === 'right-to-left' ? 1 : 0)];
  const set = lines.map((line) => setLine(line, sizeMm, layer.trackingMm));
  const runs = set.flatMap((line, index) => {
    const column = columns === 'right-to-left' ? lines.length - 1 - index : index;
    const middle = left + sizeMm / 2 + column * pitch;
    const top = (box.heightMm - line.widthMm) * VALIGN_FACTOR[layer.valign];
    return line.runs.map((run) => placedRun(run, index, columnGlyphs(run, middle, top, liftOf(run, sizeMm))));
  });
  return { runs, widthMm, heightMm: Math.max(0, ...set.map((line) => line.widthMm)) };
};
