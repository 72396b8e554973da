import { z } from 'zod';

/** Production figures: docs/methods/uv-print.md names the sources. */
export const uvPrintSettings = z.strictObject({
  format: z.enum(['pdf', 'png']).default('pdf').describe('png: a clear sRGB picture, and one grey picture for white and one for varnish'),
  dpi: z.number().min(72).max(1200).default(300).describe('Resolution of PNG files, and of white under pictures that are partly clear'),
  profile: z
    .string()
    .min(1)
    .default('fogra39-coated')
    .describe('Output condition of the inks: a bundled profile or the path of an ICC file'),
  intent: z.enum(['relative', 'perceptual', 'saturation', 'absolute']).default('relative'),
  greys: z.enum(['profile', 'k']).default('profile').describe('k: neutral greys of text and line art on the black plate alone'),
  maxInk: z.number().min(100).max(400).default(300).describe('Per cent; converted colours are held to this sum of inks'),
  white: z
    .enum(['auto', 'none', 'under', 'under-choked', 'flood', 'over'])
    .default('auto')
    .describe(
      'auto: none on white articles, otherwise under-choked; flood: under the whole page; over: on top and mirrored, for clear articles printed from behind',
    ),
  whiteChoke: z.number().min(0).max(2).default(0.15).describe('Mm; how far white draws back from the edges of the art'),
  whiteCutoff: z.number().min(0).max(90).default(10).describe('Per cent; pixels that cover less get no white'),
  whiteName: z.string().min(1).max(127).default('RDG_WHITE').describe('Spot name of the white ink, letter for letter as the RIP knows it'),
  varnish: z
    .enum(['none', 'full', 'art', 'spot'])
    .default('spot')
    .describe('spot: where the art is painted in the spot colour of that name'),
  varnishName: z.string().min(1).max(127).default('RDG_GLOSS').describe('Spot name of the varnish, letter for letter as the RIP knows it'),
  artLayer: z.string().min(1).max(127).default('CMYK').describe('Layer of the art; white and varnish stand in layers of their own names'),
  spots: z.array(z.string().min(1).max(127)).max(50).default([]).describe('Other spot colours that the RIP knows'),
  mirror: z.boolean().default(false).describe('Mirrored also when white is not "over"'),
  minLine: z.number().min(0).max(5).default(0.1).describe('Mm; thinner lines are reported'),
  minGap: z.number().min(0).max(5).default(0.18).describe('Mm; narrower gaps and reversed lines are reported'),
  minText: z.number().min(0).max(50).default(5).describe('Points; smaller lettering is reported'),
  minReversedText: z.number().min(0).max(50).default(6).describe('Points; smaller white lettering is reported'),
  errorDpi: z.number().min(1).default(150),
  warnDpi: z.number().min(1).default(225),
});
export type UvPrintSettings = z.output<typeof uvPrintSettings>;
/** Settings once the article is known: what white is laid is settled. */
export type SettledUvPrint = Omit<UvPrintSettings, 'white'> & { readonly white: Exclude<UvPrintSettings['white'], 'auto'> };
