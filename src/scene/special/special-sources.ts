import type { Layer } from '../../model/layers.ts';
import type { FontRequest } from '../../model/resources.ts';
import type { SpecialLayer } from '../../model/special-layers.ts';
import type { TextFields } from '../../model/text-layer.ts';
import { fontRequestsOf } from '../text/layout-text.ts';

const SPECIAL: ReadonlySet<string> = new Set<SpecialLayer['type']>([
  'monogram',
  'name-number',
  'calendar',
  'coordinates',
  'song-player',
  'word-cloud',
  'list',
  'signature',
  'handwriting',
]);

export const isSpecial = (layer: Layer): layer is Extract<Layer, SpecialLayer> => SPECIAL.has(layer.type);

type Lettering = { readonly fonts: readonly (TextFields['font'] | undefined)[]; readonly text: string };

/** The fonts of a layer, and what it may set in emoji; of figures, which take none, nothing. */
const letteringOf = (layer: SpecialLayer): Lettering => {
  switch (layer.type) {
    case 'monogram':
    case 'word-cloud':
      return { fonts: [layer.font], text: '' };
    case 'name-number':
      return { fonts: [layer.font, layer.numberFont], text: '' };
    case 'calendar':
      return { fonts: [layer.font, layer.titleFont], text: [layer.names.month, ...(layer.names.days ?? [])].join(' ') };
    case 'coordinates':
      return { fonts: [layer.font, layer.placeFont], text: [layer.place, layer.date, ...Object.values(layer.letters)].join(' ') };
    case 'song-player':
      return { fonts: [layer.font, layer.artistFont], text: `${layer.title} ${layer.artist}` };
    case 'list':
      return { fonts: [layer.font, layer.titleFont], text: `${layer.title} ${JSON.stringify(layer.items)}` };
    case 'signature':
      return { fonts: [layer.font, layer.captionFont], text: `${layer.name} ${layer.caption}` };
    case 'handwriting':
      return { fonts: [layer.font], text: layer.emoji ? layer.text : '' };
  }
};

/** Every font file that a special layer needs; some may come twice. */
export const specialFonts = (layer: SpecialLayer): readonly FontRequest[] => {
  const { fonts, text } = letteringOf(layer);
  return fonts.flatMap((font) => (font === undefined ? [] : fontRequestsOf({ text, font, emoji: true })));
};
