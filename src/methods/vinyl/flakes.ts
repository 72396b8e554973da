import type { AppearanceRequest } from '../../render/appearance.ts';

/** Size of a flake of glitter, mm. */
const FLAKE_MM = 0.4;

/** A number of 0 to 1 that looks random and is the same for the same cell: integer mixing after the scheme of murmur3's finaliser. */
const grainOf = (x: number, y: number): number => {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
};

/**
 * A copy of a picture with glitter in it: flakes lie fast in placement millimetres, most a little darker than the colour, a few far brighter.
 * Where a pixel shows many flakes they even out. `strength` of 0 to 1.
 */
export const strewFlakes = (rgba: Uint8Array, { region, widthPx, heightPx }: AppearanceRequest, strength: number): Uint8Array => {
  const out = Uint8Array.from(rgba);
  const pixelMm = region.width / widthPx;
  const cellMm = Math.max(FLAKE_MM, pixelMm);
  const seen = strength * Math.sqrt(FLAKE_MM / cellMm);
  for (let row = 0; row < heightPx; row += 1) {
    const y = Math.floor((region.y + (row + 0.5) * pixelMm) / cellMm);
    for (let column = 0; column < widthPx; column += 1) {
      const at = 4 * (row * widthPx + column);
      if (out[at + 3] === 0) continue;
      const grain = grainOf(Math.floor((region.x + (column + 0.5) * pixelMm) / cellMm), y);
      const sparkle = grain > 0.93 ? (grain - 0.93) / 0.07 : 0;
      const light = 1 + seen * (0.7 * (grain - 0.6) + 0.8 * sparkle);
      const white = 255 * seen * 0.7 * sparkle;
      for (let c = at; c < at + 3; c += 1) out[c] = Math.min(255, Math.max(0, Math.round((out[c] ?? 0) * light + white)));
    }
  }
  return out;
};
