import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../../model/problem.ts';
import { makeFolder } from '../make-folder.ts';

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
};

const moveInto = async (fresh: string, target: string, replace: boolean): Promise<void> => {
  if (!replace) return rename(fresh, target);
  const old = `${fresh}-old`;
  await rename(target, old);
  try {
    await rename(fresh, target);
  } catch (error) {
    await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
};

/**
 * Writes a product folder as a whole or not at all: into a folder beside `parent`, which then takes its name. Not inside it, where
 * all folders are taken for products.
 * @param files - by their paths below the folder, with "/" between names
 * @param force - replace a folder that is there, with all it holds
 * @throws Problem `product.exists`, or `output.unwritable`
 */
export const writeProductFolder = async (
  parent: string,
  id: string,
  files: ReadonlyMap<string, Uint8Array>,
  force: boolean,
): Promise<string> => {
  const target = join(parent, id);
  let fresh: string | undefined;
  try {
    const replace = await exists(target);
    if (replace && !force)
      throw new Problem('product.exists', `expected a new product, got one that is there already: ${target}`, {
        hint: '--force replaces it',
      });
    await makeFolder(parent);
    fresh = await mkdtemp(join(dirname(resolve(parent)), `.${id}-`));
    for (const [path, data] of files) {
      const file = join(fresh, ...path.split('/'));
      await makeFolder(dirname(file));
      await writeFile(file, data);
    }
    await moveInto(fresh, target, replace);
    return target;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('output.unwritable', `expected to write ${target}, got: ${reason}`, { cause: error });
  } finally {
    if (fresh !== undefined) await rm(fresh, { recursive: true, force: true });
  }
};
