import { deflateSync } from 'node:zlib';
import { MM_PER_INCH } from '../../geometry/units.ts';
import { joinBytes, pngChunk, pngEnd } from '../raster/png-container.ts';
import { packedRows } from './bit-tiff.ts';
import { type BitPlane, type Plane, packedBytesOf, requirePlane } from './plane.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MM_PER_METRE = 1000;

/** Pixels per metre of a resolution, as PNG and BMP files state it. */
export const perMetreOf = (dpi: number): number => Math.round((dpi / MM_PER_INCH) * MM_PER_METRE);

/** A plane of dots as a 1-bit grey PNG; ink is black. Throws `Problem` 'plate.size'. */
export const writeBitPng = (plane: BitPlane): Uint8Array => {
  requirePlane(plane);
  const packed = packedBytesOf(plane.widthPx);
  return pngOf(plane, 1, packed, invert(packedRows(plane, 0, plane.heightPx)));
};

/** A plane as an 8-bit grey PNG; solid ink is black. Throws `Problem` 'plate.size'. */
export const writeGreyPng = (plane: Plane): Uint8Array => {
  requirePlane(plane);
  return pngOf(plane, 8, plane.widthPx, invert(plane.data));
};

/** In files 0 is black; in planes it is no ink. */
export const invert = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => 255 - byte);

const pngOf = ({ widthPx, heightPx, dpi }: Plane | BitPlane, depth: 1 | 8, rowBytes: number, bytes: Uint8Array): Uint8Array => {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([depth, 0, 0, 0, 0], 8);
  const physical = new Uint8Array(9);
  new DataView(physical.buffer).setUint32(0, perMetreOf(dpi));
  new DataView(physical.buffer).setUint32(4, perMetreOf(dpi));
  physical[8] = 1;
  // A byte before each row says that it is not filtered: filters do not help dots.
  const rows = new Uint8Array((rowBytes + 1) * heightPx);
  for (let y = 0; y < heightPx; y++) rows.set(bytes.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  const data = deflateSync(rows, { level: 6 });
  return joinBytes([SIGNATURE, pngChunk('IHDR', header), pngChunk('pHYs', physical), pngChunk('IDAT', data), pngEnd()]);
};
