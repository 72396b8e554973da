import { createHash } from 'node:crypto';
import { type SrgbColour, WHITE } from '../../colour/colour.ts';
import { PathBuilder, rectPath } from '../../geometry/path.ts';
import { centreOf, inflate, type Point, type Rect, rectOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { RasterNode, SceneNode } from '../../scene/scene.ts';
import { type StitchFacts, stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import { isSameThread, type StitchPlan, type Thread } from '../../stitch/plan.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import type { Lettering } from '../lettering.ts';
import { type Pen, SHEET_GREY, SHEET_INK, SHEET_RULE, sheetPen, sheetRule, sheetShape } from '../sheets/sheet-pen.ts';
import { type Hoop, smallestHoop } from './hoops.ts';
import { needleBox } from './needle-box.ts';
import { metresText, minutesText, type SheetFile, type SheetTable, sheetTable } from './run-sheet-table.ts';
import { type StitchPicture, stitchPixels } from './stitch-pixels.ts';

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
  /** What is for the machine and the cutter, with the digests that the manifest has, lower-case hex; left out: none are listed. */
  readonly files?: readonly SheetFile[];
  /** The design from above, opaque; left out: its stitches on the article alone. */
  readonly picture?: (view: SheetView) => Promise<PixelImage>;
};

/** What of the plan a picture shows, mm, its size in pixels and the colour of the cloth. */
export type SheetView = StitchPicture & { readonly background: string };

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
  const picture = await pictureOf(plan, region, scale, facts, signal);
  const write = sheetPen(lettering, { size: TEXT, width: INNER });
  const figuresTop = PICTURE_TOP + region.height * scale + GAP;
  const tableTop = figuresTop + FIGURES_HIGH;
  const table: SheetTable = { left: MARGIN, widthMm: INNER, footMm: FOOT, firstMm: tableTop, laterMm: PICTURE_TOP };
  const [first = [], ...more] = sheetTable(figures.blocks, facts, table, write);
  const count = more.length + 1;
  const pages = [
    [
      ...head(facts, pageOf(1, count), write),
      ...pictureNodes(plan, picture, { region, sewn, scale }, write),
      ...figureNodes(figures, scale, facts, figuresTop, write),
      ...first,
    ],
    ...more.map((rows, i) => [...head(facts, pageOf(i + 2, count), write), ...rows]),
  ];
  return { ...PAGE, pages, picture };
};

const pageOf = (number: number, count: number): string => (count === 1 ? '' : `page ${number} of ${count}`);

const head = ({ title, label, placement, date }: RunSheetFacts, page: string, write: Pen): readonly SceneNode[] => [
  ...write(title, MARGIN, 14, { size: 5.4, width: INNER - 40 }),
  ...write(page, MARGIN + INNER, 15.5, { colour: SHEET_GREY, align: 'right', width: 38 }),
  ...write([label, placement].filter((part) => part !== '').join('   '), MARGIN, 23.5, { width: INNER - 40 }),
  ...write(date, MARGIN + INNER, 23.5, { colour: SHEET_GREY, align: 'right', width: 38 }),
  sheetRule(MARGIN, 31, INNER, 0.4, SHEET_INK),
];

const pictureOf = async (
  plan: StitchPlan,
  region: Rect,
  scale: number,
  { articleColour, picture }: RunSheetFacts,
  signal: AbortSignal,
): Promise<DecodedImage> => {
  const px = (mm: number): number => Math.max(1, Math.round(mm * scale * PICTURE_PER_MM));
  const view: SheetView = {
    region,
    widthPx: px(region.width),
    heightPx: px(region.height),
    background: articleColour ?? PLAIN_CLOTH,
  };
  const image = await (picture ? picture(view) : stitchPixels(plan, view, signal));
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
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const percent = (scale: number): string => (scale === 1 ? 'true size' : `${Math.round(scale * 100)} % of true size`);

const figureNodes = (figures: StitchFacts, scale: number, facts: RunSheetFacts, top: number, write: Pen): readonly SceneNode[] => {
  const { widthMm, heightMm, blocks } = figures;
  const cells: readonly (readonly [string, string])[] = [
    ['Stitches', String(figures.stitches)],
    ['Size', `${mm(widthMm)} x ${mm(heightMm)} mm`],
    ['Hoop', smallestHoop(widthMm, heightMm, facts.hoops)?.name ?? 'none fits'],
    ['Colours', `${threadsOf(blocks).length}, ${counted(figures.changes, 'change')}`],
    ['Trims', `${figures.trims}${figures.stops > 0 ? `, ${counted(figures.stops, 'stop')}` : ''}`],
    ['Thread', metresText(figures.threadMm)],
    ['Time', `about ${minutesText(figures.minutes)} min`],
    ['Cloth', facts.fabric],
    ['Start', 'middle, at the ticks'],
    ['Picture', `${percent(scale)}, cross: 1st stitch`],
  ];
  const columns = 5;
  return cells.flatMap(([name, value], i) => {
    const x = MARGIN + (i % columns) * (INNER / columns);
    const y = top + Math.floor(i / columns) * FIGURE_ROW;
    return [...write(name, x, y, { size: SMALL, colour: SHEET_GREY }), ...write(value, x, y + 4.2, { width: INNER / columns - 3 })];
  });
};

/** Cones, however often each is sewn. */
const threadsOf = (blocks: StitchFacts['blocks']): readonly Thread[] =>
  blocks.map(({ thread }) => thread).filter((thread, i, all) => all.findIndex((one) => isSameThread(one, thread)) === i);
