import { z } from 'zod';

const mm = (most: number) => z.number().min(0).max(most);

export const MATERIALS = ['leather', 'paper', 'cloth'] as const;
export type Material = (typeof MATERIALS)[number];

export const IMPRESSIONS = ['foil', 'deboss', 'emboss', 'registered-emboss'] as const;
export type Impression = (typeof IMPRESSIONS)[number];

export const DIE_FORMATS = ['pdf', 'svg', 'dxf'] as const;

const BY_MATERIAL = 'Left out: by the material';

/** Production figures: docs/methods/hot-stamp.md names the sources. */
export const hotStampSettings = z.strictObject({
  material: z.enum(MATERIALS).default('leather').describe('What is stamped: leather and imitations, paper and board, book cloth'),
  palette: z.string().min(1).default('foils').describe('Palette of the foils that the shop keeps'),
  foil: z.string().min(1).optional().describe('One swatch for all of the art, whatever its colours'),
  impression: z
    .enum(IMPRESSIONS)
    .default('foil')
    .describe('foil: by the colours of the art; the others: one die without foil, pressed in, raised, or raised to fit a print'),
  maxFoils: z.int().min(1).max(12).default(2).describe('More dies than this are refused'),
  foils: z
    .enum(['knockout', 'overlap'])
    .default('knockout')
    .describe('Where two foils overlap. knockout: the lower die is open there; overlap: the upper foil is stamped onto the lower'),
  foilTrapMm: mm(2).default(0.2).describe('knockout: how far the lower foil still reaches beneath the upper'),
  formats: z.array(z.enum(DIE_FORMATS)).min(1).max(3).default(['pdf', 'svg', 'dxf']).describe('Files of each die'),
  positionSheet: z.boolean().default(true).describe('A PDF with the article, all dies in place and their distances'),
  mirror: z.boolean().default(false).describe('Files as the face of the die; die makers mirror right-reading files themselves'),
  printKnockout: z.boolean().default(false).describe('A layer more in the PDF: where print beneath the foil is to be left out'),
  printTrapMm: mm(2).default(0.15).describe('How far print still reaches beneath the foil'),
  toleranceMm: z.number().min(0.001).max(0.1).default(0.01).describe('How far die outlines may stray from the art'),
  profile: z.string().min(1).default('fogra39-coated').describe('Output condition that PDF files name; foils are plates of their own'),
  depthMm: mm(3).optional().describe(`How deep the die goes, for pictures and the position sheet. ${BY_MATERIAL}`),
  minStrokeMm: mm(10).optional().describe(`Thinner parts are reported. ${BY_MATERIAL}`),
  refuseStrokeMm: mm(10).optional().describe(`Thinner parts are refused. ${BY_MATERIAL}`),
  minGapMm: mm(10).optional().describe('Narrower gaps are reported. Left out: 0.5 for foil, 0.4 without'),
  refuseGapMm: mm(10).optional().describe('Narrower gaps are refused. Left out: 0.1'),
  minCapitalMm: mm(50).optional().describe(`Lower capitals and figures are reported. ${BY_MATERIAL}`),
  minSmallLetterMm: mm(50).optional().describe(`Small letters with a lower x are reported. ${BY_MATERIAL}`),
  maxSolidMm: mm(500).optional().describe(`Areas that a larger disc fits into are reported. ${BY_MATERIAL}`),
  minEdgeMm: mm(100).optional().describe(`Dies nearer to the edge are reported. ${BY_MATERIAL}`),
  registerMm: mm(5).default(0.5).describe('Two foils nearer than this, without overlap, are reported: passes do not land on one another'),
  maxDieWidthMm: mm(2000).default(305).describe('Longer side of the largest die'),
  maxDieHeightMm: mm(2000).default(127).describe('Shorter side of the largest die'),
  warnDe: z.number().min(0).max(100).default(15).describe('CIEDE2000 from foil to article below which it is reported'),
  farColourDe: z.number().min(0).max(100).default(15).describe('CIEDE2000 from a colour of the art to its foil above which it is reported'),
});
export type HotStampSettings = z.output<typeof hotStampSettings>;
