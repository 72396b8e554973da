import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nothingThere } from './fs-facts.ts';

/**
 * Keys below a folder in the order of their bytes, as object stores list them: a folder sorts by its name with the slash, so that
 * `a-b` comes before `a/b`. Folders outside `prefix` or wholly before `after` are not opened.
 */
export const walkKeys = async function* (root: string, prefix: string, after: string, folder = ''): AsyncGenerator<string> {
  const entries = (await readdir(join(root, folder), { withFileTypes: true }).catch(nothingThere)) ?? [];
  const keys = entries
    .filter((entry) => !entry.name.includes('~') && (entry.isFile() || entry.isDirectory()))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort();
  for (const key of keys) {
    const mayHold = key.endsWith('/') && (prefix.startsWith(key) || key.startsWith(prefix)) && (after.startsWith(key) || key > after);
    if (mayHold) yield* walkKeys(root, prefix, after, key);
    if (!key.endsWith('/') && key.startsWith(prefix) && key > after) yield key;
  }
};
