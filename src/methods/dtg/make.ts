import { MM_PER_INCH } from '../../geometry/units.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import { renderPng } from '../../render/raster/render-png.ts';
import { givingWay } from '../../render/white/steps.ts';
import { writeArtPng, writeWhitePng } from '../../render/white/white-files.ts';
import { whiteSteps } from '../../render/white/white-plane.ts';
import type { Scene } from '../../scene/scene.ts';
import { isWhiteArticle } from '../is-white-article.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { canvasOf, trimRegion } from '../region.ts';
import type { DtgSettings } from './settings.ts';

/** One transparent sRGB PNG of the print area at the floor's pixel size; no bleed, never mirrored. With an underbase, its white as a second. */
export const makeDtg = async (work: Work<DtgSettings>, context: MakeContext): Promise<Made> => {
  const files: MadeFile[] = [];
  for (const [i, scene] of work.pages.entries()) {
    const stem = `${work.name}${work.pages.length > 1 ? `-${i + 1}` : ''}`;
    files.push(...(await makePage(scene, stem, work, context)));
  }
  return { files, findings: [] };
};

const makePage = async (
  scene: Scene,
  stem: string,
  { settings }: Work<DtgSettings>,
  { articleColour, picture, signal }: MakeContext,
): Promise<readonly MadeFile[]> => {
  const region = trimRegion(scene.area);
  const dpi = settings.widthPx === undefined ? settings.dpi : (settings.widthPx / region.width) * MM_PER_INCH;
  const canvas = canvasOf(region, dpi);
  const request = { ...canvas, dpi, region, background: null, mirror: false, size: settings.compression };
  const facts = {
    role: 'production',
    mediaType: 'image/png',
    placement: scene.area.placementId,
    method: 'dtg',
    widthMm: region.width,
    heightMm: region.height,
    bleedMm: 0,
    ...canvas,
    dpi: Math.round(dpi * 100) / 100,
    mirrored: false,
  } as const;
  const name = `${stem}.png`;
  if (!hasUnderbase(settings, articleColour)) return [{ ...facts, name, data: await renderPng(scene, request, picture, signal) }];
  const { choke, cutoff } = settings;
  const pixels = await renderPixels(scene, request, picture, signal);
  const art: MadeFile = { ...facts, name, data: await writeArtPng(pixels, dpi, settings.compression, signal) };
  const white = await givingWay(whiteSteps(pixels, dpi, { choke: { bold: choke, photo: choke, text: choke }, cutoff }), signal);
  return [art, { ...facts, name: `${stem}-white.png`, data: await writeWhitePng(white, signal) }];
};

/** Where nobody knows the colour, the printer decides. */
const hasUnderbase = ({ underbase }: DtgSettings, articleColour: string | null): boolean =>
  underbase === 'mask' || (underbase === 'auto' && articleColour !== null && !isWhiteArticle(articleColour));
