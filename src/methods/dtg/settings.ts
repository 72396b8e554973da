import { z } from 'zod';

const mm = (most: number) => z.number().min(0).max(most);

/** Production figures: docs/methods/dtg.md names the sources. */
export const dtgSettings = z.strictObject({
  dpi: z.number().min(72).max(1200).default(300).describe('Resolution of the print file at final size'),
  widthPx: z.int().min(1).max(30_000).optional().describe('Exact canvas width the floor wants, instead of dpi; the height follows'),
  underbase: z
    .enum(['auto', 'none', 'mask'])
    .default('auto')
    .describe('mask: a plate of white beside the picture; none: the printer makes it; auto: mask, but none for white articles'),
  choke: mm(2).default(0.17).describe('How far that white stays inside the art, mm; never more than 15 % of a stroke'),
  cutoff: z.number().min(0).max(0.5).default(0.05).describe('Share of cover up to which nothing gets white'),
  mostSoft: z.number().min(0).max(100).default(2).describe('Per cent of the art that may be half clear on cloth that is not white'),
  minLine: mm(10).default(0.36).describe('Thinnest line that holds, mm'),
  minGap: mm(10).default(0.7).describe('Narrowest gap that stays open, mm'),
  minText: z.number().min(0).max(100).default(8).describe('Smallest lettering, pt'),
  errorDpi: z.number().min(1).default(100).describe('Pictures below this are refused'),
  warnDpi: z.number().min(1).default(150).describe('Pictures below this are reported'),
  compression: z.enum(['fast', 'small']).default('fast').describe('small: about a quarter fewer bytes for about ten times the time'),
});
export type DtgSettings = z.output<typeof dtgSettings>;
