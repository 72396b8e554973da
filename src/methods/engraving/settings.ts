import { z } from 'zod';
import { hexColour } from '../../model/paint.ts';
import { DITHER_KINDS } from '../../render/plates/dither.ts';

export const ENGRAVED_MATERIALS = ['wood', 'coated-metal', 'steel', 'leather', 'glass', 'acrylic', 'stone'] as const;
export type EngravedMaterial = (typeof ENGRAVED_MATERIALS)[number];

const mm = (most: number) => z.number().min(0).max(most);

/** Production figures: docs/methods/engraving.md names the sources. */
export const engravingSettings = z.strictObject({
  material: z
    .enum(ENGRAVED_MATERIALS)
    .default('wood')
    .describe('What is engraved: sets the limits, whether light or dark marks, and the look'),
  mode: z
    .enum(['auto', 'vector', 'raster'])
    .default('auto')
    .describe('auto: outlines for even art, dots for anything with pictures or fades; raster: dots for all'),
  vectorFormats: z
    .array(z.enum(['svg', 'dxf', 'pdf']))
    .min(1)
    .max(3)
    .default(['svg', 'dxf'])
    .describe('Files of outlines'),
  rasterFormat: z.enum(['png', 'bmp']).default('png').describe('File of dots'),
  dpi: z
    .number()
    .min(72)
    .max(2400)
    .default(600)
    .describe('Dots an inch of raster files: that of the machine, for lines one beside the other'),
  dither: z
    .enum([...DITHER_KINDS, 'grey'])
    .default('stucki')
    .describe('How tones become dots; grey leaves 8-bit tones for machines that vary their power'),
  stretch: z.boolean().default(true).describe('Spread the tones of pictures over the whole range first'),
  contrast: z.number().min(-1).max(1).default(0.15).describe('Of pictures, before dots are made'),
  gamma: z.number().min(0.2).max(5).default(1).describe('Of pictures; above 1 lightens the middle, for material that burns dark'),
  sharpen: z.number().min(0).max(3).default(0.6).describe('Edges of pictures, since dots soften them'),
  invert: z
    .enum(['auto', 'yes', 'no'])
    .default('auto')
    .describe('Whether the light parts of pictures are engraved; auto: on material whose marks are lighter than it is'),
  engraveColour: hexColour.default('#000000').describe('Of the layer ENGRAVE in files: the operation it starts'),
  scoreColour: hexColour.default('#0000ff').describe('Of the layer SCORE'),
  cutColour: hexColour.default('#ff0000').describe('Of the layer CUT'),
  hairline: mm(1).default(0.025).describe('Drawn width of lines to cut or score, mm: drivers read thicker ones as areas'),
  cutOutline: z.boolean().default(false).describe('Also cut the finished outline of the article: tags, key rings, wooden parts'),
  kerf: mm(2).default(0).describe('Width of the cut, mm: cut outlines move out by half of it and holes in; 0 leaves that to the machine'),
  bridge: mm(20).optional().describe('Least material left between cuts, mm; default: that of the material'),
  minStroke: mm(10).optional().describe('Thinnest line, mm; default: that of the material'),
  minGap: mm(10).optional().describe('Narrowest gap and counter, mm; default: that of the material'),
  minCapHeight: mm(50).optional().describe('Smallest capitals, mm; default: that of the material'),
  singleLineBelow: mm(50)
    .default(0)
    .describe('Letters with capitals below this are engraved as single lines along their middle, mm; 0: none are'),
  rotary: z
    .strictObject({
      axis: z.enum(['x', 'y']).default('x').describe('The side of the placement that lies along the axis it turns about'),
      diameter: z.number().min(1).max(1000).describe('Of the article where it is marked, mm'),
      setDiameter: z
        .number()
        .min(1)
        .max(1000)
        .optional()
        .describe('What the machine is set to when it does not know the article: art is scaled to it'),
    })
    .optional()
    .describe('For round articles on a rotary: pens, mugs, bottles'),
  mirror: z.boolean().default(false).describe('For the back of clear material'),
  metal: hexColour.default('#cfd1d4').describe('Colour of the bare metal below a coating, for mockups'),
  errorDpi: z.number().min(1).default(72).describe('Pictures below this are refused'),
  warnDpi: z.number().min(1).default(150).describe('Pictures below this are reported'),
});
export type EngravingSettings = z.output<typeof engravingSettings>;
