import { rectOf } from '../../geometry/point.ts';
import { pixelsFor } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import { dither } from '../../render/plates/dither.ts';
import type { Plane } from '../../render/plates/plane.ts';
import { writeBitBmp, writeGreyBmp } from '../../render/plates/plate-bmp.ts';
import { writeBitPng, writeGreyPng } from '../../render/plates/plate-png.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { CutDrawing } from '../../render/vector/cut-drawing.ts';
import { writeDxf } from '../../render/vector/write-dxf.ts';
import { writeSvg } from '../../render/vector/write-svg.ts';
import { photoBoxes } from '../../render/white/photo-boxes.ts';
import type { Scene } from '../../scene/scene.ts';
import { leftOut } from '../left-out.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { beamDrawing, rotaryMap } from './beam-drawing.ts';
import { beamPdf } from './beam-pdf.ts';
import { type EngravedArt, engravedArt, inBlack, isRaster } from './engraved-art.ts';
import { marksLight } from './material-facts.ts';
import type { EngravingSettings } from './settings.ts';
import { tonePlane } from './tone-plane.ts';

/** Outlines by layer, and dots where the art is more than outlines: a picture for the engraving, and lines beside it if there are any. */
export const makeEngraving = async (work: Work<EngravingSettings>, context: MakeContext): Promise<Made> => {
  const files: MadeFile[] = [];
  const findings: Finding[] = [];
  for (const [i, scene] of work.pages.entries()) {
    const stem = `${work.name}${work.pages.length > 1 ? `-${i + 1}` : ''}`;
    const art = engravedArt(scene, work.settings);
    const raster = isRaster(art, work.settings);
    if (raster) files.push(await rasterFile(art, scene, stem, work.settings, context));
    context.signal.throwIfAborted();
    const drawing = beamDrawing(raster ? { ...art, area: null } : art, scene.area, work.settings, work.title);
    if (drawing.layers.length > 0) files.push(...(await vectorFiles(drawing, scene, stem, work, context)));
    if (!raster) findings.push(...leftOut(art.solid, 'outlines'));
  }
  return { files, findings };
};

const factsOf = ({ area }: Scene, { mirror }: EngravingSettings, { widthMm, heightMm }: Pick<CutDrawing, 'widthMm' | 'heightMm'>) =>
  ({
    role: 'production',
    placement: area.placementId,
    method: 'engraving',
    widthMm,
    heightMm,
    bleedMm: 0,
    mirrored: mirror,
  }) as const;

const vectorFiles = async (
  drawing: CutDrawing,
  scene: Scene,
  stem: string,
  { settings, date }: Work<EngravingSettings>,
  { picture, signal }: MakeContext,
): Promise<readonly MadeFile[]> => {
  const facts = factsOf(scene, settings, drawing);
  const files: MadeFile[] = [];
  for (const format of [...new Set(settings.vectorFormats)]) {
    signal.throwIfAborted();
    switch (format) {
      case 'svg':
        files.push({ ...facts, name: `${stem}.svg`, mediaType: 'image/svg+xml', data: writeSvg(drawing) });
        break;
      case 'dxf':
        files.push({ ...facts, name: `${stem}.dxf`, mediaType: 'image/vnd.dxf', data: writeDxf(drawing) });
        break;
      case 'pdf':
        files.push({
          ...facts,
          name: `${stem}.pdf`,
          mediaType: 'application/pdf',
          data: await writePdf(beamPdf(drawing, date), picture, signal),
          pages: 1,
        });
    }
  }
  return files;
};

const rasterFile = async (
  art: EngravedArt,
  scene: Scene,
  stem: string,
  settings: EngravingSettings,
  { picture, signal }: MakeContext,
): Promise<MadeFile> => {
  const { widthMm, heightMm } = scene.area;
  const [across, , , down] = rotaryMap(settings);
  const size = { widthMm: widthMm * across, heightMm: heightMm * down };
  const { dpi, mirror } = settings;
  const canvas = { widthPx: pixelsFor(size.widthMm, dpi), heightPx: pixelsFor(size.heightMm, dpi) };
  const request = { ...canvas, dpi, region: rectOf(0, 0, widthMm, heightMm), background: null, mirror };
  const pixels = await renderPixels(inBlack(art.scene, art.isWhiteOnly), request, picture, signal);
  const plane = tonePlane(pixels, dpi, photoBoxes(art.scene, request), { ...settings, lightMarks: marksLight(settings) });
  signal.throwIfAborted();
  return {
    ...factsOf(scene, settings, size),
    name: `${stem}.${settings.rasterFormat}`,
    mediaType: settings.rasterFormat === 'png' ? 'image/png' : 'image/bmp',
    data: dotsOf(plane, settings),
    ...canvas,
    dpi,
  };
};

const dotsOf = (plane: Plane, { dither: kind, rasterFormat }: EngravingSettings): Uint8Array => {
  if (kind === 'grey') return rasterFormat === 'png' ? writeGreyPng(plane) : writeGreyBmp(plane);
  const dots = dither(plane, kind);
  return rasterFormat === 'png' ? writeBitPng(dots) : writeBitBmp(dots);
};
