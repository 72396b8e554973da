import { colourFromHex, WHITE } from '../colour/colour.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import type { Appearance, AppearanceRequest } from '../render/appearance.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import type { Scene, SceneArea } from '../scene/scene.ts';
import { coverArticle } from './cover-article.ts';

/**
 * The decoration on a flat piece of the article: article colour within the trim shape, transparent outside it, art on top as
 * mockups lay it on: see coverArticle.
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
  return { widthPx, heightPx, rgba: appearances.reduce(coverArticle, rgba) };
};
