import type { PdfLayer } from '../../render/pdf/document.ts';

/** What a floor does to a sheet beside printing it with process inks. */
export const FINISHING_STEPS = ['cut', 'kiss-cut', 'crease', 'perforation', 'foil', 'emboss', 'deboss', 'varnish', 'white'] as const;
export type FinishingStep = (typeof FINISHING_STEPS)[number];

/** The step as ISO 19593-1 names it. */
export const PROCESSING_STEPS: Readonly<Record<FinishingStep, NonNullable<PdfLayer['processingStep']>>> = {
  cut: { group: 'Structural', type: 'Cutting' },
  'kiss-cut': { group: 'Structural', type: 'PartialCutting' },
  crease: { group: 'Structural', type: 'Creasing' },
  perforation: { group: 'Structural', type: 'Perforating' },
  foil: { group: 'Structural', type: 'FoilStamping' },
  emboss: { group: 'Structural', type: 'Embossing' },
  deboss: { group: 'Structural', type: 'Debossing' },
  varnish: { group: 'Varnish', type: null },
  white: { group: 'White', type: null },
};

/** Steps of a tool that follows a line; the others work areas. */
export const LINE_STEPS: readonly FinishingStep[] = ['cut', 'kiss-cut', 'crease', 'perforation'];

/** From the sheet up: white lies below the art, tools come last. */
export const STEP_ORDER: readonly FinishingStep[] = [
  'white',
  'varnish',
  'foil',
  'emboss',
  'deboss',
  'crease',
  'perforation',
  'kiss-cut',
  'cut',
];
