import type { EmbroiderySettings, ThreadWeight } from './settings.ts';

/** What a thread can show, in mm, with everything settled that settings leave open. */
export type ThreadLimits = { readonly minLetterMm: number; readonly minLineMm: number; readonly minGapMm: number };

type OfWeight = ThreadLimits & { readonly needle: string };

/** Production figures: docs/methods/embroidery.md names the sources. */
const WEIGHTS: Readonly<Record<ThreadWeight, OfWeight>> = {
  '30': { needle: '90/14', minLetterMm: 7, minLineMm: 0.9, minGapMm: 0.9 },
  '40': { needle: '75/11', minLetterMm: 5, minLineMm: 0.7, minGapMm: 0.7 },
  '60': { needle: '65/9', minLetterMm: 3.2, minLineMm: 0.5, minGapMm: 0.5 },
  '75': { needle: '60/8', minLetterMm: 2.5, minLineMm: 0.4, minGapMm: 0.45 },
};

/** Over foam, whatever the thread. */
const PUFF: ThreadLimits = { minLetterMm: 19, minLineMm: 3, minGapMm: 1.8 };

export const threadLimits = ({ weight, puff, minLetterMm, minLineMm, minGapMm }: EmbroiderySettings): ThreadLimits => {
  const usual = puff ? PUFF : WEIGHTS[weight];
  return {
    minLetterMm: minLetterMm ?? usual.minLetterMm,
    minLineMm: minLineMm ?? usual.minLineMm,
    minGapMm: minGapMm ?? usual.minGapMm,
  };
};

export const needleOf = ({ weight }: Pick<EmbroiderySettings, 'weight'>): string => WEIGHTS[weight].needle;

/** Lower capitals than this share of the least are not to be read any more. */
const REFUSED_LETTERING = 0.7;
/** Small letters are about seven tenths of their capitals. */
const SMALL_LETTERS = 0.7;

export const letteringLimits = ({ minLetterMm }: ThreadLimits) => ({
  capital: { errorMm: minLetterMm * REFUSED_LETTERING, warnMm: minLetterMm },
  small: { errorMm: minLetterMm * REFUSED_LETTERING * SMALL_LETTERS, warnMm: minLetterMm * SMALL_LETTERS },
});

/** The heaviest thread that sews letters of a height, when there is one finer than the job's. */
export const finerWeightFor = (capitalMm: number, { weight, puff }: Pick<EmbroiderySettings, 'weight' | 'puff'>): ThreadWeight | null => {
  if (puff) return null;
  const finer = (['60', '75'] as const).filter((one) => Number(one) > Number(weight));
  return finer.find((one) => WEIGHTS[one].minLetterMm <= capitalMm) ?? null;
};
