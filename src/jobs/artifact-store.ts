/**
 * Files by key. A key is segments of `[A-Za-z0-9._=+-]` joined by `/`; a driver refuses everything else, so no key can leave its root.
 * A file is there whole or not at all.
 * @throws Problem `store.unavailable`, `store.full`, `store.denied`, `store.missing-bucket` (all retry later), `store.key`,
 *   `store.checksum`, `store.range`
 */
export type ArtifactStore = {
  /** Resolves when the bytes are durable. Equal keys with equal digests may be written again. */
  put(key: string, data: Uint8Array | AsyncIterable<Uint8Array>, facts: PutFacts): Promise<Stored>;
  get(key: string, range?: ByteRange): Promise<Opened | undefined>;
  stat(key: string): Promise<Stored | undefined>;
  /** A link that works without further credentials for `ttlMs`, at most 15 minutes; undefined when the driver has none of its own. */
  url(key: string, link: LinkFacts): Promise<string | undefined>;
  /** Where a caller may PUT bytes himself; undefined when uploads must go through the API. */
  uploadUrl(
    key: string,
    upload: UploadFacts,
  ): Promise<{ readonly url: string; readonly headers: Readonly<Record<string, string>> } | undefined>;
  /** Keys that begin with `prefix` in order, after `after`. */
  list(prefix: string, page: { readonly limit: number; readonly after?: string }): Promise<readonly Stored[]>;
  /** Missing ones are fine. */
  remove(keys: readonly string[]): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type PutFacts = {
  readonly mediaType: string;
  /** Hex; checked on the way when known beforehand. */
  readonly sha256?: string;
  readonly bytes?: number;
  /** Refuse with `store.exists` when the key is taken. */
  readonly ifAbsent?: boolean;
};

export type Stored = {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly modifiedAtMs: number;
};

/** First and last byte, both included. */
export type ByteRange = { readonly first: number; readonly last: number };

export type Opened = { readonly stored: Stored; readonly body: AsyncIterable<Uint8Array> };

export type LinkFacts = { readonly ttlMs: number /** Offered when the browser saves it. */; readonly fileName: string };

export type UploadFacts = { readonly ttlMs: number; readonly mediaType: string; readonly bytes: number; readonly sha256: string };
