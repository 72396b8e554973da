import { sheetScene } from '../../scene/sheet-scene.ts';
import type { PdfDocument, PdfPage } from '../pdf/document.ts';
import { pageBoxes } from '../pdf/page-boxes.ts';
import type { RunSheet } from './run-sheet.ts';

export type RunSheetStamp = {
  readonly title: string;
  /** ISO 8601 with a zone. */
  readonly date: string;
};

/** A run sheet as an RGB document for `writePdf`, which asks for `sheet.picture` by its digest. */
export const runSheetDocument = ({ pages, widthMm, heightMm }: RunSheet, { title, date }: RunSheetStamp): PdfDocument => ({
  pages: pages.map((nodes): PdfPage => {
    const scene = sheetScene(nodes, widthMm, heightMm);
    return { scene, boxes: pageBoxes(scene.area, 0), marks: null, mirror: false };
  }),
  colour: { mode: 'rgb' },
  title,
  date,
  creator: 'Platen',
});
