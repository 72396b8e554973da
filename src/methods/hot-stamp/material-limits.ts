import type { HotStampSettings, Impression, Material } from './settings.ts';

/** What a material takes, in mm, with everything settled that settings leave open. */
export type StampLimits = {
  readonly depthMm: number;
  readonly minStrokeMm: number;
  readonly refuseStrokeMm: number;
  readonly minGapMm: number;
  readonly refuseGapMm: number;
  readonly minCapitalMm: number;
  readonly minSmallLetterMm: number;
  readonly maxSolidMm: number;
  readonly minEdgeMm: number;
};

type OfMaterial = Omit<StampLimits, 'depthMm' | 'minGapMm' | 'refuseGapMm'> & {
  readonly depthMm: Readonly<Record<'foil' | 'bare', number>>;
};

/** Production figures: docs/methods/hot-stamp.md names the sources. */
const MATERIAL_LIMITS: Readonly<Record<Material, OfMaterial>> = {
  leather: {
    depthMm: { foil: 0.25, bare: 0.45 },
    minStrokeMm: 0.8,
    refuseStrokeMm: 0.3,
    minCapitalMm: 2.5,
    minSmallLetterMm: 1.7,
    maxSolidMm: 25,
    minEdgeMm: 2,
  },
  paper: {
    depthMm: { foil: 0.06, bare: 0.3 },
    minStrokeMm: 0.35,
    refuseStrokeMm: 0.2,
    minCapitalMm: 1.7,
    minSmallLetterMm: 1.15,
    maxSolidMm: 40,
    minEdgeMm: 3.2,
  },
  cloth: {
    depthMm: { foil: 0.2, bare: 0.4 },
    minStrokeMm: 0.35,
    refuseStrokeMm: 0.2,
    minCapitalMm: 2.5,
    minSmallLetterMm: 1.7,
    maxSolidMm: 30,
    minEdgeMm: 22,
  },
};

const MIN_GAP_MM = { foil: 0.5, bare: 0.4 } as const;
/** Narrower gaps cannot be etched or milled into a die. */
const REFUSED_GAP_MM = 0.1;

export const limitsOf = (settings: HotStampSettings, impression: Impression = settings.impression): StampLimits => {
  const own = MATERIAL_LIMITS[settings.material];
  const kind = impression === 'foil' ? 'foil' : 'bare';
  const minGapMm = settings.minGapMm ?? MIN_GAP_MM[kind];
  const minStrokeMm = settings.minStrokeMm ?? own.minStrokeMm;
  return {
    depthMm: settings.depthMm ?? own.depthMm[kind],
    minStrokeMm,
    refuseStrokeMm: settings.refuseStrokeMm ?? Math.min(own.refuseStrokeMm, minStrokeMm),
    minGapMm,
    refuseGapMm: settings.refuseGapMm ?? Math.min(REFUSED_GAP_MM, minGapMm),
    minCapitalMm: settings.minCapitalMm ?? own.minCapitalMm,
    minSmallLetterMm: settings.minSmallLetterMm ?? own.minSmallLetterMm,
    maxSolidMm: settings.maxSolidMm ?? own.maxSolidMm,
    minEdgeMm: settings.minEdgeMm ?? own.minEdgeMm,
  };
};
