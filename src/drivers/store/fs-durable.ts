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

/** Writes a new file and waits until the disk has it. Its name is durable only after `syncFolder`. */
export const writeDurably = async (path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<FileMark> => {
  const handle = await open(path, 'wx', 0o640);
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
    }
    await handle.sync();
    return markOf(await handle.stat({ bigint: true }));
  } finally {
    await handle.close();
  }
};
