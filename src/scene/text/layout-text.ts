import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { isProblem } from '../../model/problem.ts';
import type { TextFields } from '../../model/text-layer.ts';
import type { SceneNode } from '../scene.ts';
import { lengthFinding } from './clean-text.ts';
import { withEffects } from './effect-reach.ts';
import { fitText } from './fit-text.ts';
import type { FontSet } from './font-set.ts';
import type { MissingCluster } from './itemise.ts';
import { paintText } from './paint-text.ts';
import { paragraphsOf } from './paragraph.ts';
import type { PlacedText } from './placed-text.ts';
import { isTrackable } from './shape-line.ts';
import { type StyledText, styleText } from './styled-text.ts';

export { fontRequestsOf } from './font-requests.ts';

/** Text of one layer in millimetres from the top left of its box, y down. */
export type TextLayout = {
  readonly nodes: readonly SceneNode[];
  readonly findings: readonly Finding[];
  /** The box of all that is painted, effects included; null when nothing is. */
  readonly ink: Rect | null;
  /** The size the text was set at. */
  readonly sizeMm: number;
  readonly lines: number;
};

const NAMED_MISSING = 8;

const nameOf = (cluster: string): string => {
  const codes = Array.from(cluster, (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  return `${cluster} (${codes.join(' ')})`;
};

/** One finding for each run of text, naming every character none of its fonts has. */
export const missingFindings = (missing: readonly MissingCluster[]): readonly Finding[] => {
  const byStyle = new Map<MissingCluster['style'], MissingCluster[]>();
  for (const one of missing) byStyle.set(one.style, [...(byStyle.get(one.style) ?? []), one]);
  return [...byStyle].map(([style, list]) => {
    const names = [...new Set(list.map(({ cluster }) => nameOf(cluster)))];
    const more = names.length > NAMED_MISSING ? ` and ${names.length - NAMED_MISSING} more` : '';
    const fonts = style.fonts.map(({ family }) => family).join(', ');
    return {
      severity: 'error',
      code: 'text.glyph-missing',
      pointer: style.pointer,
      message: `expected glyphs for ${names.slice(0, NAMED_MISSING).join(', ')}${more}; none of the fonts has them: ${fonts}`,
      hint: 'add a font that has these characters to the list in font',
      measured: names.length,
      required: 0,
    };
  });
};

/** Uniting, growing and bending outlines takes about a millisecond a letter: pages of it are a mistake, or an attack. */
const MAX_WORKED_GLYPHS = 1500;

const complexityFinding = (runs: PlacedText, layer: TextFields, pointer: string): Finding | null => {
  const isWorked = layer.weld || layer.outlines.length > 0 || layer.shadow !== undefined;
  const count = runs.reduce((sum, run) => (isWorked || run.bend !== null ? sum + run.glyphs.length : sum), 0);
  if (count <= MAX_WORKED_GLYPHS) return null;
  return {
    severity: 'error',
    code: 'text.too-complex',
    pointer,
    message: `expected at most ${MAX_WORKED_GLYPHS} letters for outlines, shadows, welding or bending, got ${count}`,
    hint: 'shorten the text or take the effects away',
    measured: count,
    required: MAX_WORKED_GLYPHS,
  };
};

const nothing = (layer: TextFields, findings: readonly Finding[]): TextLayout => ({
  nodes: [],
  findings,
  ink: null,
  sizeMm: layer.size,
  lines: 0,
});

const isFindings = (value: StyledText | readonly Finding[]): value is readonly Finding[] => Array.isArray(value);

/**
 * Sets the text of a layer in a box. Never throws for what a customer may type: whatever cannot be set as asked is a finding
 * (`text.glyph-missing`, `text.overflow`, `text.font-missing`, `text.too-long`, `text.path-invalid`, …). Throws RangeError when the
 * box has no area. The same layer, box and fonts give the same nodes.
 */
export const layoutText = (
  layer: TextFields,
  box: { readonly widthMm: number; readonly heightMm: number },
  fonts: FontSet,
  pointer: string,
): TextLayout => {
  if (!(box.widthMm > 0 && box.heightMm > 0))
    throw new RangeError(`expected a box with an area for text, got ${box.widthMm} x ${box.heightMm} mm`);
  const length = layer.runs?.reduce((sum, run) => sum + run.text.length, 0) ?? layer.text.length;
  const tooLong = lengthFinding(length, pointer);
  if (tooLong !== null) return nothing(layer, [tooLong]);
  const styled = styleText(layer, fonts, { x: 0, y: 0, width: box.widthMm, height: box.heightMm }, pointer);
  if (isFindings(styled)) return nothing(layer, styled);
  const { paragraphs, missing } = paragraphsOf(styled, layer);
  const findings = [...styled.findings, ...missingFindings(missing), ...trackingFindings(paragraphs, layer, pointer)];
  try {
    const fitted = fitText(paragraphs, layer, box, pointer);
    const { runs } = fitted.placed;
    const tooComplex = complexityFinding(runs, layer, pointer);
    if (tooComplex !== null) return nothing(layer, [...findings, tooComplex]);
    const ink = fitted.placed.ink();
    return {
      nodes: paintText(runs, layer, pointer),
      findings: [...findings, ...fitted.findings],
      ink: ink === null ? null : withEffects(ink, layer),
      sizeMm: fitted.sizeMm,
      lines: fitted.lines.length,
    };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return nothing(layer, [...findings, { severity: 'error', code: error.code, pointer: `${pointer}/placement`, message: error.message }]);
  }
};

const trackingFindings = (
  paragraphs: ReturnType<typeof paragraphsOf>['paragraphs'],
  layer: TextFields,
  pointer: string,
): readonly Finding[] => {
  const isTracked = layer.trackingMm !== 0 || layer.tracking !== 0;
  if (!isTracked || !paragraphs.some(({ items }) => items.some((item) => !isTrackable(item)))) return [];
  return [
    {
      severity: 'info',
      code: 'text.tracking-ignored',
      pointer: `${pointer}/tracking`,
      message: 'the letters of this script are joined: extra space between them was left out',
    },
  ];
};
