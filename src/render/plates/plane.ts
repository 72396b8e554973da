import { Problem } from '../../model/problem.ts';

/** Amount of one ink (or of one beam) over an area. Row-major, one byte a pixel, stride widthPx: 0 none, 255 solid. */
export type Plane = { readonly widthPx: number; readonly heightPx: number; readonly dpi: number; readonly data: Uint8Array };

/**
 * A plane of dots: 1 is ink. Rows of `rowBytes` bytes, the highest bit of a byte is its leftmost pixel; bits beyond the width are 0.
 * `rowBytes` is a multiple of 4, so that rows can be worked on as words.
 */
export type BitPlane = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly rowBytes: number;
  readonly data: Uint8Array;
};

/** Bytes of one row of dots in memory. */
export const rowBytesOf = (widthPx: number): number => Math.ceil(widthPx / 32) * 4;

/** Bytes of one row of dots in files: no padding beyond the last byte. */
export const packedBytesOf = (widthPx: number): number => Math.ceil(widthPx / 8);

/** An empty plane of dots. */
export const blankBits = ({ widthPx, heightPx, dpi }: Omit<Plane, 'data'>): BitPlane => ({
  widthPx,
  heightPx,
  dpi,
  rowBytes: rowBytesOf(widthPx),
  data: new Uint8Array(rowBytesOf(widthPx) * heightPx),
});

/** Whether the dot at a column and row is ink; columns and rows outside are not. */
export const bitAt = ({ widthPx, heightPx, rowBytes, data }: BitPlane, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < widthPx && y < heightPx && (((data[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;

/** Sets of bits of every byte value. */
const ONES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});

/** How many dots are ink. */
export const countBits = ({ data }: BitPlane): number => {
  let count = 0;
  for (let i = 0; i < data.length; i++) count += ONES[data[i] ?? 0] ?? 0;
  return count;
};

/** Throws `Problem` 'plate.size' unless the bytes fit the size. */
export const requirePlane = (plane: Plane | BitPlane): void => {
  const { widthPx, heightPx, dpi, data } = plane;
  const stride = 'rowBytes' in plane ? plane.rowBytes : widthPx;
  const whole = Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0 && dpi > 0;
  if (!whole || data.length !== stride * heightPx) {
    throw new Problem('plate.size', `expected ${widthPx} x ${heightPx} pixels at ${dpi} dpi for a plate, got ${data.length} bytes`);
  }
};
