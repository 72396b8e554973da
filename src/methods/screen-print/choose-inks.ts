import type { SrgbColour } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import { labOfSrgb } from '../../colour/lab.ts';
import { Unmixer } from '../../render/plates/unmix.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { ArtFacts } from './art-facts.ts';
import type { Article } from './article.ts';
import type { PrintInk } from './inks.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Another screen must better the mean difference by this much, dE00. */
const WORTH_A_SCREEN = 0.6;
const MOST_SAMPLES = 96;

/**
 * Inks that together come nearest to the pictures and fades of the art: those of its flat colours, then one after another the ink that helps
 * most, up to `maxColours`. Inks that the settings name are all taken.
 */
export const inksForTones = (
  facts: ArtFacts,
  flat: ReadonlySet<PrintInk>,
  allowed: readonly PrintInk[],
  article: Article,
  { inks, maxColours }: ScreenPrintSettings,
): ReadonlySet<PrintInk> => {
  const samples = samplesOf(facts);
  if (samples.length === 0) return flat;
  if (inks.length > 0) return new Set(allowed);
  const chosen = [...flat];
  let error = meanError(samples, chosen, article);
  while (chosen.length < maxColours) {
    const tries = allowed
      .filter((ink) => !chosen.includes(ink))
      .map((ink) => ({ ink, error: meanError(samples, [...chosen, ink], article) }));
    const best = tries.reduce<(typeof tries)[number] | null>((low, one) => (low && low.error <= one.error ? low : one), null);
    if (!best || best.error > error - WORTH_A_SCREEN) break;
    chosen.push(best.ink);
    error = best.error;
  }
  return new Set(chosen);
};

const samplesOf = ({ pictures, fades }: ArtFacts): readonly SrgbColour[] => {
  const fromFades = fades.flatMap(({ stops }) => stops.map(screenColour));
  const fromPictures = pictures.flatMap(({ flat, samples }) => (flat ? [] : opaqueColours(samples)));
  const step = Math.max(1, Math.ceil(fromPictures.length / MOST_SAMPLES));
  return [...fromFades, ...fromPictures.filter((_, i) => i % step === 0)];
};

const opaqueColours = (rgba: Uint8Array): readonly SrgbColour[] => {
  const out: SrgbColour[] = [];
  for (let p = 0; p < rgba.length; p += 4) {
    if ((rgba[p + 3] ?? 0) < 128) continue;
    out.push({ space: 'srgb', r: (rgba[p] ?? 0) / 255, g: (rgba[p + 1] ?? 0) / 255, b: (rgba[p + 2] ?? 0) / 255 });
  }
  return out;
};

const meanError = (samples: readonly SrgbColour[], inks: readonly PrintInk[], article: Article): number => {
  const unmixer = new Unmixer(
    inks.map(({ colour }) => colour),
    article.colour,
  );
  const errors = samples.map((sample) => deltaE2000(labOfSrgb(sample), labOfSrgb(unmixer.mixed(unmixer.shares(sample)))));
  return errors.reduce((sum, one) => sum + one, 0) / errors.length;
};
