import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../drivers/make-folder.ts';
import { Problem } from '../../model/problem.ts';

/**
 * The 32 bytes that seal callback secrets and sign links: given by the operator, or made once and kept in the data folder, readable
 * by its owner alone. Several processes that start at once agree on one.
 * @throws Problem `secret-key.invalid` when the file is not such a key
 */
export const openSecretKey = async (given: Buffer | null, dataDir: string): Promise<Buffer> => {
  if (given) return given;
  const path = join(dataDir, 'secret.key');
  const known = await readKey(path);
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
  const made = await readKey(path);
  if (!made) throw new Problem('secret-key.invalid', `expected a key in ${path} after making one, got no file`);
  return made;
};

const readKey = async (path: string): Promise<Buffer | undefined> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) throw new Problem('secret-key.invalid', `expected 32 bytes as base64 in ${path}, got ${key.length} bytes`);
  return key;
};

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
