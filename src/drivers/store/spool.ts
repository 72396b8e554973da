import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode, writeDurably } from './fs-durable.ts';
import { fsProblem } from './fs-problem.ts';

export type Spooled = { read(): AsyncIterable<Uint8Array>; remove(): Promise<void> };

/**
 * Holds a stream in a temporary file until all of it has come.
 * @throws Problem `store.full`; whatever the stream throws
 */
export const spool = async (chunks: AsyncIterable<Uint8Array>, folder = tmpdir()): Promise<Spooled> => {
  const path = join(folder, `platen-spool-${randomUUID()}`);
  const remove = (): Promise<void> => rm(path, { force: true });
  try {
    await writeDurably(path, chunks);
  } catch (error) {
    await remove();
    throw errorCode(error) === undefined ? error : fsProblem('write', folder, error);
  }
  return { read: () => createReadStream(path), remove };
};
