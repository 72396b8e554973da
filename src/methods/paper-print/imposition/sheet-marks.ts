import { type Path, PathBuilder } from '../../../geometry/path.ts';
import type { PageSize, SheetPlan } from './sheet-plan.ts';

/** Marks begin this far outside the bleed and are this long, if the sheet has the room, mm. */
const GAP_MM = 1;
const LONGEST_MM = 5;
const SHORTEST_MM = 1.5;

/**
 * Crop marks around the block of pages, one pair for every edge of a trim, and fold marks. Of a booklet the marks are those of the outermost
 * sheet: inner ones are cut together with it.
 */
export const sheetMarks = (plan: SheetPlan, { widthMm, heightMm, bleedMm }: PageSize, [width, height]: readonly [number, number]): Path => {
  const [first] = plan.pages;
  const marks = new PathBuilder();
  if (!first) return marks.finish();
  const trims = plan.fold === null ? plan.pages.map(({ trim }) => trim) : spreadTrims(plan.fold, first.trim.y, widthMm, heightMm);
  const [xs, ys] = [distinct(trims.flatMap(({ x, width: w }) => [x, x + w])), distinct(trims.flatMap(({ y, height: h }) => [y, y + h]))];
  const edge = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  const away = Math.max(bleedMm, GAP_MM) + GAP_MM;
  const length = (room: number): number => Math.min(LONGEST_MM, room - away);
  for (const x of plan.fold === null ? xs : [...xs, plan.fold]) {
    const [up, down] = [length(edge.top), length(height - edge.bottom)];
    if (up >= SHORTEST_MM) marks.moveTo(x, edge.top - away).lineTo(x, edge.top - away - up);
    if (down >= SHORTEST_MM) marks.moveTo(x, edge.bottom + away).lineTo(x, edge.bottom + away + down);
  }
  for (const y of ys) {
    const [left, right] = [length(edge.left), length(width - edge.right)];
    if (left >= SHORTEST_MM) marks.moveTo(edge.left - away, y).lineTo(edge.left - away - left, y);
    if (right >= SHORTEST_MM) marks.moveTo(edge.right + away, y).lineTo(edge.right + away + right, y);
  }
  return marks.finish();
};

const spreadTrims = (fold: number, y: number, width: number, height: number) => [{ x: fold - width, y, width: 2 * width, height }];

const distinct = (values: readonly number[]): readonly number[] =>
  [...values].sort((a, b) => a - b).filter((value, i, all) => i === 0 || value - (all[i - 1] ?? 0) > 1e-6);
