import type { Intent } from '../../colour/icc.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { DEFAULT_OVERPRINT, type PdfDocument } from './document.ts';
import { Images } from './images.ts';
import { Inks } from './inks.ts';
import { Layers } from './layers.ts';
import { infoDictionary, xmpPacket } from './metadata.ts';
import { openColour } from './open-colour.ts';
import { outputIntent } from './output-intent.ts';
import { NodePainter } from './paint-nodes.ts';
import { addPage, addSheet, PageForms, type Shared } from './paint-page.ts';
import { PdfFile } from './pdf-file.ts';
import { ref } from './syntax.ts';

const INTENT_NAMES: Readonly<Record<Intent, string>> = {
  perceptual: '/Perceptual',
  relative: '/RelativeColorimetric',
  saturation: '/Saturation',
  absolute: '/AbsoluteColorimetric',
};

/**
 * Writes a PDF/X-4 file (PDF 1.6, one output intent, everything outlined) whose bytes depend on the document alone. Pictures are asked for
 * by the digest that scene nodes carry; the function returned must give the same picture each time it is asked.
 * Throws Problem 'pdf.boxes', 'pdf.marks', 'pdf.date', 'pdf.layer', 'pdf.number', 'pdf.pages', 'pdf.pixels' or 'pdf.profile', and the reason of `signal` once aborted.
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
    for (const spot of document.spots ?? []) inks.separation(spot);
    const images = new Images(file, colour, toPress, pixelsOf);
    const painter = new NodePainter(file, inks, images, { ...DEFAULT_OVERPRINT, ...document.overprint }, repeatedOn(document.pages));
    const layers = new Layers(file, document.layers ?? []);
    const intent = colour.mode === 'cmyk' ? `${INTENT_NAMES[colour.intent]} ri ` : '';
    const shared: Shared = { file, inks, painter, layers, intent, pagesId, markInk: document.markInk ?? 'every plate' };
    const pageIds: number[] = [];
    for (const add of pageWriters(document, shared)) {
      signal.throwIfAborted();
      pageIds.push(add());
      await images.writeAll(signal);
    }
    return finish(document, file, { rootId, pagesId, intentId, pageIds, layers });
  } finally {
    toPress?.dispose();
    toScreen?.dispose();
  }
};

/** Groups that several pages share: the very same object, as masters of books are. */
const repeatedOn = (pages: PdfDocument['pages']): ReadonlySet<SceneNode> => {
  const [seen, repeated] = [new Set<SceneNode>(), new Set<SceneNode>()];
  for (const { scene } of pages) {
    for (const node of new Set(scene.nodes)) {
      if (node.kind === 'group' && seen.has(node)) repeated.add(node);
      seen.add(node);
    }
  }
  return repeated;
};

const pageWriters = ({ pages, sheets }: PdfDocument, shared: Shared): readonly (() => number)[] => {
  if (!sheets) return pages.map((page) => () => addPage(shared, page));
  const parts = new PageForms(shared, pages);
  return sheets.map((sheet) => () => addSheet(shared, sheet, parts));
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
