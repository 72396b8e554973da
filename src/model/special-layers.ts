import { z } from 'zod';
import { lengthMm, marginMm, sizeMm } from './length.ts';
import { outlineSchema } from './outline.ts';
import { colourSchema } from './paint.ts';
import { fontList, MAX_TEXT_LENGTH, textLayerFields } from './text-layer.ts';

/** Longer than anything that fits such a place, so that what is too long is a finding with its figures and no refusal. */
const line = z.string().max(2000);
const share = z.number().min(0).max(1);
const { locale } = textLayerFields;

const fill = colourSchema.default('#000000').describe('The main colour');
const accent = colourSchema.optional().describe('The second colour; default: the main one');

export const monogramFields = {
  letters: line.describe('The initials, in the order first, middle, last: "AMS"; full stops and spaces are left out'),
  style: z
    .enum(['single', 'two', 'three', 'circle', 'interlocking', 'stacked'])
    .default('three')
    .describe('three: the middle letter larger; circle: letters bent to fill a disc; interlocking: woven through one another'),
  order: z
    .enum(['given', 'traditional'])
    .default('given')
    .describe('traditional: the last name stands in the middle, so "AMS" of Ann Mary Smith becomes A S M'),
  font: fontList,
  fill,
  emphasis: colourSchema.optional().describe('Colour of the larger letter; default: fill'),
  accent: accent.describe('Colour of frame, separators and vines; default: fill'),
  separator: z.enum(['none', 'dot', 'diamond', 'heart']).default('none'),
  frame: z.enum(['none', 'round', 'square', 'diamond', 'laurel', 'shield']).default('none'),
  line: sizeMm.optional().describe('Width of the line of the frame; default: a fiftieth of its size'),
  double: z.boolean().default(false).describe('A second, thinner line inside the frame'),
  vines: z.boolean().default(false).describe('Tendrils with leaves at both sides of the letters'),
  gap: z.number().min(0).max(0.5).default(0.06).describe('Clear space between letters, as a part of their height'),
  middle: z.number().min(1).max(3).default(1.55).describe('How many times as high the larger letter is'),
} as const;

export const JERSEY_RULES = [
  'none',
  'fifa-football',
  'uefa-football',
  'nfhs-football',
  'nfhs-basketball',
  'ncaa-basketball',
  'nfhs-baseball',
  'nfhs-soccer',
  'nfhs-field-hockey',
  'fiba-basketball',
  'handball',
  'ice-hockey',
] as const;

const border = z.strictObject({ width: sizeMm, colour: colourSchema });

export const nameNumberFields = {
  name: line.default(''),
  number: line.default('').describe('Kept as it is written: "00" is not "0"'),
  font: fontList,
  numberFont: fontList.optional().describe('Default: font'),
  rules: z.enum(JERSEY_RULES).default('none').describe('Sizes are held to this rule book; what is outside it is a finding'),
  side: z.enum(['back', 'front']).default('back').describe('Which part of the rules applies'),
  nameHeight: sizeMm.default(60).describe('Height of the capitals of the name, borders not counted'),
  numberHeight: sizeMm.default(250).describe('Height of the digits, borders not counted'),
  gap: marginMm.default(40).describe('Clear space between name and number, borders not counted'),
  arch: z
    .strictObject({
      kind: z.enum(['radial', 'vertical']).default('radial').describe('radial: letters turn along a circle; vertical: they stay upright'),
      sag: sizeMm.default(25).describe('Rise of the arch over the width of the name'),
    })
    .optional(),
  condense: z.number().min(40).max(100).default(70).describe('How narrow a long name may be made, per cent of its natural width'),
  letterSpacing: z.number().min(-0.2).max(2).default(0.1).describe('Between letters of the name, as a part of their height'),
  digitSpacing: z.number().min(-0.2).max(2).default(0.08).describe('Between digits, as a part of their height'),
  embolden: z
    .strictObject({ name: marginMm.default(0), number: marginMm.default(0) })
    .prefault({})
    .describe('Thickens strokes by this much a side'),
  fill,
  nameFill: colourSchema.optional().describe('Default: fill'),
  outlines: z.array(border).max(3).default([]).describe('Borders of the number, from the digits outwards'),
  nameOutlines: z.array(border).max(3).default([]).describe('Borders of the name'),
} as const;

const DAY_MARKS = ['ring', 'disc', 'heart', 'square', 'bold'] as const;

export const calendarFields = {
  year: z.int().min(1).max(9999),
  month: z.int().min(1).max(12),
  locale: locale.default('en').describe('Language of the names, and where a week begins: "de", "en-US", "pt-BR"'),
  weekStart: z.enum(['monday', 'sunday', 'saturday']).optional().describe('Default: as the locale has it'),
  names: z
    .strictObject({ month: line.optional(), days: z.array(line).length(7).optional().describe('From Sunday on') })
    .prefault({})
    .describe('Instead of the names of the locale'),
  title: z.enum(['none', 'month', 'month-year']).default('month-year'),
  days: z.enum(['none', 'letter', 'short', 'long']).default('short').describe('How days of the week are written'),
  marks: z
    .array(z.strictObject({ day: z.int().min(1).max(31), style: z.enum(DAY_MARKS).default('heart'), colour: colourSchema.optional() }))
    .max(62)
    .default([]),
  weekNumbers: z
    .boolean()
    .default(false)
    .describe('ISO 8601 weeks before the first day; of a week that begins on Sunday, that of its Thursday'),
  grid: z.enum(['plain', 'lines', 'boxes']).default('plain'),
  font: fontList.prefault({ family: 'Josefin Sans' }),
  titleFont: fontList.optional(),
  fill,
  accent: accent.describe('Colour of marks and of the title; default: fill'),
  muted: colourSchema.optional().describe('Names of days, week numbers and lines; default: fill'),
  weekend: colourSchema
    .optional()
    .describe('Days of rest as the locale has them: Saturdays and Sundays, in Egypt Fridays and Saturdays; default: fill'),
} as const;

export const coordinatesFields = {
  latitude: z.number().min(-90).max(90).describe('Degrees, north positive'),
  longitude: z.number().min(-180).max(180).describe('Degrees, east positive'),
  format: z.enum(['dms', 'dm', 'decimal']).default('dms').describe('dms: 48° 51′ 24″ N; dm: 48° 51.4′ N; decimal: 48.8566° N'),
  decimals: z.int().min(0).max(6).optional().describe('Default: 0 of seconds, 3 of minutes, 4 of degrees'),
  locale: locale.default('en').describe('Letters of the sides of the world and the decimal mark'),
  letters: z
    .strictObject({ north: line, south: line, east: line, west: line })
    .partial()
    .prefault({})
    .describe('Instead of the letters of the locale'),
  lines: z.enum(['one', 'two']).default('two'),
  place: line.default(''),
  date: line.default(''),
  font: fontList.prefault({ family: 'Josefin Sans', weight: 700 }),
  placeFont: fontList.optional(),
  ornament: z.enum(['none', 'rule', 'heart', 'pin', 'compass']).default('rule'),
  fill,
  accent,
} as const;

const time = z
  .union([z.string().regex(/^\d{1,3}(?::[0-5]?\d){0,2}$/), z.int().min(0).max(359_999)], {
    error: () => 'expected a time as "3:48" or seconds',
  })
  .describe('"3:48", or seconds');

export const songPlayerFields = {
  title: line,
  artist: line.default(''),
  elapsed: time.default('1:31'),
  length: time.default('3:48'),
  cover: z.string().min(1).max(20_000_000).optional().describe('A picture; without one, a record is drawn'),
  focus: z
    .strictObject({ x: share.default(0.5), y: share.default(0.5) })
    .prefault({})
    .describe('The point of the cover that stays in sight'),
  crop: z
    .strictObject({ x: share, y: share, width: share.positive(), height: share.positive() })
    .refine((c) => c.x + c.width <= 1.000001 && c.y + c.height <= 1.000001, { error: 'expected a crop inside the picture' })
    .optional()
    .describe('Part of the cover to use, as fractions of its upright size'),
  turn: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .default(0)
    .describe('Quarter turn of the cover in its frame'),
  code: z.string().min(1).max(2000).optional().describe('What a QR code beside the player holds: a link'),
  layout: z.enum(['card', 'wide', 'bar']).default('card').describe('card: cover above; wide: cover at the left; bar: without cover'),
  theme: z.enum(['light', 'dark', 'none']).default('light').describe('none: no ground, main colour throughout: for one-colour methods'),
  font: fontList.prefault({ family: 'Montserrat', weight: 700 }),
  artistFont: fontList.prefault({ family: 'Montserrat' }),
  heart: z.boolean().default(true),
  controls: z.boolean().default(true),
  fill: colourSchema.optional().describe('Lettering and buttons; default: by the theme'),
  muted: colourSchema.optional(),
  accent: colourSchema.optional().describe('Progress and heart'),
  ground: colourSchema.optional(),
} as const;

export const wordCloudFields = {
  words: z
    .union([
      z
        .array(
          z.union([line, z.strictObject({ text: line, weight: z.number().min(0).max(1e9).default(1), colour: colourSchema.optional() })]),
        )
        .min(1)
        .max(400),
      z.string().max(20_000),
    ])
    .describe(
      'With weights, or in order of importance; or one text, a line or a comma for each word, where words that come again weigh more',
    ),
  font: fontList,
  shape: outlineSchema.prefault({ kind: 'ellipse' }),
  colours: z.array(colourSchema).min(1).max(24).default(['#000000']).describe('In turn'),
  angles: z.array(z.number().min(-180).max(180)).min(1).max(8).default([0, -90]).describe('Degrees clockwise; the first is the usual one'),
  turned: share.default(0.3).describe('Part of the words that takes another angle than the first'),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  minSize: sizeMm.default(2.5).describe('Smallest size of type'),
  maxSize: sizeMm.optional().describe('Largest size of type; default: what fills the shape'),
  gap: marginMm.default(0.8).describe('Clear space between words, at least'),
  fillUp: z.boolean().default(false).describe('Repeats words in small sizes where there is room left'),
} as const;

export const listFields = {
  items: z
    .union([
      z
        .array(z.union([line, z.strictObject({ label: line, value: line.default('') })]))
        .min(1)
        .max(300),
      z.string().max(20_000),
    ])
    .describe('Labels with their values; or one text with a line for each, the value after its last comma, bar or tab'),
  title: line.default(''),
  leader: z.enum(['none', 'dots', 'line']).default('dots'),
  columns: z.int().min(1).max(6).default(1),
  arrange: z
    .enum(['spread', 'centre'])
    .default('spread')
    .describe('spread: label left, value right; centre: both in the middle of the line'),
  font: fontList.prefault({ family: 'Oswald' }),
  titleFont: fontList.optional(),
  fill,
  accent: accent.describe('Colour of title and values; default: fill'),
  minSize: sizeMm.default(2).describe('Smallest size of type; below it: finding'),
  maxSize: sizeMm.default(20),
  leading: z.number().min(0.8).max(4).default(1.5).describe('Distance of lines, times the size'),
} as const;

const penPoint = z.tuple([z.number().min(-1e6).max(1e6), z.number().min(-1e6).max(1e6)]);

export const signatureFields = {
  name: line.default('').describe('Set in the font; or draw it with strokes'),
  strokes: z
    .array(z.array(penPoint).min(1).max(5000))
    .min(1)
    .max(200)
    .optional()
    .describe('Strokes of a pen as points in any unit, y down; smoothed and scaled into the box. Replaces name'),
  pen: sizeMm.default(0.8).describe('Width of the pen for strokes'),
  font: fontList.prefault({ family: 'Sacramento' }),
  rule: z.boolean().default(true),
  ruleWidth: sizeMm.default(0.35),
  caption: line.default('').describe('Below the rule'),
  captionFont: fontList.prefault({ family: 'Josefin Sans' }),
  fill,
  accent: accent.describe('Colour of rule and caption; default: fill'),
} as const;

export const handwritingFields = {
  text: z.string().max(MAX_TEXT_LENGTH),
  font: fontList.prefault({ family: 'Caveat' }),
  emoji: textLayerFields.emoji,
  locale,
  direction: textLayerFields.direction,
  size: textLayerFields.size,
  fit: textLayerFields.fit,
  align: textLayerFields.align,
  valign: textLayerFields.valign,
  leading: textLayerFields.leading,
  slant: z.number().min(-30).max(30).default(0).describe('Leans all letters, degrees to the right'),
  wildness: share.default(0.4).describe('0: as neat as the font; 1: written on a bumpy road'),
  drift: lengthMm.default(0).describe('How far lines climb over the width of the box'),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('Another number writes it another time'),
  fill,
} as const;

type FieldsOf<T extends z.ZodRawShape> = z.output<z.ZodObject<T>>;
export type MonogramFields = FieldsOf<typeof monogramFields>;
export type NameNumberFields = FieldsOf<typeof nameNumberFields>;
export type CalendarFields = FieldsOf<typeof calendarFields>;
export type CoordinatesFields = FieldsOf<typeof coordinatesFields>;
export type SongPlayerFields = FieldsOf<typeof songPlayerFields>;
export type WordCloudFields = FieldsOf<typeof wordCloudFields>;
export type ListFields = FieldsOf<typeof listFields>;
export type SignatureFields = FieldsOf<typeof signatureFields>;
export type HandwritingFields = FieldsOf<typeof handwritingFields>;

/** The layers that lay themselves out: plain data in, letters and figures out. */
export type SpecialLayer =
  | ({ readonly type: 'monogram' } & MonogramFields)
  | ({ readonly type: 'name-number' } & NameNumberFields)
  | ({ readonly type: 'calendar' } & CalendarFields)
  | ({ readonly type: 'coordinates' } & CoordinatesFields)
  | ({ readonly type: 'song-player' } & SongPlayerFields)
  | ({ readonly type: 'word-cloud' } & WordCloudFields)
  | ({ readonly type: 'list' } & ListFields)
  | ({ readonly type: 'signature' } & SignatureFields)
  | ({ readonly type: 'handwriting' } & HandwritingFields);
