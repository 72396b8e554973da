import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { PutFacts, Stored } from '../../jobs/artifact-store.ts';
import { sha256 } from '../../model/digest.ts';
import { checkedBytes, checkMeasured, type Measured } from './checked-bytes.ts';
import { keyTaken } from './key-taken.ts';
import type { S3Clients, S3StoreOptions } from './s3-client.ts';
import { failureOf, isPreconditionFailed, s3Problem } from './s3-problem.ts';
import type { Place } from './s3-read.ts';
import { spool } from './spool.ts';

/** Larger bodies go in parts of this size. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 3;

/** One put: where it goes, what it is called in the object's metadata, and what its body is known to be. */
type Put = {
  readonly key: string;
  readonly place: Place;
  readonly id: string;
  readonly facts: PutFacts;
  readonly sha256: string;
  readonly checksums: boolean;
};

/** @throws Problem; whatever the source of the bytes throws */
export const putObject = async (
  clients: S3Clients,
  options: S3StoreOptions,
  key: string,
  place: Place,
  data: Uint8Array | AsyncIterable<Uint8Array>,
  facts: PutFacts,
): Promise<Stored> => {
  const base = { key, place, id: randomUUID(), facts, checksums: options.checksums ?? true };
  const storedOf = (measured: Measured): Stored => ({
    key,
    ...measured,
    mediaType: facts.mediaType,
    modifiedAtMs: (options.now ?? Date.now)(),
  });
  const sendAll = data instanceof Uint8Array ? sendBytes(clients, base, data) : sendStream(clients, options, base, data);
  return storedOf(await sendAll);
};

const sendBytes = async (clients: S3Clients, base: Omit<Put, 'sha256'>, data: Uint8Array): Promise<Measured> => {
  const measured = { bytes: data.length, sha256: sha256(data) };
  checkMeasured(measured, base.facts);
  await send(clients, { ...base, sha256: measured.sha256 }, data).catch((error: unknown) => {
    throw s3Problem('writing', base.place.Bucket, error);
  });
  return measured;
};

/** The digest stands in the object's head, which is sent first: where it is not known, the whole body is taken before any is sent. */
const sendStream = async (
  clients: S3Clients,
  options: S3StoreOptions,
  base: Omit<Put, 'sha256'>,
  data: AsyncIterable<Uint8Array>,
): Promise<Measured> => {
  const checked = checkedBytes(data, base.facts);
  try {
    const { start, isWhole, rest } = await takeStart(checked.chunks);
    if (isWhole) await send(clients, { ...base, sha256: checked.measured().sha256 }, start);
    else if (base.facts.sha256 !== undefined) await send(clients, { ...base, sha256: base.facts.sha256 }, rest);
    else {
      const spooled = await spool(rest, options.spoolFolder);
      const sha256 = checked.measured().sha256;
      await send(clients, { ...base, sha256 }, spooled.read()).finally(spooled.remove);
    }
    return checked.measured();
  } catch (error) {
    throw checked.reason(s3Problem('writing', base.place.Bucket, error));
  }
};

/** The first part of a stream; `rest` is all of it when there is more. */
const takeStart = async (chunks: AsyncIterable<Uint8Array>) => {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let bytes = 0;
  let isWhole = false;
  while (bytes < PART_BYTES && !isWhole) {
    const next = await iterator.next();
    if (next.done) isWhole = true;
    else bytes += taken[taken.push(next.value) - 1]?.length ?? 0;
  }
  const start = Buffer.concat(taken);
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { start, isWhole, rest: rest() };
};

/**
 * Sends a body and makes sure that it is ours which stands there. An answer can be lost after the object was made: the next attempt then
 * meets our own object and is refused, which the id in its metadata tells from another writer's.
 */
const send = async (clients: S3Clients, put: Put, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> => {
  try {
    if (body instanceof Uint8Array && body.length <= PART_BYTES) await sendWhole(clients.writer, put, body);
    else await sendParts(clients.writer, put, body);
  } catch (error) {
    const isRefused = isPreconditionFailed(error);
    if (!isRefused && failureOf(error).code !== 'NoSuchUpload') throw error;
    if (await isOurs(clients.reader, put)) return;
    throw isRefused ? keyTaken(put.key) : error;
  }
};

const isOurs = async (client: S3Client, { place, id }: Put): Promise<boolean> => {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const { Metadata } = await client.send(new HeadObjectCommand(place));
  return Metadata?.put === id;
};

const commonOf = ({ place, id, facts, sha256: digest }: Put) => ({
  ...place,
  ContentType: facts.mediaType,
  Metadata: { sha256: digest, put: id },
  ...(facts.ifAbsent ? { IfNoneMatch: '*' } : {}),
});

const sendWhole = async (client: S3Client, put: Put, body: Uint8Array): Promise<void> => {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const checksum = put.checksums ? { ChecksumSHA256: Buffer.from(put.sha256, 'hex').toString('base64') } : {};
  await client.send(new PutObjectCommand({ ...commonOf(put), ...checksum, Body: body, ContentLength: body.length }));
};

/** Parts of a failed upload are removed at once; those of a process that died by the bucket's lifecycle rule. */
const sendParts = async (client: S3Client, put: Put, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> => {
  const { Upload } = await import('@aws-sdk/lib-storage');
  const Body = body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : Readable.from(body);
  const upload = new Upload({
    client,
    partSize: PART_BYTES,
    queueSize: PARTS_AT_ONCE,
    params: { ...commonOf(put), Body, ...(put.checksums ? { ChecksumAlgorithm: 'SHA256' } : {}) },
  });
  await upload.done();
};
