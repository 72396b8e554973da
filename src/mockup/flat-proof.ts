import { colourFromHex, WHITE } from '../colour/colour.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import type { Appearance, AppearanceRequest } from '../render/appearance.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import type { Scene, SceneArea } from '../scene/scene.ts';

/**
 * The decoration on a flat piece of the article: article colour within the trim shape, transparent outside it, art on top. Dye
 * multiplies with the article, ink and paper print cover it.
 * @param articleColour - "#rrggbb"
 */
export const flatProof = async (
  appearances: readonly Appearance[],
  { widthPx, heightPx, region }: AppearanceRequest,
  area: SceneArea,
  articleColour: string,
  signal: AbortSignal,
): Promise<PixelImage> => {
  const colour = colourFromHex(articleColour) ?? WHITE;
  const article: Scene = {
    version: 1,
    area,
    nodes: [{ kind: 'path', pointer: '', path: area.trim, fillRule: 'nonzero', fill: { kind: 'solid', colour }, stroke: null }],
  };
  const request = { widthPx, heightPx, region, background: null, mirror: false };
  const noPictures = (digest: string): never => {
    throw new RangeError(`expected a scene without pictures, got ${digest}`);
  };
  const { rgba } = await renderPixels(article, request, noPictures, signal);
  return { widthPx, heightPx, rgba: appearances.reduce(paintOver, rgba) };
};

/** Straight-alpha source over, in sRGB as the renderer blends; the article's own alpha cuts the art at the trim. */
const paintOver = (article: Uint8Array, { rgba: art, process }: Appearance): Uint8Array => {
  const out = Uint8Array.from(article);
  for (let i = 0; i < out.length; i += 4) {
    const alpha = (art[i + 3] ?? 0) / 255;
    if (alpha === 0) continue;
    for (let c = i; c < i + 3; c += 1) {
      const below = article[c] ?? 0;
      const above = process === 'dye' ? ((art[c] ?? 0) * below) / 255 : (art[c] ?? 0);
      out[c] = Math.round(below + (above - below) * alpha);
    }
  }
  return out;
};
