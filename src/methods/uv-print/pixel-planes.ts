import type { Colour } from '../../colour/colour.ts';
import type { Rect } from '../../geometry/point.ts';
import { type RenderedPixels, renderPixels } from '../../render/raster/render-pixels.ts';
import { whitePlane } from '../../render/white/white-plane.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import { evenChoke } from '../art-plates.ts';
import { mapColours } from '../map-colours.ts';
import type { MakeContext } from '../method.ts';
import type { SettledUvPrint } from './settings.ts';

/** A canvas over the page. */
export type Canvas = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly region: Rect;
  readonly mirror: boolean;
};

const render = (scene: Scene, canvas: Canvas, background: string | null, { picture, signal }: MakeContext): Promise<RenderedPixels> =>
  renderPixels(scene, { ...canvas, background }, picture, signal);

/** White of every pixel: 0 none, 255 solid. */
export const whitePixels = async (
  scene: Scene,
  art: RenderedPixels,
  whiteArt: readonly SceneNode[],
  settings: SettledUvPrint,
  canvas: Canvas,
  context: MakeContext,
): Promise<Uint8Array> => {
  const own = await inkPixels(scene, whiteArt, canvas, context);
  if (settings.white === 'flood') return own.fill(255);
  if (settings.white === 'none') return own;
  const choke = evenChoke(settings.white === 'under' ? 0 : settings.whiteChoke);
  return most(own, whitePlane(art, canvas.dpi, { choke, cutoff: settings.whiteCutoff / 100 }).data);
};

/** Varnish of every pixel: 0 none, 255 solid. */
export const varnishPixels = async (
  scene: Scene,
  art: RenderedPixels,
  varnishArt: readonly SceneNode[],
  settings: SettledUvPrint,
  canvas: Canvas,
  context: MakeContext,
): Promise<Uint8Array> => {
  if (settings.varnish === 'none') return new Uint8Array(canvas.widthPx * canvas.heightPx);
  const own = await inkPixels(scene, varnishArt, canvas, context);
  if (settings.varnish === 'full') return own.fill(255);
  if (settings.varnish === 'spot') return own;
  return most(own, whitePlane(art, canvas.dpi, { choke: evenChoke(0), cutoff: settings.whiteCutoff / 100 }).data);
};

const most = (into: Uint8Array, other: Uint8Array): Uint8Array => {
  for (let i = 0; i < into.length; i += 1) if ((other[i] ?? 0) > (into[i] ?? 0)) into[i] = other[i] ?? 0;
  return into;
};

/** Art that is painted in one spot ink, as amounts of it: tints as greys on white. */
const inkPixels = async (scene: Scene, nodes: readonly SceneNode[], canvas: Canvas, context: MakeContext): Promise<Uint8Array> => {
  const data = new Uint8Array(canvas.widthPx * canvas.heightPx);
  if (nodes.length === 0) return data;
  const { rgba } = await render({ ...scene, nodes: mapColours(nodes, greyOf) }, canvas, '#ffffff', context);
  for (let i = 0, at = 0; i < data.length; i += 1, at += 4) data[i] = 255 - (rgba[at] ?? 255);
  return data;
};

const greyOf = (colour: Colour): Colour => {
  const light = colour.space === 'spot' ? 1 - colour.tint : 0;
  return { space: 'srgb', r: light, g: light, b: light };
};
