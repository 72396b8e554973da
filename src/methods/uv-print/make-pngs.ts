import { writeGreyPng } from '../../render/plates/plate-png.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import { renderPng } from '../../render/raster/render-png.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { bleedRegion, canvasOf } from '../region.ts';
import { isMirrored } from './is-mirrored.ts';
import { artByInk } from './parts.ts';
import { type Canvas, varnishPixels, whitePixels } from './pixel-planes.ts';
import type { SettledUvPrint } from './settings.ts';

/** For floors that take pictures: the art on a clear ground, and white and varnish as greys in which black is ink, all of one size. */
export const makePngs = async ({ name, pages, settings }: Work<SettledUvPrint>, context: MakeContext): Promise<Made> => {
  const files: MadeFile[] = [];
  for (const [i, scene] of pages.entries()) {
    files.push(...(await pngsOfPage(`${name}${pages.length > 1 ? `-${i + 1}` : ''}`, scene, settings, context)));
  }
  return { files, findings: [] };
};

const pngsOfPage = async (stem: string, scene: Scene, settings: SettledUvPrint, context: MakeContext): Promise<readonly MadeFile[]> => {
  const { area } = scene;
  const region = bleedRegion(area);
  const canvas: Canvas = { ...canvasOf(region, settings.dpi), dpi: settings.dpi, region, mirror: isMirrored(settings) };
  const { art, whiteArt, varnishArt } = artByInk(scene, settings);
  const inked = { ...scene, nodes: art };
  const file = (ending: string, data: Uint8Array): MadeFile => ({
    name: `${stem}${ending}.png`,
    role: 'production',
    mediaType: 'image/png',
    data,
    placement: area.placementId,
    method: 'uv-print',
    widthMm: area.widthMm,
    heightMm: area.heightMm,
    bleedMm: area.bleedMm,
    widthPx: canvas.widthPx,
    heightPx: canvas.heightPx,
    dpi: canvas.dpi,
    mirrored: canvas.mirror,
  });
  const files = [file('', await renderPng(inked, { ...canvas, background: null, size: 'fast' }, context.picture, context.signal))];
  const white = settings.white !== 'none' || whiteArt.length > 0;
  const varnish = settings.varnish !== 'none' && (settings.varnish !== 'spot' || varnishArt.length > 0);
  if (!white && !varnish) return files;
  const pixels = await renderPixels(inked, { ...canvas, background: null }, context.picture, context.signal);
  const plate = (data: Uint8Array): Uint8Array => writeGreyPng({ ...canvas, data });
  if (white) files.push(file('-white', plate(await whitePixels(scene, pixels, whiteArt, settings, canvas, context))));
  if (varnish) files.push(file('-varnish', plate(await varnishPixels(scene, pixels, varnishArt, settings, canvas, context))));
  return files;
};
