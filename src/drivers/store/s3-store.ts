import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ArtifactStore, ByteRange, LinkFacts, Opened, PutFacts, Stored, UploadFacts } from '../../jobs/artifact-store.ts';
import { checkPrefix, keySegments } from '../../jobs/store-key.ts';
import { rangeWithin } from './byte-range.ts';
import { openS3Clients, type S3Clients, type S3StoreOptions } from './s3-client.ts';
import { downloadUrl, uploadUrl } from './s3-links.ts';
import { isMissing, s3Problem } from './s3-problem.ts';
import { putObject } from './s3-put.ts';
import { type Place, readObject } from './s3-read.ts';

/**
 * Files in a bucket of S3 or of a store that speaks like it. Digest and media type are kept with the object; uploads of more than one
 * part appear when all of them are there.
 * @throws Problem `store.prefix` when no key could begin with the prefix
 */
export const openS3Store = async (options: S3StoreOptions): Promise<ArtifactStore> => {
  if (options.prefix) checkPrefix(options.prefix);
  return new S3Store(options, await openS3Clients(options));
};

/** What DeleteObjects takes at a time. */
const MOST_REMOVED = 1_000;

/** Objects asked for their facts at a time. */
const ASKED_AT_ONCE = 8;

class S3Store implements ArtifactStore {
  readonly #options: S3StoreOptions;
  readonly #clients: S3Clients;
  readonly #prefix: string;

  constructor(options: S3StoreOptions, clients: S3Clients) {
    this.#options = options;
    this.#clients = clients;
    this.#prefix = (options.prefix ?? '').replace(/(?<=[^/])$/, '/');
  }

  async put(key: string, data: Uint8Array | AsyncIterable<Uint8Array>, facts: PutFacts): Promise<Stored> {
    const place = this.#place(key);
    return putObject(this.#clients, this.#options, key, place, data, facts);
  }

  async get(key: string, range?: ByteRange): Promise<Opened | undefined> {
    const head = await this.#head(key);
    if (!head) return undefined;
    const stored = await this.#storedOf(key, head);
    const part = range ? rangeWithin(range, stored.bytes) : { first: 0, last: stored.bytes - 1 };
    return { stored, body: readObject(this.#clients.reader, this.#place(key), head.ETag, part) };
  }

  async stat(key: string): Promise<Stored | undefined> {
    const head = await this.#head(key);
    return head && this.#storedOf(key, head);
  }

  async #head(key: string): Promise<HeadObjectCommandOutput | undefined> {
    const place = this.#place(key);
    const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
    return this.#guard('asking for a file', () =>
      this.#clients.reader.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' })).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      }),
    );
  }

  /** Objects of other tools carry no digest of ours: then that of the store when it has one of the whole, else we read and hash. */
  async #storedOf(key: string, head: HeadObjectCommandOutput): Promise<Stored> {
    const bytes = head.ContentLength ?? 0;
    const kept = head.Metadata?.sha256;
    const isWhole = head.ChecksumSHA256 !== undefined && !head.ChecksumSHA256.includes('-');
    const known = isWhole ? Buffer.from(head.ChecksumSHA256 ?? '', 'base64').toString('hex') : kept;
    return {
      key,
      bytes,
      sha256: known && /^[0-9a-f]{64}$/.test(known) ? known : await this.#hash(key, head, bytes),
      mediaType: head.ContentType ?? 'application/octet-stream',
      modifiedAtMs: head.LastModified?.getTime() ?? 0,
    };
  }

  async #hash(key: string, head: HeadObjectCommandOutput, bytes: number): Promise<string> {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256');
    const whole = { first: 0, last: bytes - 1 };
    for await (const chunk of readObject(this.#clients.reader, this.#place(key), head.ETag, whole)) hash.update(chunk);
    return hash.digest('hex');
  }

  async url(key: string, link: LinkFacts): Promise<string> {
    const place = this.#place(key);
    return this.#guard('signing a link', () => downloadUrl(this.#clients.linker, place, link));
  }

  async uploadUrl(key: string, upload: UploadFacts) {
    const place = this.#place(key);
    return this.#guard('signing a link', () => uploadUrl(this.#clients.linker, place, upload, this.#options.checksums ?? true));
  }

  async list(prefix: string, page: { readonly limit: number; readonly after?: string }): Promise<readonly Stored[]> {
    checkPrefix(prefix);
    const listed: Stored[] = [];
    let after = page.after;
    // Objects can go between the list and the question for their facts: a page is short only at the end.
    while (listed.length < page.limit) {
      const keys = await this.#keys(prefix, page.limit - listed.length, after);
      for (let at = 0; at < keys.length; at += ASKED_AT_ONCE) {
        const some = await Promise.all(keys.slice(at, at + ASKED_AT_ONCE).map((key) => this.stat(key)));
        listed.push(...some.filter((stored) => stored !== undefined));
      }
      after = keys.at(-1);
      if (after === undefined) break;
    }
    return listed;
  }

  async #keys(prefix: string, limit: number, after: string | undefined): Promise<readonly string[]> {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const answer = await this.#guard('listing', () =>
      this.#clients.reader.send(
        new ListObjectsV2Command({
          Bucket: this.#options.bucket,
          Prefix: this.#prefix + prefix,
          MaxKeys: Math.min(limit, 1_000),
          ...(after === undefined ? {} : { StartAfter: this.#prefix + after }),
        }),
      ),
    );
    return (answer.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(this.#prefix.length)]));
  }

  async remove(keys: readonly string[]): Promise<void> {
    const objects = keys.map((key) => ({ Key: this.#place(key).Key }));
    const { DeleteObjectsCommand } = await import('@aws-sdk/client-s3');
    for (let at = 0; at < objects.length; at += MOST_REMOVED) {
      const Delete = { Objects: objects.slice(at, at + MOST_REMOVED), Quiet: true };
      const answer = await this.#guard('removing', () =>
        this.#clients.writer.send(new DeleteObjectsCommand({ Bucket: this.#options.bucket, Delete })),
      );
      const [first] = (answer.Errors ?? []).filter(({ Code }) => Code !== 'NoSuchKey');
      if (first) throw s3Problem(`removing ${answer.Errors?.length} files`, this.#options.bucket, partialError(first.Code));
    }
  }

  async ping(): Promise<void> {
    const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
    await this.#guard('asking for the bucket', () =>
      this.#clients.reader
        .send(new HeadBucketCommand({ Bucket: this.#options.bucket }), { abortSignal: AbortSignal.timeout(2_000) })
        .catch((error: unknown) => {
          // A HEAD has no body that could say which of the two is missing.
          throw isMissing(error) ? partialError('NoSuchBucket', 404) : error;
        }),
    );
  }

  async close(): Promise<void> {
    this.#clients.writer.destroy();
  }

  #place(key: string): Place {
    return { Bucket: this.#options.bucket, Key: this.#prefix + keySegments(key).join('/') };
  }

  async #guard<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw s3Problem(doing, this.#options.bucket, error);
    }
  }
}

/** An error that stood in an answer which as a whole succeeded. */
const partialError = (code: string | undefined, status = statusOf(code)): unknown => ({
  name: code ?? 'Unknown',
  $metadata: { httpStatusCode: status },
});

const statusOf = (code: string | undefined): number => (code === 'AccessDenied' ? 403 : 503);
