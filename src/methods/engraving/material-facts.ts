import type { EngravedMaterial, EngravingSettings } from './settings.ts';

/** What a material can hold and how a mark looks on it. Lengths in mm; docs/methods/engraving.md says where they come from. */
export type MaterialFacts = {
  readonly minStrokeMm: number;
  readonly minGapMm: number;
  readonly minCapMm: number;
  readonly bridgeMm: number;
  /** Marks are lighter than the material: photographs are turned to negatives. */
  readonly marksLighter: boolean;
};

const FACTS: Readonly<Record<EngravedMaterial, MaterialFacts>> = {
  wood: { minStrokeMm: 0.25, minGapMm: 0.4, minCapMm: 2, bridgeMm: 2, marksLighter: false },
  'coated-metal': { minStrokeMm: 0.1, minGapMm: 0.1, minCapMm: 1, bridgeMm: 1, marksLighter: true },
  steel: { minStrokeMm: 0.1, minGapMm: 0.1, minCapMm: 1, bridgeMm: 1, marksLighter: false },
  leather: { minStrokeMm: 0.3, minGapMm: 0.4, minCapMm: 2.5, bridgeMm: 2, marksLighter: false },
  glass: { minStrokeMm: 0.2, minGapMm: 0.25, minCapMm: 2, bridgeMm: 3, marksLighter: true },
  acrylic: { minStrokeMm: 0.15, minGapMm: 0.2, minCapMm: 1.5, bridgeMm: 2, marksLighter: true },
  stone: { minStrokeMm: 0.3, minGapMm: 0.4, minCapMm: 3, bridgeMm: 5, marksLighter: true },
};

/** Of the material, with what the settings say instead. */
export const materialFacts = ({ material, minStroke, minGap, minCapHeight, bridge }: EngravingSettings): MaterialFacts => {
  const facts = FACTS[material];
  return {
    ...facts,
    minStrokeMm: minStroke ?? facts.minStrokeMm,
    minGapMm: minGap ?? facts.minGapMm,
    minCapMm: minCapHeight ?? facts.minCapMm,
    bridgeMm: bridge ?? facts.bridgeMm,
  };
};

/** Whether the light parts of a picture are what is marked. */
export const marksLight = ({ invert, material }: EngravingSettings): boolean =>
  invert === 'auto' ? FACTS[material].marksLighter : invert === 'yes';
