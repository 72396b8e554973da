import { randomBytes } from 'node:crypto';
import { sniff } from '../../../intake/sniff.ts';
import type { ArtifactStore, Stored } from '../../../jobs/artifact-store.ts';
import { looksLikeExp } from '../../../model/machine-file-shape.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Conversation } from '../route.ts';

/** What is taken, by content, and the media type it is then kept under. */
const TAKEN: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  stitches: 'application/octet-stream',
};

const HEAD_BYTES = 4096;

/** A key of our own making: nothing of it comes from the caller but who he is. */
export const uploadKey = (tenant: string): string => `${tenant}/uploads/${randomBytes(16).toString('hex')}`;

/** Runs work while one of the tenant's places for uploads is taken. @throws HttpProblem `quota.uploads` */
export const withUploadPlace = async <T>({ caller, state, parts }: Conversation, work: () => Promise<T>): Promise<T> => {
  const leave = state.uploads.enter(caller.tenant);
  if (!leave)
    throw new HttpProblem('quota.uploads', `expected at most ${parts.config.uploadsAtOnce} uploads at once, got one more`, {
      headers: { 'Retry-After': '2' },
    });
  try {
    return await work();
  } finally {
    leave();
  }
};

/** @throws HttpProblem `quota.storage` when so much more would be too much */
export const requireRoom = async ({ caller, parts }: Conversation, bytes: number): Promise<void> => {
  const { ledger, config } = parts;
  const used = await ledger.assets.usage(caller.tenant);
  if (used + bytes <= config.uploadQuotaBytes) return;
  throw new HttpProblem(
    'quota.storage',
    `expected uploads of at most ${config.uploadQuotaBytes} bytes in all, got ${used} and ${bytes} more`,
  );
};

/**
 * Stores an upload as it arrives, once its first bytes have told what it is.
 * @param name - what the sender calls it: all that tells an EXP file
 * @throws HttpProblem `upload.empty`, `upload.format`; what reading or storing throws
 */
export const storeUpload = async (
  store: ArtifactStore,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  name: string | null,
): Promise<Stored> => {
  const source = chunks[Symbol.asyncIterator]();
  try {
    const { head, held } = await readHead(source);
    const mediaType = mediaTypeByContent(head, name);
    return await store.put(key, continued(held, source), { mediaType });
  } finally {
    await source.return?.();
  }
};

/** @throws HttpProblem `upload.empty`, `upload.format` */
export const mediaTypeByContent = (head: Uint8Array, name: string | null): string => {
  if (head.length === 0) throw new HttpProblem('upload.empty', 'expected a file, got no bytes');
  const kind = sniff(head) ?? (isNamedExp(head, name) ? 'stitches' : null);
  const mediaType = kind !== null && Object.hasOwn(TAKEN, kind) ? TAKEN[kind] : undefined;
  if (mediaType !== undefined) return mediaType;
  throw new HttpProblem(
    'upload.format',
    `expected PNG, JPEG, WebP, TIFF, SVG or a machine file (DST, PES, PEC, JEF, VP3, XXX; EXP by its name) by content, got ${kind ?? 'something else'}`,
  );
};

/** Bytes that nothing else begins like, can be stitches, and are called so. */
const isNamedExp = (head: Uint8Array, name: string | null): boolean => /\.exp$/i.test(name ?? '') && looksLikeExp(head);

type Head = { readonly head: Uint8Array; readonly held: readonly Uint8Array[] };

const readHead = async (source: AsyncIterator<Uint8Array>): Promise<Head> => {
  const held: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await source.next();
    if (next.done) break;
    held.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(held).subarray(0, HEAD_BYTES), held };
};

async function* continued(held: readonly Uint8Array[], source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}
