import { deflateSync } from 'node:zlib';
import { type TiffField, tiffFile } from '../raster/tiff-file.ts';
import { group4 } from './group4.ts';
import { type BitPlane, packedBytesOf, requirePlane } from './plane.ts';

export type BitTiffOptions = {
  /** `group4` is what film software expects; `deflate` packs dense halftones better. Default group4. */
  readonly compression?: 'group4' | 'deflate';
  /** What the plate is, for the file's description; ASCII. */
  readonly description?: string;
};

/** About half a megabyte of dots: small enough to stop between two, large enough to pack well. */
const STRIP_BYTES = 1 << 19;

/** Rows of a strip of a plane. */
const stripRowsOf = ({ widthPx, heightPx }: BitPlane): number =>
  Math.min(heightPx, Math.max(8, Math.floor(STRIP_BYTES / packedBytesOf(widthPx))));

/** Rows as files have them: without the padding of rows in memory. */
export const packedRows = ({ widthPx, rowBytes, data }: BitPlane, from: number, rows: number): Uint8Array => {
  const packed = packedBytesOf(widthPx);
  if (packed === rowBytes) return data.subarray(from * rowBytes, (from + rows) * rowBytes);
  const out = new Uint8Array(packed * rows);
  for (let y = 0; y < rows; y++) out.set(data.subarray((from + y) * rowBytes, (from + y) * rowBytes + packed), y * packed);
  return out;
};

/**
 * A plane of dots as a 1-bit TIFF file with its resolution; ink is black. Gives way between strips: `pause` may throw to stop. Throws
 * `Problem` 'plate.size'.
 */
export const writeBitTiff = async (plane: BitPlane, pause: () => Promise<void>, options: BitTiffOptions = {}): Promise<Uint8Array> => {
  requirePlane(plane);
  const { compression = 'group4', description } = options;
  const rows = stripRowsOf(plane);
  const strips: Uint8Array[] = [];
  for (let from = 0; from < plane.heightPx; from += rows) {
    await pause();
    const count = Math.min(rows, plane.heightPx - from);
    strips.push(compression === 'group4' ? group4(plane, from, count) : deflateSync(packedRows(plane, from, count), { level: 6 }));
  }
  return tiffFile(strips, fieldsOf(plane, rows, compression, description));
};

const fieldsOf = (plane: BitPlane, rows: number, compression: 'group4' | 'deflate', description?: string): readonly TiffField[] => {
  const { widthPx, heightPx, dpi } = plane;
  return [
    { tag: 256, type: 'long', values: [widthPx] },
    { tag: 257, type: 'long', values: [heightPx] },
    { tag: 258, type: 'short', values: [1] }, // bits per sample
    { tag: 259, type: 'short', values: [compression === 'group4' ? 4 : 8] },
    { tag: 262, type: 'short', values: [0] }, // 0 is white
    { tag: 266, type: 'short', values: [1] }, // the highest bit is leftmost
    ...(description === undefined ? [] : [{ tag: 270, type: 'ascii', text: description } as const]),
    { tag: 277, type: 'short', values: [1] }, // samples per pixel
    { tag: 278, type: 'long', values: [rows] },
    { tag: 282, type: 'rational', values: [dpi] },
    { tag: 283, type: 'rational', values: [dpi] },
    ...(compression === 'group4' ? [{ tag: 293, type: 'long', values: [0] } as const] : []), // T.6 without uncompressed parts
    { tag: 296, type: 'short', values: [2] }, // resolution in inches
  ];
};
