import { z } from 'zod';
import { hexColour } from '../../model/paint.ts';

const mm = (most: number) => z.number().min(0).max(most);

/** Production figures: docs/methods/dtf.md names the sources. */
export const dtfSettings = z.strictObject({
  dpi: z.number().min(72).max(1200).default(300).describe('Resolution of the print file at final size'),
  widthPx: z.int().min(1).max(30_000).optional().describe('Exact canvas width the floor wants, instead of dpi; the height follows'),
  format: z
    .enum(['png', 'tiff', 'pdf'])
    .default('png')
    .describe('Of the colour file, all with alpha; pdf: one file with the white as a named spot ink'),
  mirror: z.boolean().default(false).describe('Mirror the files, for floors whose RIP does not: the film is printed from behind'),
  white: z.enum(['plate', 'none']).default('plate').describe('A plate of white beside the colour; none leaves it to the RIP'),
  whiteName: z.string().min(1).max(63).default('RDG_WHITE').describe('Spot name of the white in PDF files, as the RIP spells it'),
  chokeBold: mm(3).default(0.5).describe('How far white stays inside wide even areas, mm: a twentieth of their width up to this'),
  chokePhoto: mm(3).default(0.3).describe('The most that it stays inside pictures, mm'),
  chokeText: mm(3).default(0.2).describe('How far it stays inside strokes up to 4 mm, mm; never more than 15 % of a stroke'),
  cutoff: z.number().min(0).max(0.5).default(0.05).describe('Share of cover up to which nothing prints'),
  fades: z
    .enum(['report', 'halftone', 'solid'])
    .default('report')
    .describe('report: refuse art that fades out; halftone: into dots; solid: full from half cover on, nothing below'),
  lpi: z.number().min(10).max(100).default(35).describe('Lines per inch of that halftone'),
  angle: z.number().min(-90).max(90).default(22.5).describe('Degrees of that halftone'),
  knockOut: z
    .union([z.enum(['none', 'article']), hexColour])
    .default('none')
    .describe('Art of this colour is left out, so that cloth of the colour shows: none, article, or #rrggbb'),
  mostSoft: z.number().min(0).max(100).default(2).describe('Per cent of the art that may be half clear'),
  minLine: mm(10).default(0.36).describe('Thinnest line that holds, mm'),
  minGap: mm(10).default(0.7).describe('Narrowest gap that stays open, mm'),
  minText: z.number().min(0).max(100).default(8).describe('Smallest lettering, pt'),
  errorDpi: z.number().min(1).default(100).describe('Pictures below this are refused'),
  warnDpi: z.number().min(1).default(150).describe('Pictures below this are reported'),
  compression: z.enum(['fast', 'small']).default('fast').describe('small: fewer bytes for several times the work'),
});
export type DtfSettings = z.output<typeof dtfSettings>;
