import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../make-folder.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const entrySchema = z.strictObject({
  sha256: digest,
  etag: z.string().max(1024).nullable(),
  lastModified: z.string().max(1024).nullable(),
  /** Where redirects led. */
  finalUrl: z.string().max(5000),
  /** Until when nobody needs to ask again. */
  freshUntilMs: z.number(),
});

/** What came from an address the last time. */
export type HttpEntry = z.output<typeof entrySchema>;

export type HttpCacheOptions = {
  readonly dir: string;
  /** 1 GB unless given. */
  readonly maxBytes?: number;
};

const MAX_ENTRY_BYTES = 16_384;
/** After a sweep this much of the room is used. */
const SWEPT_SHARE = 0.8;
/** Sizes are taken from disk again after this many bytes were written by this process: others may write too. */
const RECOUNT_SHARE = 0.1;

const sha256Of = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

type KeptFile = { readonly path: string; readonly bytes: number; readonly usedAtMs: number };

/**
 * Fetched bodies on disk, by digest, and what is known of each address. Names of files are digests, never words of an address. Several
 * processes may share a folder; one that is damaged or emptied costs fetching again.
 */
export class HttpCache {
  readonly #dir: string;
  readonly #maxBytes: number;
  #unswept = Number.POSITIVE_INFINITY;

  constructor({ dir, maxBytes = 1_000_000_000 }: HttpCacheOptions) {
    this.#dir = dir;
    this.#maxBytes = maxBytes;
  }

  /** @param scope - whose it is: what one tenant fetched says nothing to another */
  async entry(scope: string, url: string): Promise<HttpEntry | null> {
    try {
      const text = await readFile(this.#entryPath(scope, url), 'utf8');
      return text.length > MAX_ENTRY_BYTES ? null : entrySchema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** Null when it was swept or is not what it was. */
  async body(sha256: string): Promise<Uint8Array | null> {
    const path = join(this.#dir, 'bodies', sha256);
    try {
      const bytes = new Uint8Array(await readFile(path));
      if (sha256Of(bytes) === sha256) {
        const now = new Date();
        await utimes(path, now, now).catch(() => {});
        return bytes;
      }
      await rm(path, { force: true });
    } catch {
      // Not there, or not to be read: fetched again.
    }
    return null;
  }

  /** Keeping is a convenience: when the disk refuses, the fetched bytes are used all the same. */
  async keep(scope: string, url: string, bytes: Uint8Array, facts: Omit<HttpEntry, 'sha256'>): Promise<void> {
    if (bytes.length > this.#maxBytes / 4) return;
    const sha256 = sha256Of(bytes);
    try {
      await this.#write(join(this.#dir, 'bodies', sha256), bytes);
      await this.note(scope, url, { ...facts, sha256 });
      await this.#sweepWhenFull(bytes.length);
    } catch {
      // See above.
    }
  }

  /** What is known of an address now. */
  async note(scope: string, url: string, entry: HttpEntry): Promise<void> {
    await this.#write(this.#entryPath(scope, url), JSON.stringify(entry)).catch(() => {});
  }

  #entryPath(scope: string, url: string): string {
    return join(this.#dir, 'entries', `${sha256Of(JSON.stringify([scope, url]))}.json`);
  }

  /** There whole or not at all, also for other processes. */
  async #write(path: string, data: Uint8Array | string): Promise<void> {
    const fresh = `${path}.${randomBytes(6).toString('hex')}.new`;
    try {
      await makeFolder(join(path, '..'));
      await writeFile(fresh, data, { mode: 0o600, flag: 'wx' });
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  }

  async #sweepWhenFull(added: number): Promise<void> {
    this.#unswept += added;
    if (this.#unswept < this.#maxBytes * RECOUNT_SHARE) return;
    this.#unswept = 0;
    const files = (await Promise.all(['bodies', 'entries'].map((folder) => this.#filesIn(folder)))).flat();
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= this.#maxBytes * (1 - RECOUNT_SHARE)) return;
    for (const file of files.sort((a, b) => a.usedAtMs - b.usedAtMs)) {
      if (bytes <= this.#maxBytes * SWEPT_SHARE) return;
      await rm(file.path, { force: true });
      bytes -= file.bytes;
    }
  }

  async #filesIn(folder: string): Promise<readonly KeptFile[]> {
    const names = await readdir(join(this.#dir, folder)).catch((): string[] => []);
    const found = await Promise.all(
      names.map(async (name): Promise<KeptFile | null> => {
        const path = join(this.#dir, folder, name);
        const facts = await stat(path).catch(() => null);
        // A small file takes a block all the same.
        return facts ? { path, bytes: Math.max(facts.size, 4096), usedAtMs: facts.mtimeMs } : null;
      }),
    );
    return found.filter((file) => file !== null);
  }
}
