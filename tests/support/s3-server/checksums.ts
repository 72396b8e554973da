import { createHash } from 'node:crypto';
import { S3Error } from './s3-error.ts';

const CHECKSUMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof CHECKSUMS)[number];
export type Checksum = { readonly name: ChecksumName; readonly value: string };

export const isChecksumName = (name: string): name is ChecksumName => CHECKSUMS.some((known) => known === name);

/** In base64, as the headers carry it. */
export const checksumOf = (name: ChecksumName, data: Uint8Array): string => {
  switch (name) {
    case 'crc32':
      return numberText(BigInt(crc32(data, 0xedb88320)), 4);
    case 'crc32c':
      return numberText(BigInt(crc32(data, 0x82f63b78)), 4);
    case 'crc64nvme':
      return numberText(crc64(data), 8);
    case 'sha1':
    case 'sha256':
      return createHash(name).update(data).digest('base64');
  }
};

/**
 * Holds a body against every checksum that came with it.
 * @throws S3Error `BadDigest`, `InvalidRequest`
 */
export const checkBody = (data: Uint8Array, headers: Readonly<Record<string, string>>, payload: string): Checksum | undefined => {
  if (/^[0-9a-f]{64}$/.test(payload) && createHash('sha256').update(data).digest('hex') !== payload) {
    throw new S3Error('XAmzContentSHA256Mismatch', 400);
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) throw new S3Error('InvalidDigest', 400);
  if (md5 !== undefined && createHash('md5').update(data).digest('base64') !== md5) throw new S3Error('BadDigest', 400);
  const given = Object.keys(headers).flatMap((header) => /^x-amz-checksum-(?!algorithm$|mode$|type$)(.+)$/.exec(header)?.[1] ?? []);
  if (given.length > 1) throw new S3Error('InvalidRequest', 400, 'Expecting a single x-amz-checksum- header');
  const [name] = given;
  const announced = headers['x-amz-sdk-checksum-algorithm']?.toLowerCase();
  if (name === undefined && announced !== undefined)
    throw new S3Error('InvalidRequest', 400, 'x-amz-sdk-checksum-algorithm without a checksum');
  if (name === undefined) return undefined;
  if (!isChecksumName(name)) throw new S3Error('NotImplemented', 501, name);
  if (announced !== undefined && announced !== name) throw new S3Error('InvalidRequest', 400, 'Value for x-amz-sdk-checksum-algorithm');
  const value = headers[`x-amz-checksum-${name}`] ?? '';
  if (checksumOf(name, data) !== value) throw new S3Error('BadDigest', 400, `The ${name} you specified did not match`);
  return { name, value };
};

const numberText = (value: bigint, bytes: number): string =>
  Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex').toString('base64');

const tables = new Map<number, Uint32Array>();

/** Reflected CRC of 32 bits. */
const crc32 = (data: Uint8Array, polynomial: number): number => {
  const table = tables.get(polynomial) ?? Uint32Array.from({ length: 256 }, (_, byte) => eightBits(byte, polynomial));
  tables.set(polynomial, table);
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
};

const eightBits = (byte: number, polynomial: number): number => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
  return crc >>> 0;
};

/** CRC-64/NVME. Slow: for small bodies. */
const crc64 = (data: Uint8Array): bigint => {
  const [polynomial, ones] = [0x9a6c9329ac4bc9b5n, 0xffffffffffffffffn];
  let crc = ones;
  for (const byte of data) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ polynomial : crc >> 1n;
  }
  return crc ^ ones;
};
