import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Problem } from '../../model/problem.ts';
import type { Sink } from '../../model/sink.ts';
import { makeFolder } from '../make-folder.ts';

export const MANIFEST_NAME = 'manifest.json';

/**
 * A folder on disk. Files are staged beside it and moved in on commit, the manifest last: a folder with a manifest is complete,
 * whatever was killed when. Files of an earlier run that the new one does not make are removed.
 * @throws Problem `output.unwritable` when the folder cannot be made or written
 */
export const openFolderSink = (folder: string): Sink => new FolderSink(resolve(folder));

const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/;

class FolderSink implements Sink {
  readonly #folder: string;
  readonly #staging: string;
  readonly #names: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    this.#staging = `${folder}.partial-${randomUUID()}`;
  }

  async put(name: string, data: Uint8Array): Promise<void> {
    if (!NAME.test(name)) throw new Problem('output.name', `expected a plain file name, got ${JSON.stringify(name)}`);
    if (this.#names.includes(name)) throw new Problem('output.name', `expected each file once, got "${name}" twice`);
    await this.#guard(async () => {
      await makeFolder(this.#staging);
      await writeDurably(join(this.#staging, name), data);
    });
    this.#names.push(name);
  }

  async commit(manifest: Uint8Array): Promise<void> {
    await this.#guard(async () => {
      await makeFolder(this.#staging);
      await writeDurably(join(this.#staging, MANIFEST_NAME), manifest);
      await makeFolder(this.#folder);
      const stale = await this.#filesOfEarlierRun();
      await rm(join(this.#folder, MANIFEST_NAME), { force: true });
      for (const name of stale) if (!this.#names.includes(name)) await rm(join(this.#folder, name), { force: true });
      for (const name of [...this.#names, MANIFEST_NAME]) await rename(join(this.#staging, name), join(this.#folder, name));
      await rm(this.#staging, { recursive: true, force: true });
    });
  }

  async abort(): Promise<void> {
    // Where nothing could be written there is nothing to remove: the reason to tell is why writing failed, not why tidying up did.
    await rm(this.#staging, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Only names that an earlier manifest lists are ours to remove. */
  async #filesOfEarlierRun(): Promise<readonly string[]> {
    try {
      const manifest: unknown = JSON.parse(await readFile(join(this.#folder, MANIFEST_NAME), 'utf8'));
      const artifacts: unknown = Reflect.get(Object(manifest), 'artifacts');
      if (!Array.isArray(artifacts)) return [];
      return artifacts.map((one) => String(Reflect.get(Object(one), 'name'))).filter((name) => NAME.test(name));
    } catch {
      return [];
    }
  }

  async #guard(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      await this.abort();
      const reason = error instanceof Error ? error.message : String(error);
      const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
      throw new Problem(isFull ? 'output.disk-full' : 'output.unwritable', `expected to write into ${this.#folder}, got: ${reason}`, {
        retry: isFull ? 'later' : 'never',
        cause: error,
      });
    }
  }
}

const writeDurably = async (path: string, data: Uint8Array): Promise<void> => {
  const file = await open(path, 'w');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
};
