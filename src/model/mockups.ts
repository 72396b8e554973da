import { z } from 'zod';
import { BACKDROP_NAMES } from './backdrops.ts';
import { hexColour, linearGradient, radialGradient } from './paint.ts';

const name = z.string().min(1).max(200);
const sidePx = z.int().min(64).max(4000);

const backgroundSchema = z
  .union(
    [
      hexColour,
      z.literal('transparent'),
      z.strictObject({ backdrop: z.enum(BACKDROP_NAMES).describe('A ground that comes with Platen') }),
      linearGradient,
      radialGradient,
      z.strictObject({
        image: z.string().min(1).describe('A picture that fills the scene behind the product, cut evenly where its proportions differ'),
        blur: z.number().min(0).max(10).default(0).describe('How far it is out of focus, per cent of the picture’s longer side'),
      }),
    ],
    {
      error: () =>
        'expected a background: "#rrggbb", "transparent", {"backdrop": name}, {"image": source} or a gradient ({"linear": …}, {"radial": …})',
    },
  )
  .meta({ id: 'Background' });

/** The pictures of the product that a spec asks for. */
export const mockupsSchema = z
  .strictObject({
    views: z.array(name).max(40).optional().describe('Views of the product; default: every view that shows a placement of this spec'),
    width: sidePx.default(1200).describe('Width of mockup pictures in pixels'),
    height: sidePx.optional().describe('Height in pixels; default: what the width makes of each view'),
    fit: z
      .enum(['contain', 'cover'])
      .default('contain')
      .describe('With a height. contain: the whole view, its scene continued where there is room; cover: filled, cut around the product'),
    background: backgroundSchema
      .optional()
      .describe('The scene behind the product, under the shadows of the view. Default: what each view comes with'),
    format: z.enum(['jpeg', 'webp', 'png', 'avif']).default('jpeg'),
    contactSheet: z.boolean().default(false).describe('Also make one picture of all views, each with its name'),
  })
  .refine(({ background, format }) => background !== 'transparent' || format !== 'jpeg', {
    error: 'expected a format with transparency ("png", "webp" or "avif") for a transparent background, because "jpeg" has none',
    path: ['format'],
  })
  .refine(({ width, height }) => height === undefined || Math.max(width / height, height / width) <= 4, {
    error: 'expected a height of a quarter of the width to four times the width',
    path: ['height'],
  })
  .meta({ id: 'Mockups' });
