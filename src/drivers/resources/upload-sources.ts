import { createHash } from 'node:crypto';
import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import { cleanValue } from '../../jobs/key-layout.ts';
import type { Asset } from '../../jobs/ledger.ts';
import { keySegments } from '../../jobs/store-key.ts';
import { Problem } from '../../model/problem.ts';
import { checkPicture } from './http-sources.ts';
import type { SourceBytes } from './source-bytes.ts';

/** What is known of something uploaded; the ledger's `assets`, or a list made beforehand for a process that has no ledger. */
export type FindAsset = (tenant: string, id: string) => Promise<Pick<Asset, 'state' | 'key' | 'sha256' | 'bytes' | 'name'> | undefined>;

export type StoredSources = {
  readonly findAsset: FindAsset;
  readonly store: Pick<ArtifactStore, 'get' | 'stat'>;
  readonly maxBytes: number;
};

const ASSET_ID = /^ast_[0-9a-hjkmnp-tv-z]{36}$/;

/** Another tenant's upload, a removed one and one that never was are all unknown. */
const unknownUpload = (id: string): Problem =>
  new Problem('source.unknown-upload', `expected a finished upload of yours, got "upload:${id.slice(0, 60)}"`, {
    hint: 'Upload the file first and use the id in the answer.',
  });

const unknownKey = (key: string): Problem =>
  new Problem('source.unknown-key', `expected a file of yours in the store, got "store:${key.slice(0, 200)}"`);

const readStored = async (
  { store, maxBytes }: StoredSources,
  key: string,
  sha256: string | null,
  missing: () => Problem,
  name: string,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  const opened = await store.get(key);
  if (!opened) throw missing();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of opened.body) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Problem('source.too-large', `expected at most ${maxBytes} bytes, got more`);
    parts.push(chunk);
  }
  const whole = new Uint8Array(Buffer.concat(parts, bytes));
  const digest = createHash('sha256').update(whole).digest('hex');
  const expected = sha256 ?? opened.stored.sha256;
  if (digest !== expected) throw new Problem('store.checksum', `expected the sha256 ${expected} for a stored file, got ${digest}`);
  return checkPicture(whole, name);
};

/** What a tenant uploaded, `upload:ast_…`. @throws Problem `source.unknown-upload` from its members */
export const uploadSource = (sources: StoredSources, tenant: string, id: string): SourceBytes => {
  if (!ASSET_ID.test(id)) throw unknownUpload(id);
  const find = async (): Promise<{ readonly key: string; readonly sha256: string; readonly name: string | null }> => {
    const asset = await sources.findAsset(tenant, id);
    if (asset?.state !== 'ready' || asset.sha256 === null) throw unknownUpload(id);
    return { key: asset.key, sha256: asset.sha256, name: asset.name };
  };
  return {
    fingerprint: async () => `sha256 ${(await find()).sha256}`,
    read: async (signal) => {
      const { key, sha256, name } = await find();
      return readStored(sources, key, sha256, () => unknownUpload(id), name ?? '', signal);
    },
    name: async () => (await find()).name,
  };
};

/** A file that the service made for a tenant, `store:<key>`: keys begin with whose they are. @throws Problem `source.unknown-key` */
export const storeSource = (sources: StoredSources, tenant: string, key: string): SourceBytes => {
  let segments: readonly string[];
  try {
    segments = keySegments(key);
  } catch {
    throw unknownKey(key);
  }
  if (segments.length < 2 || segments[0] !== cleanValue(tenant)) throw unknownKey(key);
  return {
    fingerprint: async () => {
      const stored = await sources.store.stat(key);
      if (!stored) throw unknownKey(key);
      return `sha256 ${stored.sha256}`;
    },
    read: (signal) => readStored(sources, key, null, () => unknownKey(key), key, signal),
  };
};
