import type { TextFields } from '../../model/text-layer.ts';
import { effectReach } from './effect-reach.ts';
import { stackLines } from './line-metrics.ts';
import { type PlacedGlyphAt, type PlacedRun, placedRun } from './placed-text.ts';
import { inkSpan, neededWidth, type SetLine, type SetRun, setJustified, setLine } from './set-line.ts';
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

/** Justified lines leave room for what reaches beyond their advances: a swash, an outline. */
const setAligned = (line: Line, sizeMm: number, layer: TextFields, widthMm: number): SetLine => {
  const natural = setLine(line, sizeMm, layer.trackingMm);
  if (layer.align !== 'justify' || line.isLast) return natural;
  const over = neededWidth({ ...natural, widthMm: 0 }, reachAlong(layer)) - natural.widthMm;
  return setJustified(line, sizeMm, layer.trackingMm, widthMm - Math.max(0, over));
};

const reachAlong = (layer: TextFields): number => {
  const { left, right } = effectReach(layer);
  return left + right;
};

/** A justified line fills its box exactly: rounding must not count as too wide. */
const ROUNDING_MM = 1e-6;

/** Where a line begins: by its alignment, but with its ink inside the box wherever the layer is to fit and the ink can. */
const lineStart = (line: SetLine, layer: TextFields, widthMm: number): number => {
  const left = (widthMm - line.widthMm) * SIDE_FACTOR[sideOf(layer.align, line.line.paragraph.base)];
  const span = layer.fit.mode === 'fixed' ? null : inkSpan(line);
  if (span === null || layer.placement.kind !== 'straight') return left;
  const reach = effectReach(layer);
  const [least, most] = [reach.left - span.from, widthMm - reach.right - span.to];
  return least > most + ROUNDING_MM ? left : Math.max(least, Math.min(most, left));
};

/** Lines one below the other, aligned in the box. */
export const placeStraight = (lines: readonly Line[], sizeMm: number, layer: TextFields, box: BoxSize): Placement => {
  const set = lines.map((line) => setAligned(line, sizeMm, layer, box.widthMm));
  const { baselines, heightMm } = stackLines(lines, sizeMm, layer);
  const top = (box.heightMm - heightMm) * VALIGN_FACTOR[layer.valign];
  const runs = set.flatMap((line, index) => {
    const left = lineStart(line, layer, box.widthMm);
    const baseline = top + (baselines[index] ?? 0);
    return line.runs.map((run) => placedRun(run, index, uprightGlyphs(run, left, baseline, liftOf(run, sizeMm))));
  });
  return { runs, widthMm: Math.max(0, ...set.map((line) => line.widthMm)), heightMm };
};
