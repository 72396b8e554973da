import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/**
 * Makes a folder and those above it; one that exists is left as it is. Unlike the runtime's own recursive mkdir it ends where a file
 * system refuses new entries with ENOENT (as /proc does), which that one answers by trying again for ever.
 * @throws the file system's error
 */
export const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder).catch(async (again: unknown) => {
      // Two runs may make one folder at the same time.
      if (codeOf(again) !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw again;
    });
  }
};
