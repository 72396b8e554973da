import type { BidiLevels } from './bidi.ts';
import type { LoadedFont } from './loaded-font.ts';
import { resolveScripts, standsUpright } from './scripts.ts';
import type { RunStyle } from './styled-text.ts';

/** A stretch of one paragraph that is shaped in one go; offsets are UTF-16 units of the paragraph. */
export type Item = {
  readonly start: number;
  readonly end: number;
  readonly font: LoadedFont;
  readonly style: RunStyle;
  readonly script: string;
  readonly level: number;
  /** How the letters run: along the line, or (in vertical text) each upright below the other. */
  readonly flow: 'ltr' | 'rtl' | 'ttb' | 'stacked';
};

export type MissingCluster = { readonly cluster: string; readonly style: RunStyle };

// Letters and signs that always stand alone (no marks, jamo, emoji or joiners among them), so that no segmenter is needed.
const SIMPLE =
  /^[\x20-\x7E\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u0370-\u0482\u048A-\u052F\u1E00-\u1FFF\u2010-\u2027\u3001-\u3020\u3041-\u3096\u30A1-\u30FE\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF60]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where the user-perceived characters (UAX 29) of a paragraph begin, with its length at the end. */
export const clusterStarts = (text: string): readonly number[] => {
  if (SIMPLE.test(text)) return Array.from({ length: text.length + 1 }, (_, i) => i);
  const starts = Array.from(graphemes.segment(text), ({ index }) => index);
  starts.push(text.length);
  return starts;
};

const EMOJI_START = /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|[0-9#*]\uFE0F?\u20E3|\p{Emoji}\p{Emoji_Modifier})/u;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
const SPACE = /\p{Zs}/u;

/** Whether a cluster asks to be shown as a colour picture (UTS 51), not as a letter-like sign. */
export const isEmojiCluster = (cluster: string): boolean => !cluster.includes('\uFE0E') && EMOJI_START.test(cluster);

const hasChar = (font: LoadedFont, char: string): boolean => {
  if (font.has(char.codePointAt(0) ?? 0)) return true;
  if (IGNORABLE.test(char)) return true;
  if (SPACE.test(char)) return font.has(0x20);
  const parts = char.normalize('NFD');
  return parts !== char && Array.from(parts).every((part) => font.has(part.codePointAt(0) ?? 0));
};

/** Whether the font can show the whole cluster (signs that are never drawn do not count). */
const coversCluster = (font: LoadedFont, cluster: string): boolean => {
  if (cluster.length === 1) return hasChar(font, cluster);
  for (const char of cluster) if (!hasChar(font, char)) return false;
  return true;
};

const fontFor = (cluster: string, { fonts }: RunStyle): LoadedFont | null => {
  const covering = (font: LoadedFont): boolean => coversCluster(font, cluster);
  if (cluster > '\u00A8' && isEmojiCluster(cluster))
    return fonts.find((font) => font.isColour && covering(font)) ?? fonts.find(covering) ?? null;
  return fonts.find((font) => !font.isColour && covering(font)) ?? fonts.find(covering) ?? null;
};

/** Full-width forms and ideographic punctuation stand upright whatever script they take after. */
const WIDE = /[\u2E80-\u303F\u30FC\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]/;

export type Writing = 'horizontal' | 'vertical-sideways' | 'vertical-stacked';

const flowOf = (cluster: string, script: string, level: number, writing: Writing): Item['flow'] => {
  if (writing !== 'horizontal') {
    if (standsUpright(script) && !/^[\x20-\u02FF]/.test(cluster)) return 'ttb';
    if (WIDE.test(cluster) || isEmojiCluster(cluster)) return 'ttb';
    if (writing === 'vertical-stacked') return 'stacked';
  }
  return level % 2 === 1 ? 'rtl' : 'ltr';
};

/**
 * Cuts a paragraph wherever style, font, script, bidi level or flow changes. Every cluster takes the first of its style's fonts that
 * covers all of it; emoji take a colour font first, everything else a plain one. Clusters no font covers make no item: they are returned.
 */
export const itemise = (
  text: string,
  clusters: readonly number[],
  styleAt: (offset: number) => RunStyle,
  { levels }: BidiLevels,
  writing: Writing,
): { readonly items: readonly Item[]; readonly missing: readonly MissingCluster[] } => {
  const scripts = resolveScripts(text);
  const items: Item[] = [];
  let open: (Item & { end: number }) | null = null;
  const missing: MissingCluster[] = [];
  for (let i = 0; i + 1 < clusters.length; i++) {
    const start = clusters[i] ?? 0;
    const end = clusters[i + 1] ?? start;
    const cluster = text.slice(start, end);
    const style = styleAt(start);
    const font = fontFor(cluster, style);
    if (font === null) {
      missing.push({ cluster, style });
      continue;
    }
    const script = scripts[start] ?? '';
    const level = levels[start] ?? 0;
    const flow = flowOf(cluster, script, level, writing);
    const same = open !== null && open.end === start && open.font === font && open.style === style;
    if (open !== null && same && open.script === script && open.level === level && open.flow === flow) open.end = end;
    else {
      open = { start, end, font, style, script, level, flow };
      items.push(open);
    }
  }
  return { items, missing };
};
