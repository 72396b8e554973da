import { randomUUID } from 'node:crypto';
import { link, lstat, open, readdir, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { ArtifactStore, ByteRange, LinkFacts, Opened, PutFacts, Stored, UploadFacts } from '../../jobs/artifact-store.ts';
import { LONGEST_DOWNLOAD_MS, LONGEST_UPLOAD_MS, signDownload, signUpload } from '../../jobs/signed-link.ts';
import { checkPrefix, keySegments } from '../../jobs/store-key.ts';
import { Problem } from '../../model/problem.ts';
import { rangeWithin } from './byte-range.ts';
import { checkedBytes } from './checked-bytes.ts';
import { errorCode, FolderSyncs, makeDurableFolder, markOf, writeDurably } from './fs-durable.ts';
import { FACTS_ENDING, type FileFacts, type FoundFile, factsText, isSame, nothingThere, readFacts } from './fs-facts.ts';
import { fsProblem } from './fs-problem.ts';
import { walkKeys } from './fs-walk.ts';
import { keyTaken } from './key-taken.ts';

export type FsStoreOptions = {
  readonly root: string;
  /** With it the store hands out links that the API serves: see `signed-link.ts`. */
  readonly links?: {
    /** Signs links. Older secrets matter only to whoever verifies them. */
    readonly secret: string;
    /** Where the API can be reached, such as `https://print.example.com`; empty for links relative to it. */
    readonly baseUrl: string;
  };
  readonly now?: () => number;
  /** Half-written files older than this are of processes that died. One hour by default. */
  readonly leftoverAfterMs?: number;
};

/** A file and its facts under names that nobody looks for. */
type Staged = { readonly file: string; readonly facts: string };

/** Below the root; the sign in its name is in no key. */
const STAGING = '~staging';

/**
 * Files in a folder, under their keys, with their digest and media type beside them. A file is written and synced in a staging folder
 * of the same root and then gets its name in one step, so that it is there whole or not at all, whatever is killed when.
 * @throws Problem `store.unavailable` when the root cannot be made or written
 */
export const openFsStore = async (options: FsStoreOptions): Promise<ArtifactStore> => {
  const store = new FsStore(options);
  await store.prepare();
  return store;
};

/**
 * Where the file of a key lies below `root`.
 * @throws Problem `store.key`
 */
export const pathOfKey = (root: string, key: string): string => {
  const path = join(root, ...keySegments(key));
  // No key that passed can leave the root: this holds even if the alphabet should ever grow.
  if (path.startsWith(root.endsWith(sep) ? root : root + sep)) return path;
  throw new Problem('store.key', 'expected a key below the root of the store, got one that leaves it');
};

class FsStore implements ArtifactStore {
  readonly #root: string;
  readonly #staging: string;
  readonly #options: FsStoreOptions;
  readonly #now: () => number;
  readonly #leftoverAfterMs: number;
  readonly #folders = new FolderSyncs();
  #sweptAtMs = 0;

  constructor(options: FsStoreOptions) {
    this.#root = resolve(options.root);
    this.#staging = join(this.#root, STAGING);
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#leftoverAfterMs = options.leftoverAfterMs ?? 3_600_000;
  }

  async prepare(): Promise<void> {
    await this.#guard('open', async () => {
      await makeDurableFolder(this.#staging);
      await this.#sweepLeftovers();
    });
  }

  async put(key: string, data: Uint8Array | AsyncIterable<Uint8Array>, facts: PutFacts): Promise<Stored> {
    const path = pathOfKey(this.#root, key);
    const checked = checkedBytes(data, facts);
    const putting = this.#guard('write', async () => {
      if (facts.ifAbsent && (await lstat(path).catch(nothingThere))) throw keyTaken(key);
      if (this.#now() - this.#sweptAtMs > this.#leftoverAfterMs) await this.#sweepLeftovers();
      const staged = { file: join(this.#staging, randomUUID()), facts: join(this.#staging, randomUUID()) };
      const { mediaType } = facts;
      try {
        const mark = await writeDurably(staged.file, checked.chunks, async (written) => {
          await writeDurably(staged.facts, [Buffer.from(factsText({ ...written, sha256: checked.measured().sha256, mediaType }))]);
        });
        const { sha256 } = checked.measured();
        await this.#publish(staged, path, { ...mark, sha256, mediaType }, facts.ifAbsent ? key : null);
        return storedOf(key, { ...mark, sha256, mediaType, modifiedAtMs: Number(BigInt(mark.modifiedNs) / 1_000_000n) });
      } finally {
        for (const left of Object.values(staged)) await rm(left, { force: true });
      }
    });
    return putting.catch((error: unknown) => {
      throw checked.reason(error);
    });
  }

  /** The facts first: a file that has its name has its facts. `absentKey` not null: refuse when the name is taken. */
  async #publish(staged: Staged, path: string, facts: FileFacts, absentKey: string | null): Promise<void> {
    const folder = dirname(path);
    for (let attempt = 1; ; attempt++) {
      await makeDurableFolder(folder);
      try {
        // What the first try named may have gone with its folder.
        await (attempt === 1 ? rename(staged.facts, path + FACTS_ENDING) : this.#writeFacts(path, facts));
        if (absentKey === null) await rename(staged.file, path);
        else await link(staged.file, path);
        return await this.#folders.sync(folder);
      } catch (error) {
        if (absentKey !== null && errorCode(error) === 'EEXIST') throw keyTaken(absentKey);
        // `remove` may have taken the empty folder away in between.
        if (errorCode(error) === 'ENOENT' && attempt < 5 && (await lstat(staged.file).catch(nothingThere))) continue;
        if (!(await lstat(path).catch(nothingThere))?.isFile()) await rm(path + FACTS_ENDING, { force: true }).catch(() => undefined);
        throw error;
      }
    }
  }

  async #writeFacts(path: string, facts: FileFacts): Promise<void> {
    const staged = join(this.#staging, randomUUID());
    try {
      await writeDurably(staged, [Buffer.from(factsText(facts))]);
      await rename(staged, path + FACTS_ENDING);
    } finally {
      await rm(staged, { force: true });
    }
  }

  async get(key: string, range?: ByteRange): Promise<Opened | undefined> {
    const path = pathOfKey(this.#root, key);
    return this.#guard('read', async () => {
      const found = await this.#facts(path);
      if (!found) return undefined;
      const part = range ? rangeWithin(range, found.bytes) : undefined;
      return { stored: storedOf(key, found), body: this.#read(path, found, part) };
    });
  }

  /** Opens the file when the first chunk is asked for, so that a body nobody reads holds nothing open. */
  async *#read(path: string, found: FoundFile, part: ByteRange | undefined): AsyncGenerator<Uint8Array> {
    try {
      const handle = await open(path, 'r');
      try {
        if (!isSame(markOf(await handle.stat({ bigint: true })), found)) throw replaced();
        const stream = handle.createReadStream({ autoClose: false, ...(part ? { start: part.first, end: part.last } : {}) });
        for await (const chunk of stream) yield chunk;
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw errorCode(error) === 'ENOENT' ? replaced() : fsProblem('read', this.#root, error);
    }
  }

  async stat(key: string): Promise<Stored | undefined> {
    const path = pathOfKey(this.#root, key);
    return this.#guard('read', async () => {
      const found = await this.#facts(path);
      return found && storedOf(key, found);
    });
  }

  async #facts(path: string): Promise<FoundFile | undefined> {
    const found = await readFacts(path);
    // So that the next reader need not hash it again. Where nothing can be written (a full disk) reading goes on.
    if (found?.isStale) await this.#writeFacts(path, found).catch(() => undefined);
    return found;
  }

  async url(key: string, { ttlMs, fileName }: LinkFacts): Promise<string | undefined> {
    keySegments(key);
    const { links } = this.#options;
    if (!links) return undefined;
    const expiresAtMs = Math.floor(this.#now() + Math.min(ttlMs, LONGEST_DOWNLOAD_MS));
    return links.baseUrl.replace(/\/$/, '') + signDownload({ key, fileName, expiresAtMs }, links.secret);
  }

  async uploadUrl(key: string, { ttlMs, mediaType, bytes, sha256 }: UploadFacts) {
    keySegments(key);
    const { links } = this.#options;
    if (!links) return undefined;
    const expiresAtMs = Math.floor(this.#now() + Math.min(ttlMs, LONGEST_UPLOAD_MS));
    const path = signUpload({ key, mediaType, bytes, sha256, expiresAtMs }, links.secret);
    return { url: links.baseUrl.replace(/\/$/, '') + path, headers: { 'content-type': mediaType } };
  }

  async list(prefix: string, page: { readonly limit: number; readonly after?: string }): Promise<readonly Stored[]> {
    checkPrefix(prefix);
    return this.#guard('read', async () => {
      const listed: Stored[] = [];
      if (page.limit < 1) return listed;
      for await (const key of walkKeys(this.#root, prefix, page.after ?? '')) {
        const found = await this.#facts(join(this.#root, key));
        if (found) listed.push(storedOf(key, found));
        if (listed.length >= page.limit) break;
      }
      return listed;
    });
  }

  async remove(keys: readonly string[]): Promise<void> {
    const paths = keys.map((key) => pathOfKey(this.#root, key));
    await this.#guard('write', async () => {
      for (const path of paths) {
        // The file first: facts alone are nothing.
        await unlink(path).catch(noFileThere);
        await unlink(path + FACTS_ENDING).catch(noFileThere);
      }
      for (const folder of new Set(paths.map(dirname))) await this.#pruneFolder(folder);
    });
  }

  /** Folders that became empty go, up to the root. */
  async #pruneFolder(folder: string): Promise<void> {
    for (let at = folder; at.length > this.#root.length; at = dirname(at)) {
      const isGone = await rmdir(at).then(
        () => true,
        () => false,
      );
      if (!isGone) return;
    }
  }

  async ping(): Promise<void> {
    await this.#guard('write', async () => {
      const probe = join(this.#staging, randomUUID());
      await writeDurably(probe, [Buffer.from('ping')]).finally(() => rm(probe, { force: true }));
    });
  }

  async close(): Promise<void> {}

  async #sweepLeftovers(): Promise<void> {
    this.#sweptAtMs = this.#now();
    for (const name of await readdir(this.#staging)) {
      const path = join(this.#staging, name);
      const status = await stat(path).catch(nothingThere);
      if (status && this.#now() - status.mtimeMs >= this.#leftoverAfterMs) await rm(path, { force: true });
    }
  }

  async #guard<Result>(doing: 'open' | 'read' | 'write', work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw fsProblem(doing, this.#root, error);
    }
  }
}

const storedOf = (key: string, { bytes, sha256, mediaType, modifiedAtMs }: Omit<FoundFile, 'isStale'>): Stored => ({
  key,
  bytes,
  sha256,
  mediaType,
  modifiedAtMs,
});

/** Folders are no files either. */
const noFileThere = (error: unknown): undefined => (errorCode(error) === 'EISDIR' ? undefined : nothingThere(error));

const replaced = (): Problem =>
  new Problem('store.unavailable', 'expected a file to stay until it was read, got one that was removed or replaced', { retry: 'later' });
