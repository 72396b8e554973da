import type { SettledUvPrint } from './settings.ts';

/** Art behind a clear article is seen through it, so the file shows it from the other side. */
export const isMirrored = ({ white, mirror }: Pick<SettledUvPrint, 'white' | 'mirror'>): boolean => mirror || white === 'over';
