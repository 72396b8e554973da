import { z } from 'zod';
import { hexColour } from '../../model/paint.ts';
import { FABRICS } from '../../stitch/fabric.ts';

const mm = (most: number) => z.number().min(0).max(most);

export const EMBROIDERY_FORMATS = ['dst', 'pes', 'pes1', 'jef', 'exp', 'vp3', 'xxx'] as const;

/** What comes beside the machine files. */
export const EMBROIDERY_SHEETS = ['run-sheet', 'picture', 'path', 'plan', 'quality'] as const;

export const THREAD_WEIGHTS = ['30', '40', '60', '75'] as const;
export type ThreadWeight = (typeof THREAD_WEIGHTS)[number];

const BY_WEIGHT = 'Left out: by the thread weight';
const BY_FABRIC = 'Left out: by the fabric';

const hoop = z.string().regex(/^[1-9]\d{1,3}x[1-9]\d{1,3}$/, { error: () => 'expected a sewing field in mm such as "130x180"' });

const applique = z.strictObject({
  colours: z
    .union([
      z.literal('all'),
      z
        .array(z.union([hexColour, z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)]))
        .min(1)
        .max(15),
    ])
    .default('all')
    .describe('Swatch ids of the threads, or #rrggbb for the nearest: their areas are cloth'),
  border: z
    .enum(['satin', 'zigzag', 'none'])
    .default('satin')
    .describe('satin for raw edges, zigzag for cut twill, none: the tack-down alone'),
  widthMm: z.number().min(1.5).max(8).default(3.2).describe('Of the border'),
  tack: z.enum(['run', 'zigzag']).default('run').describe('What holds the cloth down before the border'),
  trimStop: z
    .boolean()
    .default(true)
    .describe('The machine halts after the tack-down for the scissors; false for cloth that is cut to shape'),
});

/** Production figures: docs/methods/embroidery.md names the sources. */
export const embroiderySettings = z.strictObject({
  palette: z.string().min(1).default('threads').describe('Palette of the threads that the shop keeps'),
  thread: z.string().min(1).optional().describe('One swatch for all of the art, whatever its colours'),
  weight: z
    .enum(THREAD_WEIGHTS)
    .default('40')
    .describe('Of all threads of the job: 40 for most, 60 or 75 for small lettering, 30 for bold'),
  fabric: z
    .enum(FABRICS.map(({ id }) => id))
    .default('woven')
    .describe('The cloth: sets compensation, underlay and how far colours run beneath one another'),
  formats: z.array(z.enum(EMBROIDERY_FORMATS)).min(1).max(7).default(['dst', 'pes']).describe('Machine files; exp comes with its colours'),
  sheets: z
    .array(z.enum(EMBROIDERY_SHEETS))
    .max(5)
    .default([...EMBROIDERY_SHEETS])
    .describe('Beside them: run sheet (PDF), picture (PNG), path of the needle (SVG), plan and quality (JSON)'),
  hoop: z
    .union([z.literal('auto'), hoop])
    .default('auto')
    .describe('Sewing field in mm; auto: the smallest of `hoops` that holds the design'),
  hoops: z
    .array(hoop)
    .min(1)
    .max(40)
    .default(['60x60', '100x100', '130x180', '160x260', '200x200', '200x300', '240x240', '300x300', '200x360', '360x360', '400x500'])
    .describe('Sewing fields of the hoops that the shop has, mm'),
  capFrame: hoop.default('360x75').describe('Sewing field of the cap frame, mm: takes the place of `hoops` for the fabric cap'),
  maxColours: z.int().min(1).max(60).default(15).describe('Needles: more threads than this are refused'),
  maxStitches: z.int().min(100).max(1_000_000).default(15_000).describe('What the price covers; much more is refused'),
  order: z
    .enum(['auto', 'nearest', 'cap'])
    .default('auto')
    .describe('cap: from the middle outwards and from the bottom up; auto: by the fabric'),
  stitch: z
    .enum(['auto', 'satin', 'tatami', 'contour', 'run'])
    .default('auto')
    .describe('One kind for all of the art; auto: by the width of each part'),
  angleDeg: z.number().min(-180).max(180).optional().describe('Direction of rows, clockwise from level. Left out: from each shape'),
  fillPitchMm: z.number().min(0.2).max(2).optional().describe('Distance of rows. Left out: 0.35 by 40 weight, in proportion for others'),
  satinPitchMm: z.number().min(0.2).max(2).optional().describe('Distance of satin stitches, peak to peak. Left out: 0.4 by 40 weight'),
  fillStitchMm: z.number().min(1.5).max(7).default(4).describe('Longest stitch of rows'),
  runStitchMm: z.number().min(1).max(5).default(2.2).describe('Stitches of running lines'),
  pullMm: mm(1.5).optional().describe(`Added to both ends of rows and both sides of columns. ${BY_FABRIC}`),
  underlay: z.enum(['auto', 'light', 'normal', 'heavy']).default('auto').describe('auto: by the fabric'),
  applique: applique.optional().describe('Patches of cloth, sewn on with thread of their colour'),
  puff: z.boolean().default(false).describe('Over foam: satins alone, capped and dense'),
  pictureDpi: z.int().min(72).max(600).default(300).describe('Of the picture of the sewn design, at true size'),
  backing: z.string().max(120).optional().describe(`Line of the run sheet. ${BY_FABRIC}`),
  notes: z.array(z.string().max(160)).max(8).default([]).describe('More lines of the run sheet'),
  minLetterMm: mm(100)
    .optional()
    .describe(`Lower capitals are reported, below seven tenths refused. ${BY_WEIGHT}: 30 7, 40 5, 60 3.2, 75 2.5`),
  minLineMm: mm(10).optional().describe(`Thinner parts are reported. ${BY_WEIGHT}: 30 0.9, 40 0.7, 60 0.5, 75 0.4`),
  minGapMm: mm(10).optional().describe(`Narrower gaps are reported. ${BY_WEIGHT}: 30 0.9, 40 0.7, 60 0.5, 75 0.45`),
  minPieceMm: mm(20).default(0.8).describe('Smaller pieces are reported; far smaller ones are left out'),
  maxDensity: z.number().min(4).max(60).default(20).describe('Thread in the densest square mm, mm; more is reported'),
  warnDe: z.number().min(0).max(100).default(15).describe('CIEDE2000 from thread to article below which it is reported'),
  farColourDe: z
    .number()
    .min(0)
    .max(100)
    .default(6)
    .describe('CIEDE2000 from a colour of the art to its thread above which it is reported'),
});
export type EmbroiderySettings = z.output<typeof embroiderySettings>;
