import type { Paragraph } from './paragraph.ts';
import { neededWidth, setLine } from './set-line.ts';
import { type Line, shapeLine } from './shape-line.ts';

/** A line may be this much wider than asked before it counts: rounding, not ink. */
const WIDTH_SLACK_MM = 1e-6;

/** The pen position in mm before every UTF-16 unit when the paragraph is set as one line in reading order. */
export const runningWidths = (paragraph: Paragraph, sizeMm: number, trackingMm: number): Float64Array => {
  const whole = shapeLine(paragraph, { start: 0, end: paragraph.text.length }, true);
  const own = new Float64Array(paragraph.text.length + 1);
  for (const { run, cellStart, cellWidth } of setLine(whole, sizeMm, trackingMm).runs) {
    const { clusters, count } = run.shaped;
    for (let first = 0; first < count; ) {
      const cluster = clusters[first] ?? 0;
      let end = first;
      while (end < count && clusters[end] === cluster) end++;
      const to = end < count ? cellStart[end] : (cellStart[first] ?? 0) + (cellWidth[first] ?? 0);
      const slot = run.start + cluster + 1;
      own[slot] = (own[slot] ?? 0) + (to ?? 0) - (cellStart[first] ?? 0);
      first = end;
    }
  }
  for (let i = 1; i < own.length; i++) own[i] = (own[i] ?? 0) + (own[i - 1] ?? 0);
  return own;
};

/** Where lines of a paragraph may end, its own end included. */
export const breakPlaces = (paragraph: Paragraph): readonly number[] => {
  const places: number[] = [];
  paragraph.breaks.forEach((allowed, at) => {
    if (allowed === 1) places.push(at);
  });
  places.push(paragraph.text.length);
  return places;
};

/** Greedy lines: each takes as many words as fit; a word wider than the line stands alone and overruns it. */
const fillLines = (
  paragraph: Paragraph,
  places: readonly number[],
  widths: Float64Array,
  limit: number,
  measure: (line: Line) => number,
): Line[] => {
  const lines: Line[] = [];
  let start = 0;
  let next = 0;
  while (next < places.length) {
    // The running widths tell about where to break; the line shaped by itself decides.
    let last = next;
    while (last + 1 < places.length && (widths[places[last + 1] ?? 0] ?? 0) - (widths[start] ?? 0) <= limit + 1e-3) last++;
    const lineTo = (index: number): Line => shapeLine(paragraph, { start, end: places[index] ?? 0 }, index === places.length - 1);
    let line = lineTo(last);
    // Trailing space hangs, so one more word may still fit.
    while (last + 1 < places.length) {
      const longer = lineTo(last + 1);
      if (measure(longer) > limit + WIDTH_SLACK_MM) break;
      line = longer;
      last++;
    }
    while (last > next && measure(line) > limit + WIDTH_SLACK_MM) line = lineTo(--last);
    lines.push(line);
    start = places[last] ?? paragraph.text.length;
    next = last + 1;
  }
  return lines;
};

export type BreakRequest = {
  readonly widthMm: number;
  readonly sizeMm: number;
  readonly trackingMm: number;
  /** Room that effects take beyond the ink, left and right together. */
  readonly reachMm: number;
  readonly balance: boolean;
};

/** Breaks a paragraph to a width; with `balance`, to the narrowest width that needs no more lines. */
export const breakParagraph = (paragraph: Paragraph, { widthMm, sizeMm, trackingMm, reachMm, balance }: BreakRequest): readonly Line[] => {
  if (paragraph.text.length === 0) return [shapeLine(paragraph, { start: 0, end: 0 }, true)];
  const places = breakPlaces(paragraph);
  const widths = runningWidths(paragraph, sizeMm, trackingMm);
  const measure = (line: Line): number => neededWidth(setLine(line, sizeMm, trackingMm), reachMm);
  const lines = fillLines(paragraph, places, widths, widthMm, measure);
  if (!balance || lines.length < 2) return lines;
  let best = lines;
  let [low, high] = [widthMm / lines.length / 2, widthMm];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    const tried = fillLines(paragraph, places, widths, middle, measure);
    if (tried.length <= lines.length && tried.every((line) => measure(line) <= Math.max(middle, widthMm) + WIDTH_SLACK_MM)) {
      best = tried;
      high = middle;
    } else low = middle;
  }
  return best;
};

/** Every paragraph as one line. */
export const unbrokenLines = (paragraphs: readonly Paragraph[]): readonly Line[] =>
  paragraphs.map((paragraph) => shapeLine(paragraph, { start: 0, end: paragraph.text.length }, true));
