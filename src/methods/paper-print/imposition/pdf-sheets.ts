import { type Affine, multiply, rotation, translation } from '../../../geometry/affine.ts';
import { rectOf } from '../../../geometry/point.ts';
import type { PdfSheet, SheetPlace } from '../../../render/pdf/document.ts';
import type { Imposition } from '../settings.ts';
import { sheetMarks } from './sheet-marks.ts';
import type { PageSize, PlacedPage, SheetPlan } from './sheet-plan.ts';

/** Planned sheets as pages of a PDF. */
export const pdfSheets = (plans: readonly SheetPlan[], size: PageSize, { sheet, marks }: Imposition): readonly PdfSheet[] =>
  plans.map((plan) => {
    const box = rectOf(0, 0, sheet[0], sheet[1]);
    return {
      boxes: { trim: box, bleed: box, media: box },
      places: plan.pages.flatMap((placed) => placeOf(placed, size)),
      marks: marks ? sheetMarks(plan, size, sheet) : null,
    };
  });

const placeOf = ({ page, trim, turn, reach }: PlacedPage, { widthMm, heightMm }: PageSize): readonly SheetPlace[] => {
  if (page === null) return [];
  const { left, top, right, bottom } = reach;
  return [{ page, at: turned(trim, turn), clip: rectOf(-left, -top, widthMm + left + right, heightMm + top + bottom) }];
};

/** Trim-box mm of a page to its place: turned clockwise, with its corner put back to the top left of the trim. */
const turned = ({ x, y, width, height }: PlacedPage['trim'], turn: PlacedPage['turn']): Affine => {
  switch (turn) {
    case 0:
      return translation(x, y);
    case 90:
      return multiply(translation(x + width, y), rotation(90));
    case 180:
      return multiply(translation(x + width, y + height), rotation(180));
    case 270:
      return multiply(translation(x, y + height), rotation(270));
  }
};
