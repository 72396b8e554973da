import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../model/problem.ts';

/**
 * The ids of one kind of record of a library, sorted: the names of the folders in its folder of that name. A library may have none.
 * @throws Problem `file.unreadable`
 */
export const recordIdsIn = async (templatesDir: string, kind: 'palettes' | 'designs'): Promise<readonly string[]> => {
  const folder = join(templatesDir, kind);
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return [];
    throw new Problem('file.unreadable', `expected a folder of ${kind}, got no readable folder: ${folder}`, { cause: error });
  }
};
