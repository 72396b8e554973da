import { sniff } from '../../intake/sniff.ts';
import { looksLikeExp } from '../../model/machine-file-shape.ts';
import { Problem } from '../../model/problem.ts';
import { type Fetched, type FetchOptions, type GuardedFetch, openGuardedFetch } from '../net/guarded-fetch.ts';
import { HttpCache, type HttpCacheOptions, type HttpEntry } from './http-cache.ts';
import { fileNameOf } from './source.ts';
import type { SourceBytes } from './source-bytes.ts';

export type HttpSourcesOptions = FetchOptions & {
  /** Fetched bodies are kept here and asked for again only when they changed; without it nothing is kept. */
  readonly cache?: HttpCacheOptions;
  readonly now?: () => number;
};

export type HttpSources = {
  /** @param scope - the tenant: what one fetched is not shown to another */
  locate(scope: string, url: string): SourceBytes;
  close(): Promise<void>;
};

/** However long an answer says it stays fresh, it is asked about again after this: a shop that corrects a picture expects to see it. */
const MAX_FRESH_MS = 300_000;

const PICTURES = new Set(['png', 'jpeg', 'webp', 'tiff', 'svg', 'svgz', 'gif', 'bmp', 'avif', 'heif', 'jxl', 'jp2', 'psd', 'stitches']);

/**
 * Bytes that begin like a picture or a machine file, before anything is kept or decoded. Which pictures can be read the decoder decides.
 * @param name - all that tells an EXP file, whose bytes must be able to be stitches as well
 * @throws Problem `source.content`
 */
export const checkPicture = (bytes: Uint8Array, name = ''): Uint8Array => {
  const kind = sniff(bytes);
  if (kind !== null && PICTURES.has(kind)) return bytes;
  if (kind === null && /\.exp$/i.test(name) && looksLikeExp(bytes)) return bytes;
  const got = bytes.length === 0 ? 'nothing' : kind === null ? 'something else' : `a file of kind ${kind}`;
  throw new Problem('source.content', `expected a picture, got ${got}`, {
    hint: kind === 'html' ? 'The address leads to a page: use the address of the picture on it.' : undefined,
  });
};

const directives = (cacheControl: string): ReadonlySet<string> =>
  new Set(
    cacheControl
      .toLowerCase()
      .split(',')
      .map((one) => one.trim()),
  );

/** Milliseconds for which an answer may be used unasked; null when it is not to be kept. */
export const freshForMs = (cacheControl: string): number | null => {
  const words = directives(cacheControl);
  if (words.has('no-store')) return null;
  if (words.has('no-cache')) return 0;
  const age = [...words].map((word) => /^max-age=(\d{1,9})$/.exec(word)?.[1]).find((seconds) => seconds !== undefined);
  return Math.min(Number(age ?? 0) * 1000, MAX_FRESH_MS);
};

class CachedSources implements HttpSources {
  readonly #fetch: GuardedFetch;
  readonly #cache: HttpCache | null;
  readonly #now: () => number;

  constructor(fetch: GuardedFetch, { cache, now = Date.now }: HttpSourcesOptions) {
    this.#fetch = fetch;
    this.#cache = cache === undefined ? null : new HttpCache(cache);
    this.#now = now;
  }

  locate(scope: string, url: string): SourceBytes {
    return { fingerprint: async () => null, read: (signal) => this.#read(scope, url, signal) };
  }

  close(): Promise<void> {
    return this.#fetch.close();
  }

  async #read(scope: string, url: string, signal: AbortSignal): Promise<Uint8Array> {
    const address = this.#fetch.check(url);
    const known = (await this.#cache?.entry(scope, address)) ?? null;
    const kept = known && (await this.#cache?.body(known.sha256));
    if (!known || !kept) return this.#keep(scope, address, await this.#fetch.get(address, signal));
    if (known.freshUntilMs > this.#now()) return kept;
    const fetched = await this.#fetch.get(address, signal, known);
    if (fetched.kind === 'body') return this.#keep(scope, address, fetched);
    await this.#renew(scope, address, known, fetched.cacheControl);
    return kept;
  }

  async #keep(scope: string, url: string, fetched: Fetched): Promise<Uint8Array> {
    // Only asked for with validators at hand.
    if (fetched.kind === 'not-modified') throw new Problem('source.status', 'expected the status 200, got 304');
    const { bytes, etag, lastModified, finalUrl, cacheControl } = fetched;
    checkPicture(bytes, fileNameOf(url));
    const freshMs = freshForMs(cacheControl);
    if (freshMs !== null && (freshMs > 0 || etag !== null || lastModified !== null))
      await this.#cache?.keep(scope, url, bytes, { etag, lastModified, finalUrl, freshUntilMs: this.#now() + freshMs });
    return bytes;
  }

  async #renew(scope: string, url: string, known: HttpEntry, cacheControl: string): Promise<void> {
    const freshMs = freshForMs(cacheControl) ?? 0;
    if (freshMs > 0) await this.#cache?.note(scope, url, { ...known, freshUntilMs: this.#now() + freshMs });
  }
}

/** Pictures from allowed hosts, guarded as `openGuardedFetch` says and kept on disk by address and validators. */
export const openHttpSources = async (options: HttpSourcesOptions): Promise<HttpSources> =>
  new CachedSources(await openGuardedFetch(options), options);
