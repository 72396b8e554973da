import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Problem } from '../../model/problem.ts';

export type WrittenFile = { readonly path: string; readonly data: Uint8Array | string };

/**
 * Written beside, then renamed: nobody, and no machine, ever finds half a file under the name.
 * @throws Problem `output.unwritable`
 */
export const writeWhole = (target: string, data: Uint8Array | string): Promise<void> => writeAllWhole([{ path: target, data }]);

/**
 * All files, or none of them when one cannot be written: renamed only once every one lies beside its place.
 * @throws Problem `output.unwritable`
 */
export const writeAllWhole = async (files: readonly WrittenFile[]): Promise<void> => {
  const staged = files.map((file) => ({ ...file, beside: `${file.path}.partial-${randomUUID()}` }));
  try {
    for (const { path, data, beside } of staged) await explained(path, () => stage(path, data, beside));
    for (const { path, beside } of staged) await explained(path, () => rename(beside, path));
  } finally {
    for (const { beside } of staged) await rm(beside, { force: true }).catch(() => undefined);
  }
};

const stage = async (path: string, data: Uint8Array | string, beside: string): Promise<void> => {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) throw new Error('a folder of that name');
  await writeFile(beside, data);
};

const explained = async (path: string, write: () => Promise<void>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    throw new Problem('output.unwritable', `expected to write ${path}, got: ${reasonOf(error, path)}`, { cause: error });
  }
};

const reasonOf = (error: unknown, path: string): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'ENOENT' ? `no folder ${dirname(path)}` : error.message;
};

/**
 * That no file takes the place of another or of what it is made from: art that a customer sent exists once.
 * @throws Problem `usage.invalid`
 */
export const refuseSamePlaces = (outputs: readonly string[], source: string | null): void => {
  const twice = outputs.find((path, i) => outputs.indexOf(path) !== i);
  if (twice !== undefined) throw new Problem('usage.invalid', `expected another name for each file, got "${basename(twice)}" twice`);
  if (source === null || !outputs.includes(source)) return;
  throw new Problem('usage.invalid', `expected another name than that of what it is made from, got "${basename(source)}"`);
};
