import { z } from 'zod';
import { marginMm, sizeMm } from './length.ts';
import { outlineSchema } from './outline.ts';
import { colourSchema } from './paint.ts';

export const sourceSchema = z.string().min(1).max(20_000_000).describe('A path beside the spec, or a data: URL');

const fraction = z.number().min(0).max(1);

/** What every mask may do at its outline. */
const edge = {
  feather: marginMm.optional().describe('Soft edge: from the outline inwards, so wide'),
  border: z
    .strictObject({ width: sizeMm, colour: colourSchema.default('#ffffff') })
    .optional()
    .describe('A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box'),
};

/** Masks that belong to the picture, not to its box: positions are fractions of the whole upright picture. */
const onPicture = {
  ...edge,
  tight: z.boolean().default(true).describe('What is left of the picture fills the box; false: it stays where it is in the picture'),
};

/** An egg: round at the top, narrower at the chin. */
const oval = z.strictObject({
  by: z.literal('oval'),
  x: fraction.default(0.5).describe('Middle, from the left'),
  y: fraction.default(0.45).describe('Middle, from the top'),
  width: z.number().min(0.01).max(2).default(0.5).describe('Of the width of the picture'),
  height: z.number().min(0.01).max(2).default(0.7).describe('Of the height of the picture'),
  turn: z.number().min(-180).max(180).default(0).describe('Degrees clockwise, for a head that is tilted'),
  chin: z.number().min(0.4).max(1).default(0.78).describe('Width of the lower part: 1 is an ellipse'),
  ...onPicture,
});

const drawn = z
  .strictObject({
    by: z.literal('path'),
    points: z
      .array(z.tuple([z.number().min(-1).max(2), z.number().min(-1).max(2)]))
      .min(3)
      .max(5000)
      .optional(),
    d: z.string().min(1).max(200_000).optional().describe('SVG path data, 0 to 1 across and down'),
    ...onPicture,
  })
  .refine(({ points, d }) => (points === undefined) !== (d === undefined), { error: 'expected either "points" or "d" for a drawn mask' });

const background = z.strictObject({
  by: z.literal('background'),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional()
    .describe('Default: the colour along the edges of the picture'),
  tolerance: fraction.default(0.1).describe('How far from the colour of the background still counts as background'),
  holes: z.boolean().default(false).describe('Also takes out background that the subject encloses, such as in a handle'),
  ...onPicture,
});

export const CUT_OUTS = ['subject', 'head', 'face'] as const;

const cutOut = z.strictObject({
  by: z.literal('cut-out'),
  of: z.enum(CUT_OUTS).default('subject').describe('head: with the hair; face: an egg from forehead to chin'),
  which: z.enum(['largest', 'all']).default('largest').describe('When there are several faces'),
  ...onPicture,
});

/** What of a picture is shown. */
export const imageMaskSchema = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('shape'), shape: outlineSchema, ...edge }),
    z.strictObject({ by: z.literal('luminance'), source: sourceSchema }),
    z
      .strictObject({ by: z.literal('alpha'), source: sourceSchema, ...onPicture })
      .describe('Another picture, laid over the whole of this one: where it is clear, this one is too'),
    drawn,
    oval,
    background,
    cutOut,
  ])
  .meta({ id: 'ImageMask' });

export type ImageMask = z.output<typeof imageMaskSchema>;
export type MaskBorder = { readonly width: number; readonly colour: z.output<typeof colourSchema> };

/** Masks that are worked out from pixels, before anything is laid out. */
export type PixelMask = Extract<ImageMask, { by: 'alpha' | 'background' | 'cut-out' }>;

export const isPixelMask = (mask: ImageMask): mask is PixelMask => mask.by === 'alpha' || mask.by === 'background' || mask.by === 'cut-out';
