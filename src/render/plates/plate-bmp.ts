import { type BitPlane, type Plane, packedBytesOf, requirePlane } from './plane.ts';
import { perMetreOf } from './plate-png.ts';

const FILE_HEAD = 14;
const INFO_HEAD = 40;

/** A plane of dots as a 1-bit BMP with its resolution; ink is black (colour 0 of the table). Throws `Problem` 'plate.size'. */
export const writeBitBmp = (plane: BitPlane): Uint8Array => {
  requirePlane(plane);
  const { rowBytes, widthPx, data } = plane;
  const used = packedBytesOf(widthPx);
  return bmpOf(plane, 1, (into, at, y) => {
    for (let i = 0; i < used; i++) into[at + i] = 255 - (data[y * rowBytes + i] ?? 0);
  });
};

/** A plane as an 8-bit grey BMP with its resolution; solid ink is black. Throws `Problem` 'plate.size'. */
export const writeGreyBmp = (plane: Plane): Uint8Array => {
  requirePlane(plane);
  const { widthPx, data } = plane;
  return bmpOf(plane, 8, (into, at, y) => {
    for (let x = 0; x < widthPx; x++) into[at + x] = 255 - (data[y * widthPx + x] ?? 0);
  });
};

/** Rows lie bottom up on addresses that are multiples of four, behind a table of the greys from black to white. */
const bmpOf = (plane: Plane | BitPlane, depth: 1 | 8, writeRow: (into: Uint8Array, at: number, y: number) => void): Uint8Array => {
  const { widthPx, heightPx, dpi } = plane;
  const greys = 1 << depth;
  const stride = Math.ceil((widthPx * depth) / 32) * 4;
  const pixels = FILE_HEAD + INFO_HEAD + greys * 4;
  const bytes = new Uint8Array(pixels + stride * heightPx);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d], 0);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, pixels, true);
  view.setUint32(14, INFO_HEAD, true);
  view.setInt32(18, widthPx, true);
  view.setInt32(22, heightPx, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, depth, true);
  view.setUint32(34, stride * heightPx, true);
  view.setInt32(38, perMetreOf(dpi), true);
  view.setInt32(42, perMetreOf(dpi), true);
  view.setUint32(46, greys, true);
  for (let i = 0; i < greys; i++)
    bytes.fill(Math.round((255 * i) / (greys - 1)), FILE_HEAD + INFO_HEAD + i * 4, FILE_HEAD + INFO_HEAD + i * 4 + 3);
  for (let y = 0; y < heightPx; y++) writeRow(bytes, pixels + (heightPx - 1 - y) * stride, y);
  return bytes;
};
