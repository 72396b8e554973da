import { EMPTY_PATH } from '../geometry/path.ts';
import { rectOf } from '../geometry/point.ts';
import type { MadeFile, MakeContext } from '../methods/method.ts';
import { sha256 } from '../model/digest.ts';
import type { DecodedImage } from '../model/resources.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { shrinkSteps } from '../render/adjust/shrink.ts';
import { encodePixels, PREVIEW_FORMATS, type PreviewFormat } from '../render/raster/encode-pixels.ts';
import { pause } from '../render/raster/pause.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { transformNode } from '../scene/transform.ts';

/** One picture of the sheet: kept no larger than its cell. */
export type SheetPicture = { readonly label: string; readonly picture: PixelImage };

/** Columns and rows, and what a sheet measures in pixels. */
export type SheetLayout = {
  readonly columns: number;
  readonly rows: number;
  readonly cellPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
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
/** What looks best on a screen, and how much an empty cell disturbs compared with wrong proportions. */
const ASPECT = 4 / 3;
const EMPTY_CELL = 0.35;

/** The grid for a number of pictures: near 4 to 3, few empty cells. Cells are squares; the last row is centred. */
export const sheetLayout = (count: number): SheetLayout => {
  let best = { columns: 1, rows: Math.max(1, count), cost: Number.POSITIVE_INFINITY };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.max(1, Math.ceil(count / columns));
    const cost = Math.abs(Math.log(columns / rows / ASPECT)) + EMPTY_CELL * (columns * rows - count);
    if (cost < best.cost) best = { columns, rows, cost };
  }
  const { columns, rows } = best;
  const cellPx = Math.round(Math.min(MOST_CELL, Math.max(LEAST_CELL, (ABOUT_PX - 2 * MARGIN - (columns - 1) * GAP) / columns)));
  return {
    columns,
    rows,
    cellPx,
    widthPx: 2 * MARGIN + columns * cellPx + (columns - 1) * GAP,
    heightPx: 2 * MARGIN + rows * (cellPx + LABEL_GAP + LABEL) + (rows - 1) * GAP,
  };
};

/** Top left of a cell. */
const cellAt = (index: number, count: number, { columns, cellPx }: SheetLayout): { readonly x: number; readonly y: number } => {
  const row = Math.floor(index / columns);
  const inRow = Math.min(columns, count - row * columns);
  const indent = ((columns - inRow) * (cellPx + GAP)) / 2;
  return { x: MARGIN + indent + (index % columns) * (cellPx + GAP), y: MARGIN + row * (cellPx + LABEL_GAP + LABEL + GAP) };
};

/** A copy of a picture that is no larger than its cell on a sheet of `count`. */
export const sheetPicture = async (label: string, picture: PixelImage, count: number, signal: AbortSignal): Promise<SheetPicture> => {
  const { cellPx } = sheetLayout(count);
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
  format: PreviewFormat,
  { lettering, signal }: Pick<MakeContext, 'lettering' | 'signal'>,
): Promise<MadeFile> => {
  const layout = sheetLayout(pictures.length);
  const { cellPx, widthPx, heightPx } = layout;
  const images = pictures.map(({ picture }) => decoded(picture));
  const nodes = pictures.flatMap(({ label }, i): readonly SceneNode[] => {
    const image = images[i];
    if (!image) return [];
    const { x, y } = cellAt(i, pictures.length, layout);
    const scale = cellPx / Math.max(image.widthPx, image.heightPx);
    const [width, height] = [image.widthPx * scale, image.heightPx * scale];
    const { rgba: _rgba, jpeg: _jpeg, warnings: _warnings, ...facts } = image;
    const line = lettering(label, cellPx, LABEL).map((node) => transformNode(inked(node), [1, 0, 0, 1, x, y + cellPx + LABEL_GAP]));
    return [
      {
        kind: 'raster',
        pointer: '',
        image: facts,
        source: { x: 0, y: 0, width: image.widthPx, height: image.heightPx },
        at: [width, 0, 0, height, x + (cellPx - width) / 2, y + (cellPx - height) / 2],
        adjust: [],
        interpolation: 'smooth',
      },
      ...line,
    ];
  });
  const area = { productId: '', placementId: '', widthMm: widthPx, heightMm: heightPx, bleedMm: 0, safeMm: 0, trim: EMPTY_PATH };
  const scene: Scene = { version: 1, area: { ...area, keepOuts: [], folds: [] }, nodes };
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
