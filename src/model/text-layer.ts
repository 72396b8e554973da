import { z } from 'zod';
import { lengthMm, marginMm, sizeMm } from './length.ts';
import { colourSchema, paintSchema } from './paint.ts';

/** The longest text a layer may carry, in UTF-16 units: a page of prose, far above any name or dedication. */
export const MAX_TEXT_LENGTH = 10_000;

const tag = z.string().regex(/^[ -~]{4}$/, { error: () => 'expected a four-character OpenType tag such as "liga"' });

const fontChoiceSchema = z
  .strictObject({
    family: z.string().min(1).max(200).describe('Family name as in the list of fonts'),
    weight: z.int().min(1).max(1000).default(400).describe('400 regular, 700 bold; sets the wght axis of a variable font'),
    italic: z.boolean().default(false),
  })
  .meta({ id: 'FontChoice' });
export type FontChoice = z.output<typeof fontChoiceSchema>;

export const fontList = z
  .union([fontChoiceSchema, z.array(fontChoiceSchema).min(1).max(12)])
  .describe('One font, or a list in order of preference: a character is set in the first font that has it, and in no other');

const features = z
  .record(tag, z.int().min(0).max(65_535))
  .describe('OpenType features: {"liga": 0} turns ligatures off, {"ss01": 1} turns a set on')
  .default({});

const LETTER_CASES = ['none', 'upper', 'lower', 'title'] as const;

const runSchema = z
  .strictObject({
    text: z.string().max(MAX_TEXT_LENGTH),
    font: fontList.optional(),
    sizeFactor: z.number().min(0.1).max(10).default(1).describe('Times the size of the layer'),
    fill: paintSchema.optional().describe('Default: the fill of the layer'),
    features: features.optional().describe('Added to those of the layer'),
    baselineShift: z.number().min(-5).max(5).default(0).describe('Upwards, in ems of the run: 0.35 raises a superscript'),
    tracking: z.number().min(-500).max(5000).optional().describe('In thousandths of an em; default: that of the layer'),
    case: z.enum(LETTER_CASES).optional(),
  })
  .meta({ id: 'TextRun' });

const MODE_HELP =
  'fixed: one size, lines break only where the text says; shrink: the largest size up to maxSize at which it fits, same lines; ' +
  'wrap: one size, lines break to the width; wrap-shrink: both';

const fitSchema = z
  .strictObject({
    mode: z.enum(['fixed', 'shrink', 'wrap', 'wrap-shrink']).default('fixed').describe(MODE_HELP),
    minSize: sizeMm.optional().describe('Smallest size a shrink may reach; default: a quarter of size. Below it: finding text.overflow'),
    maxSize: sizeMm.optional().describe('Largest size; default: size. Give more to let short text grow'),
    maxLines: z.int().min(1).max(200).optional(),
    balance: z.boolean().default(false).describe('When wrapping: make the lines about equally long'),
  })
  .meta({ id: 'TextFit' });

const along = z.number().min(0).max(1).optional().describe('Where along the curve the text is anchored, 0 to 1; default: as align says');
const bend = z
  .enum(['auto', 'never', 'always'])
  .default('auto')
  .describe('Bend the letters themselves along the curve. auto: only joined scripts (Arabic, Devanagari …), which would tear');

const placementSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('straight') }),
    z
      .strictObject({
        kind: z.literal('arc'),
        side: z
          .enum(['top', 'bottom'])
          .default('top')
          .describe('top: letters stand on the circle; bottom: they hang inside it, upright below'),
        radius: sizeMm.optional().describe('Radius of the inner edge of the capitals'),
        sag: sizeMm.optional().describe('Instead of radius: rise of the arc over the width of the box'),
        bend,
      })
      .refine((arc) => (arc.radius === undefined) !== (arc.sag === undefined), { error: 'expected either radius or sag' }),
    z.strictObject({
      kind: z.literal('circle'),
      side: z.enum(['top', 'bottom']).default('top'),
      radius: sizeMm
        .optional()
        .describe('Radius of the inner edge of the capitals about the middle of the box; default: the largest that fits'),
      angle: z.number().min(-360).max(360).default(0).describe('Where the middle of the text sits, degrees clockwise from the side'),
      bend,
    }),
    z.strictObject({
      kind: z.literal('wave'),
      amplitude: lengthMm.default(4).describe('Height of a crest above the middle; negative starts with a trough'),
      waves: z.number().min(0.25).max(20).default(1).describe('Whole waves over the width of the box'),
      along,
      bend,
    }),
    z.strictObject({
      kind: z.literal('path'),
      d: z.string().min(1).max(50_000).describe('SVG path data in mm from the corner of the box; the first sub-path carries the text'),
      along,
      offset: lengthMm.default(0).describe('Lifts the baseline off the path'),
      bend,
    }),
    z.strictObject({
      kind: z.literal('vertical'),
      latin: z.enum(['sideways', 'stacked']).default('sideways').describe('How letters that are not upright in vertical lines stand'),
      columns: z.enum(['right-to-left', 'left-to-right']).default('right-to-left'),
    }),
    z.strictObject({
      kind: z.literal('envelope'),
      shape: z.enum(['arch', 'vertical-arch', 'bulge', 'flag', 'perspective']),
      amount: z.number().min(-1).max(1).default(0.4).describe('Strength; negative turns the shape the other way'),
      stretch: z.boolean().default(true).describe('Fill the whole box; false keeps the proportions of the letters'),
    }),
  ])
  .prefault({ kind: 'straight' });

const outlineEffect = z
  .strictObject({
    width: sizeMm,
    side: z.enum(['outside', 'inside', 'centre']).default('outside'),
    colour: colourSchema,
    join: z.enum(['miter', 'round', 'bevel']).default('round'),
  })
  .meta({ id: 'TextOutline' });

const shadowEffect = z
  .strictObject({
    dx: lengthMm.default(1),
    dy: lengthMm.default(1),
    colour: colourSchema.default('#000000'),
    opacity: z.number().min(0).max(1).default(1),
    grow: marginMm.default(0).describe('Makes the shadow this much fatter'),
  })
  .meta({ id: 'TextShadow' });

/** The fields of a text layer beside those every layer has; spread them into the layer's strict object. */
export const textLayerFields = {
  text: z.string().max(MAX_TEXT_LENGTH).default('').describe('What to set; line breaks as \\n. Or give runs'),
  runs: z
    .array(runSchema)
    .min(1)
    .max(200)
    .optional()
    .describe('Pieces with their own font, size or colour, in reading order; replaces text'),
  font: fontList,
  emoji: z.boolean().default(true).describe('Adds the bundled colour emoji font at the end of the list of fonts'),
  locale: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, { error: () => 'expected a language tag such as "tr" or "zh-Hant"' })
    .optional()
    .describe('Language of the text: decides letter case, word breaks and letter forms. Never taken from the machine'),
  direction: z.enum(['auto', 'ltr', 'rtl']).default('auto').describe('Reading direction of a paragraph; auto: by its first letter'),
  size: sizeMm.default(10).describe('Height of the em square, "24pt" or mm'),
  fit: fitSchema.prefault({}),
  align: z.enum(['start', 'center', 'end', 'left', 'right', 'justify']).default('center'),
  valign: z.enum(['top', 'middle', 'bottom']).default('middle'),
  edge: z
    .enum(['font', 'cap', 'ink'])
    .default('font')
    .describe('What valign lines up: the line height of the font, the capitals, or the letters actually there'),
  leading: z.number().min(0.3).max(5).default(1.2).describe('Distance of baselines, times the size'),
  tracking: z.number().min(-500).max(5000).default(0).describe('Extra space between letters in thousandths of an em'),
  trackingMm: lengthMm.default(0).describe('Extra space between letters, added to tracking'),
  case: z.enum(LETTER_CASES).default('none').describe('title raises the first letter of every word and leaves the others'),
  features,
  axes: z.record(tag, z.number().min(-10_000).max(10_000)).default({}).describe('Axes of a variable font: {"wdth": 85}'),
  placement: placementSchema,
  fill: paintSchema.default('#000000').describe('A gradient runs over the whole box'),
  outlines: z.array(outlineEffect).max(6).default([]).describe('From the letter outwards; outside widths add up'),
  weld: z
    .boolean()
    .default(false)
    .describe('Unite overlapping letters into one outline, for cutting and engraving; outlined text is always welded'),
  shadow: shadowEffect.optional(),
} as const;

/** What the text engine reads of a layer (a text layer of a design spec has these fields and those common to all layers). */
export type TextFields = z.output<z.ZodObject<typeof textLayerFields>>;
export type TextFieldsInput = z.input<z.ZodObject<typeof textLayerFields>>;
export type TextPlacement = TextFields['placement'];
export type TextRun = z.output<typeof runSchema>;
export type LetterCase = (typeof LETTER_CASES)[number];
