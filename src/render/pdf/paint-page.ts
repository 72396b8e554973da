import { type Affine, IDENTITY, multiply } from '../../geometry/affine.ts';
import { isEmptyPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { mmToPt } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import type { GroupNode, SceneNode } from '../../scene/scene.ts';
import { compressed } from './compressed.ts';
import { ContentStream } from './content-stream.ts';
import type { PageBoxes, PageLayer, PdfDocument, PdfPage, PdfSheet } from './document.ts';
import type { Inks } from './inks.ts';
import type { Layers } from './layers.ts';
import { markOperators, strokedMarks } from './marks.ts';
import { boxText, checkBoxes } from './page-boxes.ts';
import type { NodePainter, Target } from './paint-nodes.ts';
import type { PdfFile } from './pdf-file.ts';
import { coord, matrix, ref } from './syntax.ts';

/** What all pages of a file share. */
export type Shared = {
  readonly file: PdfFile;
  readonly inks: Inks;
  readonly painter: NodePainter;
  readonly layers: Layers;
  /** The operator that asks for the rendering intent of tagged pictures; empty in RGB. */
  readonly intent: string;
  readonly pagesId: number;
  readonly markInk: NonNullable<PdfDocument['markInk']>;
};

/** Millimetres of the scene (y down) to points of the sheet (y up). */
const pageMap = ({ media }: PageBoxes): Affine => {
  const k = mmToPt(1);
  return [k, 0, 0, -k, -media.x * k, (media.y + media.height) * k];
};

const mirrorMap = ({ trim }: PageBoxes): Affine => [-1, 0, 0, 1, 2 * trim.x + trim.width, 0];

const clipTo = ({ x, y, width, height }: Rect): string => `${[x, y, width, height].map(coord).join(' ')} re W n`;

const within = ({ layers }: Shared, { stream }: Target, layer: string | undefined, paint: () => void): void => {
  if (layer !== undefined) stream.add(`/OC ${stream.use('Properties', layers.idOf(layer))} BDC`);
  stream.save();
  paint();
  stream.restore();
  if (layer !== undefined) stream.add('EMC');
};

const paintLayers = (shared: Shared, target: Target, layers: readonly PageLayer[]): void => {
  for (const { layer, plates = [], nodes = [] } of layers)
    within(shared, target, layer, () => {
      for (const plate of plates) shared.painter.paintPlate(target, plate);
      shared.painter.paint(target, nodes);
    });
};

/**
 * Art over a white or varnish plate must not erase it, and on its own it would: a process colour clears the spot plates below. Multiplied as
 * one group it leaves them whole (no ink times ink is ink) and stays as it is, since no process ink lies below. Overprint would say the same,
 * but Ghostscript forgets it for pictures with alpha, fades and groups.
 */
const overPlates = (children: readonly SceneNode[]): GroupNode => ({
  kind: 'group',
  pointer: '',
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'multiply',
  children,
});

/** Everything of a page but its marks; `toSpace` takes its millimetres to the space that patterns of the stream live in. */
const paintArt = (shared: Shared, page: PdfPage, stream: ContentStream, toSpace: Affine): void => {
  const { painter } = shared;
  const below = page.under ?? [];
  const { bleed, media } = page.boxes;
  const base = page.mirror ? multiply(toSpace, mirrorMap(page.boxes)) : toSpace;
  const sheet = { stream, base, visible: media };
  stream.save();
  if (page.mirror) stream.add(`${matrix(mirrorMap(page.boxes))} cm`);
  paintLayers(shared, sheet, below);
  within(shared, sheet, page.artLayer, () => {
    stream.add(clipTo(bleed));
    painter.paint({ stream, base, visible: bleed }, below.length > 0 ? [overPlates(page.scene.nodes)] : page.scene.nodes);
  });
  painter.paint(sheet, page.extra ?? []);
  paintLayers(shared, sheet, page.over ?? []);
  stream.restore();
};

const drawMarks = ({ inks, markInk }: Shared, stream: ContentStream, operators: string): void => {
  stream.save().add(markInk === 'process' ? inks.allProcess() : `${stream.use('ColorSpace', inks.everyPlate())} CS 1 SCN`);
  stream.add(operators).restore();
};

const paintMarks = (shared: Shared, { boxes, marks }: PdfPage, stream: ContentStream, base: Affine): void => {
  if (!marks) return;
  if (marks.crop || marks.registration) drawMarks(shared, stream, markOperators(boxes, marks));
  shared.painter.paint({ stream, base, visible: boxes.media }, marks.slug ?? []);
};

const startPage = ({ intent }: Shared, toPoints: Affine): ContentStream => new ContentStream().add(`${intent}${matrix(toPoints)} cm`);

const finishPage = ({ file, inks, pagesId }: Shared, boxes: PageBoxes, stream: ContentStream): number => {
  const { bytes, filter } = compressed(stream.text());
  const contents = file.addStream(filter.trimStart(), bytes);
  const box = (which: 'media' | 'bleed' | 'trim'): string => boxText(boxes[which], boxes.media);
  return file.add(
    `<< /Type /Page /Parent ${ref(pagesId)} /MediaBox ${box('media')} /BleedBox ${box('bleed')} /TrimBox ${box('trim')} /Resources ${stream.resources()} /Contents ${ref(contents)} /Group << /S /Transparency /CS ${inks.deviceSpace} /I true >> >>`,
  );
};

/** Writes a page of its own; gives its object id. */
export const addPage = (shared: Shared, page: PdfPage): number => {
  checkBoxes(page.boxes);
  const toPoints = pageMap(page.boxes);
  const stream = startPage(shared, toPoints);
  paintArt(shared, page, stream, toPoints);
  paintMarks(shared, page, stream, toPoints);
  return finishPage(shared, page.boxes, stream);
};

/** The pages of a document as forms, each written when it is first placed. */
export class PageForms {
  readonly #shared: Shared;
  readonly #pages: readonly PdfPage[];
  readonly #forms = new Map<number, number>();

  constructor(shared: Shared, pages: readonly PdfPage[]) {
    this.#shared = shared;
    this.#pages = pages;
  }

  /** Throws Problem 'pdf.pages' for an index beyond the pages. */
  page(index: number): PdfPage {
    const page = this.#pages[index];
    if (!page) throw new Problem('pdf.pages', `expected a page from 0 to ${this.#pages.length - 1} for a sheet, got ${index}`);
    return page;
  }

  form(index: number): number {
    const known = this.#forms.get(index);
    if (known !== undefined) return known;
    const id = this.#write(this.page(index));
    this.#forms.set(index, id);
    return id;
  }

  /** No group of its own: blends and overprint meet the bare sheet exactly as on a page of their own. */
  #write(page: PdfPage): number {
    checkBoxes(page.boxes);
    const { x, y, width, height } = page.boxes.media;
    const stream = new ContentStream();
    paintArt(this.#shared, page, stream, IDENTITY);
    const { bytes, filter } = compressed(stream.text());
    const box = [x, y, x + width, y + height].map(coord).join(' ');
    return this.#shared.file.addStream(`/Type /XObject /Subtype /Form /BBox [${box}] /Resources ${stream.resources()}${filter}`, bytes);
  }
}

/** Writes an imposed sheet; gives its object id. */
export const addSheet = (shared: Shared, { boxes, places, marks, nodes = [] }: PdfSheet, forms: PageForms): number => {
  checkBoxes(boxes);
  const toPoints = pageMap(boxes);
  const stream = startPage(shared, toPoints);
  for (const { page, at, clip } of places) {
    stream.save().add(`${matrix(at)} cm ${clipTo(clip ?? forms.page(page).boxes.bleed)}`);
    stream.add(`${stream.use('XObject', forms.form(page))} Do`).restore();
  }
  if (marks && !isEmptyPath(marks)) drawMarks(shared, stream, strokedMarks(marks));
  shared.painter.paint({ stream, base: toPoints, visible: boxes.media }, nodes);
  return finishPage(shared, boxes, stream);
};
