import type { MadeFile } from '../methods/method.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { encodePixels } from '../render/raster/encode-pixels.ts';
import { contactSheet, sheetLayout, sheetPicture } from './contact-sheet.ts';
import { flatPixels } from './flat-pixels.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepared.ts';

/** Pages that are seen together in the open book, from left to right: two, or one where the other side is the cover. */
export type Spread = { readonly left: PlannedPlacement | null; readonly right: PlannedPlacement | null };

/** The pages of one placement as an open book shows them, in reading order. */
export const spreadsOf = (pages: readonly PlannedPlacement[]): readonly Spread[] => {
  const spreads: Spread[] = [];
  for (let i = 0; i < pages.length; ) {
    const [one, next] = [pages[i] ?? null, pages[i + 1] ?? null];
    // An even page and the odd one after it face each other, whichever way the book is bound.
    const faces = (one?.page?.number ?? 1) % 2 === 0 && next !== null;
    const pair = faces ? [one, next] : [one];
    const on = (side: 'left' | 'right'): PlannedPlacement | null => pair.find((page) => page?.page?.side === side) ?? null;
    spreads.push({ left: on('left'), right: on('right') });
    i += pair.length;
  }
  return spreads;
};

const numbersOf = ({ left, right }: Spread): readonly number[] =>
  [left, right].flatMap((page) => (page?.page ? [page.page.number] : [])).sort((a, b) => a - b);

export const labelOf = (spread: Spread): string => numbersOf(spread).join(' – ');

/** Around the pages of a picture, so that a single page shows on which side it lies. */
const DESK: readonly [number, number, number] = [0xf6, 0xf6, 0xf4];
/** How far from the fold pages are shaded where they curve into it, as a part of the page, and how dark at the fold. */
const CURVE = 0.06;
const SHADE = 0.16;

const shadeAt = (x: number, widthPx: number, side: 'left' | 'right'): number => {
  const fromFold = (side === 'left' ? widthPx - 0.5 - x : x + 0.5) / widthPx;
  return fromFold >= CURVE ? 1 : 1 - SHADE * (1 - fromFold / CURVE) ** 2;
};

/** The open book at one spread, shaded at the fold; a single page lies on its side of the fold. */
export const spreadPixels = async (spread: Spread, prepared: Prepared, widthPx: number): Promise<PixelImage> => {
  const { area } = (spread.left ?? spread.right ?? fail()).scene;
  const pagePx = Math.max(1, Math.floor(widthPx / 2));
  const heightPx = Math.max(1, Math.round((pagePx * area.heightMm) / area.widthMm));
  const rgba = new Uint8Array(2 * pagePx * heightPx * 4);
  for (let i = 0; i < rgba.length; i += 4) rgba.set([...DESK, 255], i);
  for (const side of ['left', 'right'] as const) {
    const page = spread[side];
    if (!page) continue;
    const picture = await flatPixels(page, prepared, pagePx, heightPx);
    const shades = Array.from({ length: pagePx }, (_, x) => shadeAt(x, pagePx, side));
    const offset = side === 'left' ? 0 : pagePx;
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < pagePx; x++) {
        const from = (y * pagePx + x) * 4;
        const to = (y * 2 * pagePx + offset + x) * 4;
        const shade = shades[x] ?? 1;
        for (let c = 0; c < 3; c++) rgba[to + c] = Math.round((picture.rgba[from + c] ?? 0) * shade);
      }
    }
  }
  return { widthPx: 2 * pagePx, heightPx, rgba };
};

const fail = (): never => {
  throw new RangeError('expected a page in a spread, got none');
};

/** Picture files of a spread. */
export const spreadFile = async (spread: Spread, prepared: Prepared, widthPx: number, picture?: PixelImage): Promise<MadeFile> => {
  const shown = picture ?? (await spreadPixels(spread, prepared, widthPx));
  const { placement, method, scene } = spread.left ?? spread.right ?? fail();
  const id = placement.product.id;
  const pages = numbersOf(spread).map((one) => String(one).padStart(2, '0'));
  return {
    name: `${id}-${pages.join('-')}-preview.png`,
    role: 'preview',
    mediaType: 'image/png',
    data: await encodePixels(shown, { format: 'png' }),
    placement: id,
    method: method.id,
    widthMm: 2 * scene.area.widthMm,
    heightMm: scene.area.heightMm,
    widthPx: shown.widthPx,
    heightPx: shown.heightPx,
  };
};

/** Pixels of a spread on the sheet of all spreads are as many as its cell shows. */
const SHEET_SPREAD_PX = 640;

/** All spreads of a book on one sheet with their page numbers. */
export const spreadSheet = async (spreads: readonly Spread[], prepared: Prepared, widthPx?: number): Promise<MadeFile> => {
  const layout = sheetLayout(spreads.length, widthPx, 2);
  const pictures = [];
  for (const spread of spreads) {
    const picture = await spreadPixels(spread, prepared, Math.min(SHEET_SPREAD_PX, layout.cellPx));
    pictures.push(await sheetPicture(labelOf(spread), picture, layout, prepared.context.signal));
  }
  const sheet = await contactSheet(pictures, layout, 'png', prepared.context);
  const id = (spreads[0]?.left ?? spreads[0]?.right ?? fail()).placement.product.id;
  return { ...sheet, name: `${id}-spreads.png`, role: 'preview' };
};

/** Every placement of a plan that is the pages of a book. */
export const booksOf = (placements: readonly PlannedPlacement[]): readonly (readonly PlannedPlacement[])[] => {
  const ids = [...new Set(placements.filter(({ page }) => page).map(({ placement }) => placement.product.id))];
  return ids.map((id) => placements.filter(({ placement }) => placement.product.id === id));
};
