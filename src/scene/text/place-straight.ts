import type { TextFields } from '../../model/text-layer.ts';
import { stackLines } from './line-metrics.ts';
import { type PlacedGlyphAt, type PlacedRun, placedRun } from './placed-text.ts';
import { type SetLine, type SetRun, setJustified, setLine } from './set-line.ts';
import type { Line } from './shape-line.ts';

export type BoxSize = { readonly widthMm: number; readonly heightMm: number };

/** Text at places, with what it measures by its advances and metrics (its ink may reach out, or fall short). */
export type Placement = { readonly runs: readonly PlacedRun[]; readonly widthMm: number; readonly heightMm: number };

type TextAlign = TextFields['align'];

/** start and end by the direction of the paragraph. */
export const sideOf = (align: TextAlign, base: number): 'left' | 'center' | 'right' => {
  switch (align) {
    case 'left':
    case 'center':
    case 'right':
      return align;
    case 'start':
    case 'justify':
      return base % 2 === 1 ? 'right' : 'left';
    case 'end':
      return base % 2 === 1 ? 'left' : 'right';
  }
};

export const SIDE_FACTOR = { left: 0, center: 0.5, right: 1 } as const;
export const VALIGN_FACTOR = { top: 0, middle: 0.5, bottom: 1 } as const;

/** Glyphs of a run upright on a baseline that begins at x, y. */
export const uprightGlyphs = ({ run, scale, x }: SetRun, left: number, baseline: number, lift: number): readonly PlacedGlyphAt[] => {
  const { count, glyphs, xOffsets, yOffsets } = run.shaped;
  const placed: PlacedGlyphAt[] = [];
  for (let i = 0; i < count; i++) {
    const gx = left + (x[i] ?? 0) + (xOffsets[i] ?? 0) * scale;
    const gy = baseline - lift + (yOffsets[i] ?? 0) * scale;
    placed.push({ glyph: glyphs[i] ?? 0, at: [scale, 0, 0, scale, gx, gy] });
  }
  return placed;
};

/** How far a run is raised above its baseline, in mm. */
export const liftOf = ({ run }: SetRun, sizeMm: number): number => run.item.style.shiftEm * sizeMm * run.item.style.sizeFactor;

const setLines = (lines: readonly Line[], sizeMm: number, layer: TextFields, widthMm: number): readonly SetLine[] =>
  lines.map((line) =>
    layer.align === 'justify' && !line.isLast
      ? setJustified(line, sizeMm, layer.trackingMm, widthMm)
      : setLine(line, sizeMm, layer.trackingMm),
  );

/** Lines one below the other, aligned in the box. */
export const placeStraight = (lines: readonly Line[], sizeMm: number, layer: TextFields, box: BoxSize): Placement => {
  const set = setLines(lines, sizeMm, layer, box.widthMm);
  const { baselines, heightMm } = stackLines(lines, sizeMm, layer);
  const top = (box.heightMm - heightMm) * VALIGN_FACTOR[layer.valign];
  const runs = set.flatMap((line, index) => {
    const side = sideOf(layer.align, line.line.paragraph.base);
    const left = (box.widthMm - line.widthMm) * SIDE_FACTOR[side];
    const baseline = top + (baselines[index] ?? 0);
    return line.runs.map((run) => placedRun(run, index, uprightGlyphs(run, left, baseline, liftOf(run, sizeMm))));
  });
  return { runs, widthMm: Math.max(0, ...set.map((line) => line.widthMm)), heightMm };
};
