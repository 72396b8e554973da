import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Problem } from '../../model/problem.ts';
import type { Purpose } from './checked-url.ts';

export type BodyLimits = { readonly purpose: Purpose /** After decoding. */; readonly maxBytes: number };

const tooLarge = ({ purpose, maxBytes }: BodyLimits): Problem =>
  new Problem(`${purpose}.too-large`, `expected at most ${maxBytes} bytes, got more`);

const decoderFor = (encoding: string, purpose: Purpose): NodeJS.ReadWriteStream | null => {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new Problem(`${purpose}.encoding`, `expected gzip, br or no content encoding, got "${encoding.slice(0, 40)}"`);
  }
};

const collect = async (chunks: AsyncIterable<unknown>, limits: BodyLimits): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.length;
    if (bytes > limits.maxBytes) throw tooLarge(limits);
    parts.push(chunk);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const isZlibError = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(?:Z_|ERR_(?:_?ZLIB|BROTLI)|ERR__ERROR_FORMAT)/.test(error.code);

/**
 * A body as a whole, decoded on the way and given up as soon as it is larger than allowed: a small body that inflates to gigabytes is
 * never held.
 * @throws Problem `<purpose>.too-large`, `.encoding` or `.corrupt`, and what the connection throws
 */
export const readBody = async (body: NodeJS.ReadableStream, encoding: string, limits: BodyLimits): Promise<Uint8Array> => {
  const decoder = decoderFor(encoding, limits.purpose);
  if (decoder === null) return collect(body, limits);
  body.once('error', (error) => decoder.emit('error', error));
  body.pipe(decoder);
  try {
    return await collect(decoder, limits);
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new Problem(`${limits.purpose}.corrupt`, `expected a body in ${encoding} encoding, got one that cannot be decoded`, {
      cause: error,
    });
  }
};
