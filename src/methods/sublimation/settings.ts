import { z } from 'zod';
import { hexColour } from '../../model/paint.ts';

/** Production figures: docs/methods/sublimation.md names the sources. */
export const sublimationSettings = z.strictObject({
  dpi: z.number().min(72).max(1200).default(300),
  format: z.enum(['png', 'jpeg', 'tiff']).default('png').describe('jpeg for large full-bleed cloth, png for hard goods'),
  quality: z.int().min(50).max(100).default(95).describe('Of JPEG files'),
  mirror: z.boolean().default(false).describe('Mirror the file, for floors whose RIP does not'),
  base: hexColour.default('#ffffff').describe('Colour of the blank under the dye: bare places show it and JPEG files are filled with it'),
  errorDpi: z.number().min(1).default(100),
  warnDpi: z.number().min(1).default(150),
  compression: z.enum(['fast', 'small']).default('fast'),
});
export type SublimationSettings = z.output<typeof sublimationSettings>;
