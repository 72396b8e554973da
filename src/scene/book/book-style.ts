import { z } from 'zod';
import { ptToMm } from '../../geometry/units.ts';
import type { Book, BookStyle } from '../../model/book.ts';
import { type FontChoice, type TextFields, textLayerFields } from '../../model/text-layer.ts';

/** A style with nothing left open; lengths in mm. */
export type TextStyle = {
  readonly font: readonly FontChoice[];
  readonly size: number;
  readonly leading: number;
  readonly fill: TextFields['fill'];
  readonly tracking: number;
  readonly features: TextFields['features'];
  readonly axes: TextFields['axes'];
  readonly direction: TextFields['direction'];
  readonly case: TextFields['case'];
  readonly align: TextFields['align'];
  readonly indent: number;
  readonly before: number;
  readonly after: number;
  readonly hyphens: boolean;
  readonly dropCap: BookStyle['dropCap'];
  readonly keepNext: boolean;
  readonly keepTogether: boolean;
};

export const fontsIn = (font: FontChoice | readonly FontChoice[]): readonly FontChoice[] =>
  Array.isArray(font) ? font : [font as FontChoice];

const BODY_SIZE_MM = ptToMm(11);

/** What a text layer has when it names nothing, with a font that is never asked for. */
export const PLAIN_TEXT: TextFields = z.strictObject(textLayerFields).parse({ font: { family: 'none' }, fit: { mode: 'wrap' } });

const BODY: TextStyle = {
  font: [{ family: 'EB Garamond', weight: 400, italic: false }],
  size: BODY_SIZE_MM,
  leading: 1.35,
  fill: '#000000',
  tracking: 0,
  features: {},
  axes: {},
  direction: 'auto',
  case: 'none',
  align: 'justify',
  indent: BODY_SIZE_MM,
  before: 0,
  after: 0,
  hyphens: true,
  dropCap: undefined,
  keepNext: false,
  keepTogether: false,
};

/** Titles in the manner of the body: larger, bold, never divided, kept with what they are the title of. */
const headingOf = (body: TextStyle): TextStyle => ({
  ...body,
  font: body.font.map((one) => ({ ...one, weight: 700 })),
  size: body.size * 1.5,
  leading: 1.15,
  align: 'center',
  indent: 0,
  before: body.size * body.leading * 1.5,
  after: body.size * body.leading * 0.75,
  hyphens: false,
  dropCap: undefined,
  keepNext: true,
  keepTogether: true,
});

const given = ({ font, dropCap, ...rest }: BookStyle): Partial<TextStyle> => ({
  ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<TextStyle>),
  ...(font === undefined ? {} : { font: fontsIn(font) }),
  ...(dropCap === undefined ? {} : { dropCap }),
});

/** A style by name: over those of the body, which are over the defaults; "heading" begins larger, bold and centred. */
export const styleOf = ({ styles }: Book, name: string): TextStyle => {
  const own = styles[name];
  const named = styles.body ? given(styles.body) : {};
  // An indent is an em of the body unless it says otherwise.
  const body: TextStyle = { ...BODY, indent: named.size ?? BODY.indent, ...named };
  if (name === 'body') return body;
  const ground = name === 'heading' ? headingOf(body) : body;
  return own ? { ...ground, ...given(own) } : ground;
};

/** The same style in a part of its size, distances with it. */
export const scaledStyle = (style: TextStyle, factor: number): TextStyle =>
  factor === 1
    ? style
    : {
        ...style,
        size: style.size * factor,
        indent: style.indent * factor,
        before: style.before * factor,
        after: style.after * factor,
      };

/** The fonts of a piece of text in italic or bold. Those that stand in for missing letters stay upright: most scripts have no italic. */
export const markedFonts = (
  fonts: readonly FontChoice[],
  marks: { readonly italic: boolean; readonly bold: boolean },
): readonly FontChoice[] =>
  fonts.map((one, i) => ({
    ...one,
    italic: i === 0 ? one.italic !== marks.italic : one.italic,
    weight: marks.bold ? Math.max(700, one.weight) : one.weight,
  }));
