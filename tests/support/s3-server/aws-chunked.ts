import { S3Error } from './s3-error.ts';

export const UNSIGNED_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

export type Decoded = { readonly data: Buffer; readonly trailers: Readonly<Record<string, string>> };

/**
 * Takes the framing off a body sent as `aws-chunked`: sizes in hex before each chunk, a chunk of 0, then trailers.
 * @throws S3Error when anything does not fit
 */
export const decodeAwsChunked = (body: Buffer, headers: Readonly<Record<string, string>>): Decoded => {
  const parts: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = body.indexOf('\r\n', at);
    if (end < 0) throw new S3Error('IncompleteBody', 400);
    const text = body.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = /^([0-9a-f]{1,8})$/i.exec(line())?.[1];
    if (size === undefined) throw new S3Error('InvalidChunkSizeError', 400);
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    if (at + length > body.length) throw new S3Error('IncompleteBody', 400);
    parts.push(body.subarray(at, at + length));
    at += length;
    if (line() !== '') throw new S3Error('IncompleteBody', 400, 'chunk is longer than its size');
  }
  const trailers: Record<string, string> = {};
  for (let text = line(); text !== ''; text = line()) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(text) ?? [];
    trailers[name.toLowerCase()] = value;
  }
  if (at !== body.length) throw new S3Error('IncompleteBody', 400, 'bytes after the last chunk');
  const data = Buffer.concat(parts);
  const announced = (headers['x-amz-trailer'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (Object.keys(trailers).sort().join() !== announced.sort().join()) throw new S3Error('MalformedTrailerError', 400);
  if (Number(headers['x-amz-decoded-content-length']) !== data.length) throw new S3Error('IncompleteBody', 400);
  return { data, trailers };
};
