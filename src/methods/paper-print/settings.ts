import { z } from 'zod';
import { FINISHING_STEPS } from './finishing-steps.ts';

const spotName = z.string().min(1).max(127);

const finishing = z.strictObject({
  spot: spotName.describe('Spot colour of the art, letter for letter'),
  step: z.enum(FINISHING_STEPS),
});

const imposition = z.strictObject({
  kind: z
    .enum(['n-up', 'step-repeat', 'cut-stack', 'booklet'])
    .describe(
      'n-up: the pages one after the other; step-repeat: each page fills sheets; cut-stack: in order once cut and stacked; booklet: folded and stapled',
    ),
  sheet: z.tuple([z.number().min(20).max(5000), z.number().min(20).max(5000)]).describe('Width and height of the sheet, mm'),
  gap: z.number().min(0).max(100).default(6).describe('Mm between trims; spreads of a booklet have none'),
  margin: z.number().min(0).max(100).default(8).describe('Mm of the sheet that no trim comes nearer to: gripper and marks'),
  marks: z.boolean().default(true).describe('Crop marks around the trims, fold marks of booklets'),
  turn: z.boolean().default(true).describe('Turn pages by a quarter when more of them fit so'),
  creepPerSheetMm: z
    .number()
    .min(0)
    .max(2)
    .default(0.1)
    .describe('How much farther each sheet further out in a booklet reaches around: twice the paper’s thickness is usual'),
  backs: z
    .enum(['none', 'long-edge', 'short-edge'])
    .default('none')
    .describe('Every second page is the back of the one before; how the sheet is turned over'),
});

const spine = z.strictObject({
  pages: z.int().min(2).max(5000).describe('Pages of the book: two to a leaf'),
  caliper: z.number().positive().max(5).describe('Thickness of one leaf, mm'),
  plus: z.number().min(0).max(50).default(0).describe('Boards, glue and lining, mm'),
});

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
  inkLimit: z
    .enum(['converted', 'all'])
    .default('converted')
    .describe('Which colours are held to maxInk; all: those that layers name in inks too, black kept and the others thinned'),
  totalInk: z.number().min(100).max(400).default(320).describe('Per cent; a higher mean over any 15 mm square is reported'),
  cropMarks: z.boolean().default(false).describe('Many web-to-print floors want none'),
  registrationMarks: z.boolean().default(false),
  slug: z.boolean().default(false).describe('A line with order, page and size outside the bleed'),
  mirror: z.boolean().default(false),
  finishing: z.array(finishing).max(20).default([]).describe('Spot colours of the art that are no ink but a step of finishing'),
  foilGround: z.enum(['keep', 'knock-out']).default('keep').describe('knock-out: nothing is printed under foil, but for the trap'),
  foilTrap: z.number().min(0).max(2).default(0.1).describe('Mm; how far ink reaches under the edge of foil'),
  spots: z.array(spotName).max(50).default([]).describe('Spot inks the floor knows; when given, others are reported'),
  cutContour: z
    .enum(['auto', 'none', 'trim', 'art'])
    .default('auto')
    .describe('Cut through; auto: along the finished outline unless it is a rectangle; art: around the art'),
  kissContour: z.enum(['none', 'trim', 'art']).default('none').describe('Cut through the face alone: stickers on a sheet'),
  cutOffset: z.number().min(0).max(50).default(2).describe('Mm from the art to a cut around it'),
  kissToCut: z.number().min(0).max(50).default(3).describe('Mm from a kiss cut to a cut through, at the least'),
  cutGap: z.number().min(0).max(50).default(2).describe('Mm between cuts, at the least'),
  cutRadius: z.number().min(0).max(50).default(1).describe('Mm; tighter corners of cuts are reported'),
  cutNodes: z.number().min(0).max(1000).default(5).describe('Points a mm of a cut, at the most; 0 for any'),
  cutName: spotName.default('CutContour').describe('Spot name of contours that are cut through'),
  kissName: spotName.default('KissCut').describe('Spot name of contours that are kiss-cut'),
  white: z.enum(['none', 'under', 'under-choked', 'flood']).default('none').describe('White under the art, on clear or coloured stock'),
  whiteChoke: z.number().min(0).max(2).default(0.15).describe('Mm; how far white draws back from the edges of the art'),
  whiteName: spotName.default('White').describe('Spot name of white that is laid under the art'),
  imposition: imposition.nullable().default(null).describe('A second PDF of imposed sheets'),
  spine: spine.nullable().default(null).describe('What the spine of a cover is measured against'),
  minLine: z.number().min(0).max(5).default(0.09).describe('Mm; thinner lines are reported'),
  minText: z.number().min(0).max(50).default(5).describe('Points; smaller lettering is reported'),
  minReversedText: z.number().min(0).max(50).default(8).describe('Points; smaller lettering in white or in several inks is reported'),
  minBorder: z.number().min(0).max(50).default(6).describe('Mm; narrower borders along the cut are reported'),
  errorLineDpi: z.number().min(1).default(550).describe('Line art in two colours below this is refused'),
  warnLineDpi: z.number().min(1).default(800).describe('Line art in two colours below this is reported'),
  errorDpi: z.number().min(1).default(150),
  warnDpi: z.number().min(1).default(225),
});
export type PaperPrintSettings = z.output<typeof paperPrintSettings>;
export type Imposition = NonNullable<PaperPrintSettings['imposition']>;
