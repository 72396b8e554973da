import { translation } from '../../geometry/affine.ts';
import { type Finding, hasErrors } from '../../model/finding.ts';
import type { PdfColour, PdfDocument, PdfLayer, PdfPage, PdfSheet } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import { renderCmykTiff } from '../../render/raster/render-cmyk-tiff.ts';
import type { Scene } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';
import { checkGamut } from '../checks/gamut.ts';
import { checkSpots } from '../checks/spots.ts';
import { heaviestInk, totalInkFindings } from '../checks/total-ink.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { bleedRegion, canvasOf } from '../region.ts';
import { checkTracedCuts } from './check-cuts.ts';
import { checkPages } from './check-imposition.ts';
import { checkPlates } from './check-plates.ts';
import type { FinishedPage } from './finished-page.ts';
import { finishLayer, finishOnPage, finishPage } from './finishing.ts';
import { type FinishingStep, STEP_ORDER } from './finishing-steps.ts';
import { pdfSheets } from './imposition/pdf-sheets.ts';
import { planSheets } from './imposition/plan-sheets.ts';
import type { PaperPrintSettings } from './settings.ts';

/** Room around the bleed for crop marks, registration marks and the slug line, mm. */
const MARKS_MM = 10;
const SLUG_HEIGHT_MM = 2.5;
/** The slug line keeps clear of the crop marks at the corner. */
const SLUG_INSET_MM = 12;

/** Layer of what presses print, in files that have others. */
const ART_LAYER = 'Print';

export const makePaperPrint = (work: Work<PaperPrintSettings>, context: MakeContext): Promise<Made> =>
  work.settings.format === 'pdf' ? makePdf(work, context) : makeTiffs(work, context);

/** One PDF for all pages of the work: trim and bleed boxes, outlines for text, pictures at their own resolution. */
const makePdf = async (work: Work<PaperPrintSettings>, context: MakeContext): Promise<Made> => {
  const { settings, pages } = work;
  const finished: FinishedPage[] = [];
  for (const scene of pages) finished.push(await finishPage(scene, settings, context));
  const layers = layersOf(finished);
  const document: PdfDocument = {
    pages: finished.map((page, i) => pdfPage(page, i, work, context, layers.length > 0)),
    colour: pdfColour(settings, context),
    title: work.title,
    date: work.date,
    creator: 'Platen',
    ...(layers.length > 0
      ? { layers, markInk: 'process' as const, overprint: { spots: layers.map(({ name }) => name).filter((name) => name !== ART_LAYER) } }
      : {}),
  };
  const [first] = pages;
  const file = {
    role: 'production',
    mediaType: 'application/pdf',
    placement: [...new Set(pages.map(({ area }) => area.placementId))].join('+'),
    method: 'paper-print',
    mirrored: settings.mirror,
  } as const;
  const pagesFile: MadeFile = {
    ...file,
    name: `${work.name}.pdf`,
    data: await writePdf(document, context.picture, context.signal),
    ...(first ? { widthMm: first.area.widthMm, heightMm: first.area.heightMm, bleedMm: first.area.bleedMm } : {}),
    pages: pages.length,
  };
  const findings = [
    ...checkPages(pages, settings),
    ...(await madeFindings(finished, document.colour, settings, context)),
    ...checkPlates(pagesFile.data, pages, settings),
  ];
  const sheets = hasErrors(findings) ? [] : sheetsOf(work);
  if (sheets.length === 0 || !settings.imposition) return { files: [pagesFile], findings };
  const sheetsFile: MadeFile = {
    ...file,
    name: `${work.name}-sheets.pdf`,
    data: await writePdf({ ...document, sheets }, context.picture, context.signal),
    widthMm: settings.imposition.sheet[0],
    heightMm: settings.imposition.sheet[1],
    bleedMm: 0,
    pages: sheets.length,
  };
  return { files: [pagesFile, sheetsFile], findings };
};

/** What is known only of finished pages: ink sums, and kiss cuts around pictures. */
const madeFindings = async (
  pages: readonly FinishedPage[],
  colour: PdfColour,
  settings: PaperPrintSettings,
  context: MakeContext,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [...spotsAcrossPages(pages)];
  for (const page of pages) {
    findings.push(...checkTracedCuts(page, settings));
    if (colour.mode === 'cmyk') {
      findings.push(...totalInkFindings(await heaviestInk(page.scene, colour, context), settings.totalInk, ''));
      findings.push(...(await checkGamut(page.scene, colour)));
    }
  }
  return findings;
};

/** Spot inks that agree on every page and yet not with one another: a file has one look for each name. */
const spotsAcrossPages = (pages: readonly FinishedPage[]): readonly Finding[] => {
  const nodes = pages.map(({ scene }) => scene.nodes);
  const told = new Set(nodes.flatMap((page) => checkSpots(page, [])).map((finding) => JSON.stringify(finding)));
  return checkSpots(nodes.flat(), []).filter((finding) => !told.has(JSON.stringify(finding)));
};

const sheetsOf = ({ pages, settings: { imposition } }: Work<PaperPrintSettings>): readonly PdfSheet[] => {
  const [first] = pages;
  return imposition && first ? pdfSheets(planSheets(pages.length, first.area, imposition), first.area, imposition) : [];
};

/** The layers of all pages from the sheet up, each once, with the art between white and the rest; none when nothing is finished. */
const layersOf = (pages: readonly FinishedPage[]): readonly PdfLayer[] => {
  const finishes = pages.flatMap((page) => page.finishes);
  if (finishes.length === 0) return [];
  const named = new Map(STEP_ORDER.flatMap((step) => finishes.filter((one) => one.step === step)).map((one) => [one.name, one]));
  const below = [...named.values()].filter(isBelow).map(finishLayer);
  const above = [...named.values()].filter((one) => !isBelow(one)).map(finishLayer);
  return [...below, { name: ART_LAYER, processingStep: null }, ...above];
};

const isBelow = ({ step }: { readonly step: FinishingStep }): boolean => step === 'white';

const pdfColour = (settings: PaperPrintSettings, context: MakeContext): PdfColour =>
  settings.colour === 'rgb'
    ? { mode: 'rgb' }
    : {
        mode: 'cmyk',
        profile: context.profile(settings.profile),
        intent: settings.intent,
        blackText: 'k100',
        greys: settings.greys,
        images: settings.images,
        maxInk: settings.maxInk / 100,
        holdsAll: settings.inkLimit === 'all',
      };

const pdfPage = (
  { scene, finishes }: FinishedPage,
  index: number,
  work: Work<PaperPrintSettings>,
  context: MakeContext,
  layered: boolean,
): PdfPage => {
  const { cropMarks, registrationMarks, slug, mirror } = work.settings;
  const marked = cropMarks || registrationMarks || slug;
  return {
    scene,
    boxes: pageBoxes(scene.area, marked ? MARKS_MM : 0),
    marks: marked ? { crop: cropMarks, registration: registrationMarks, slug: slug ? slugNodes(scene, index, work, context) : null } : null,
    mirror,
    ...(layered ? { artLayer: ART_LAYER } : {}),
    under: finishes.filter(isBelow).map(finishOnPage),
    over: finishes.filter((one) => !isBelow(one)).map(finishOnPage),
  };
};

const slugNodes = ({ area }: Scene, index: number, work: Work<PaperPrintSettings>, context: MakeContext) => {
  const size = `${area.widthMm} x ${area.heightMm} mm + ${area.bleedMm} mm`;
  const text = [work.label, work.title, area.placementId, size, `${index + 1}/${work.pages.length}`]
    .filter((part) => part !== '')
    .join('   ');
  const width = Math.max(20, area.widthMm - 2 * SLUG_INSET_MM);
  const down = translation(Math.min(SLUG_INSET_MM, area.widthMm / 4), area.heightMm + area.bleedMm + MARKS_MM - SLUG_HEIGHT_MM - 2);
  return context.lettering(text, width, SLUG_HEIGHT_MM).map((node) => transformNode(node, down));
};

/** One CMYK picture of trim and bleed for each page. Everything becomes pixels: black text is no longer on one plate alone. */
const makeTiffs = async ({ name, pages, settings }: Work<PaperPrintSettings>, context: MakeContext): Promise<Made> => {
  const { bytes: icc } = context.profile(settings.profile);
  const files: MadeFile[] = [];
  for (const [i, scene] of pages.entries()) {
    const { area } = scene;
    const region = bleedRegion(area);
    const canvas = canvasOf(region, settings.tiffDpi);
    const request = {
      ...canvas,
      dpi: settings.tiffDpi,
      region,
      background: '#ffffff',
      mirror: settings.mirror,
      icc,
      maxInk: settings.maxInk / 100,
    };
    files.push({
      name: `${name}${pages.length > 1 ? `-${i + 1}` : ''}.tif`,
      role: 'production',
      mediaType: 'image/tiff',
      data: await renderCmykTiff(scene, request, context.picture, context.signal),
      placement: area.placementId,
      method: 'paper-print',
      widthMm: area.widthMm,
      heightMm: area.heightMm,
      bleedMm: area.bleedMm,
      ...canvas,
      dpi: settings.tiffDpi,
      mirrored: settings.mirror,
    });
  }
  return { files, findings: [] };
};
