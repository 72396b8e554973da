import type { Appearance } from '../render/appearance.ts';

/** Fine enough that every byte comes back from light as it went there. */
const STEPS = 16_384;

/** Linear light of an sRGB byte. */
const LIGHT = Float64Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** The sRGB byte of linear light, in steps. */
const BYTE = Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
  const v = step / STEPS;
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
});

/**
 * Lays art over pixels of an article, both straight-alpha sRGB of the same size. Half covered means that half the area sends back the
 * art's light and half the article's, as in a mockup: see docs/decisions/mockup-views.md. Dye multiplies with the article, everything else
 * covers it; the article's own alpha stays and cuts the art.
 */
export const coverArticle = (article: Uint8Array, { rgba: art, process }: Pick<Appearance, 'rgba' | 'process'>): Uint8Array => {
  const out = Uint8Array.from(article);
  const dyes = process === 'dye';
  for (let i = 0; i < out.length; i += 4) {
    const alpha = (art[i + 3] ?? 0) / 255;
    if (alpha === 0) continue;
    if (alpha === 1 && !dyes) {
      for (let c = i; c < i + 3; c += 1) out[c] = art[c] ?? 0;
      continue;
    }
    for (let c = i; c < i + 3; c += 1) {
      const below = LIGHT[article[c] ?? 0] ?? 0;
      const own = LIGHT[art[c] ?? 0] ?? 0;
      const light = below + ((dyes ? own * below : own) - below) * alpha;
      out[c] = BYTE[Math.round(light * STEPS)] ?? 0;
    }
  }
  return out;
};
