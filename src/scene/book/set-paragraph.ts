import { translation } from '../../geometry/affine.ts';
import type { BookInline } from '../../model/book.ts';
import type { Finding } from '../../model/finding.ts';
import type { TextFields } from '../../model/text-layer.ts';
import type { SceneNode } from '../scene.ts';
import type { FontSet } from '../text/font-set.ts';
import { missingFindings } from '../text/layout-text.ts';
import { lineMetrics } from '../text/line-metrics.ts';
import { paintText } from '../text/paint-text.ts';
import { type Paragraph, paragraphsOf } from '../text/paragraph.ts';
import { liftOf, SIDE_FACTOR, sideOf, uprightGlyphs } from '../text/place-straight.ts';
import { placedRun } from '../text/placed-text.ts';
import { isJoined } from '../text/scripts.ts';
import { type SetLine, setJustified, setLine } from '../text/set-line.ts';
import { type Line, shapeLine } from '../text/shape-line.ts';
import { type StyledText, styleText } from '../text/styled-text.ts';
import { transformNode } from '../transform.ts';
import { fontsIn, PLAIN_TEXT, type TextStyle } from './book-style.ts';
import { breakOptimum, SHRINK } from './break-optimum.ts';
import type { FlowItem } from './flow-item.ts';
import type { Hyphenation } from './hyphenation.ts';
import { firstLetter, type Piece, piecesOf, runsOf } from './inline-text.ts';

export type ParagraphRequest = {
  readonly text: BookInline;
  readonly style: TextStyle;
  readonly language: string;
  readonly divide: Hyphenation;
  readonly fonts: FontSet;
  readonly pointer: string;
  /** Whether its first line is drawn in. */
  readonly indented: boolean;
  readonly dropCap: boolean;
  /** Room of each line by its number, mm; the last goes on. Never empty. */
  readonly widths: readonly { readonly from: number; readonly widthMm: number }[];
};

/** Lines of a paragraph as items of the flow. `together`: so many first lines cannot be parted. */
export type SetText = { readonly items: readonly FlowItem[]; readonly together: number; readonly findings: readonly Finding[] };

/** Ink may pass the measure by this much: overhanging letters, not a line too long. */
const OVER_MM = 0.05;

const NOTHING: SetText = { items: [], together: 0, findings: [] };

const LETTER = /\p{L}/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** By most of its letters: a paragraph that happens to begin with a name in another script is not turned round. */
const directionOf = (pieces: readonly Piece[], { direction }: TextStyle): TextStyle['direction'] => {
  const text = pieces.map((piece) => piece.text).join('');
  if (direction !== 'auto' || !RIGHT_TO_LEFT.test(text)) return direction;
  const letters = text.match(LETTER) ?? [];
  const leftwards = letters.filter((letter) => RIGHT_TO_LEFT.test(letter)).length;
  return leftwards * 2 > letters.length ? 'rtl' : 'ltr';
};

const layerOf = (pieces: readonly Piece[], style: TextStyle, language: string, divide: Hyphenation): TextFields => ({
  ...PLAIN_TEXT,
  runs: runsOf(pieces, divide),
  font: [...style.font],
  locale: language,
  direction: directionOf(pieces, style),
  size: style.size,
  leading: style.leading,
  tracking: style.tracking,
  features: style.features,
  axes: style.axes,
  case: style.case,
  fill: style.fill,
  align: style.align,
});

const isFindings = (value: StyledText | readonly Finding[]): value is readonly Finding[] => Array.isArray(value);

const pointing = (findings: readonly Finding[], pointer: string): readonly Finding[] => findings.map((one) => ({ ...one, pointer }));

type DropCap = { readonly widthMm: number; readonly draw: (x: number, baseline: number) => readonly SceneNode[] };

/** A letter as high as some lines: its head level with the capitals of the first, its foot on the baseline of the last. */
const setDropCap = (letter: Piece, body: Line, request: ParagraphRequest): DropCap | null => {
  const { style, language, fonts, pointer } = request;
  const cap = style.dropCap;
  if (!cap) return null;
  const piece: Piece = { ...letter, fonts: cap.font ? fontsIn(cap.font) : letter.fonts, fill: cap.fill ?? letter.fill };
  const probe = layerOf([piece], style, language, (text) => text);
  const styled = styleText(probe, fonts, { x: 0, y: 0, width: 1, height: 1 }, pointer);
  if (isFindings(styled)) return null;
  const [paragraph] = paragraphsOf(styled, probe).paragraphs;
  if (!paragraph) return null;
  const line = shapeLine(paragraph, { start: 0, end: paragraph.text.length }, true);
  const bodyCap = lineMetrics(body, style.size).capMm;
  const wanted = (cap.lines - 1) * style.leading * style.size + bodyCap;
  const sizeMm = (style.size * wanted) / lineMetrics(line, style.size).capMm;
  const set = setLine(line, sizeMm, 0);
  const runs = (x: number, baseline: number) => set.runs.map((run) => placedRun(run, 0, uprightGlyphs(run, x, baseline, 0)));
  return {
    widthMm: set.widthMm + cap.gap,
    draw: (x, baseline) => paintText(runs(x, baseline), { ...probe, size: sizeMm }, pointer).map((node) => ({ ...node, pointer })),
  };
};

const isRightToLeft = ({ base }: Paragraph): boolean => base % 2 === 1;

/** Letters that join are no initials: cut off, they would change their form. */
const takesDropCap = (paragraph: Paragraph): boolean => !paragraph.items.some((item) => item.start === 0 && isJoined(item.script));

const overwide = (line: SetLine, roomMm: number, pointer: string): readonly Finding[] => {
  const over = line.widthMm - roomMm;
  if (over <= OVER_MM) return [];
  const round = (mm: number): number => Math.round(mm * 100) / 100;
  return [
    {
      severity: 'warning',
      code: 'text.overflow',
      pointer,
      message: `expected every word within ${round(roomMm)} mm, the width of its frame, got one of ${round(line.widthMm)} mm`,
      hint: 'set the text smaller, widen the frame, or put soft hyphens into the long word',
      measured: round(line.widthMm),
      required: round(roomMm),
      unit: 'mm',
    },
  ];
};

/** Sets one paragraph (a block; line feeds in it begin lines of their own) to the widths it is given. Never throws for what a customer types. */
export const setParagraph = (request: ParagraphRequest): SetText => {
  const { style, language, fonts, pointer } = request;
  const divide: Hyphenation = style.hyphens ? request.divide : (text) => text;
  const pieces = piecesOf(request.text, style);
  const letter = request.dropCap && style.dropCap ? firstLetter(pieces) : null;
  const whole = analyse(pieces, style, language, divide, fonts, pointer);
  if (!whole.paragraphs) return { ...NOTHING, findings: whole.findings };
  const [opening] = whole.paragraphs;
  const initial = letter && opening && takesDropCap(opening) ? letter : null;
  const body = initial ? analyse(initial.rest, style, language, divide, fonts, pointer) : whole;
  if (!body.paragraphs) return { ...NOTHING, findings: whole.findings };
  const findings: Finding[] = [...whole.findings];
  const items: FlowItem[] = [];
  const probe = body.paragraphs[0];
  const cap =
    initial && probe
      ? setDropCap(initial.letter, shapeLine(probe, { start: 0, end: Math.min(1, probe.text.length) }, true), request)
      : null;
  const capLines = cap ? (style.dropCap?.lines ?? 0) : 0;
  for (const paragraph of body.paragraphs) {
    const first = items.length;
    const indent = request.indented && first === 0 && !cap ? style.indent : 0;
    const inset = (n: number): number => (n === 0 ? indent : 0) + (cap && n < capLines ? cap.widthMm : 0);
    const roomAt = (n: number): number =>
      [...request.widths].reverse().find(({ from }) => from <= n)?.widthMm ?? request.widths[0]?.widthMm ?? 0;
    const lines = breakOptimum(paragraph, {
      sizeMm: style.size,
      trackingMm: 0,
      widthAt: (line) => Math.max(1, roomAt(first + line) - inset(first + line)),
      sameFrom: Math.max(capLines, request.widths.at(-1)?.from ?? 0, 1),
      justified: style.align === 'justify',
    });
    for (const line of lines) {
      const n = items.length;
      const room = roomAt(n);
      const set = aligned(line, style, room - inset(n));
      findings.push(...overwide(set, room - inset(n), pointer));
      items.push(lineItem(set, { request, layer: body.layer, room, inset: inset(n), cap: n === 0 ? cap : null }));
    }
  }
  // A short paragraph still clears its initial.
  while (items.length < capLines) items.push({ kind: 'line', heightMm: style.size * style.leading, keepNext: false, draw: () => [] });
  return { items, together: capLines, findings };
};

const analyse = (
  pieces: readonly Piece[],
  style: TextStyle,
  language: string,
  divide: Hyphenation,
  fonts: FontSet,
  pointer: string,
): { readonly paragraphs: readonly Paragraph[] | null; readonly layer: TextFields; readonly findings: readonly Finding[] } => {
  const layer = layerOf(pieces, style, language, divide);
  const styled = styleText(layer, fonts, { x: 0, y: 0, width: 1, height: 1 }, pointer);
  if (isFindings(styled)) return { paragraphs: null, layer, findings: pointing(styled, pointer) };
  const { paragraphs, missing } = paragraphsOf(styled, layer);
  return { paragraphs, layer, findings: pointing([...styled.findings, ...missingFindings(missing)], pointer) };
};

const spaceWidth = ({ runs, line }: SetLine): number => {
  const { text } = line.paragraph;
  let sum = 0;
  for (const { run, cellWidth } of runs)
    for (let i = 0; i < run.shaped.count; i++)
      if (/[ \u00A0]/.test(text.charAt(run.start + (run.shaped.clusters[i] ?? 0)))) sum += cellWidth[i] ?? 0;
  return sum;
};

const aligned = (line: Line, style: TextStyle, roomMm: number): SetLine => {
  const natural = setLine(line, style.size, 0);
  if (style.align !== 'justify') return natural;
  if (line.isLast && natural.widthMm <= roomMm) return natural;
  return setJustified(line, style.size, 0, roomMm, SHRINK * spaceWidth(natural) + 1e-6);
};

/** Soft hyphens that are not seen are no letters of the line. */
const printed = (node: SceneNode, pointer: string): SceneNode =>
  node.kind === 'glyphs' ? { ...node, pointer, text: node.text.replaceAll('\u00AD', '') } : { ...node, pointer };

type LineContext = {
  readonly request: ParagraphRequest;
  readonly layer: TextFields;
  readonly room: number;
  readonly inset: number;
  readonly cap: DropCap | null;
};

const lineItem = (set: SetLine, { request, layer, room, inset, cap }: LineContext): FlowItem => {
  const { style, pointer } = request;
  const { line } = set;
  const { paragraph } = line;
  const rightToLeft = isRightToLeft(paragraph);
  const { ascentMm, descentMm } = lineMetrics(line, style.size);
  const heightMm = style.size * style.leading;
  const baseline = (heightMm - ascentMm - descentMm) / 2 + ascentMm;
  const left = (rightToLeft ? 0 : inset) + (room - inset - set.widthMm) * SIDE_FACTOR[sideOf(layer.align, paragraph.base)];
  // Painted once, moved wherever it comes to stand.
  const nodes = paintText(
    set.runs.map((run) => placedRun(run, 0, uprightGlyphs(run, left, baseline, liftOf(run, style.size)))),
    layer,
    pointer,
  ).map((node): SceneNode => printed(node, pointer));
  const capFoot = baseline + ((style.dropCap?.lines ?? 1) - 1) * heightMm;
  const initial = cap ? cap.draw(rightToLeft ? room - cap.widthMm + (style.dropCap?.gap ?? 0) : 0, capFoot) : [];
  const all = [...initial, ...nodes];
  return {
    kind: 'line',
    heightMm,
    baselineMm: baseline,
    keepNext: style.keepNext,
    draw: (x, y) => all.map((node) => transformNode(node, translation(x, y))),
  };
};
