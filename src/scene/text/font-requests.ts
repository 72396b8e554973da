import type { FontRequest } from '../../model/resources.ts';
import type { FontChoice, TextFields } from '../../model/text-layer.ts';
import { fontRequestKey } from './font-set.ts';

/** The colour emoji family that ships with Platen; a layer with `emoji: true` has it at the end of its list of fonts. */
export const EMOJI_FONT: FontRequest = { family: 'Twemoji Mozilla', weight: 400, italic: false };

const listOf = (font: FontChoice | readonly FontChoice[]): readonly FontRequest[] => (Array.isArray(font) ? font : [font as FontChoice]);

/** The fonts of a run in order of preference: its own or the layer's, then the emoji font when the layer wants it. */
export const fontOrder = (layer: Pick<TextFields, 'font' | 'emoji'>, own?: FontChoice | readonly FontChoice[]): readonly FontRequest[] => {
  const named = listOf(own ?? layer.font);
  const missing = layer.emoji && !named.some(({ family }) => family.toLowerCase() === EMOJI_FONT.family.toLowerCase());
  return missing ? [...named, EMOJI_FONT] : named;
};

// Everything the emoji font could be asked for; digits alone do not need it.
const MAY_BE_EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20E3|\uFE0F/u;

export const mayBeEmoji = (text: string): boolean => MAY_BE_EMOJI.test(text);

/** Every font file the layer's text needs, each once. The emoji font is asked for only when a character may need it. */
export const fontRequestsOf = (
  layer: Pick<TextFields, 'text' | 'font' | 'emoji'> & Partial<Pick<TextFields, 'runs'>>,
): readonly FontRequest[] => {
  const pieces = layer.runs ?? [{ text: layer.text, font: undefined }];
  const requests = pieces.flatMap(({ text, font }) => fontOrder({ font: layer.font, emoji: layer.emoji && mayBeEmoji(text) }, font));
  return [...new Map(requests.map((request) => [fontRequestKey(request), request] as const)).values()];
};
