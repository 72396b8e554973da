import type { Thread } from './plan.ts';
import type { DigitizeOptions } from './region.ts';

/** How wide thread is beside that of weight 40: 60 sews letters a quarter smaller, as the trade has it. */
const SHARES: Readonly<Record<Thread['weight'], number>> = { 30: 1.2, 40: 1, 60: 0.75, 75: 0.65 };

export const threadShare = ({ weight }: Pick<Thread, 'weight'>): number => SHARES[weight];

/** Settings meant for weight 40 for another thread: finer thread lies closer, and makes columns where thicker thread could only draw lines. */
export const optionsForThread = (options: DigitizeOptions, thread: Pick<Thread, 'weight'>): DigitizeOptions => {
  const share = threadShare(thread);
  if (share === 1) return options;
  const { fabric } = options;
  return {
    ...options,
    satinFromMm: options.satinFromMm * share,
    fabric: { ...fabric, satinPitchMm: fabric.satinPitchMm * share, fillPitchMm: fabric.fillPitchMm * share },
  };
};
