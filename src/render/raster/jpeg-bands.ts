import sharp from 'sharp';
import { copyColours } from './encode-pixels.ts';
import type { RenderedPixels } from './render-pixels.ts';

/** A run of whole rows of a JPEG picture, encoded by itself: what a restart interval of the whole picture holds. */
export type JpegBand = {
  /** Everything from SOI up to the SOS marker, as the band's own file has it. */
  readonly head: Uint8Array;
  /** The SOS segment. */
  readonly scanHead: Uint8Array;
  /** Entropy-coded data: starts with all predictors at zero and ends on a whole byte. */
  readonly scan: Uint8Array;
};

/** Half-size colour makes blocks of 16 x 16 pixels. */
const BLOCK_PX = 16;
/** More bands leave more of a picture as it was, but each costs a third of a millisecond to begin. */
const BANDS = 5;

/** Rows of each band of a picture but the last, which has what is left. */
export const jpegBandRows = (heightPx: number): number => Math.ceil(heightPx / BANDS / BLOCK_PX) * BLOCK_PX;

export const jpegBandCount = (heightPx: number): number => Math.ceil(heightPx / jpegBandRows(heightPx));

/**
 * Encodes one band of an opaque picture. Tables are the standard ones, so that all bands of one quality share them; colour has half the
 * size.
 * @param room - three bytes for each pixel of the picture; those of this band are written
 */
export const encodeJpegBand = async (
  { widthPx, heightPx, rgba }: RenderedPixels,
  band: number,
  quality: number,
  room: Uint8Array,
): Promise<JpegBand> => {
  const top = band * jpegBandRows(heightPx);
  const rows = Math.min(jpegBandRows(heightPx), heightPx - top);
  const rgb = room.subarray(top * widthPx * 3, (top + rows) * widthPx * 3);
  copyColours(rgba.subarray(top * widthPx * 4, (top + rows) * widthPx * 4), rgb);
  const file = await sharp(rgb, { raw: { width: widthPx, height: rows, channels: 3 } })
    .jpeg({ quality, optimiseCoding: false, progressive: false, chromaSubsampling: '4:2:0' })
    .toBuffer();
  const sos = findSegment(file, SOS);
  const scanFrom = sos + 2 + ((file[sos + 2] ?? 0) << 8) + (file[sos + 3] ?? 0);
  return { head: file.subarray(0, sos), scanHead: file.subarray(sos, scanFrom), scan: file.subarray(scanFrom, file.length - 2) };
};

/**
 * All bands of a picture, top to bottom, as one JPEG file: each becomes a restart interval (ITU-T T.81, sections B.2.4.4 and F.1.1.5), so a
 * band that did not change need not be encoded again. It decodes to the same pixels as the picture encoded in one piece.
 */
export const joinJpegBands = (bands: readonly JpegBand[], widthPx: number, heightPx: number): Uint8Array => {
  const [first] = bands;
  if (!first) throw new RangeError('expected at least one band for a JPEG file, got none');
  const head = Uint8Array.from(first.head);
  const frame = findSegment(head, SOF0);
  head[frame + 5] = heightPx >> 8;
  head[frame + 6] = heightPx & 255;
  const blocks = Math.ceil(widthPx / BLOCK_PX) * (jpegBandRows(heightPx) / BLOCK_PX);
  const interval = Uint8Array.of(255, DRI, 0, 4, blocks >> 8, blocks & 255);
  const parts = bands.flatMap(({ scan }, i) => (i === 0 ? [scan] : [Uint8Array.of(255, RST0 + ((i - 1) % 8)), scan]));
  return Buffer.concat([head, interval, first.scanHead, ...parts, Uint8Array.of(255, EOI)]);
};

const SOF0 = 0xc0;
const RST0 = 0xd0;
const EOI = 0xd9;
const SOS = 0xda;
const DRI = 0xdd;

/** Where a segment's marker stands. The files are our own encoder's: markers follow each other from byte 2 on. */
const findSegment = (file: Uint8Array, marker: number): number => {
  for (let at = 2; at + 4 <= file.length; at += 2 + ((file[at + 2] ?? 0) << 8) + (file[at + 3] ?? 0)) {
    if (file[at] !== 255) break;
    if (file[at + 1] === marker) return at;
  }
  throw new RangeError(`expected the segment ${marker.toString(16)} in an encoded band, got none`);
};
