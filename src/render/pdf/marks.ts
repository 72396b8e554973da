import { type Path, PathBuilder } from '../../geometry/path.ts';
import { centreOf, type Rect } from '../../geometry/point.ts';
import { ptToMm } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import type { PageBoxes } from './document.ts';
import { pathOperators } from './path-operators.ts';
import { coord, ratio } from './syntax.ts';

/** Marks stay this far outside the bleed, and at least twice as far from the trim, so that no cut ever shows one. */
const GAP_MM = 1;
const LONGEST_MM = 5;
const SHORTEST_MM = 2;
const WEIGHT_MM = ptToMm(0.25);
const PEN = `${ratio(WEIGHT_MM)} w 0 J 0 j 10 M`;
/** Circle radius and arm of a register mark; it needs 2 x arm of room beside the bleed. */
const CIRCLE_MM = 1.5;
const ARM_MM = 2.5;

type Room = { readonly start: number; readonly length: number };

const roomFor = (bleedMm: number, mediaMm: number): Room => {
  const start = Math.max(bleedMm + GAP_MM, 2 * GAP_MM);
  return { start, length: Math.min(LONGEST_MM, mediaMm - start) };
};

const outward = (trim: Rect, outer: Rect): readonly [number, number, number, number] => [
  trim.x - outer.x,
  trim.y - outer.y,
  outer.x + outer.width - trim.x - trim.width,
  outer.y + outer.height - trim.y - trim.height,
];

/** Eight lines that point at the corners of the trim box. */
const cropMarks = (trim: Rect, rooms: readonly [Room, Room, Room, Room]): PathBuilder => {
  const [left, top, right, bottom] = rooms;
  const marks = new PathBuilder();
  for (const x of [trim.x, trim.x + trim.width]) {
    marks.moveTo(x, trim.y - top.start).lineTo(x, trim.y - top.start - top.length);
    marks.moveTo(x, trim.y + trim.height + bottom.start).lineTo(x, trim.y + trim.height + bottom.start + bottom.length);
  }
  for (const y of [trim.y, trim.y + trim.height]) {
    marks.moveTo(trim.x - left.start, y).lineTo(trim.x - left.start - left.length, y);
    marks.moveTo(trim.x + trim.width + right.start, y).lineTo(trim.x + trim.width + right.start + right.length, y);
  }
  return marks;
};

/** Control distance of a quarter circle drawn as one cubic. */
const ROUND = 0.5522847498;

const registerMark = (marks: PathBuilder, x: number, y: number): void => {
  const [r, h] = [CIRCLE_MM, CIRCLE_MM * ROUND];
  marks
    .moveTo(x + r, y)
    .cubicTo(x + r, y + h, x + h, y + r, x, y + r)
    .cubicTo(x - h, y + r, x - r, y + h, x - r, y)
    .cubicTo(x - r, y - h, x - h, y - r, x, y - r)
    .cubicTo(x + h, y - r, x + r, y - h, x + r, y)
    .close();
  marks.moveTo(x - ARM_MM, y).lineTo(x + ARM_MM, y);
  marks.moveTo(x, y - ARM_MM).lineTo(x, y + ARM_MM);
};

const registerMarks = ({ trim, bleed }: PageBoxes): PathBuilder => {
  const marks = new PathBuilder();
  const { x, y } = centreOf(trim);
  const away = GAP_MM + ARM_MM;
  registerMark(marks, x, bleed.y - away);
  registerMark(marks, x, bleed.y + bleed.height + away);
  registerMark(marks, bleed.x - away, y);
  registerMark(marks, bleed.x + bleed.width + away, y);
  return marks;
};

/**
 * Operators for the marks around a page, in its millimetres, without a colour: the caller sets the colour of every plate.
 * Throws Problem 'pdf.marks' when the sheet leaves too little room for them.
 */
export const markOperators = (boxes: PageBoxes, wanted: { readonly crop: boolean; readonly registration: boolean }): string => {
  const bleeds = outward(boxes.trim, boxes.bleed);
  const medias = outward(boxes.trim, boxes.media);
  const rooms = bleeds.map((bleedMm, side) => roomFor(bleedMm, medias[side] ?? 0));
  const [left, top, right, bottom] = rooms;
  if (!left || !top || !right || !bottom) return '';
  const tooShort = wanted.crop && rooms.some(({ length }) => length < SHORTEST_MM);
  const tooNarrow = wanted.registration && bleeds.some((bleedMm, side) => (medias[side] ?? 0) - bleedMm < GAP_MM + 2 * ARM_MM);
  if (tooShort || tooNarrow) {
    const room = Math.min(...bleeds.map((bleedMm, side) => (medias[side] ?? 0) - bleedMm));
    throw new Problem('pdf.marks', `expected ${GAP_MM + 2 * ARM_MM} mm beside the bleed for printer's marks, got ${coord(room)} mm`);
  }
  const paths = [
    ...(wanted.crop ? [cropMarks(boxes.trim, [left, top, right, bottom])] : []),
    ...(wanted.registration ? [registerMarks(boxes)] : []),
  ];
  return [PEN, ...paths.map((path) => `${pathOperators(path.finish())} S`)].join('\n');
};

/** Operators that draw lines as thin as all marks, without a colour. */
export const strokedMarks = (path: Path): string => `${PEN}\n${pathOperators(path)} S`;
