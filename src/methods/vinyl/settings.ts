import { z } from 'zod';
import { hexColour } from '../../model/paint.ts';

const mm = (most: number) => z.number().min(0).max(most);

export const VINYL_FORMATS = ['svg', 'dxf', 'plt'] as const;

/** Machine files of edges that are sewn down. */
const SEWING_FORMATS = ['dst', 'pes', 'jef', 'exp', 'vp3', 'xxx'] as const;

const sewing = z.strictObject({
  widthMm: z.number().min(1).max(8).default(3).describe('Of the zigzag; 0.4 of it lies beyond the edge'),
  pitchMm: z.number().min(0.4).max(5).default(1.2).describe('From one stitch to the next on the same side'),
  formats: z
    .array(z.enum(SEWING_FORMATS))
    .min(1)
    .max(6)
    .default(['dst'])
    .describe('Machine files of each layer; exp comes with its colours'),
});

/** A rim in another vinyl around all of the art. */
const border = z.strictObject({
  colour: z
    .union([hexColour, z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)])
    .describe('Swatch id of the palette, or #rrggbb for the nearest'),
  widthMm: z.number().min(0.5).max(50),
  join: z.enum(['round', 'miter']).default('round').describe('Of its outer corners'),
});

/** Production figures: docs/methods/vinyl.md names the sources. */
export const vinylSettings = z.strictObject({
  kind: z
    .enum(['heat-transfer', 'sign', 'twill'])
    .default('heat-transfer')
    .describe('heat-transfer: on a carrier, cut mirrored; sign: sticks by itself; twill: cloth, cut through and sewn on'),
  palette: z.string().min(1).default('vinyls').describe('Palette of the vinyls that the shop keeps'),
  vinyl: z.string().min(1).optional().describe('One swatch for all of the art, whatever its colours'),
  formats: z.array(z.enum(VINYL_FORMATS)).min(1).max(3).default(['svg', 'dxf', 'plt']).describe('Files of each layer; plt is HP-GL'),
  layering: z
    .enum(['overlap', 'knockout'])
    .default('overlap')
    .describe('overlap: lower layers run whole beneath upper ones; knockout: lower layers are open there, for a thin print'),
  overlapMm: mm(5).default(1).describe('How far a layer reaches below its neighbour where they would only meet'),
  borders: z.array(border).max(3).optional().describe('Rims around the art in other vinyls, from the inside out'),
  maxLayers: z.int().min(1).max(12).default(3).describe('More layers than this are refused'),
  mirror: z.boolean().optional().describe('Left out: as the kind asks for'),
  cutter: z
    .enum(['plain', 'cutcontour', 'thru-kiss', 'lowercase-reserved'])
    .default('plain')
    .describe('Names of the layers, as the program of the cutter knows them'),
  weedMarginMm: mm(50).default(5).describe('From the art to the weed box; 0 for no box'),
  weedLineMm: mm(500).default(0).describe('Distance of weed lines across the box; 0 for none'),
  registration: z.boolean().default(true).describe('Marks beside art of several layers, at the same place in each file'),
  labels: z.boolean().default(true).describe('A line of text below the box: order, layer, vinyl'),
  labelPen: z
    .int()
    .min(2)
    .max(8)
    .optional()
    .describe('Pen holder for labels in plt files; left out, those have none: a knife would cut them'),
  sewInsetMm: mm(10).default(1).describe('Sewing line inside the edge of twill'),
  sewing: sewing.optional().describe('Twill: zigzag along the edges, a machine file for each layer. Left out: none'),
  overcutMm: mm(5).default(0).describe('How far plt files run on beyond the start of a contour'),
  toleranceMm: z.number().min(0.001).max(0.2).default(0.01).describe('How far cut lines may stray from the art'),
  copies: z.int().min(1).max(500).default(1).describe('Of everything, on the roll; only with nest'),
  nest: z
    .enum(['none', 'layers', 'pieces'])
    .default('none')
    .describe('layers: all layers and copies of one vinyl on one roll; pieces: each cut-out by itself'),
  rollWidthMm: z.number().min(50).max(3000).default(480).describe('Usable width of the roll'),
  nestGapMm: mm(50).default(5).describe('Between what lies on the roll'),
  minPieceMm: mm(50).default(2).describe('Smallest piece that can be weeded and pressed'),
  minStrokeMm: mm(50).default(1.5).describe('Thinnest part of a piece'),
  minGapMm: mm(50).default(1).describe('Narrowest gap between parts'),
  minLetterMm: mm(200).default(10).describe('Lowest capital letters'),
  minRadiusMm: mm(20).default(1).describe('Tightest corner of contours that are cut through'),
  farColourDe: z
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe('CIEDE2000 from a colour of the art to its vinyl above which it is reported'),
});
export type VinylSettings = z.output<typeof vinylSettings>;

/** Vinyl on a carrier is cut from behind. */
export const isMirrored = ({ kind, mirror }: Pick<VinylSettings, 'kind' | 'mirror'>): boolean => mirror ?? kind === 'heat-transfer';
