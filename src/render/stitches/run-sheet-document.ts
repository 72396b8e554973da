import { rectPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
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
    const area = {
      productId: '',
      placementId: '',
      widthMm,
      heightMm,
      bleedMm: 0,
      safeMm: 0,
      trim: rectPath(rectOf(0, 0, widthMm, heightMm)),
      keepOuts: [],
      folds: [],
    };
    return { scene: { version: 1, area, nodes }, boxes: pageBoxes(area, 0), marks: null, mirror: false };
  }),
  colour: { mode: 'rgb' },
  title,
  date,
  creator: 'Platen',
});
