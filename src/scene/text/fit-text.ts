import type { Autofix, Finding } from '../../model/finding.ts';
import type { TextFields } from '../../model/text-layer.ts';
import { breakParagraph, unbrokenLines } from './break-lines.ts';
import { effectReach, withEffects } from './effect-reach.ts';
import type { Paragraph } from './paragraph.ts';
import type { BoxSize } from './place-straight.ts';
import { type PlacedLayout, placeText } from './place-text.ts';
import { movePlaced } from './placed-text.ts';
import type { Line } from './shape-line.ts';

/** Rounding may push ink or advances this far over a limit without anything being wrong. */
const SLACK_MM = 1e-3;
/** Sizes are tried on a fixed ladder between the smallest and the largest, so that a larger box never gives a smaller size. */
const LADDER = 1024;

type FittedText = {
  readonly placed: PlacedLayout;
  readonly sizeMm: number;
  readonly lines: readonly Line[];
  readonly findings: readonly Finding[];
};

type Trial = { readonly sizeMm: number; readonly lines: readonly Line[]; readonly placed: PlacedLayout };
type Need = { readonly what: 'width' | 'height' | 'lines' | 'length'; readonly measured: number; readonly required: number };

const wraps = ({ fit }: TextFields): boolean => fit.mode === 'wrap' || fit.mode === 'wrap-shrink';
/** A stretched envelope fills its box whatever the size, so there is nothing to search for. */
const shrinks = ({ fit, placement }: TextFields): boolean =>
  (fit.mode === 'shrink' || fit.mode === 'wrap-shrink') && !(placement.kind === 'envelope' && placement.stretch);

const measureFor = ({ placement }: TextFields, box: BoxSize): number => (placement.kind === 'vertical' ? box.heightMm : box.widthMm);

const trialAt = (paragraphs: readonly Paragraph[], sizeMm: number, layer: TextFields, box: BoxSize, balance: boolean): Trial => {
  const limit = measureFor(layer, box);
  const { left, right } = effectReach(layer);
  const request = { widthMm: limit, sizeMm, trackingMm: layer.trackingMm, reachMm: left + right, balance };
  const lines = wraps(layer) ? paragraphs.flatMap((paragraph) => breakParagraph(paragraph, request)) : unbrokenLines(paragraphs);
  return { sizeMm, lines, placed: placeText(lines, sizeMm, layer, box) };
};

/** The first limit a trial breaks, or null when it fits. Fixed sizes answer for their ink only: the box need not hold a line height. */
const unmet = ({ placed, lines }: Trial, layer: TextFields, box: BoxSize): Need | null => {
  const { maxLines } = layer.fit;
  if (maxLines !== undefined && lines.length > maxLines) return { what: 'lines', measured: lines.length, required: maxLines };
  const { room } = placed;
  const isCurve = room.heightMm === Number.POSITIVE_INFINITY;
  if (placed.widthMm > room.widthMm + SLACK_MM)
    return { what: isCurve ? 'length' : 'width', measured: placed.widthMm, required: room.widthMm };
  if (shrinks(layer) && placed.heightMm > room.heightMm + SLACK_MM)
    return { what: 'height', measured: placed.heightMm, required: room.heightMm };
  const ink = placed.ink();
  if (ink === null) return null;
  const { width, height } = withEffects(ink, layer);
  if (width > box.widthMm + SLACK_MM) return { what: 'width', measured: width, required: box.widthMm };
  if (height > box.heightMm + SLACK_MM) return { what: 'height', measured: height, required: box.heightMm };
  return null;
};

/** A curve may carry ink out of the box even though it is small enough: for it, the place counts as well as the size. */
const insideAsPlaced = (trial: Trial, layer: TextFields, box: BoxSize): boolean => {
  if (layer.placement.kind !== 'path' && layer.placement.kind !== 'wave') return true;
  const ink = trial.placed.ink();
  if (ink === null) return true;
  const { x, y, width, height } = withEffects(ink, layer);
  return x >= -SLACK_MM && y >= -SLACK_MM && x + width <= box.widthMm + SLACK_MM && y + height <= box.heightMm + SLACK_MM;
};

const fits = (trial: Trial, layer: TextFields, box: BoxSize): boolean =>
  unmet(trial, layer, box) === null && insideAsPlaced(trial, layer, box);

const sizeRange = ({ size, fit }: TextFields): { smallest: number; largest: number } => {
  const largest = fit.maxSize ?? size;
  return { smallest: Math.min(largest, fit.minSize ?? Math.min(size, largest) / 4), largest };
};

/** Straight unbroken text scales with its size: one division finds the rung, the search only has to confirm it. */
const guessRung = (trial: Trial, layer: TextFields, box: BoxSize, smallest: number, largest: number): number => {
  const { placed, sizeMm } = trial;
  const letters = placed.widthMm > 4 * placed.room.widthMm ? null : placed.ink();
  const ink = letters === null ? null : withEffects(letters, layer);
  const wide = Math.max(placed.widthMm / Math.min(placed.room.widthMm, box.widthMm), (ink?.width ?? 0) / box.widthMm);
  const high = Math.max(placed.heightMm / Math.min(placed.room.heightMm, box.heightMm), (ink?.height ?? 0) / box.heightMm);
  const size = sizeMm / Math.max(wide, high);
  return Math.max(0, Math.min(LADDER - 1, Math.floor(((size - smallest) / (largest - smallest)) * LADDER)));
};

const largestFitting = (paragraphs: readonly Paragraph[], layer: TextFields, box: BoxSize): Trial => {
  const { smallest, largest } = sizeRange(layer);
  const at = (rung: number): Trial => trialAt(paragraphs, smallest + ((largest - smallest) * rung) / LADDER, layer, box, false);
  const top = at(LADDER);
  if (fits(top, layer, box) || largest === smallest) return top;
  let best = at(0);
  if (!fits(best, layer, box)) return best;
  let [low, high] = [0, LADDER];
  const tryRung = (rung: number): void => {
    if (rung <= low || rung >= high) return;
    const trial = at(rung);
    if (fits(trial, layer, box)) [low, best] = [rung, trial];
    else high = rung;
  };
  const guess = guessRung(top, layer, box, smallest, largest);
  tryRung(guess);
  tryRung(guess + 1);
  while (high - low > 1) tryRung(Math.floor((low + high) / 2));
  return best;
};

/** Moves text that fits so that nothing of it, overhanging strokes included, stays outside the box. */
const pushedInside = (trial: Trial, layer: TextFields, box: BoxSize): Trial => {
  const { placed } = trial;
  const letters = placed.ink();
  if (letters === null) return trial;
  const { x, y, width, height } = withEffects(letters, layer);
  const push = (from: number, extent: number, limit: number): number =>
    extent > limit ? (limit - extent) / 2 - from : Math.max(0, -from) - Math.max(0, from + extent - limit);
  const [dx, dy] = [push(x, width, box.widthMm), push(y, height, box.heightMm)];
  if (dx === 0 && dy === 0) return trial;
  const ink = { ...letters, x: letters.x + dx, y: letters.y + dy };
  return { ...trial, placed: { ...placed, runs: movePlaced(placed.runs, dx, dy), ink: () => ink } };
};

const round = (mm: number): number => Math.round(mm * 100) / 100;

const WHAT = { width: 'wide', height: 'high', length: 'long', lines: 'lines' } as const;

const overflowFinding = ({ what, measured, required }: Need, sizeMm: number, layer: TextFields, pointer: string): Finding => {
  const unit = what === 'lines' ? 'lines' : 'mm';
  const room = what === 'length' ? 'the curve it stands on' : 'its box';
  const amount = unit === 'lines' ? `${required} lines` : `${round(required)} mm (${WHAT[what]}), the room of ${room}`;
  return {
    severity: shrinks(layer) ? 'error' : 'warning',
    code: 'text.overflow',
    pointer,
    message: `expected text within ${amount}, got ${unit === 'lines' ? measured : round(measured)} at a size of ${round(sizeMm)} mm`,
    hint: shrinks(layer)
      ? 'shorten the text, enlarge the box or allow a smaller fit.minSize'
      : 'set fit.mode to "shrink" or enlarge the box',
    measured: unit === 'lines' ? measured : round(measured),
    required: unit === 'lines' ? required : round(required),
    unit,
    ...(shrinks(layer) ? {} : { autofix: shrinkFix(layer, pointer) }),
  };
};

const shrinkFix = ({ fit }: TextFields, pointer: string): Autofix => ({
  title: 'Shrink the text until it fits its box.',
  set: [{ pointer: `${pointer}/fit/mode`, value: fit.mode === 'wrap' ? 'wrap-shrink' : 'shrink' }],
});

/** Chooses size and line breaks for the box as the layer's `fit` says, and tells when even the smallest size is too large. */
export const fitText = (paragraphs: readonly Paragraph[], layer: TextFields, box: BoxSize, pointer: string): FittedText => {
  const sized = shrinks(layer) ? largestFitting(paragraphs, layer, box) : trialAt(paragraphs, layer.size, layer, box, false);
  const balanced = layer.fit.balance && wraps(layer) ? trialAt(paragraphs, sized.sizeMm, layer, box, true) : sized;
  const chosen = fits(sized, layer, box) && !fits(balanced, layer, box) ? sized : balanced;
  const need = unmet(chosen, layer, box);
  const movable = shrinks(layer) && layer.placement.kind !== 'circle' && layer.placement.kind !== 'path';
  const final = movable ? pushedInside(chosen, layer, box) : chosen;
  const findings = need === null ? [] : [overflowFinding(need, final.sizeMm, layer, pointer)];
  return { placed: final.placed, sizeMm: final.sizeMm, lines: final.lines, findings };
};
