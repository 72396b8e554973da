import { setTimeout as pause } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ByteRange } from '../../jobs/artifact-store.ts';
import { Problem } from '../../model/problem.ts';
import { backoffMs } from './s3-patience.ts';
import { isMissing, isPassing, isPreconditionFailed, s3Problem } from './s3-problem.ts';

export type Place = { readonly Bucket: string; readonly Key: string };

/** Connections that break this often without a byte in between are not tried again. */
const MOST_BREAKS = 5;

/**
 * The bytes of one version of an object. A connection that breaks is taken up where it broke, of the same version only: what comes out
 * is whole or ends in an error.
 * @throws Problem `store.unavailable` when the object is replaced or removed meanwhile, or the store stays away
 */
export const readObject = async function* (
  client: S3Client,
  place: Place,
  etag: string | undefined,
  { first, last }: ByteRange,
): AsyncGenerator<Uint8Array> {
  let breaks = 0;
  for (let at = first; at <= last; ) {
    // Who asks is patient by itself; here only answers that break off are asked for again.
    const body = await openBody(client, place, etag, `bytes=${at}-${last}`);
    try {
      for await (const chunk of body) {
        at += chunk.length;
        breaks = 0;
        yield chunk;
      }
      if (at <= last) throw new Error('the answer ended early');
    } catch (error) {
      if (!isPassing(error) || ++breaks > MOST_BREAKS) throw s3Problem('reading', place.Bucket, error);
      await pause(backoffMs(breaks, Math.random));
    }
  }
};

const openBody = async (client: S3Client, place: Place, etag: string | undefined, range: string): Promise<AsyncIterable<Uint8Array>> => {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const { Body } = await client.send(new GetObjectCommand({ ...place, Range: range, ...(etag === undefined ? {} : { IfMatch: etag }) }));
    return chunksOf(Body);
  } catch (error) {
    throw isPreconditionFailed(error) || isMissing(error) ? replaced() : s3Problem('reading', place.Bucket, error);
  }
};

/** In Node the body is a stream of bytes; the SDK's type also allows those of browsers. */
const chunksOf = (body: unknown): AsyncIterable<Uint8Array> => {
  if (isByteStream(body)) return body;
  throw new Error('expected a stream of bytes');
};

const isByteStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

const replaced = (): Problem =>
  new Problem('store.unavailable', 'expected a file to stay until it was read, got one that was removed or replaced', { retry: 'later' });
