import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export const pathOf = (path: string): string => join(ROOT, path);

export const readJson = (path: string): unknown => JSON.parse(readFileSync(pathOf(path), 'utf8'));

/** Names of the folders in `folder` that hold `file`, sorted. */
export const foldersWith = (folder: string, file: string): readonly string[] =>
  readdirSync(pathOf(folder))
    .filter((name) => existsSync(pathOf(`${folder}/${name}/${file}`)))
    .sort();
