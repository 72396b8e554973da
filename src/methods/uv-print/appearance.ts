import { WHITE } from '../../colour/colour.ts';
import { rectPath } from '../../geometry/path.ts';
import { MM_PER_INCH } from '../../geometry/units.ts';
import type { Appearance, AppearanceRequest } from '../../render/appearance.ts';
import { UV_GLOSS, UV_INK } from '../../render/finishes.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import { mapColours } from '../map-colours.ts';
import type { MakeContext } from '../method.ts';
import { bleedRegion } from '../region.ts';
import { artByInk } from './parts.ts';
import { varnishPixels } from './pixel-planes.ts';
import type { UvPrintSettings } from './settings.ts';
import { settleWhite } from './settle-white.ts';

/** A skin of ink, and of clear varnish on it, mm. */
const INK_MM = 0.03;
const VARNISH_MM = 0.05;

/** Ink on white, or bare inks that the article shines through; and over them varnish. */
export const uvPrintAppearance = async (
  scene: Scene,
  asked: UvPrintSettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const settings = settleWhite(asked, context.articleColour);
  const { art, whiteArt, varnishArt } = artByInk(scene, settings);
  const flood = settings.white === 'flood' ? [floodNode(scene)] : [];
  const shown = { ...scene, nodes: [...flood, ...mapColours(whiteArt, () => WHITE), ...art] };
  const pixels = await renderPixels(shown, { ...request, background: null, mirror: false }, context.picture, context.signal);
  const behind = settings.white === 'over';
  const inks: Appearance = {
    ...request,
    process: settings.white === 'none' ? 'dye' : 'ink',
    rgba: pixels.rgba,
    // Behind a clear article the art lies under its surface: flat, with the gloss of the article.
    ...(behind ? {} : { surface: { finish: UV_INK, height: skin(alphaOf(pixels.rgba), INK_MM) } }),
  };
  const varnished = settings.varnish !== 'none' && (settings.varnish !== 'spot' || varnishArt.length > 0);
  if (!varnished || behind) return [inks];
  const canvas = { ...request, dpi: (request.widthPx / request.region.width) * MM_PER_INCH, mirror: false };
  return [inks, varnishLayer(await varnishPixels(scene, pixels, varnishArt, settings, canvas, context), request)];
};

const floodNode = ({ area }: Scene): SceneNode => ({
  kind: 'path',
  pointer: '',
  path: rectPath(bleedRegion(area)),
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: WHITE },
  stroke: null,
});

const alphaOf = (rgba: Uint8Array): Uint8Array => {
  const alpha = new Uint8Array(rgba.length >> 2);
  for (let i = 0, at = 3; i < alpha.length; i += 1, at += 4) alpha[i] = rgba[at] ?? 0;
  return alpha;
};

const skin = (amounts: Uint8Array, mm: number): Float32Array => Float32Array.from(amounts, (amount) => (amount / 255) * mm);

const varnishLayer = (amounts: Uint8Array, request: AppearanceRequest): Appearance => {
  const rgba = new Uint8Array(amounts.length * 4).fill(255);
  for (let i = 0, at = 3; i < amounts.length; i += 1, at += 4) rgba[at] = amounts[i] ?? 0;
  return { ...request, process: 'dye', rgba, surface: { finish: UV_GLOSS, height: skin(amounts, VARNISH_MM) } };
};
