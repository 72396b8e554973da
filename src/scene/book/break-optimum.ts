import { breakPlaces, runningWidths } from '../text/break-lines.ts';
import type { Paragraph } from '../text/paragraph.ts';
import { type Line, shapeLine } from '../text/shape-line.ts';

/**
 * Lines of a paragraph chosen together, so that the worst of them is as good as can be: the total-fit method of Knuth and Plass, "Breaking
 * Paragraphs into Lines" (1981), with their demerits of stretched lines, hyphens, hyphens in a row and uneven neighbours.
 */
export type OptimumRequest = {
  readonly sizeMm: number;
  readonly trackingMm: number;
  /** Room of a line by its number from 0. */
  readonly widthAt: (line: number) => number;
  /** From this line on, all lines have the same room. */
  readonly sameFrom: number;
  readonly justified: boolean;
};

/** Parts of the width of its spaces by which a justified line may grow without looking loose, and shrink at all. */
const STRETCH = 0.5;
export const SHRINK = 0.2;
/** A ragged line may fall short of the measure by this part of it without looking short. */
const RAG = 0.12;

const HYPHEN_PENALTY = { justified: 70, ragged: 220 } as const;
const HYPHENS_IN_A_ROW = 6000;
const UNEVEN_NEIGHBOURS = 2500;
const LAST_WORD_DIVIDED = 4000;
const SHORT_LAST_LINE = 3000;
/** A last line below this part of the measure looks lost. */
const SHORT = 0.08;
/** Of a line that cannot be made to fit: above everything else. */
const OVERFULL = 1e12;
const SLACK_MM = 1e-6;

type Node = {
  /** Where the next line begins. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly demerits: number;
  readonly previous: Node | null;
  readonly divided: boolean;
  /** 0 tight, 1 even, 2 loose, 3 very loose. */
  readonly fitness: number;
};

const isSpace = (char: string): boolean => char === ' ' || char === '\u00A0';
const SOFT_HYPHEN = '\u00AD';

type Measures = {
  readonly widths: Float64Array;
  /** Width of all spaces before each unit. */
  readonly spaces: Float64Array;
  readonly hyphenMm: number;
};

const hyphenWidth = ({ style, language }: Paragraph, sizeMm: number): number => {
  const [font] = style.fonts;
  if (!font) return 0;
  const shaped = font.shape({ before: '', text: '-', after: '', direction: 'ltr', script: 'Latn', language, features: style.features });
  return ((shaped.advances[0] ?? 0) * sizeMm * style.sizeFactor) / font.unitsPerEm;
};

const measure = (paragraph: Paragraph, { sizeMm, trackingMm }: OptimumRequest): Measures => {
  const widths = runningWidths(paragraph, sizeMm, trackingMm);
  const spaces = new Float64Array(widths.length);
  for (let i = 1; i < widths.length; i++) {
    const own = isSpace(paragraph.text.charAt(i - 1)) ? (widths[i] ?? 0) - (widths[i - 1] ?? 0) : 0;
    spaces[i] = (spaces[i - 1] ?? 0) + own;
  }
  return { widths, spaces, hyphenMm: paragraph.text.includes(SOFT_HYPHEN) ? hyphenWidth(paragraph, sizeMm) : 0 };
};

const fitnessOf = (ratio: number): number => (ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3);

type Trial = { readonly ratio: number; readonly overMm: number };

/** How much a line from a node to a place must stretch (above 0) or shrink, in parts of what it can; `overMm` above 0 when it cannot. */
const tryLine = (node: Node, end: number, divided: boolean, isLast: boolean, m: Measures, request: OptimumRequest): Trial => {
  const room = request.widthAt(node.line);
  const natural = (m.widths[end] ?? 0) - (m.widths[node.start] ?? 0) + (divided ? m.hyphenMm : 0);
  const space = (m.spaces[end] ?? 0) - (m.spaces[node.start] ?? 0);
  const shrink = request.justified ? SHRINK * space : 0;
  const overMm = natural - room - shrink;
  if (natural > room) return { ratio: shrink > 0 ? (room - natural) / shrink : 0, overMm };
  if (isLast) return { ratio: 0, overMm };
  const stretch = request.justified ? Math.max(STRETCH * space, 0.005 * room) : RAG * room;
  return { ratio: (room - natural) / stretch, overMm };
};

const demeritsOf = (node: Node, { ratio }: Trial, divided: boolean, isLast: boolean, share: number, justified: boolean): number => {
  const badness = Math.min(1e5, 100 * Math.abs(ratio) ** 3);
  const penalty = divided ? HYPHEN_PENALTY[justified ? 'justified' : 'ragged'] : 0;
  let total = (10 + badness) ** 2 + penalty ** 2;
  if (divided && node.divided) total += HYPHENS_IN_A_ROW;
  if (node.previous && Math.abs(fitnessOf(ratio) - node.fitness) > 1) total += UNEVEN_NEIGHBOURS;
  if (isLast && node.divided) total += LAST_WORD_DIVIDED;
  if (isLast && node.previous && share < SHORT) total += SHORT_LAST_LINE;
  return node.demerits + total;
};

/** One place after the other; at each, the best way to come there on every line number and evenness that still matters. */
const bestEnd = (paragraph: Paragraph, places: readonly number[], m: Measures, request: OptimumRequest): Node => {
  const { text } = paragraph;
  const root: Node = { start: 0, end: 0, line: 0, demerits: 0, previous: null, divided: false, fitness: 1 };
  let active: Node[] = [root];
  for (const [index, place] of places.entries()) {
    const isLast = index === places.length - 1;
    let end = place;
    while (end > 0 && isSpace(text.charAt(end - 1))) end--;
    const divided = !isLast && text.charAt(end - 1) === SOFT_HYPHEN;
    const best = new Map<number, Node>();
    const kept: Node[] = [];
    let tight: Node | null = null;
    for (const node of active) {
      const trial = tryLine(node, end, divided, isLast, m, request);
      if (trial.overMm > SLACK_MM) {
        if (!tight || node.start > tight.start) tight = node;
        // Without its hyphen a longer line may yet fit.
        if (divided && trial.overMm <= m.hyphenMm) kept.push(node);
        continue;
      }
      kept.push(node);
      const share = ((m.widths[end] ?? 0) - (m.widths[node.start] ?? 0)) / request.widthAt(node.line);
      const demerits = demeritsOf(node, trial, divided, isLast, share, request.justified);
      const fitness = fitnessOf(trial.ratio);
      const key = Math.min(node.line + 1, request.sameFrom) * 4 + fitness;
      const known = best.get(key);
      if (!known || demerits < known.demerits)
        best.set(key, { start: place, end: place, line: node.line + 1, demerits, previous: node, divided, fitness });
    }
    if (best.size === 0 && kept.length === 0 && tight) {
      const demerits = tight.demerits + OVERFULL;
      best.set(0, { start: place, end: place, line: tight.line + 1, demerits, previous: tight, divided, fitness: 1 });
    }
    active = isLast && best.size > 0 ? [...best.values()] : [...kept, ...best.values()];
  }
  const [first = root, ...others] = active;
  return others.reduce((least, one) => (one.demerits < least.demerits ? one : least), first);
};

export const breakOptimum = (paragraph: Paragraph, request: OptimumRequest): readonly Line[] => {
  if (paragraph.text.length === 0) return [shapeLine(paragraph, { start: 0, end: 0 }, true)];
  const end = bestEnd(paragraph, breakPlaces(paragraph), measure(paragraph, request), request);
  const ranges: { start: number; end: number }[] = [];
  for (let node: Node | null = end; node?.previous; node = node.previous) ranges.unshift({ start: node.previous.start, end: node.end });
  return ranges.map((range, i) => shapeLine(paragraph, range, i === ranges.length - 1));
};
