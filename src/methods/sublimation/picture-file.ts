import type { Rect } from '../../geometry/point.ts';
import { renderJpeg } from '../../render/raster/render-jpeg.ts';
import { renderPng } from '../../render/raster/render-png.ts';
import { renderTiff } from '../../render/raster/render-tiff.ts';
import type { Scene } from '../../scene/scene.ts';
import type { MadeFile, MakeContext } from '../method.ts';
import { canvasOf } from '../region.ts';
import type { SublimationSettings } from './settings.ts';

const FILE = {
  png: { ending: 'png', mediaType: 'image/png' },
  jpeg: { ending: 'jpg', mediaType: 'image/jpeg' },
  tiff: { ending: 'tif', mediaType: 'image/tiff' },
} as const;

type PictureContext = Pick<MakeContext, 'picture' | 'signal'>;

/** The window of a scene as one sRGB picture, without the facts of its size in millimetres. */
export const pictureFile = async (
  stem: string,
  scene: Scene,
  region: Rect,
  settings: SublimationSettings,
  context: PictureContext,
): Promise<MadeFile> => ({
  name: `${stem}.${FILE[settings.format].ending}`,
  role: 'production',
  mediaType: FILE[settings.format].mediaType,
  data: await encode(scene, region, settings, context),
  placement: scene.area.placementId,
  method: 'sublimation',
  ...canvasOf(region, settings.dpi),
  dpi: settings.dpi,
  mirrored: settings.mirror,
});

const encode = (scene: Scene, region: Rect, settings: SublimationSettings, { picture, signal }: PictureContext): Promise<Uint8Array> => {
  const common = { ...canvasOf(region, settings.dpi), dpi: settings.dpi, region, mirror: settings.mirror };
  switch (settings.format) {
    case 'png':
      return renderPng(scene, { ...common, background: null, size: settings.compression }, picture, signal);
    case 'jpeg':
      return renderJpeg(scene, { ...common, background: settings.base ?? '#ffffff', quality: settings.quality }, picture, signal);
    case 'tiff':
      return renderTiff(scene, { ...common, background: null }, picture, signal);
  }
};
