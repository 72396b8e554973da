import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Makes the names in a folder survive a power cut. Windows cannot open folders and keeps names by itself. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** `syncFolder` for many writers of one folder: those that come while it is being synced share the next sync. */
export class FolderSyncs {
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  sync(folder: string): Promise<void> {
    const running = this.#running.get(folder);
    if (running === undefined) return this.#start(folder);
    // The one under way may have begun before the caller's name was there.
    const waiting = this.#next.get(folder) ?? running.catch(() => undefined).then(() => this.#start(folder));
    this.#next.set(folder, waiting);
    return waiting;
  }

  #start(folder: string): Promise<void> {
    this.#next.delete(folder);
    const running = syncFolder(folder).finally(() => {
      if (this.#running.get(folder) === running) this.#running.delete(folder);
    });
    this.#running.set(folder, running);
    return running;
  }
}

/** Makes a folder and those above it, each of them durable. */
export const makeDurableFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { mode: 0o750 });
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeDurableFolder(dirname(folder));
    await mkdir(folder, { mode: 0o750 }).catch(async (again: unknown) => {
      // Two puts may make one folder at the same time.
      if (errorCode(again) !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw again;
    });
  }
  await syncFolder(dirname(folder));
};

/** What tells two versions of a file apart: taken from the open file before it gets its name, and the same under any name. */
export type FileMark = { readonly inode: string; readonly bytes: number; readonly modifiedNs: string };

export const markOf = (facts: { readonly ino: bigint; readonly size: bigint; readonly mtimeNs: bigint }): FileMark => ({
  inode: String(facts.ino),
  bytes: Number(facts.size),
  modifiedNs: String(facts.mtimeNs),
});

/**
 * Writes a new file and waits until the disk has it. Its name is durable only after `syncFolder`. `beside` is done while the disk is busy
 * with it.
 */
export const writeDurably = async (
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  beside: (mark: FileMark) => Promise<void> = async () => {},
): Promise<FileMark> => {
  const handle = await open(path, 'wx', 0o640);
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
    }
    const mark = markOf(await handle.stat({ bigint: true }));
    // Both come to an end, whichever fails: nobody may write on while the caller cleans up.
    const over = await Promise.allSettled([handle.sync(), beside(mark)]);
    for (const one of over) if (one.status === 'rejected') throw one.reason;
    return mark;
  } finally {
    await handle.close();
  }
};
