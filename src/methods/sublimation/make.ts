import { renderJpeg } from '../../render/raster/render-jpeg.ts';
import { renderPng } from '../../render/raster/render-png.ts';
import { renderTiff } from '../../render/raster/render-tiff.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { bleedRegion, canvasOf } from '../region.ts';
import type { SublimationSettings } from './settings.ts';

const FILE = {
  png: { ending: 'png', mediaType: 'image/png' },
  jpeg: { ending: 'jpg', mediaType: 'image/jpeg' },
  tiff: { ending: 'tif', mediaType: 'image/tiff' },
} as const;

/** One sRGB picture of trim plus bleed per page. */
export const makeSublimation = async ({ name, pages, settings }: Work<SublimationSettings>, context: MakeContext): Promise<Made> => {
  const files: MadeFile[] = [];
  for (const [i, scene] of pages.entries()) {
    const region = bleedRegion(scene.area);
    const canvas = canvasOf(region, settings.dpi);
    files.push({
      name: `${name}${pages.length > 1 ? `-${i + 1}` : ''}.${FILE[settings.format].ending}`,
      role: 'production',
      mediaType: FILE[settings.format].mediaType,
      data: await encode(scene, settings, context),
      placement: scene.area.placementId,
      method: 'sublimation',
      widthMm: scene.area.widthMm,
      heightMm: scene.area.heightMm,
      bleedMm: scene.area.bleedMm,
      ...canvas,
      dpi: settings.dpi,
      mirrored: settings.mirror,
    });
  }
  return { files, findings: [] };
};

const encode = (scene: Scene, settings: SublimationSettings, { picture, signal }: MakeContext): Promise<Uint8Array> => {
  const region = bleedRegion(scene.area);
  const common = { ...canvasOf(region, settings.dpi), dpi: settings.dpi, region, mirror: settings.mirror };
  switch (settings.format) {
    case 'png':
      return renderPng(scene, { ...common, background: null, size: settings.compression }, picture, signal);
    case 'jpeg':
      return renderJpeg(scene, { ...common, background: settings.base, quality: settings.quality }, picture, signal);
    case 'tiff':
      return renderTiff(scene, { ...common, background: null }, picture, signal);
  }
};
