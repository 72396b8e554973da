/** Below `errorMm` the machine cannot make it; below `warnMm` it may not come out well. Both in mm, errorMm <= warnMm; 0 for no limit. */
export type MmLimits = { readonly errorMm: number; readonly warnMm: number };

export const roundMm = (mm: number): number => Math.round(mm * 100) / 100;

/** Lengths are measured to 0.01 mm: art drawn to the limit must pass. */
export const LIMIT_SLACK_MM = 0.005;

export type Missed = { readonly severity: 'error' | 'warning'; readonly requiredMm: number };

/** Which limit a length misses: the one that is told as required, and how bad that is. Null when it is long enough. */
export const missedLimit = (mm: number, { errorMm, warnMm }: MmLimits): Missed | null => {
  const long = mm + LIMIT_SLACK_MM;
  if (long < errorMm) return { severity: 'error', requiredMm: errorMm };
  return long < warnMm ? { severity: 'warning', requiredMm: warnMm } : null;
};
