import { crc32, deflateSync } from 'node:zlib';
import { MM_PER_INCH } from '../../geometry/units.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MM_PER_METRE = 1000;

/** One PNG chunk: length, name, the parts one after another, and the CRC over name and parts (PNG specification, section 5.3). */
export const pngChunk = (name: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const chunk = new Uint8Array(12 + length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = name.charCodeAt(i);
  let at = 8;
  for (const part of parts) {
    chunk.set(part, at);
    at += part.length;
  }
  view.setUint32(at, crc32(chunk.subarray(4, at)));
  return chunk;
};

export type PngHead = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 4 is RGBA, 3 is RGB. */
  readonly channels: 3 | 4;
  readonly dpi?: number | undefined;
  /** Bytes of an RGB profile; null declares plain sRGB. */
  readonly icc: Uint8Array | null;
};

/** Everything of a PNG file that comes before its picture data. */
export const pngHead = ({ widthPx, heightPx, channels, dpi, icc }: PngHead): readonly Uint8Array[] => {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([8, channels === 4 ? 6 : 2, 0, 0, 0], 8);
  const chunks = [SIGNATURE, pngChunk('IHDR', header)];
  // 'icc', a zero byte, compression method 0; the intent in sRGB is 0, perceptual.
  chunks.push(icc ? pngChunk('iCCP', Uint8Array.of(0x69, 0x63, 0x63, 0, 0), deflateSync(icc)) : pngChunk('sRGB', Uint8Array.of(0)));
  if (dpi !== undefined) {
    const physical = new Uint8Array(9);
    const perMetre = Math.round((dpi / MM_PER_INCH) * MM_PER_METRE);
    new DataView(physical.buffer).setUint32(0, perMetre);
    new DataView(physical.buffer).setUint32(4, perMetre);
    physical[8] = 1;
    chunks.push(pngChunk('pHYs', physical));
  }
  return chunks;
};

export const pngEnd = (): Uint8Array => pngChunk('IEND');

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const ADLER_MODULUS = 65521;

/** The two halves of an Adler-32 sum (RFC 1950, section 8.2). */
export type Adler = { readonly low: number; readonly high: number };

export const EMPTY_ADLER: Adler = { low: 1, high: 0 };

/** The sum of two pieces laid end to end, from their own sums and the length of the second. */
export const joinAdler = (first: Adler, second: Adler, secondLength: number): Adler => ({
  low: (first.low + second.low + ADLER_MODULUS - 1) % ADLER_MODULUS,
  // Each of the second piece's steps adds the first's low half, less the 1 that the second sum began with.
  high: (first.high + second.high + (secondLength % ADLER_MODULUS) * ((first.low + ADLER_MODULUS - 1) % ADLER_MODULUS)) % ADLER_MODULUS,
});

export const adlerBytes = ({ low, high }: Adler): Uint8Array => Uint8Array.of(high >> 8, high & 255, low >> 8, low & 255);
