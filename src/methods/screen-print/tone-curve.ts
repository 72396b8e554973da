import type { ScreenPrintSettings } from './settings.ts';

/**
 * Amounts 0..255 as plates hold them: none below half of the smallest tint, that tint up to it, and the same for holes. Ends of fades break
 * off where a screen would lose the dots anyway.
 */
export const toneCurve = ({ minTint, maxTint }: Pick<ScreenPrintSettings, 'minTint' | 'maxTint'>): Uint8Array => {
  const [low, high] = [(255 * minTint) / 100, (255 * maxTint) / 100];
  return Uint8Array.from({ length: 256 }, (_, amount) => {
    if (amount < low / 2) return 0;
    if (amount > (255 + high) / 2 || amount === 255) return 255;
    return Math.round(Math.min(high, Math.max(low, amount)));
  });
};
