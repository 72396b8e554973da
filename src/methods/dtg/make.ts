import { MM_PER_INCH } from '../../geometry/units.ts';
import { renderPng } from '../../render/raster/render-png.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { canvasOf, trimRegion } from '../region.ts';
import type { DtgSettings } from './settings.ts';

/** One transparent sRGB PNG of the print area at the floor's pixel size; no bleed, never mirrored. */
export const makeDtg = async ({ name, pages, settings }: Work<DtgSettings>, { picture, signal }: MakeContext): Promise<Made> => {
  const files: MadeFile[] = [];
  for (const [i, scene] of pages.entries()) {
    const region = trimRegion(scene.area);
    const dpi = settings.widthPx === undefined ? settings.dpi : (settings.widthPx / region.width) * MM_PER_INCH;
    const canvas = canvasOf(region, dpi);
    const request = { ...canvas, dpi, region, background: null, mirror: false, size: settings.compression };
    const data = await renderPng(scene, request, picture, signal);
    files.push({
      name: `${name}${pages.length > 1 ? `-${i + 1}` : ''}.png`,
      role: 'production',
      mediaType: 'image/png',
      data,
      placement: scene.area.placementId,
      method: 'dtg',
      widthMm: region.width,
      heightMm: region.height,
      bleedMm: 0,
      ...canvas,
      dpi: Math.round(dpi * 100) / 100,
      mirrored: false,
    });
  }
  return { files, findings: [] };
};
