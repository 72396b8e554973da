import { z } from 'zod';
import { DOT_SHAPES } from '../../render/plates/halftone.ts';

/** Production figures: docs/methods/screen-print.md names the sources. */
export const screenPrintSettings = z.strictObject({
  palette: z.string().min(1).default('inks').describe('Inks to choose from'),
  inks: z
    .array(z.string().min(1))
    .max(16)
    .default([])
    .describe('Ids of swatches to print with and no others; empty: the nearest of the palette'),
  maxColours: z.int().min(1).max(16).default(6).describe('Most inks of a print, the underbase not counted'),
  process: z
    .enum(['spot', 'simulated'])
    .default('spot')
    .describe('spot: even areas, one ink for a colour; simulated: pictures and fades as dots of several inks'),
  matchWithin: z.number().min(0).max(100).default(10).describe('A colour farther than this from its ink is reported, dE00'),
  articleColour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional()
    .describe('Colour of the cloth, where it differs from that of the variant'),
  underbase: z.enum(['auto', 'on', 'off']).default('auto').describe('White printed first; auto: on articles darker than L* 60'),
  underbaseInk: z.string().min(1).default('white'),
  noBase: z.array(z.string().min(1)).max(16).default(['black']).describe('Swatches that need no underbase'),
  choke: z.number().min(0).max(2).default(0.25).describe('How far the underbase keeps inside the art, mm; less where it would vanish'),
  highlightWhite: z.boolean().default(true).describe('White art is printed again on top of the underbase'),
  trap: z.number().min(0).max(2).default(0.18).describe('How far lighter inks reach under darker ones, mm'),
  lpi: z.number().min(10).max(120).default(45),
  angle: z.number().min(-90).max(90).default(22.5).describe('Of the dots of all inks, degrees from the horizontal, against the clock'),
  dot: z.enum(DOT_SHAPES).default('ellipse'),
  minTint: z.number().min(0).max(50).default(10).describe('Per cent; smaller dots do not hold on a screen'),
  maxTint: z.number().min(50).max(100).default(90).describe('Per cent; smaller holes fill in'),
  dpi: z.number().min(150).max(1440).default(720).describe('Resolution of the plates'),
  format: z.enum(['tiff', 'png']).default('tiff').describe('1 bit a pixel, ink is black'),
  compression: z.enum(['group4', 'deflate']).default('group4').describe('Of TIFF plates'),
  margin: z.number().min(6).max(50).default(15).describe('Around the art for registration marks and the label, mm'),
  mirror: z.boolean().default(false).describe('Film printers turn plates over themselves'),
  minStroke: z.number().min(0).default(0.35).describe('Thinner lines are reported, mm'),
  minGap: z.number().min(0).default(0.35).describe('Narrower gaps are reported, mm'),
  minText: z.number().min(0).default(8).describe('Smaller lettering is reported, points'),
  errorDpi: z.number().min(1).default(100).describe('Pictures below this are refused'),
  warnDpi: z.number().min(1).default(150).describe('Pictures below this are reported'),
});
export type ScreenPrintSettings = z.output<typeof screenPrintSettings>;
