import type { RenderedPixels } from '../raster/render-pixels.ts';

export type KnockOut = {
  /** `#rrggbb` of the article. */
  readonly colour: string;
  /** Up to this distance art is the article's colour and goes, in steps of 0 to 255 on the farthest channel. */
  readonly same: number;
  /** From this distance on it stays; between the two it fades. */
  readonly other: number;
};

/**
 * Takes art of the article's own colour away, in place, so that the cloth shows instead of ink: a black picture on a black shirt stays soft to
 * the touch. Leaves fades between the two distances, which `settleAlpha` turns into dots.
 */
export const knockOut = ({ rgba }: RenderedPixels, { colour, same, other }: KnockOut): void => {
  const word = Number.parseInt(colour.slice(1), 16);
  const [r, g, b] = [(word >> 16) & 255, (word >> 8) & 255, word & 255];
  const span = Math.max(1, other - same);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    if (alpha === 0) continue;
    const distance = Math.max(Math.abs((rgba[at] ?? 0) - r), Math.abs((rgba[at + 1] ?? 0) - g), Math.abs((rgba[at + 2] ?? 0) - b));
    if (distance < other) rgba[at + 3] = distance <= same ? 0 : Math.round((alpha * (distance - same)) / span);
  }
};
