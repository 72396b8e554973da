import { containsRect, inflate, type Rect, rectOf } from '../../geometry/point.ts';
import { mmToPt } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import type { SceneArea } from '../../scene/scene.ts';
import type { PageBoxes } from './document.ts';
import { points } from './syntax.ts';

/** Trim from the area, bleed around it, and a sheet that is `slugMm` larger than the bleed on every side (0 when there are no marks). */
export const pageBoxes = (area: Pick<SceneArea, 'widthMm' | 'heightMm' | 'bleedMm'>, slugMm: number): PageBoxes => {
  const trim = rectOf(0, 0, area.widthMm, area.heightMm);
  const bleed = inflate(trim, area.bleedMm);
  return { trim, bleed, media: inflate(bleed, slugMm) };
};

/** Largest page side that every reader accepts: 14,400 pt (PDF 1.6, annex C). */
const MAX_SIDE_PT = 14_400;

/** Throws Problem 'pdf.boxes' unless trim lies in bleed, bleed in media, and the page is one that readers accept. */
export const checkBoxes = ({ trim, bleed, media }: PageBoxes): void => {
  const nested = containsRect(bleed, trim, 1e-6) && containsRect(media, bleed, 1e-6);
  const side = mmToPt(Math.max(media.width, media.height));
  if (!nested) throw new Problem('pdf.boxes', 'expected trim inside bleed inside media for a page, got boxes that stick out');
  if (!(trim.width > 0 && trim.height > 0 && side <= MAX_SIDE_PT))
    throw new Problem('pdf.boxes', `expected a page of 0 to ${MAX_SIDE_PT} pt for a PDF, got ${media.width} x ${media.height} mm`);
};

/** A box as PDF writes it: points, y up, with the lower left of the sheet at 0,0. */
export const boxText = (box: Rect, media: Rect): string => {
  const left = box.x - media.x;
  const bottom = media.y + media.height - (box.y + box.height);
  return `[${[left, bottom, left + box.width, bottom + box.height].map((mm) => points(mmToPt(mm))).join(' ')}]`;
};
