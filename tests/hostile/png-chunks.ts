import { constants, crc32, createDeflate, deflateSync } from 'node:zlib';

/** One PNG chunk with its checksum. */
export const chunk = (type: string, body: Uint8Array): Buffer => {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
};

/** A grey 8-bit header. */
export const header = (width: number, height: number): Buffer => {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body[8] = 8;
  return chunk('IHDR', body);
};

export const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
export const END = chunk('IEND', Buffer.alloc(0));

export const png = (...chunks: readonly Buffer[]): Buffer => Buffer.concat([SIGNATURE, ...chunks, END]);

/** A zlib stream of this many zero bytes, made without holding them. */
export const zeros = (count: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const deflate = createDeflate({ level: constants.Z_BEST_SPEED });
    deflate.on('data', (part: Buffer) => out.push(part));
    deflate.on('end', () => resolve(Buffer.concat(out)));
    deflate.on('error', reject);
    const block = Buffer.alloc(1 << 20);
    let left = count;
    const feed = (): void => {
      while (left > 0) {
        const take = Math.min(left, block.length);
        left -= take;
        if (!deflate.write(block.subarray(0, take))) {
          deflate.once('drain', feed);
          return;
        }
      }
      deflate.end();
    };
    feed();
  });

/** A whole grey picture of one colour. */
export const flatPng = async (width: number, height: number, ...extra: readonly Buffer[]): Promise<Buffer> =>
  png(header(width, height), ...extra, chunk('IDAT', await zeros((width + 1) * height)));

export const smallPng = (...extra: readonly Buffer[]): Buffer => png(header(4, 4), ...extra, chunk('IDAT', deflateSync(Buffer.alloc(20))));
