import { quantizeMm } from '../../geometry/units.ts';
import { writeBitTiff } from '../../render/plates/bit-tiff.ts';
import { plateDots } from '../../render/plates/plate-dots.ts';
import { writeBitPng } from '../../render/plates/plate-png.ts';
import { addDots, bitsOf, blankWords, copyDots, countDots, type WordPlane } from '../../render/plates/word-plane.ts';
import { pause } from '../../render/raster/pause.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { articleOf } from './article.ts';
import { codedArt } from './coded-art.ts';
import { planInks } from './ink-plan.ts';
import { type Sheet, sheetOf, stampMarks } from './plate-sheet.ts';
import { pressPlates, type ScreenDots } from './press-plates.ts';
import { labelOf, type PressPlate, pressSheet } from './press-sheet.ts';
import { inkList, type ReportedPlate } from './report.ts';
import { type OutlinedPlate, outlinesOf, separationsPdf } from './separations-pdf.ts';
import type { ScreenPrintSettings } from './settings.ts';
import { toneCurve } from './tone-curve.ts';

/** Art ends at the print area: there is no bleed on cloth. */
export const printedScene = (scene: Scene): Scene => ({ ...scene, area: { ...scene.area, bleedMm: 0 } });

/** One plate of dots for each ink, the separations as PDF, and the ink list. */
export const makeScreenPrint = async (work: Work<ScreenPrintSettings>, context: MakeContext): Promise<Made> => {
  const files: MadeFile[] = [];
  for (const [i, scene] of work.pages.entries()) {
    const name = `${work.name}${work.pages.length > 1 ? `-${i + 1}` : ''}`;
    files.push(...(await makePage({ ...work, name }, printedScene(scene), context)));
  }
  return { files, findings: [] };
};

const makePage = async (work: Work<ScreenPrintSettings>, scene: Scene, context: MakeContext): Promise<readonly MadeFile[]> => {
  const { settings, name } = work;
  const { signal } = context;
  const plan = planInks(scene, settings, articleOf(settings, context.articleColour), context.palette(settings.palette), context.picture);
  // Separations without an ink would be an empty page.
  if (plan.inks.length === 0) return [];
  const art = await codedArt(scene, plan, settings, context);
  const sheet = sheetOf(scene.area, settings);
  const { lpi, angle, dot } = settings;
  const options = { dpi: sheet.dpi, screen: { lpi, angle, dot }, curve: toneCurve(settings) };
  const rest = (): Promise<void> => pause(signal);
  const dots = await plateDots(art, plan.inks.length, sheet, options, signal);
  const plates = await pressPlates(dots, plan, settings, sheet, rest);
  const toneInks = new Set(art.channels.flatMap(({ ink, kind }) => (kind === 'tone' ? [ink] : [])));
  const files: MadeFile[] = [];
  const reported: ReportedPlate[] = [];
  const outlined: OutlinedPlate[] = [];
  for (const plate of pressSheet(plan, settings, toneInks)) {
    const own = (plate.at === null ? plates.base : plates.inks[plate.at]) ?? NO_DOTS;
    outlined.push({ plate, areas: outlinesOf(own.areas, sheet) });
    const plane = mergedDots(own, sheet);
    const file = `${name}-${plate.order}-${slug(plate.name)}.${settings.format === 'tiff' ? 'tif' : 'png'}`;
    reported.push({ plate, file, dots: countDots(plane) });
    await stampMarks(plane, sheet, labelOf(plate, work, settings), plate, context);
    files.push(await plateFile(file, plane, plate, scene, sheet, work, rest));
  }
  files.push({
    name: `${name}-separations.pdf`,
    role: 'production',
    mediaType: 'application/pdf',
    data: await separationsPdf(art, work, plan, sheet, outlined, context),
    placement: scene.area.placementId,
    method: 'screen-print',
    widthMm: scene.area.widthMm,
    heightMm: scene.area.heightMm,
    bleedMm: 0,
    pages: 1,
    mirrored: settings.mirror,
  });
  const list = inkList(work, plan, reported, sheet, settings);
  files.push({
    name: `${name}-inks.json`,
    role: 'report',
    mediaType: 'application/json',
    data: list,
    placement: scene.area.placementId,
    method: 'screen-print',
  });
  return files;
};

const NO_DOTS: ScreenDots = { areas: null, tones: null };

/** A plate of its own to draw marks into. */
const mergedDots = ({ areas, tones }: ScreenDots, { widthPx, heightPx }: Sheet): WordPlane => {
  const plane = areas ? copyDots(areas) : blankWords(widthPx, heightPx);
  if (tones) addDots(plane, tones);
  return plane;
};

const plateFile = async (
  file: string,
  plane: WordPlane,
  plate: PressPlate,
  { area }: Scene,
  { widthPx, heightPx, dpi, region }: Sheet,
  { settings, title, label }: Work<ScreenPrintSettings>,
  rest: () => Promise<void>,
): Promise<MadeFile> => {
  const bits = bitsOf(settings.mirror ? mirrored(plane) : plane, dpi);
  const tiff = settings.format === 'tiff';
  const description = labelOf(plate, { title, label }, settings);
  await rest();
  return {
    name: file,
    role: 'production',
    mediaType: tiff ? 'image/tiff' : 'image/png',
    data: tiff ? await writeBitTiff(bits, rest, { compression: settings.compression, description }) : writeBitPng(bits),
    placement: area.placementId,
    method: 'screen-print',
    widthMm: quantizeMm(region.width),
    heightMm: quantizeMm(region.height),
    bleedMm: 0,
    widthPx,
    heightPx,
    dpi,
    mirrored: settings.mirror,
  };
};

/** Flipped left to right, dot by dot. */
const mirrored = (plane: WordPlane): WordPlane => {
  const out = blankWords(plane.widthPx, plane.heightPx);
  const { widthPx, heightPx, stride, words } = plane;
  for (let y = 0; y < heightPx; y++) {
    for (let word = 0; word < stride; word++) {
      const own = words[y * stride + word] ?? 0;
      for (let bit = 0, rest = own; rest !== 0; bit++, rest = (rest << 1) >>> 0) {
        if (rest < 0x8000_0000) continue;
        const x = widthPx - 1 - (word * 32 + bit);
        const at = y * stride + (x >> 5);
        out.words[at] = (out.words[at] ?? 0) | (0x8000_0000 >>> (x & 31));
      }
    }
  }
  return out;
};

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
