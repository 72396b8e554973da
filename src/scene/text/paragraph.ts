import type { TextFields } from '../../model/text-layer.ts';
import { bidiLevels } from './bidi.ts';
import { breakOpportunities } from './break-opportunities.ts';
import { clusterStarts, type Item, itemise, type MissingCluster, type Writing } from './itemise.ts';
import type { RunStyle, StyledText } from './styled-text.ts';

/** The text between two hard line ends, ready to be broken and set. Offsets are UTF-16 units of `text`. */
export type Paragraph = {
  readonly text: string;
  readonly base: number;
  readonly clusters: readonly number[];
  readonly items: readonly Item[];
  readonly breaks: Uint8Array;
  /** What an empty line measures by. */
  readonly style: RunStyle;
  readonly language: string;
};

const styleFinder = ({ styles, starts }: StyledText): ((offset: number) => RunStyle) => {
  const [first] = styles;
  if (first === undefined) throw new RangeError('expected at least one style');
  if (styles.length === 1) return () => first;
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return styles[low] ?? first;
  };
};

const NO_BREAKS = new Uint8Array(0);

/** Splits styled text at its line feeds and analyses every paragraph; `missing` lists clusters no font of their run covers. */
export const paragraphsOf = (
  styled: StyledText,
  layer: Pick<TextFields, 'direction' | 'locale' | 'fit' | 'placement'>,
): { readonly paragraphs: readonly Paragraph[]; readonly missing: readonly MissingCluster[] } => {
  const styleAt = styleFinder(styled);
  const writing: Writing = layer.placement.kind === 'vertical' ? `vertical-${layer.placement.latin}` : 'horizontal';
  const wraps = layer.fit.mode === 'wrap' || layer.fit.mode === 'wrap-shrink';
  const missing: MissingCluster[] = [];
  let offset = 0;
  const paragraphs = styled.text.split('\n').map((text): Paragraph => {
    const start = offset;
    offset += text.length + 1;
    const clusters = clusterStarts(text);
    const bidi = bidiLevels(text, layer.direction);
    const itemised = itemise(text, clusters, (at) => styleAt(start + at), bidi, writing);
    missing.push(...itemised.missing);
    return {
      text,
      base: bidi.base,
      clusters,
      items: itemised.items,
      breaks: wraps ? breakOpportunities(text, clusters, layer.locale ?? 'en') : NO_BREAKS,
      style: styleAt(start),
      language: layer.locale ?? '',
    };
  });
  return { paragraphs, missing };
};
