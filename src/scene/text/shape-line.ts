import { visualOrder } from './bidi.ts';
import type { Item } from './itemise.ts';
import type { Paragraph } from './paragraph.ts';
import { isJoined } from './scripts.ts';
import type { ShapedRun } from './shape-run.ts';

/** A part of an item on one line. `start` is the offset in the paragraph that cluster 0 of `shaped` stands for. */
export type LineRun = {
  readonly item: Item;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly shaped: ShapedRun;
};

/** One line of text, white space at its ends removed, runs in visual order. */
export type Line = {
  readonly paragraph: Paragraph;
  readonly start: number;
  readonly end: number;
  readonly runs: readonly LineRun[];
  /** Ends its paragraph: never justified. */
  readonly isLast: boolean;
};

/** How much of the neighbouring text a shaper can make use of. */
const CONTEXT = 8;

const EMPTY = new Float64Array(0);
const NO_RUN: ShapedRun = {
  count: 0,
  glyphs: new Uint32Array(0),
  clusters: new Uint32Array(0),
  advances: EMPTY,
  xOffsets: EMPTY,
  yOffsets: EMPTY,
};

const joinRuns = (runs: readonly ShapedRun[], offsets: readonly number[]): ShapedRun => {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  const pick = (of: (run: ShapedRun) => Float64Array): Float64Array => Float64Array.from(runs.flatMap((run) => [...of(run)]));
  return {
    count,
    glyphs: Uint32Array.from(runs.flatMap((run) => [...run.glyphs])),
    clusters: Uint32Array.from(runs.flatMap((run, i) => Array.from(run.clusters, (cluster) => cluster + (offsets[i] ?? 0)))),
    advances: pick((run) => run.advances),
    xOffsets: pick((run) => run.xOffsets),
    yOffsets: pick((run) => run.yOffsets),
  };
};

/** The room between stacked capitals, in ems. */
const STACK_GAP_EM = 0.22;

/** Letters one below the other, each centred on the line: shaped apart, with the cap height and a gap as advance. */
const shapeStacked = (paragraph: Paragraph, item: Item, start: number, end: number): ShapedRun => {
  const { font, style, script } = item;
  const cells = paragraph.clusters.filter((at) => at >= start && at < end);
  const runs = cells.map((at, i): ShapedRun => {
    const text = paragraph.text.slice(at, cells[i + 1] ?? end);
    const run = font.shape({
      before: '',
      text,
      after: '',
      direction: 'ltr',
      script,
      language: paragraph.language,
      features: style.features,
    });
    const width = run.advances.reduce((sum, advance) => sum + advance, 0);
    const isSpace = text.trim() === '';
    const pitch = isSpace ? 0.5 * font.metrics.capHeight : font.metrics.capHeight + STACK_GAP_EM * font.unitsPerEm;
    const xs = new Float64Array(run.count);
    let x = -width / 2;
    for (let g = 0; g < run.count; g++) {
      xs[g] = x + (run.xOffsets[g] ?? 0);
      x += run.advances[g] ?? 0;
    }
    const advances = new Float64Array(run.count);
    if (run.count > 0) advances[run.count - 1] = pitch;
    const half = (STACK_GAP_EM / 2) * font.unitsPerEm;
    return { ...run, advances, xOffsets: xs, yOffsets: run.yOffsets.map((y) => y + font.metrics.capHeight + half) };
  });
  return joinRuns(
    runs,
    cells.map((at) => at - start),
  );
};

const shapePart = (paragraph: Paragraph, item: Item, part: Range, line: Range, lineText: string): ShapedRun => {
  if (part.end <= part.start) return NO_RUN;
  if (item.flow === 'stacked') return shapeStacked(paragraph, item, part.start, part.end);
  return item.font.shape({
    before: lineText.slice(Math.max(0, part.start - line.start - CONTEXT), part.start - line.start),
    text: lineText.slice(part.start - line.start, part.end - line.start),
    after: lineText.slice(part.end - line.start, part.end - line.start + CONTEXT),
    direction: item.flow,
    script: item.script,
    language: paragraph.language,
    features: item.style.features,
  });
};

type Range = { readonly start: number; readonly end: number };

// Space at a line's ends hangs outside it. The ideographic and the no-break space are typed on purpose and stay.
const HANGING = /[ \u1680\u2000-\u2006\u2008-\u200A\u205F]/;

const trimmed = (text: string, { start, end }: Range): Range => {
  let [from, to] = [start, end];
  while (to > from && HANGING.test(text.charAt(to - 1))) to--;
  while (from < to && HANGING.test(text.charAt(from))) from++;
  return { start: from, end: to };
};

/** Shapes the part of a paragraph that stands on one line, with nothing beyond the line as context, and orders it visually (UAX 9 L2). */
export const shapeLine = (paragraph: Paragraph, range: Range, isLast: boolean): Line => {
  const line = trimmed(paragraph.text, range);
  const plain = paragraph.text.slice(line.start, line.end);
  // A word broken at its soft hyphen shows the hyphen.
  const lineText = !isLast && plain.endsWith('\u00AD') ? `${plain.slice(0, -1)}-` : plain;
  const runs: LineRun[] = [];
  for (const item of paragraph.items) {
    const part = { start: Math.max(item.start, line.start), end: Math.min(item.end, line.end) };
    if (part.end <= part.start) continue;
    const text = lineText.slice(part.start - line.start, part.end - line.start);
    runs.push({ item, ...part, text, shaped: shapePart(paragraph, item, part, line, lineText) });
  }
  const order = visualOrder(runs.map(({ item }) => item.level));
  return { paragraph, ...line, runs: order.flatMap((index) => runs[index] ?? []), isLast };
};

/** Whether extra space may be put between the letters of a run without tearing joined ones. */
export const isTrackable = ({ script }: Item): boolean => !isJoined(script);

/** Millimetres per font unit of an item at a layer size. */
export const scaleOf = ({ font, style }: Item, sizeMm: number): number => (sizeMm * style.sizeFactor) / font.unitsPerEm;
