import { z } from 'zod';

/** Production figures: docs/methods/dtg.md names the sources. */
export const dtgSettings = z.strictObject({
  dpi: z.number().min(72).max(1200).default(300).describe('Resolution of the print file at final size'),
  widthPx: z.int().min(1).max(30_000).optional().describe('Exact canvas width the floor wants, instead of dpi; the height follows'),
  errorDpi: z.number().min(1).default(100).describe('Pictures below this are refused'),
  warnDpi: z.number().min(1).default(150).describe('Pictures below this are reported'),
  compression: z.enum(['fast', 'small']).default('fast').describe('small: about a quarter fewer bytes for about ten times the time'),
});
export type DtgSettings = z.output<typeof dtgSettings>;
