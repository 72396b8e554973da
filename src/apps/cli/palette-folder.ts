import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../model/problem.ts';

/**
 * The ids of the palettes of a library, sorted: the names of the folders in its folder `palettes`. A library may have none.
 * @throws Problem `file.unreadable`
 */
export const paletteIdsIn = async (templatesDir: string): Promise<readonly string[]> => {
  const folder = join(templatesDir, 'palettes');
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return [];
    throw new Problem('file.unreadable', `expected a folder of palettes, got no readable folder: ${folder}`, { cause: error });
  }
};
