/** A call is held open no longer than proxies allow. */
export const LONGEST_WAIT_SECONDS = 25;

/** Seconds of `Prefer: wait=N` (RFC 7240), at most 25; 0 without one, with `respond-async`, or for what is not understood. */
export const waitSeconds = (prefer: string | undefined): number => {
  const preferences = (prefer ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  if (preferences.includes('respond-async')) return 0;
  const wait = preferences.find((one) => one.startsWith('wait'));
  const [, digits] = /^wait\s*=\s*"?(\d{1,6})"?$/.exec(wait ?? '') ?? [];
  return Math.min(LONGEST_WAIT_SECONDS, Number(digits ?? 0));
};
