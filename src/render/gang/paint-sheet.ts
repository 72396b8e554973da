import { inflate, intersectionOf, rectOf } from '../../geometry/point.ts';
import { pxToMm } from '../../geometry/units.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { sheetScene } from '../../scene/sheet-scene.ts';
import { withKernel } from '../kernel/kernel-pool.ts';
import { pause } from '../raster/pause.ts';
import { openPngWriter } from '../raster/png-writer.ts';
import { renderPixels } from '../raster/render-pixels.ts';
import { STRIP_ROWS } from '../raster/strip-edges.ts';
import { MaskPng } from '../white/mask-png.ts';

/** A picture that lies on a sheet, whole pixels; `pixels` is asked when its first row comes, and what it gave let go after its last. */
export type SheetPiece = {
  /** Pieces of one key have the same pixels. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Row-major, as many channels as the sheet has. */
  readonly pixels: () => Promise<Uint8Array>;
};

export type Sheet = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  /** No two overlap. */
  readonly pieces: readonly SheetPiece[];
};

/** Rows painted at a time: labels are drawn for them in one go. */
const BAND_ROWS = 8 * STRIP_ROWS;

/**
 * A sheet of pictures with labels and marks under them as an RGBA PNG, band by band: only the pictures that a band crosses are in memory.
 * @param nodes - labels and marks in mm of the sheet; pictures replace what lies below them
 */
export const paintSheet = (sheet: Sheet, nodes: readonly SceneNode[], signal: AbortSignal): Promise<Uint8Array> =>
  withKernel(async (kernel) => {
    const { widthPx, heightPx, dpi } = sheet;
    const stride = widthPx * 4;
    const address = kernel.reserve(stride * STRIP_ROWS);
    const writer = openPngWriter(kernel, { widthPx, heightPx, channels: 4, dpi, icc: null }, 'fast', 'straight');
    const shelf = new PieceShelf(sheet.pieces);
    for (let top = 0; top < heightPx; top += BAND_ROWS) {
      const rows = Math.min(BAND_ROWS, heightPx - top);
      const band = await lettering(sheet, nodes, top, rows, signal);
      await shelf.lay(band, widthPx, top, rows, 4);
      for (let y = 0; y < rows; y += STRIP_ROWS) {
        await pause(signal);
        const count = Math.min(STRIP_ROWS, rows - y);
        kernel.bytes.set(band.subarray(y * stride, (y + count) * stride), address);
        await writer.add({ address, stride, top: top + y, rows: count });
      }
    }
    return writer.finish();
  });

/** The plates of white of a sheet as one 8-bit grey PNG, band by band; labels and marks have no white. */
export const paintWhiteSheet = async ({ widthPx, heightPx, dpi, pieces }: Sheet, signal: AbortSignal): Promise<Uint8Array> => {
  const file = new MaskPng({ widthPx, heightPx, dpi });
  const shelf = new PieceShelf(pieces);
  for (let top = 0; top < heightPx; top += BAND_ROWS) {
    await pause(signal);
    const rows = Math.min(BAND_ROWS, heightPx - top);
    const band = new Uint8Array(widthPx * rows);
    await shelf.lay(band, widthPx, top, rows, 1);
    await file.add(band);
  }
  return file.finish();
};

/** Labels and marks of a band of rows, straight RGBA. */
const lettering = async (
  { widthPx, dpi }: Sheet,
  nodes: readonly SceneNode[],
  top: number,
  rows: number,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  const region = rectOf(0, pxToMm(top, dpi), pxToMm(widthPx, dpi), pxToMm(rows, dpi));
  // A pixel more on all sides, for edges that lie on the border of two bands.
  const near = inflate(region, pxToMm(1, dpi));
  const seen = nodes.filter((node) => {
    const box = boundsOfNode(node);
    return box !== null && intersectionOf(box, near) !== null;
  });
  if (seen.length === 0) return new Uint8Array(widthPx * rows * 4);
  const request = { widthPx, heightPx: rows, dpi, region, background: null, mirror: false };
  return (await renderPixels(sheetScene(seen, region.width, region.y + region.height), request, noPicture, signal)).rgba;
};

const noPicture = (digest: string): never => {
  throw new RangeError(`expected no pictures among labels, got ${digest}`);
};

/** Holds the pixels of pieces while bands cross them. */
class PieceShelf {
  readonly #pieces: readonly SheetPiece[];
  readonly #held = new Map<string, Uint8Array>();

  constructor(pieces: readonly SheetPiece[]) {
    this.#pieces = pieces;
  }

  /** Copies the rows of all pieces that a band crosses, clear pixels too. */
  async lay(band: Uint8Array, widthPx: number, top: number, rows: number, channels: 1 | 4): Promise<void> {
    for (const piece of this.#crossing(top, top + rows)) {
      const pixels = this.#held.get(piece.key) ?? (await piece.pixels());
      this.#held.set(piece.key, pixels);
      const from = Math.max(top, piece.y);
      const end = Math.min(top + rows, piece.y + piece.heightPx);
      const bytes = piece.widthPx * channels;
      for (let y = from; y < end; y += 1) {
        const row = pixels.subarray((y - piece.y) * bytes, (y - piece.y + 1) * bytes);
        band.set(row, ((y - top) * widthPx + piece.x) * channels);
      }
    }
    const next = new Set(this.#crossing(top + rows, top + rows + 1).map(({ key }) => key));
    for (const key of this.#held.keys()) if (!next.has(key)) this.#held.delete(key);
  }

  #crossing(top: number, end: number): readonly SheetPiece[] {
    return this.#pieces.filter((piece) => piece.y < end && piece.y + piece.heightPx > top);
  }
}
