import { once } from 'node:events';
import { constants, createDeflate, type Deflate } from 'node:zlib';
import type { Kernel } from '../kernel/kernel.ts';
import { type Adler, adlerBytes, EMPTY_ADLER, joinAdler, joinBytes, type PngHead, pngChunk, pngEnd, pngHead } from './png-container.ts';
import { STRIP_ROWS } from './strip-edges.ts';
import type { PaintedStrip } from './strip-painter.ts';

/**
 * `fast` is the kernel's own deflate. `small` sends the same filtered rows through zlib for about a tenth fewer bytes on photographs,
 * far fewer on drawings that repeat themselves, at several times the work.
 */
export type PngSize = 'fast' | 'small';

/** Levels beyond this cost five times as much for two parts in a hundred. */
const ZLIB_LEVEL = 6;
/** Deflate with a 32 KB window, no preset dictionary, fastest algorithm (RFC 1950, section 2.2). */
const ZLIB_HEADER = Uint8Array.of(0x78, 0x01);

/** Takes strips from top to bottom and gives the file. The bytes depend on the pixels alone. */
export type PngWriter = {
  add(strip: PaintedStrip): Promise<void>;
  finish(): Promise<Uint8Array>;
};

/** How the strips hold their colours. */
export type Alpha = 'premultiplied' | 'straight';

const begin = (kernel: Kernel, { widthPx, channels }: PngHead, alpha: Alpha): void => {
  const at = kernel.reserve(kernel.calls.pngBytes(widthPx, STRIP_ROWS));
  kernel.calls.beginPng(at, widthPx, STRIP_ROWS, channels, Number(alpha === 'straight'));
};

const outputOf = (kernel: Kernel, bytes: number): Uint8Array => {
  // Addresses come back as signed numbers.
  const at = kernel.calls.pngOutput() >>> 0;
  return kernel.bytes.subarray(at, at + bytes);
};

const fastWriter = (kernel: Kernel, head: PngHead, alpha: Alpha): PngWriter => {
  begin(kernel, head, alpha);
  const chunks = [...pngHead(head)];
  let sum: Adler = EMPTY_ADLER;
  return {
    add: async ({ address, stride, top, rows }) => {
      const last = top + rows === head.heightPx;
      const data = outputOf(kernel, kernel.calls.encodeStrip(address, stride, rows, Number(last)));
      const own = { low: kernel.calls.adlerLowHalf(), high: kernel.calls.adlerHighHalf() };
      sum = joinAdler(sum, own, rows * (head.widthPx * head.channels + 1));
      chunks.push(pngChunk('IDAT', ...(top === 0 ? [ZLIB_HEADER] : []), data, ...(last ? [adlerBytes(sum)] : [])));
    },
    finish: async () => joinBytes([...chunks, pngEnd()]),
  };
};

const smallWriter = (kernel: Kernel, head: PngHead, alpha: Alpha): PngWriter => {
  begin(kernel, head, alpha);
  const chunks = [...pngHead(head)];
  const zlib: Deflate = createDeflate({ level: ZLIB_LEVEL, memLevel: 9, strategy: constants.Z_FILTERED });
  zlib.on('data', (data: Uint8Array) => chunks.push(pngChunk('IDAT', data)));
  return {
    add: async ({ address, stride, rows }) => {
      const rowsBytes = outputOf(kernel, kernel.calls.filterStrip(address, stride, rows)).slice();
      if (!zlib.write(rowsBytes)) await once(zlib, 'drain');
    },
    finish: async () => {
      zlib.end();
      await once(zlib, 'end');
      return joinBytes([...chunks, pngEnd()]);
    },
  };
};

/** Reserves kernel memory; call it after the last other reservation of the render. */
export const openPngWriter = (kernel: Kernel, head: PngHead, size: PngSize, alpha: Alpha = 'premultiplied'): PngWriter =>
  size === 'fast' ? fastWriter(kernel, head, alpha) : smallWriter(kernel, head, alpha);
