import { z } from 'zod';

/** Production figures: docs/methods/paper-print.md names the sources. */
export const paperPrintSettings = z.strictObject({
  format: z.enum(['pdf', 'tiff']).default('pdf').describe('tiff: one CMYK picture of trim and bleed per page, for floors that take no PDF'),
  tiffDpi: z.number().min(72).max(1200).default(300).describe('Resolution of TIFF files'),
  colour: z.enum(['cmyk', 'rgb']).default('cmyk').describe('cmyk: PDF/X-4 for the press; rgb: for floors that separate themselves'),
  profile: z.string().min(1).default('fogra39-coated').describe('Output condition: a bundled profile or the path of an ICC file'),
  intent: z.enum(['relative', 'perceptual', 'saturation', 'absolute']).default('relative'),
  images: z.enum(['keep', 'cmyk']).default('keep').describe('keep: pictures stay as sent, tagged; cmyk: converted here'),
  greys: z.enum(['profile', 'k']).default('profile').describe('k: neutral greys of text and line art on the black plate alone'),
  maxInk: z.number().min(100).max(400).default(300).describe('Per cent; converted colours are held to this sum of inks'),
  cropMarks: z.boolean().default(false).describe('Many web-to-print floors want none'),
  registrationMarks: z.boolean().default(false),
  slug: z.boolean().default(false).describe('A line with order, page and size outside the bleed'),
  mirror: z.boolean().default(false),
  errorDpi: z.number().min(1).default(150),
  warnDpi: z.number().min(1).default(225),
});
export type PaperPrintSettings = z.output<typeof paperPrintSettings>;
