import { rectOf } from '../geometry/point.ts';
import type { MadeFile, MakeContext } from '../methods/method.ts';
import { sha256 } from '../model/digest.ts';
import { Problem } from '../model/problem.ts';
import type { DecodedImage } from '../model/resources.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { shrinkSteps } from '../render/adjust/shrink.ts';
import { encodePixels, PREVIEW_FORMATS, type PreviewFormat } from '../render/raster/encode-pixels.ts';
import { pause } from '../render/raster/pause.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import type { SceneNode } from '../scene/scene.ts';
import { sheetScene } from '../scene/sheet-scene.ts';
import { transformNode } from '../scene/transform.ts';

/** One picture of the sheet: kept no larger than its cell. */
export type SheetPicture = { readonly label: string; readonly picture: PixelImage };

/** Columns and rows, and what a sheet and its parts measure in pixels. */
export type SheetLayout = {
  readonly columns: number;
  readonly rows: number;
  readonly cellPx: number;
  /** Of a cell; as high as it is wide unless all pictures are wider. */
  readonly cellHeightPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Left of the first column, and above the first row. */
  readonly marginPx: { readonly x: number; readonly y: number };
  readonly gapPx: number;
  /** Height of the letters' line below a picture, and what lies between the two. */
  readonly labelPx: number;
  readonly labelGapPx: number;
};

const PAGE = '#f6f6f4';
const INK = { kind: 'solid', colour: { space: 'srgb', r: 0.2, g: 0.2, b: 0.2 } } as const;
const MARGIN = 48;
const GAP = 32;
const LABEL = 22;
/** From a picture to its label, and from the label to the next row. */
const LABEL_GAP = 12;
/** A sheet is about this wide, whatever its number of pictures, and cells stay within these sizes. */
const ABOUT_PX = 1600;
const LEAST_CELL = 320;
const MOST_CELL = 720;
/** The narrowest mockup there is: see compileView. */
const LEAST_PICTURE = 16;
/** What looks best on a screen, and how much an empty cell disturbs compared with wrong proportions. */
const ASPECT = 4 / 3;
const EMPTY_CELL = 0.35;

/** Columns and rows for a number of pictures: near 4 to 3, few empty cells. */
const gridOf = (count: number, aspect: number): { readonly columns: number; readonly rows: number } => {
  let best = { columns: 1, rows: Math.max(1, count), cost: Number.POSITIVE_INFINITY };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.max(1, Math.ceil(count / columns));
    const cost = Math.abs(Math.log((columns * aspect) / rows / ASPECT)) + EMPTY_CELL * (columns * rows - count);
    if (cost < best.cost) best = { columns, rows, cost };
  }
  return best;
};

/** What is not cells across a sheet, at its usual size. */
const betweenCells = (columns: number): number => 2 * MARGIN + (columns - 1) * GAP;

/**
 * The grid for a number of pictures. Cells are squares; the last row is centred.
 * @param widthPx - of the whole sheet, everything on it in proportion; about 1600 unless given
 * @param aspect - width over height of cells, for pictures that are all wider than high
 * @throws Problem `sheet.width` for a sheet that is too narrow for its pictures
 */
export const sheetLayout = (count: number, widthPx?: number, aspect = 1): SheetLayout => {
  const { columns, rows } = gridOf(count, aspect);
  const usualCell = Math.round(Math.min(MOST_CELL, Math.max(LEAST_CELL, (ABOUT_PX - betweenCells(columns)) / columns)));
  const usualWidth = columns * usualCell + betweenCells(columns);
  const wide = widthPx ?? usualWidth;
  const scaled = (px: number): number => Math.max(1, Math.round((px * wide) / usualWidth));
  const [gapPx, labelPx, labelGapPx, marginY] = [scaled(GAP), scaled(LABEL), scaled(LABEL_GAP), scaled(MARGIN)];
  const cellPx = Math.floor((wide - 2 * marginY - (columns - 1) * gapPx) / columns);
  if (cellPx < LEAST_PICTURE)
    throw new Problem(
      'sheet.width',
      `expected at least ${leastWidth(columns, usualWidth)} px for a sheet of ${count} view${count === 1 ? '' : 's'}, got ${wide} px`,
    );
  const cellHeightPx = Math.round(cellPx / aspect);
  return {
    columns,
    rows,
    cellPx,
    cellHeightPx,
    widthPx: wide,
    heightPx: 2 * marginY + rows * (cellHeightPx + labelGapPx + labelPx) + (rows - 1) * gapPx,
    // What whole cells leave over goes to the sides.
    marginPx: { x: Math.floor((wide - columns * cellPx - (columns - 1) * gapPx) / 2), y: marginY },
    gapPx,
    labelPx,
    labelGapPx,
  };
};

/** A width at which cells are surely wide enough: every rounding against them. */
const leastWidth = (columns: number, usualWidth: number): number =>
  Math.ceil((columns * (LEAST_PICTURE + 1) + columns + 1) / (1 - betweenCells(columns) / usualWidth));

/** Top left of a cell. */
const cellAt = (
  index: number,
  count: number,
  { columns, cellPx, cellHeightPx, gapPx, labelPx, labelGapPx, marginPx }: SheetLayout,
): { readonly x: number; readonly y: number } => {
  const row = Math.floor(index / columns);
  const inRow = Math.min(columns, count - row * columns);
  const indent = Math.round(((columns - inRow) * (cellPx + gapPx)) / 2);
  return {
    x: marginPx.x + indent + (index % columns) * (cellPx + gapPx),
    y: marginPx.y + row * (cellHeightPx + labelGapPx + labelPx + gapPx),
  };
};

/** A copy of a picture that is no larger than a cell of its sheet. */
export const sheetPicture = async (
  label: string,
  picture: PixelImage,
  { cellPx }: SheetLayout,
  signal: AbortSignal,
): Promise<SheetPicture> => {
  const scale = Math.min(1, cellPx / Math.max(picture.widthPx, picture.heightPx));
  const size = {
    widthPx: Math.max(1, Math.round(picture.widthPx * scale)),
    heightPx: Math.max(1, Math.round(picture.heightPx * scale)),
  };
  const steps = shrinkSteps(picture, size);
  let step = steps.next();
  while (!step.done) {
    await pause(signal);
    step = steps.next();
  }
  const { value } = step;
  return { label, picture: value === picture ? { ...value, rgba: Uint8Array.from(value.rgba) } : value };
};

const decoded = ({ widthPx, heightPx, rgba }: PixelImage): DecodedImage => ({
  digest: sha256(rgba),
  widthPx,
  heightPx,
  hasAlpha: true,
  rgba,
  jpeg: null,
  warnings: [],
});

const inked = (node: SceneNode): SceneNode => (node.kind === 'glyphs' ? { ...node, fill: INK } : node);

/**
 * One picture of several, in equal cells with their names below. Pictures keep their proportions. Same pictures, same bytes.
 * @param lettering - sets a label: see MakeContext
 */
export const contactSheet = async (
  pictures: readonly SheetPicture[],
  layout: SheetLayout,
  format: PreviewFormat,
  { lettering, signal }: Pick<MakeContext, 'lettering' | 'signal'>,
): Promise<MadeFile> => {
  const { cellPx, cellHeightPx, widthPx, heightPx, labelPx, labelGapPx } = layout;
  const images = pictures.map(({ picture }) => decoded(picture));
  const nodes = pictures.flatMap(({ label }, i): readonly SceneNode[] => {
    const image = images[i];
    if (!image) return [];
    const { x, y } = cellAt(i, pictures.length, layout);
    const scale = Math.min(cellPx / image.widthPx, cellHeightPx / image.heightPx);
    const [width, height] = [image.widthPx * scale, image.heightPx * scale];
    const { rgba: _rgba, jpeg: _jpeg, warnings: _warnings, ...facts } = image;
    const line = lettering(label, cellPx, labelPx).map((node) =>
      transformNode(inked(node), [1, 0, 0, 1, x, y + cellHeightPx + labelGapPx]),
    );
    return [
      {
        kind: 'raster',
        pointer: '',
        image: facts,
        source: { x: 0, y: 0, width: image.widthPx, height: image.heightPx },
        at: [width, 0, 0, height, x + (cellPx - width) / 2, y + (cellHeightPx - height) / 2],
        adjust: [],
        interpolation: 'smooth',
      },
      ...line,
    ];
  });
  const scene = sheetScene(nodes, widthPx, heightPx);
  const request = { widthPx, heightPx, region: rectOf(0, 0, widthPx, heightPx), background: PAGE, mirror: false };
  const byDigest = new Map(images.map((image) => [image.digest, image]));
  const pixelsOf = (digest: string): DecodedImage => {
    const image = byDigest.get(digest);
    if (!image) throw new RangeError(`expected a picture of the sheet, got ${digest}`);
    return image;
  };
  const { ending, mediaType } = PREVIEW_FORMATS[format];
  return {
    name: `contact-sheet.${ending}`,
    role: 'mockup',
    mediaType,
    data: await encodePixels(await renderPixels(scene, request, pixelsOf, signal), { format }),
    widthPx,
    heightPx,
  };
};
