import type { TextFields } from '../../model/text-layer.ts';
import type { LoadedFont } from './loaded-font.ts';
import type { Line } from './shape-line.ts';
import type { RunStyle } from './styled-text.ts';

/** Extents of a line in mm above and below its baseline, and the factor its pitch grows by. */
type LineMetrics = { readonly ascentMm: number; readonly descentMm: number; readonly capMm: number; readonly sizeFactor: number };

const metricsIn = (font: LoadedFont, style: RunStyle, sizeMm: number): LineMetrics => {
  const scale = (sizeMm * style.sizeFactor) / font.unitsPerEm;
  const lift = style.shiftEm * sizeMm * style.sizeFactor;
  const { ascent, descent, capHeight } = font.metrics;
  return { ascentMm: ascent * scale + lift, descentMm: descent * scale - lift, capMm: capHeight * scale, sizeFactor: style.sizeFactor };
};

const primaryFont = ({ fonts }: RunStyle): LoadedFont | undefined => fonts.find((font) => !font.isColour) ?? fonts[0];

/**
 * What a line measures by: the first font of each of its styles. Fonts that only fill in for missing letters, emoji among them, do not
 * move lines apart unless they are all there is.
 */
export const lineMetrics = (line: Line, sizeMm: number): LineMetrics => {
  const styles = [...new Set(line.runs.map(({ item }) => item.style))];
  const all: LineMetrics[] = [];
  for (const style of styles.length > 0 ? styles : [line.paragraph.style]) {
    const primary = primaryFont(style);
    const used = line.runs.filter(({ item }) => item.style === style).map(({ item }) => item.font);
    const fonts = primary && (used.length === 0 || used.includes(primary)) ? [primary] : used;
    for (const font of fonts) all.push(metricsIn(font, style, sizeMm));
  }
  return {
    ascentMm: Math.max(...all.map(({ ascentMm }) => ascentMm)),
    descentMm: Math.max(...all.map(({ descentMm }) => descentMm)),
    capMm: Math.max(...all.map(({ capMm }) => capMm)),
    sizeFactor: Math.max(...all.map(({ sizeFactor }) => sizeFactor)),
  };
};

/** Baselines in mm below the top edge of the block, and the block's height, by what the layer lines up. */
export const stackLines = (
  lines: readonly Line[],
  sizeMm: number,
  { leading, edge }: Pick<TextFields, 'leading' | 'edge'>,
): { readonly baselines: readonly number[]; readonly heightMm: number } => {
  const metrics = lines.map((line) => lineMetrics(line, sizeMm));
  const baselines: number[] = [];
  let y = 0;
  metrics.forEach(({ ascentMm, capMm, sizeFactor }, i) => {
    y += i === 0 ? (edge === 'font' ? ascentMm : capMm) : leading * sizeMm * sizeFactor;
    baselines.push(y);
  });
  const below = edge === 'font' ? (metrics.at(-1)?.descentMm ?? 0) : 0;
  return { baselines, heightMm: y + below };
};
