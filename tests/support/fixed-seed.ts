import fc from 'fast-check';

/**
 * Property tests draw the same cases on every run, so that a red build is about the change in it. `PLATEN_SEED=random npm test` looks
 * for new ones; a seed that a failure printed can be given too.
 */
const wanted = process.env.PLATEN_SEED ?? '20260301';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
