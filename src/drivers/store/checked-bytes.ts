import { createHash } from 'node:crypto';
import type { PutFacts } from '../../jobs/artifact-store.ts';
import { Problem } from '../../model/problem.ts';

export type Measured = { readonly bytes: number; readonly sha256: string };

/** What is put, chunk by chunk; what it measured is known when the last chunk was taken. */
export type CheckedBytes = {
  readonly chunks: AsyncIterable<Uint8Array>;
  measured(): Measured;
  /** Why a put failed: what the source of the bytes threw, when it did, else the error given. */
  reason(error: unknown): unknown;
};

/**
 * Hashes and counts bytes on their way and throws at their end when they are not the announced ones, and at once when there are more.
 * @throws Problem `store.checksum`
 */
export const checkedBytes = (data: Uint8Array | AsyncIterable<Uint8Array>, facts: PutFacts): CheckedBytes => {
  const hash = createHash('sha256');
  let measured: Measured | undefined;
  let sourceFailed: { readonly error: unknown } | undefined;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    try {
      if (data instanceof Uint8Array) yield data;
      else yield* data;
    } catch (error) {
      sourceFailed = { error };
      throw error;
    }
  };
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of source()) {
      bytes += chunk.length;
      if (facts.bytes !== undefined && bytes > facts.bytes) throw mismatch(`${facts.bytes} bytes`, 'more');
      hash.update(chunk);
      yield chunk;
    }
    measured = { bytes, sha256: hash.digest('hex') };
    checkMeasured(measured, facts);
  };
  return {
    chunks: chunks(),
    measured() {
      if (measured) return measured;
      throw new Error('expected the bytes to be taken before they are asked for their digest');
    },
    reason: (error) => (sourceFailed ? sourceFailed.error : error),
  };
};

/** @throws Problem `store.checksum` */
export const checkMeasured = (measured: Measured, facts: PutFacts): void => {
  if (facts.bytes !== undefined && facts.bytes !== measured.bytes) throw mismatch(`${facts.bytes} bytes`, String(measured.bytes));
  if (facts.sha256 !== undefined && facts.sha256 !== measured.sha256) throw mismatch(`sha256 ${facts.sha256}`, measured.sha256);
};

const mismatch = (wanted: string, got: string): Problem =>
  new Problem('store.checksum', `expected ${wanted} for a file to be stored, got ${got}`, {
    hint: 'The bytes changed or were cut on their way: send them again.',
  });
