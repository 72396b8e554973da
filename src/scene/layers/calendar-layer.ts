import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { joinPaths, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { centreOf, inflate, type Rect, rectOf } from '../../geometry/point.ts';
import { subtractPaths } from '../../geometry/polygons.ts';
import { ellipsePath, heartPath, roundedRectPath } from '../../geometry/shapes.ts';
import type { Finding } from '../../model/finding.ts';
import type { ColourInput } from '../../model/paint.ts';
import type { CalendarFields } from '../../model/special-layers.ts';
import type { TextFieldsInput } from '../../model/text-layer.ts';
import type { SceneNode } from '../scene.ts';
import { filled } from '../special/draw.ts';
import { FIGURE_EM, figureOf, weldGlyphs } from '../special/figure.ts';
import { daysIn, namesOf, type Week, weeksOf } from '../special/month-grid.ts';
import { setText } from '../special/set-text.ts';
import { runsLeftwards, weekendOf, weekStartOf } from '../special/week.ts';
import { type ComposeContext, type Composed, joinComposed, NOTHING } from './context.ts';

type Mark = CalendarFields['marks'][number];

/** Heights in rows of the grid. */
const TITLE = 1.15;
const TITLE_GAP = 0.35;
const DAY_NAMES = 0.75;
/** The digits take these parts of a cell. */
const DIGITS_WIDE = 0.56;
const DIGITS_HIGH = 0.44;

/** Everything that the cells of one month share. */
type Grid = {
  readonly layer: CalendarFields;
  readonly pointer: string;
  readonly context: ComposeContext;
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly size: number;
  readonly start: number;
  /** Days of rest, 0 for Sunday. */
  readonly weekend: readonly number[];
  /** Weeks run from right to left. */
  readonly leftwards: boolean;
};

/** The cell of a day; the first column is that where its language begins to read. */
const cellOf = ({ x, y, cellWidth, cellHeight, leftwards }: Grid, row: number, column: number): Rect =>
  rectOf(x + (leftwards ? 6 - column : column) * cellWidth, y + row * cellHeight, cellWidth, cellHeight);

/** One month, its days in a grid of weeks. */
export const composeCalendar = (layer: CalendarFields, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const names = namesOf(layer, pointer);
  const start = weekStartOf(layer);
  const weeks = weeksOf(layer.year, layer.month, start);
  const head = layer.title === 'none' ? 0 : TITLE + TITLE_GAP;
  const dayRow = layer.days === 'none' ? 0 : DAY_NAMES;
  const cellHeight = box.height / (head + dayRow + weeks.length);
  const cellWidth = box.width / (layer.weekNumbers ? 7.8 : 7);
  const leftwards = runsLeftwards(layer.locale);
  const x = leftwards ? box.x : box.x + box.width - 7 * cellWidth;
  const y = box.y + (head + dayRow) * cellHeight;
  const size = digitSize(layer, cellWidth, cellHeight, context);
  const grid: Grid = { layer, pointer, context, x, y, cellWidth, cellHeight, size, start, weekend: weekendOf(layer.locale), leftwards };
  const muted = layer.muted ?? layer.fill;
  const title = head === 0 ? NOTHING : titleOf(names.title, rectOf(box.x, box.y, box.width, TITLE * cellHeight), grid);
  const daySize = labelSize(names.days, cellWidth * 0.88, grid);
  const days =
    dayRow === 0
      ? []
      : Array.from({ length: 7 }, (_, column) => {
          const day = (start + column) % 7;
          const cell = { ...cellOf(grid, 0, column), y: y - DAY_NAMES * cellHeight, height: DAY_NAMES * cellHeight };
          return label(
            names.days[day] ?? '',
            cell,
            { fill: grid.weekend.includes(day) ? (layer.weekend ?? muted) : muted, size: daySize, at: 'names' },
            grid,
          );
        });
  const numbers = layer.weekNumbers
    ? weeks.map(({ number }, row) => {
        const edge = leftwards ? box.x + box.width - cellWidth * 0.8 : box.x;
        const cell = rectOf(edge, y + row * cellHeight, cellWidth * 0.8, cellHeight);
        return label(String(number), cell, { fill: muted, size: size * 0.52, at: 'weekNumbers' }, grid);
      })
    : [];
  const rules: Composed = { nodes: rulesOf(weeks, grid, muted), findings: [] };
  const cells = weeks.flatMap((week, row) =>
    week.days.flatMap((day, column) => (day === null ? [] : [composeDay(day, row, column, grid)])),
  );
  const set = joinComposed([rules, title, ...days, ...numbers, ...cells]);
  return { nodes: set.nodes, findings: [...set.findings, ...marksOutside(layer, pointer)] };
};

/** One size for all days: that at which the widest of them fits. */
const digitSize = (layer: CalendarFields, cellWidth: number, cellHeight: number, { fonts }: ComposeContext): number => {
  const { ink } = figureOf({ text: '28', font: layer.font }, fonts, '');
  if (!ink) return cellHeight * DIGITS_HIGH;
  return Math.min((cellWidth * DIGITS_WIDE) / ink.width, (cellHeight * DIGITS_HIGH) / ink.height) * FIGURE_EM;
};

const titleOf = (text: string, box: Rect, { layer, context, pointer, leftwards }: Grid): Composed =>
  setText(
    {
      text,
      font: layer.titleFont ?? layer.font,
      fill: layer.accent ?? layer.fill,
      locale: layer.locale,
      size: box.height,
      edge: 'ink',
      tracking: leftwards ? 0 : 20,
    },
    box,
    context.fonts,
    `${pointer}/title`,
  );

type Label = { readonly fill: ColourInput; readonly size: number; readonly at: string };

/** One size for the names of all days: that at which the longest has room. */
const labelSize = (texts: readonly string[], widthMm: number, { layer, context, size, cellHeight }: Grid): number => {
  const widths = texts.map((text) => figureOf({ text, font: layer.font }, context.fonts, '').ink?.width ?? 0);
  const widest = Math.max(...widths, 1) / FIGURE_EM;
  return Math.min(size * 0.66, cellHeight * 0.6, widthMm / widest);
};

const label = (text: string, box: Rect, { fill, size, at }: Label, { layer, context, pointer }: Grid): Composed => {
  const fields: TextFieldsInput = { text, font: layer.font, fill, locale: layer.locale, size, fit: { mode: 'fixed' } };
  return setText(fields, box, context.fonts, `${pointer}/${at}`);
};

const composeDay = (day: number, row: number, column: number, grid: Grid): Composed => {
  const { layer, pointer, context, size, start } = grid;
  const cell = cellOf(grid, row, column);
  const marks = layer.marks.flatMap((mark, i) => (mark.day === day ? [{ mark, at: `${pointer}/marks/${i}` }] : []));
  const ground = marks.find(({ mark }) => mark.style === 'disc' || mark.style === 'heart' || mark.style === 'square');
  const rings = marks.filter(({ mark }) => mark.style === 'ring').map(({ mark, at }) => ring(mark, cell, grid, at));
  const bold = marks.find(({ mark }) => mark.style === 'bold');
  if (ground) {
    const figure = digits(day, cell, grid);
    const shape = subtractPaths(groundPath(ground.mark.style, cell, size), figure.path);
    return { nodes: [filled(shape, colourOfMark(ground.mark, grid), ground.at), ...rings], findings: figure.findings };
  }
  const weekend = grid.weekend.includes((start + column) % 7) ? layer.weekend : undefined;
  const colour = bold ? colourOfMark(bold.mark, grid) : (weekend ?? layer.fill);
  const text: TextFieldsInput = {
    text: String(day),
    font: layer.font,
    fill: colour,
    size,
    emoji: false,
    fit: { mode: 'fixed' },
    ...(bold ? { outlines: [{ width: size * 0.035, colour }], weld: true } : {}),
  };
  const set = setText(text, cell, context.fonts, pointer);
  return { nodes: [...rings, ...set.nodes], findings: set.findings };
};

const colourOfMark = (mark: Mark, { layer }: Grid): ColourInput => mark.colour ?? layer.accent ?? layer.fill;

/** The digits of a day as an outline in the middle of its cell, to be left clear in a ground. */
const digits = (
  day: number,
  cell: Rect,
  { layer, context, size, pointer }: Grid,
): { readonly path: Path; readonly findings: readonly Finding[] } => {
  const { glyphs, ink, findings } = figureOf({ text: String(day), font: layer.font }, context.fonts, pointer);
  if (!ink) return { path: joinPaths([]), findings };
  const [at, of, scale] = [centreOf(cell), centreOf(ink), size / FIGURE_EM];
  const map = multiply(translation(at.x, at.y), scaling(scale), translation(-of.x, -of.y));
  return { path: transformPath(weldGlyphs(glyphs), map), findings };
};

/** How far a mark reaches: a part of the smaller side of its cell, and never less than what holds the digits. */
const markRect = (cell: Rect, size: number, share: number): Rect => {
  const side = Math.min(Math.max(Math.min(cell.width, cell.height) * share, size * 1.45), Math.max(cell.width, cell.height) * 0.98);
  const { x, y } = centreOf(cell);
  return rectOf(x - side / 2, y - side / 2, side, side);
};

const groundPath = (style: Mark['style'], cell: Rect, size: number): Path => {
  const rect = markRect(cell, size, style === 'heart' ? 0.98 : 0.84);
  if (style === 'disc') return ellipsePath(rect);
  if (style === 'square') return roundedRectPath(rect, rect.width * 0.16);
  // The middle of a heart lies above that of its box.
  const grown = rectOf(rect.x - rect.width * 0.06, rect.y - rect.height * 0.01, rect.width * 1.12, rect.height * 1.12);
  return heartPath(grown);
};

const ring = (mark: Mark, cell: Rect, grid: Grid, pointer: string): SceneNode => {
  const outer = markRect(cell, grid.size, 0.84);
  const width = Math.max(outer.width * 0.045, 0.1);
  const inner = rectOf(outer.x + width, outer.y + width, outer.width - 2 * width, outer.height - 2 * width);
  return filled(subtractPaths(ellipsePath(outer), ellipsePath(inner)), colourOfMark(mark, grid), pointer);
};

/** Lines above each week, or a box round each day. */
const rulesOf = (weeks: readonly Week[], grid: Grid, colour: ColourInput): readonly SceneNode[] => {
  const { layer, pointer, x, y, cellWidth, cellHeight, size } = grid;
  const width = Math.max(size * 0.03, 0.1);
  if (layer.grid === 'plain') return [];
  if (layer.grid === 'lines') {
    const bars = weeks.map((_, row) => rectPath(rectOf(x, y + row * cellHeight, cellWidth * 7, width)));
    return [filled(joinPaths(bars), colour, `${pointer}/grid`)];
  }
  const gap = Math.min(cellWidth, cellHeight) * 0.05;
  const frames = weeks.flatMap(({ days }, row) =>
    days.flatMap((day, column) => {
      if (day === null) return [];
      const outer = inflate(cellOf(grid, row, column), -gap);
      const inner = rectOf(outer.x + width, outer.y + width, outer.width - 2 * width, outer.height - 2 * width);
      const radius = Math.min(outer.width, outer.height) * 0.12;
      return [roundedRectPath(outer, radius), roundedRectPath(inner, Math.max(0, radius - width))];
    }),
  );
  return [filled(joinPaths(frames), colour, `${pointer}/grid`, 'evenodd')];
};

const marksOutside = ({ year, month, marks }: CalendarFields, pointer: string): readonly Finding[] => {
  const last = daysIn(year, month);
  return marks.flatMap(({ day }, i): readonly Finding[] =>
    day <= last
      ? []
      : [
          {
            severity: 'error',
            code: 'calendar.no-such-day',
            pointer: `${pointer}/marks/${i}/day`,
            message: `The month has ${last} days, so day ${day} cannot be marked.`,
            hint: 'Correct the day, the month or the year.',
            measured: day,
            required: last,
          },
        ],
  );
};
