import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../drivers/make-folder.ts';
import { Problem } from '../../model/problem.ts';

/**
 * 32 random bytes in a file of the data folder, readable by its owner alone: made once, the same ever after. Several processes that
 * start at once agree on one.
 * @throws Problem `data.invalid` when the file holds something else
 */
export const keptSecret = async (dataDir: string, name: string): Promise<Buffer> => {
  const path = join(dataDir, name);
  const known = await readSecret(path);
  if (known) return known;
  await makeFolder(dataDir);
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(path);
  if (!made) throw new Problem('data.invalid', `expected a file ${path} after making it, got none`);
  return made;
};

const readSecret = async (path: string): Promise<Buffer | undefined> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== 32) throw new Problem('data.invalid', `expected 32 bytes as base64 in ${path}, got ${bytes.length} bytes`);
  return bytes;
};

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
