import type { ArtifactStore, ByteRange, Opened, PutFacts, Stored } from '../../jobs/artifact-store.ts';
import { checkPrefix, keySegments } from '../../jobs/store-key.ts';
import { Problem } from '../../model/problem.ts';
import { rangeWithin } from './byte-range.ts';
import { checkedBytes } from './checked-bytes.ts';
import { keyTaken } from './key-taken.ts';

export type MemoryStoreOptions = {
  readonly now?: () => number;
  /** Bytes it takes before it answers `store.full`; without a limit by default. */
  readonly maxBytes?: number;
};

/** Keeps files for as long as the process lives: for libraries and tests. */
export const openMemoryStore = async (options: MemoryStoreOptions = {}): Promise<ArtifactStore> => new MemoryStore(options);

type Kept = { readonly stored: Stored; readonly data: Uint8Array };

class MemoryStore implements ArtifactStore {
  readonly #files = new Map<string, Kept>();
  readonly #now: () => number;
  readonly #maxBytes: number;

  constructor(options: MemoryStoreOptions) {
    this.#now = options.now ?? Date.now;
    this.#maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY;
  }

  async put(key: string, data: Uint8Array | AsyncIterable<Uint8Array>, facts: PutFacts): Promise<Stored> {
    keySegments(key);
    const checked = checkedBytes(data, facts);
    const parts: Uint8Array[] = [];
    for await (const chunk of checked.chunks) parts.push(chunk);
    if (facts.ifAbsent && this.#files.has(key)) throw keyTaken(key);
    const bytes = Buffer.concat(parts);
    const others = [...this.#files.values()].reduce((sum, kept) => sum + (kept.stored.key === key ? 0 : kept.data.length), 0);
    if (others + bytes.length > this.#maxBytes) {
      throw new Problem('store.full', `expected room for ${bytes.length} bytes, got a full store`, { retry: 'later' });
    }
    const stored: Stored = { key, ...checked.measured(), mediaType: facts.mediaType, modifiedAtMs: this.#now() };
    this.#files.set(key, { stored, data: bytes });
    return stored;
  }

  async get(key: string, range?: ByteRange): Promise<Opened | undefined> {
    keySegments(key);
    const kept = this.#files.get(key);
    if (!kept) return undefined;
    const { first, last } = range ? rangeWithin(range, kept.data.length) : { first: 0, last: kept.data.length - 1 };
    const part = kept.data.slice(first, last + 1);
    const body = async function* (): AsyncGenerator<Uint8Array> {
      if (part.length > 0) yield part;
    };
    return { stored: kept.stored, body: body() };
  }

  async stat(key: string): Promise<Stored | undefined> {
    keySegments(key);
    return this.#files.get(key)?.stored;
  }

  async url(): Promise<undefined> {}

  async uploadUrl(): Promise<undefined> {}

  async list(prefix: string, page: { readonly limit: number; readonly after?: string }): Promise<readonly Stored[]> {
    checkPrefix(prefix);
    const { after } = page;
    return [...this.#files.keys()]
      .filter((key) => key.startsWith(prefix) && (after === undefined || key > after))
      .sort()
      .slice(0, page.limit)
      .flatMap((key) => this.#files.get(key)?.stored ?? []);
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) keySegments(key);
    for (const key of keys) this.#files.delete(key);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}
}
