import { type ColourTransform, type Intent, openTransform } from '../../colour/icc.ts';
import { type Affine, multiply } from '../../geometry/affine.ts';
import { mmToPt } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { compressed } from './compressed.ts';
import { ContentStream } from './content-stream.ts';
import { DEFAULT_OVERPRINT, type PageBoxes, type PdfColour, type PdfDocument, type PdfPage } from './document.ts';
import { Images } from './images.ts';
import { Inks } from './inks.ts';
import { Layers } from './layers.ts';
import { markOperators } from './marks.ts';
import { infoDictionary, xmpPacket } from './metadata.ts';
import { outputIntent } from './output-intent.ts';
import { boxText, checkBoxes } from './page-boxes.ts';
import { NodePainter } from './paint-nodes.ts';
import { PdfFile } from './pdf-file.ts';
import { coord, matrix, ref } from './syntax.ts';

const INTENT_NAMES: Readonly<Record<Intent, string>> = {
  perceptual: '/Perceptual',
  relative: '/RelativeColorimetric',
  saturation: '/Saturation',
  absolute: '/AbsoluteColorimetric',
};

/** What all pages of a file share. */
type Shared = {
  readonly file: PdfFile;
  readonly inks: Inks;
  readonly painter: NodePainter;
  readonly layers: Layers;
  /** The operator that asks for the rendering intent of tagged pictures; empty in RGB. */
  readonly intent: string;
  readonly pagesId: number;
};

/** Millimetres of the scene (y down) to points of the sheet (y up). */
const pageMap = ({ media }: PageBoxes): Affine => {
  const k = mmToPt(1);
  return [k, 0, 0, -k, -media.x * k, (media.y + media.height) * k];
};

const mirrorMap = ({ trim }: PageBoxes): Affine => [-1, 0, 0, 1, 2 * trim.x + trim.width, 0];

const paintArt = ({ painter, layers }: Shared, page: PdfPage, stream: ContentStream, toPoints: Affine): void => {
  const { bleed, media } = page.boxes;
  const base = page.mirror ? multiply(toPoints, mirrorMap(page.boxes)) : toPoints;
  stream.save();
  if (page.mirror) stream.add(`${matrix(mirrorMap(page.boxes))} cm`);
  stream.save().add(`${[bleed.x, bleed.y, bleed.width, bleed.height].map(coord).join(' ')} re W n`);
  painter.paint({ stream, base, visible: bleed }, page.scene.nodes);
  stream.restore();
  const sheet = { stream, base, visible: media };
  painter.paint(sheet, page.extra ?? []);
  for (const { layer, nodes } of page.layers ?? []) {
    stream.add(`/OC ${stream.use('Properties', layers.idOf(layer))} BDC`).save();
    painter.paint(sheet, nodes);
    stream.restore().add('EMC');
  }
  stream.restore();
};

const paintMarks = ({ inks, painter }: Shared, { boxes, marks }: PdfPage, stream: ContentStream, base: Affine): void => {
  if (!marks) return;
  if (marks.crop || marks.registration) {
    stream.save().add(`${stream.use('ColorSpace', inks.everyPlate())} CS 1 SCN`);
    stream.add(markOperators(boxes, marks)).restore();
  }
  painter.paint({ stream, base, visible: boxes.media }, marks.slug ?? []);
};

const addPage = (shared: Shared, page: PdfPage): number => {
  const { boxes } = page;
  const { file, inks, pagesId } = shared;
  checkBoxes(boxes);
  const toPoints = pageMap(boxes);
  const stream = new ContentStream();
  stream.add(`${shared.intent}${matrix(toPoints)} cm`);
  paintArt(shared, page, stream, toPoints);
  paintMarks(shared, page, stream, toPoints);
  const { bytes, filter } = compressed(stream.text());
  const contents = file.addStream(filter.trimStart(), bytes);
  const box = (which: 'media' | 'bleed' | 'trim'): string => boxText(boxes[which], boxes.media);
  return file.add(
    `<< /Type /Page /Parent ${ref(pagesId)} /MediaBox ${box('media')} /BleedBox ${box('bleed')} /TrimBox ${box('trim')} /Resources ${stream.resources()} /Contents ${ref(contents)} /Group << /S /Transparency /CS ${inks.deviceSpace} /I true >> >>`,
  );
};

const openColour = async (colour: PdfColour, direction: 'to press' | 'to screen'): Promise<ColourTransform | null> => {
  if (colour.mode === 'rgb') return null;
  const { profile, intent, maxInk } = colour;
  const [from, to] = direction === 'to press' ? (['srgb', profile.bytes] as const) : ([profile.bytes, 'srgb'] as const);
  let transform: ColourTransform | null = null;
  try {
    transform = await openTransform(from, to, intent, { blackPointCompensation: true, maxInk });
    const fits = transform.sourceChannels + transform.destinationChannels === 7;
    // One colour tells whether the tables inside can be used at all, while it is still plain which profile is at fault.
    if (fits) transform.colour(Array.from({ length: transform.sourceChannels }, () => 0.5));
    if (fits) return transform;
  } catch (cause) {
    transform?.dispose();
    throw new Problem('pdf.profile', `expected a CMYK output profile for the PDF, got "${profile.name}", which cannot be read`, { cause });
  }
  transform.dispose();
  throw new Problem('pdf.profile', `expected a CMYK output profile for the PDF, got "${profile.name}" with other channels`);
};

/**
 * Writes a PDF/X-4 file (PDF 1.6, one output intent, everything outlined) whose bytes depend on the document alone. Pictures are asked for
 * by the digest that scene nodes carry; the function returned must give the same picture each time it is asked.
 * Throws Problem 'pdf.boxes', 'pdf.marks', 'pdf.date', 'pdf.layer', 'pdf.number', 'pdf.pixels' or 'pdf.profile', and the reason of `signal` once aborted.
 */
export const writePdf = async (
  document: PdfDocument,
  pixelsOf: (digest: string) => DecodedImage,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  signal.throwIfAborted();
  const { colour } = document;
  const toPress = await openColour(colour, 'to press');
  const toScreen = colour.mode === 'cmyk' && colour.greys === 'k' ? await openColour(colour, 'to screen') : null;
  try {
    const file = new PdfFile();
    const rootId = file.reserve();
    const pagesId = file.reserve();
    const intentId = outputIntent(file, colour);
    const inks = new Inks(file, colour, toPress, toScreen);
    const images = new Images(file, colour, toPress, pixelsOf);
    const painter = new NodePainter(file, inks, images, { ...DEFAULT_OVERPRINT, ...document.overprint });
    const layers = new Layers(file, document.layers ?? []);
    const intent = colour.mode === 'cmyk' ? `${INTENT_NAMES[colour.intent]} ri ` : '';
    const shared: Shared = { file, inks, painter, layers, intent, pagesId };
    const pageIds: number[] = [];
    for (const page of document.pages) {
      signal.throwIfAborted();
      pageIds.push(addPage(shared, page));
      await images.writeAll(signal);
    }
    return finish(document, file, { rootId, pagesId, intentId, pageIds, layers });
  } finally {
    toPress?.dispose();
    toScreen?.dispose();
  }
};

type Ids = {
  readonly rootId: number;
  readonly pagesId: number;
  readonly intentId: number;
  readonly pageIds: readonly number[];
  readonly layers: Layers;
};

const finish = (document: PdfDocument, file: PdfFile, { rootId, pagesId, intentId, pageIds, layers }: Ids): Uint8Array => {
  if (pageIds.length === 0) throw new Problem('pdf.pages', 'expected at least one page for a PDF, got none');
  file.set(pagesId, `<< /Type /Pages /Count ${pageIds.length} /Kids [${pageIds.map(ref).join(' ')}] >>`);
  const infoId = file.add(infoDictionary(document));
  const metadataId = file.reserve();
  file.set(
    rootId,
    `<< /Type /Catalog /Version /1.6 /Pages ${ref(pagesId)} /OutputIntents [${ref(intentId)}] /Metadata ${ref(metadataId)}${layers.catalogEntry()} >>`,
  );
  const digest = file.digest();
  file.setStream(metadataId, '/Type /Metadata /Subtype /XML', xmpPacket(document, digest));
  return file.finish(rootId, infoId, digest.slice(0, 32).toUpperCase());
};
