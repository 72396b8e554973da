import { z } from 'zod';
import { marginMm, sizeMm } from '../../model/length.ts';
import { hexColour } from '../../model/paint.ts';

const taper = z.strictObject({
  topDiameter: sizeMm.describe('Outer diameter at the top of the wall'),
  bottomDiameter: sizeMm.describe('Outer diameter at its bottom'),
  height: sizeMm.describe('Upright height between the two'),
  fromTop: marginMm.optional().describe('From the top down to the print area, measured on the wall; left out, it is centred'),
});
export type TaperSettings = z.output<typeof taper>;

const panels = z.strictObject({
  rollWidth: sizeMm.prefault(1422.4).describe('Width of the printed roll and of the page'),
  rollLength: sizeMm.prefault(2000).describe('Longest page; more panels go onto further pages'),
  margin: marginMm.prefault(10).describe('Clear at the edges of the page'),
  gap: marginMm.prefault(10).describe('Between panels'),
  seamAllowance: marginMm.prefault(10).describe('From the cut line, which is the trim, in to the seam'),
  labelHeight: sizeMm.prefault(6).describe('Of the label under each panel'),
  style: z.string().min(1).max(40).optional().describe('Style in labels; left out, the id of the product'),
  sizeOption: z.string().max(64).default('size').describe('Option of the product whose choice ends the label'),
});
export type PanelSettings = z.output<typeof panels>;

const plate = z.string().min(1).max(127);

/** Production figures: docs/methods/sublimation.md names the sources. */
export const sublimationSettings = z.strictObject({
  dpi: z.number().min(72).max(1200).default(300),
  format: z.enum(['png', 'jpeg', 'tiff']).default('png').describe('jpeg for large full-bleed cloth, png for hard goods'),
  quality: z.int().min(50).max(100).default(95).describe('Of JPEG files'),
  mirror: z.boolean().default(false).describe('Mirror the file, for floors whose RIP does not'),
  base: hexColour
    .optional()
    .describe('Colour of the blank under the dye: bare places show it. JPEG files are filled with it, or with white'),
  overlap: marginMm.prefault(0).describe('For wraps that go right round: the art goes on from its left end this far beyond its right one'),
  taper: taper.optional().describe('A vessel that narrows: the file is part of a ring'),
  panels: panels.optional().describe('Cut and sew: all placements of the document on pages of a roll'),
  guides: z.boolean().default(true).describe('Cut and seam lines as PDF and SVG, for tapered vessels and panels'),
  cutName: plate.default('CutContour').describe('Spot and layer of cut lines in the guides'),
  seamName: plate.default('SewLine').describe('Spot and layer of seam lines in the guides'),
  seamClear: marginMm.prefault(0).describe('Lettering and small art nearer to a seam than this are reported; 0: not judged'),
  minLine: z.number().min(0).max(10).default(0).describe('Thinnest line that stays clean when the dye spreads, mm; 0: not judged'),
  minText: z.number().min(0).max(100).default(6).describe('Smallest lettering, pt; 0: any'),
  minBorder: marginMm.prefault(6).describe('Narrower borders along the edge are reported: paper shifts when it is pressed; 0: not judged'),
  errorDpi: z.number().min(1).default(100),
  warnDpi: z.number().min(1).default(150),
  compression: z.enum(['fast', 'small']).default('fast'),
});
export type SublimationSettings = z.output<typeof sublimationSettings>;
