import { MM_PER_INCH } from '../../geometry/units.ts';
import { type RenderedPixels, renderPixels } from '../../render/raster/render-pixels.ts';
import { knockOut } from '../../render/white/knock-out.ts';
import { photoBoxes } from '../../render/white/photo-boxes.ts';
import { settleSteps } from '../../render/white/settle-alpha.ts';
import { spreadColours } from '../../render/white/spread-colours.ts';
import { givingWay } from '../../render/white/steps.ts';
import { writeArtPng, writeArtTiff, writeWhitePng } from '../../render/white/white-files.ts';
import { alphaOf, whiteSteps } from '../../render/white/white-plane.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { canvasOf, trimRegion } from '../region.ts';
import { filmPdf } from './film-pdf.ts';
import { articleColourFor, SAME_COLOUR, STAYING_COLOUR } from './knocked-out.ts';
import type { DtfSettings } from './settings.ts';

/** One colour picture of the print area for each page and, unless the RIP makes it, its plate of white: same pixels, same place. */
export const makeDtf = async (work: Work<DtfSettings>, context: MakeContext): Promise<Made> => {
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
  work: Work<DtfSettings>,
  { articleColour, picture, signal }: MakeContext,
): Promise<readonly MadeFile[]> => {
  const { settings } = work;
  const region = trimRegion(scene.area);
  const dpi = settings.widthPx === undefined ? settings.dpi : (settings.widthPx / region.width) * MM_PER_INCH;
  const request = { ...canvasOf(region, dpi), dpi, region, background: null, mirror: settings.mirror };
  const pixels = await renderPixels(scene, request, picture, signal);
  const shape = await settlePixels(pixels, dpi, settings, articleColourFor(settings, articleColour), signal);
  const onArticle = {
    role: 'production',
    placement: scene.area.placementId,
    method: 'dtf',
    widthMm: region.width,
    heightMm: region.height,
    bleedMm: 0,
    mirrored: settings.mirror,
  } as const;
  const options = { ...chokeOf(settings), photos: photoBoxes(scene, request), ...shape };
  const white = settings.white === 'none' ? null : await givingWay(whiteSteps(pixels, dpi, options), signal);
  if (settings.format === 'pdf') {
    spreadColours(pixels);
    const data = await filmPdf({ scene, art: pixels, white, whiteName: settings.whiteName, title: work.title, date: work.date }, signal);
    return [{ ...onArticle, name: `${stem}.pdf`, mediaType: 'application/pdf', data, pages: 1 }];
  }
  const facts = { ...onArticle, widthPx: request.widthPx, heightPx: request.heightPx, dpi: Math.round(dpi * 100) / 100 };
  const colour: MadeFile =
    settings.format === 'tiff'
      ? { ...facts, name: `${stem}.tif`, mediaType: 'image/tiff', data: await writeArtTiff(pixels, dpi) }
      : { ...facts, name: `${stem}.png`, mediaType: 'image/png', data: await writeArtPng(pixels, dpi, settings.compression, signal) };
  if (!white) return [colour];
  return [colour, { ...facts, name: `${stem}-white.png`, mediaType: 'image/png', data: await writeWhitePng(white, signal) }];
};

const chokeOf = ({ chokeBold: bold, chokePhoto: photo, chokeText: text, cutoff }: DtfSettings) => ({
  choke: { bold, photo, text },
  cutoff,
});

/** Settles the fades; gives the shape of the art before it became dots. */
const settlePixels = async (
  pixels: RenderedPixels,
  dpi: number,
  settings: DtfSettings,
  article: string | null,
  signal: AbortSignal,
): Promise<{ readonly shape?: Uint8Array }> => {
  const { fades, cutoff, lpi, angle } = settings;
  if (article !== null) knockOut(pixels, { colour: article, same: SAME_COLOUR, other: STAYING_COLOUR });
  // What is knocked out leaves fades even in art that had none.
  const way = fades === 'report' ? (article === null ? 'keep' : 'halftone') : fades;
  const shape = way === 'halftone' ? { shape: alphaOf(pixels.rgba) } : {};
  await givingWay(settleSteps(pixels, dpi, { fades: way, cutoff, screen: { lpi, angle, dot: 'round' } }), signal);
  return shape;
};
