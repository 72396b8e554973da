import { inflate, type Rect, rectOf } from '../../geometry/point.ts';
import { MM_PER_INCH } from '../../geometry/units.ts';
import { sha256 } from '../../model/digest.ts';
import type { PixelImage } from '../../render/adjust/pixel-image.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import { pause } from '../../render/raster/pause.ts';
import { needleBox } from '../../render/stitches/needle-box.ts';
import { runSheet } from '../../render/stitches/run-sheet.ts';
import { runSheetDocument } from '../../render/stitches/run-sheet-document.ts';
import { type StitchPicture, stitchPixels } from '../../render/stitches/stitch-pixels.ts';
import { stitchSvg } from '../../render/stitches/stitch-svg.ts';
import { writeArtPng } from '../../render/white/white-files.ts';
import { writePlanJson } from '../../stitch/formats/plan-json.ts';
import type { MadeFile, MakeContext } from '../method.ts';
import { hoopsOf } from './hoop.ts';
import { patchPicture } from './patch-look.ts';
import { qualityJson } from './quality-json.ts';
import { runSheetNotes } from './run-sheet-notes.ts';
import { EMBROIDERY_SHEETS } from './settings.ts';
import { roundMm, type SewnPage } from './sewn-page.ts';

type Sheet = (typeof EMBROIDERY_SHEETS)[number];

/** Cloth around the stitches in pictures, mm. */
const AROUND_MM = 3;
const PLAIN_CLOTH = '#f1f0ec';

/** What the settings ask for beside machine files. */
export const sheetFiles = async (page: SewnPage, context: MakeContext): Promise<readonly MadeFile[]> => {
  const files: MadeFile[] = [];
  for (const sheet of EMBROIDERY_SHEETS.filter((one) => page.work.settings.sheets.includes(one))) {
    await pause(context.signal);
    files.push(await sheetFile(sheet, page, context));
  }
  return files;
};

const sheetFile = (sheet: Sheet, page: SewnPage, context: MakeContext): Promise<MadeFile> => {
  switch (sheet) {
    case 'run-sheet':
      return runSheetFile(page, context);
    case 'picture':
      return pictureFile(page, context);
    case 'path':
      return Promise.resolve(pathFile(page));
    case 'plan':
      return Promise.resolve(planFile(page));
    case 'quality':
      return Promise.resolve(qualityFile(page));
  }
};

const reportFile = ({ stem, scene }: SewnPage, ending: string, mediaType: string, data: Uint8Array): MadeFile => ({
  name: `${stem}${ending}`,
  role: 'report',
  mediaType,
  data,
  placement: scene.area.placementId,
  method: 'embroidery',
});

const shownBox = ({ plan }: SewnPage): Rect => inflate(needleBox(plan) ?? rectOf(0, 0, 10, 10), AROUND_MM);

const runSheetFile = async (page: SewnPage, context: MakeContext): Promise<MadeFile> => {
  const { lettering, articleColour, picture, signal } = context;
  const { plan, work, scene } = page;
  const { title, label, date, settings } = work;
  const where = [scene.area.placementId, ...Object.entries(work.variant ?? {}).map(([option, value]) => `${option} ${value}`)].join(', ');
  const sheet = await runSheet(
    plan,
    {
      title,
      label,
      placement: where,
      date: date.slice(0, 10),
      fabric: settings.fabric,
      articleColour,
      hoops: hoopsOf(settings),
      notes: runSheetNotes(page),
      files: page.files.map(({ name, data }) => ({ name, sha256: sha256(data) })),
      picture: (view) => sewnPixels(page, view, context),
    },
    lettering,
    signal,
  );
  const pixelsOf = (digest: string) => (digest === sheet.picture.digest ? sheet.picture : picture(digest));
  const data = await writePdf(runSheetDocument(sheet, { title, date }), pixelsOf, signal);
  return {
    ...reportFile(page, '-run-sheet.pdf', 'application/pdf', data),
    role: 'production',
    widthMm: sheet.widthMm,
    heightMm: sheet.heightMm,
    bleedMm: 0,
    pages: sheet.pages.length,
  };
};

const pictureFile = async (page: SewnPage, context: MakeContext): Promise<MadeFile> => {
  const { articleColour, signal } = context;
  const dpi = page.work.settings.pictureDpi;
  const box = shownBox(page);
  const [widthPx, heightPx] = [box.width, box.height].map((mm) => Math.ceil((mm * dpi) / MM_PER_INCH));
  const [width, height] = [widthPx ?? 1, heightPx ?? 1].map((px) => (px * MM_PER_INCH) / dpi);
  const region = rectOf(box.x, box.y, width ?? box.width, height ?? box.height);
  const view = { region, widthPx: widthPx ?? 1, heightPx: heightPx ?? 1, background: articleColour ?? PLAIN_CLOTH };
  const pixels = await sewnPixels(page, view, context);
  const data = await writeArtPng(pixels, dpi, 'fast', signal);
  return {
    ...reportFile(page, '-stitches.png', 'image/png', data),
    widthMm: roundMm(region.width),
    heightMm: roundMm(region.height),
    widthPx: pixels.widthPx,
    heightPx: pixels.heightPx,
    dpi,
  };
};

/** Stitches on the article, or on the patches that lie on it. */
const sewnPixels = async (
  { plan, patches, scene }: SewnPage,
  view: StitchPicture & { readonly background: string },
  context: MakeContext,
): Promise<PixelImage> => {
  if (patches.length === 0) return stitchPixels(plan, view, context.signal);
  const { widthPx, heightPx } = view;
  return { widthPx, heightPx, rgba: await patchPicture({ scene, plan, patches }, view, context) };
};

const pathFile = (page: SewnPage): MadeFile => {
  const region = shownBox(page);
  const data = stitchSvg(page.plan, { title: page.work.title, region, jumps: true, lineMm: 0.2 });
  return { ...reportFile(page, '-path.svg', 'image/svg+xml', data), widthMm: roundMm(region.width), heightMm: roundMm(region.height) };
};

const planFile = (page: SewnPage): MadeFile =>
  reportFile(page, '-plan.json', 'application/json', writePlanJson(page.plan, { name: page.work.title }));

const qualityFile = (page: SewnPage): MadeFile => reportFile(page, '-quality.json', 'application/json', qualityJson(page));
