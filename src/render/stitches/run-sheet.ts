import { createHash } from 'node:crypto';
import { type Colour, colourFromHex, type SrgbColour, WHITE } from '../../colour/colour.ts';
import { PathBuilder, rectPath } from '../../geometry/path.ts';
import { centreOf, inflate, type Point, type Rect, rectOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { RasterNode, SceneNode } from '../../scene/scene.ts';
import { type BlockFacts, MACHINE_PACE, type StitchFacts, stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import type { Lettering } from '../lettering.ts';
import { type Pen, SHEET_GREY, SHEET_INK, SHEET_RULE, sheetPen, sheetRule, sheetShape } from '../sheets/sheet-pen.ts';
import { type Hoop, smallestHoop } from './hoops.ts';
import { needleBox } from './needle-box.ts';
import { stitchPixels } from './stitch-pixels.ts';

/** What the sheet says beside the plan. Text is printed as it is; empty text is left out. */
export type RunSheetFacts = {
  readonly title: string;
  /** Order reference and the like. */
  readonly label: string;
  /** Where it goes: "Crew tee, left chest, size M". */
  readonly placement: string;
  readonly date: string;
  /** The cloth it was digitised for. */
  readonly fabric: string;
  /** Colour of the article, "#rrggbb": the picture's ground. */
  readonly articleColour: string | null;
  /** Hoops of the shop; left out: common ones. The smallest that holds the design is named. */
  readonly hoops?: readonly Hoop[];
  readonly notes: readonly string[];
};

/** Pages of A4 as nodes in mm of the page, and the picture that the first of them shows: for the writer's `pixelsOf`. */
export type RunSheet = {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly pages: readonly (readonly SceneNode[])[];
  readonly picture: DecodedImage;
};

const PAGE = { widthMm: 210, heightMm: 297 };
const MARGIN = 15;
const INNER = PAGE.widthMm - 2 * MARGIN;
const PICTURE_TOP = 38;
const PICTURE_HIGH = 112;
const AROUND_MM = 4;
const PICTURE_PER_MM = 300 / 25.4;
/** From the picture to the figures and from them to the table. */
const GAP = 10;
const FIGURE_ROW = 10.5;
const FIGURES_HIGH = 2 * FIGURE_ROW + 4;
const ROW = 8;
const FOOT = PAGE.heightMm - MARGIN;
const TEXT = 3.6;
const SMALL = 2.8;

const START: SrgbColour = { space: 'srgb', r: 0.86, g: 0.12, b: 0.16 };
const PLAIN_CLOTH = '#f1f0ec';

/**
 * What the operator has beside the machine: the design at true size (smaller when it must), where it starts, its colours in sewing order with
 * codes, stitches and minutes, and the hoop it needs. Times are estimates by `MACHINE_PACE`.
 * @param lettering - sets a line of text: see MakeContext
 * @throws the signal's reason when it is aborted
 */
export const runSheet = async (plan: StitchPlan, facts: RunSheetFacts, lettering: Lettering, signal: AbortSignal): Promise<RunSheet> => {
  const figures = stitchFacts(plan);
  const sewn = needleBox(plan) ?? rectOf(0, 0, 10, 10);
  const region = inflate(sewn, AROUND_MM);
  const scale = Math.min(1, INNER / region.width, PICTURE_HIGH / region.height);
  const picture = await pictureOf(plan, region, scale, facts.articleColour ?? PLAIN_CLOTH, signal);
  const write = sheetPen(lettering, { size: TEXT, width: INNER });
  const figuresTop = PICTURE_TOP + region.height * scale + GAP;
  const tableTop = figuresTop + FIGURES_HIGH;
  const hasMakers = figures.blocks.some(({ thread }) => thread.maker !== '');
  const [first = [], ...more] = inPages(figures.blocks, facts.notes, tableTop);
  const pages = [
    [
      ...head(facts, write),
      ...pictureNodes(plan, picture, { region, sewn, scale }, write),
      ...figureNodes(figures, scale, facts, figuresTop, write),
      ...tableNodes(first, tableTop, hasMakers, write),
    ],
    ...more.map((rows) => [...head(facts, write), ...tableNodes(rows, PICTURE_TOP, hasMakers, write)]),
  ];
  return { ...PAGE, pages, picture };
};

const rule = (y: number, widthMm?: number, colour?: Colour): SceneNode => sheetRule(MARGIN, y, INNER, widthMm, colour);

const head = ({ title, label, placement, date }: RunSheetFacts, write: Pen): readonly SceneNode[] => [
  ...write(title, MARGIN, 14, { size: 5.4 }),
  ...write([label, placement].filter((part) => part !== '').join('   '), MARGIN, 23.5, { width: INNER - 40 }),
  ...write(date, MARGIN + INNER, 23.5, { colour: SHEET_GREY, align: 'right', width: 38 }),
  rule(31, 0.4, SHEET_INK),
];

const pictureOf = async (plan: StitchPlan, region: Rect, scale: number, background: string, signal: AbortSignal): Promise<DecodedImage> => {
  const px = (mm: number): number => Math.max(1, Math.round(mm * scale * PICTURE_PER_MM));
  const image = await stitchPixels(plan, { region, widthPx: px(region.width), heightPx: px(region.height), background }, signal);
  const digest = createHash('sha256').update(`${image.widthPx} ${image.heightPx} `).update(image.rgba).digest('hex');
  return { ...image, digest, hasAlpha: false, jpeg: null, warnings: [] };
};

type Shown = { readonly region: Rect; readonly sewn: Rect; readonly scale: number };

/** The design in the middle of its place, ticks at its middle lines, a cross where the needle starts. */
const pictureNodes = (plan: StitchPlan, picture: DecodedImage, { region, sewn, scale }: Shown, write: Pen): readonly SceneNode[] => {
  const [width, height] = [region.width * scale, region.height * scale];
  const [left, top] = [MARGIN + (INNER - width) / 2, PICTURE_TOP];
  const at = ({ x, y }: Point): Point => ({ x: left + (x - region.x) * scale, y: top + (y - region.y) * scale });
  const middle = at(centreOf(sewn));
  const start = startOf(plan);
  const { rgba: _rgba, jpeg: _jpeg, warnings: _warnings, ...image } = picture;
  const raster: RasterNode = {
    kind: 'raster',
    pointer: '',
    image,
    source: { x: 0, y: 0, width: picture.widthPx, height: picture.heightPx },
    at: [width, 0, 0, height, left, top],
    adjust: [],
    interpolation: 'smooth',
  };
  const ticks = new PathBuilder();
  for (const y of [top - 3, top + height]) ticks.moveTo(middle.x, y).lineTo(middle.x, y + 3);
  for (const x of [left - 3, left + width]) ticks.moveTo(x, middle.y).lineTo(x + 3, middle.y);
  return [
    raster,
    sheetShape(rectPath(rectOf(left, top, width, height)), null, SHEET_RULE),
    sheetShape(ticks.finish(), null, SHEET_INK),
    ...(start ? startNodes(at(start)) : []),
    ...write(`${mm(sewn.width)} x ${mm(sewn.height)} mm`, left + width, top + height + 1.5, {
      size: SMALL,
      colour: SHEET_GREY,
      align: 'right',
    }),
  ];
};

const startOf = ({ blocks }: StitchPlan): Point | null => {
  const points = blocks.flatMap(({ runs }) => runs).find((run) => run.points.length >= 2)?.points;
  return points ? { x: points[0] ?? 0, y: points[1] ?? 0 } : null;
};

/** Red on white, so that it shows on thread of any colour. */
const startNodes = ({ x, y }: Point): readonly SceneNode[] => {
  const cross = new PathBuilder()
    .moveTo(x - 2.6, y)
    .lineTo(x + 2.6, y)
    .moveTo(x, y - 2.6)
    .lineTo(x, y + 2.6)
    .finish();
  return [sheetShape(cross, null, WHITE, 1), sheetShape(cross, null, START, 0.4)];
};

const mm = (value: number): string => (Math.round(value * 10) / 10).toFixed(1);
const minutes = (value: number): string => (value < 9.95 ? value.toFixed(1) : String(Math.round(value)));
const metres = (value: number): string => `${(value / 1000).toFixed(1)} m`;

const percent = (scale: number): string => (scale === 1 ? 'true size' : `${Math.round(scale * 100)} % of true size`);

const figureNodes = (figures: StitchFacts, scale: number, facts: RunSheetFacts, top: number, write: Pen): readonly SceneNode[] => {
  const { widthMm, heightMm, blocks } = figures;
  const cells: readonly (readonly [string, string])[] = [
    ['Stitches', String(figures.stitches)],
    ['Size', `${mm(widthMm)} x ${mm(heightMm)} mm`],
    ['Hoop', smallestHoop(widthMm, heightMm, facts.hoops)?.name ?? 'none fits'],
    ['Colours', `${blocks.length}, ${figures.changes} changes`],
    ['Trims', `${figures.trims}${figures.stops > 0 ? `, ${figures.stops} stops` : ''}`],
    ['Thread', metres(figures.threadMm)],
    ['Time', `about ${minutes(figures.minutes)} min`],
    ['Cloth', facts.fabric],
    ['Picture', `${percent(scale)}, red cross: first stitch`],
  ];
  const columns = 5;
  return cells.flatMap(([name, value], i) => {
    const x = MARGIN + (i % columns) * (INNER / columns);
    const y = top + Math.floor(i / columns) * FIGURE_ROW;
    return [...write(name, x, y, { size: SMALL, colour: SHEET_GREY }), ...write(value, x, y + 4.2, { width: INNER / columns - 3 })];
  });
};

type Row =
  | { readonly kind: 'colour'; readonly number: number; readonly block: BlockFacts }
  | { readonly kind: 'note'; readonly text: string };

/** Rows of the table, as many as each page has room for. */
const inPages = (blocks: readonly BlockFacts[], notes: readonly string[], top: number): readonly (readonly Row[])[] => {
  const rows: readonly Row[] = [
    ...blocks.map((block, i): Row => ({ kind: 'colour', number: i + 1, block })),
    ...notes.filter((text) => text !== '').map((text): Row => ({ kind: 'note', text })),
  ];
  const room = (from: number): number => Math.floor((FOOT - from) / ROW) - 1;
  const [first, later] = [room(top), room(PICTURE_TOP)];
  const pages = [rows.slice(0, first)];
  for (let from = first; from < rows.length; from += later) pages.push(rows.slice(from, from + later));
  return pages;
};

const COLUMN = { number: 0, swatch: 7, code: 19, name: 38, maker: 88, stitches: 134, thread: 156, minutes: 178 } as const;

const tableNodes = (rows: readonly Row[], top: number, hasMakers: boolean, write: Pen): readonly SceneNode[] => [
  ...heading(top, hasMakers, write),
  ...rows.flatMap((row, i) => {
    const y = top + (i + 1) * ROW;
    return row.kind === 'note' ? write(row.text, MARGIN, y + 1.6) : [...colourRow(row, y, write), rule(y + ROW - 0.6)];
  }),
];

const heading = (top: number, hasMakers: boolean, write: Pen): readonly SceneNode[] => {
  const text = (name: string, x: number, align: 'left' | 'right' = 'left'): readonly SceneNode[] =>
    write(name, MARGIN + x, top + 1.5, { size: SMALL, colour: SHEET_GREY, align });
  return [
    ...text('Stop', COLUMN.number),
    ...text('Code', COLUMN.code),
    ...text('Thread', COLUMN.name),
    ...(hasMakers ? text('Maker', COLUMN.maker) : []),
    ...text('Stitches', COLUMN.stitches, 'right'),
    ...text('Length', COLUMN.thread, 'right'),
    ...text('Min', COLUMN.minutes, 'right'),
    rule(top + ROW - 0.6, 0.2, SHEET_INK),
  ];
};

const colourRow = ({ number, block }: Extract<Row, { kind: 'colour' }>, y: number, write: Pen): readonly SceneNode[] => {
  const { thread, stitches, threadMm, note, stopAfter } = block;
  const text = (value: string, x: number, width: number, align: 'left' | 'right' = 'left'): readonly SceneNode[] =>
    write(value, MARGIN + x, y + 1.3, { align, width });
  const remark = [note, stopAfter ? 'then stop' : ''].filter((part) => part !== '').join(', ');
  const weight = thread.weight === 40 ? '' : ` (${thread.weight})`;
  return [
    sheetShape(rectPath(rectOf(MARGIN + COLUMN.swatch, y + 0.8, 9, ROW - 3)), colourFromHex(thread.colour) ?? SHEET_GREY, SHEET_GREY, 0.15),
    ...text(String(number), COLUMN.number, 6),
    ...text(thread.code, COLUMN.code, 17),
    ...text(`${thread.name}${weight}`, COLUMN.name, 48),
    ...text(thread.maker, COLUMN.maker, 28),
    ...text(String(stitches), COLUMN.stitches, 17, 'right'),
    ...text(metres(threadMm), COLUMN.thread, 17, 'right'),
    ...text(minutes(stitches / MACHINE_PACE.stitchesPerMinute), COLUMN.minutes, 12, 'right'),
    ...write(remark, MARGIN + COLUMN.name, y + 5.1, { size: SMALL * 0.75, colour: SHEET_GREY, width: 90 }),
  ];
};
