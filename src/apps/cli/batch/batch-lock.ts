import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../../model/problem.ts';

const LOCK_NAME = 'batch.lock';

const isRunning = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one that runs.
    return Reflect.get(Object(error), 'code') === 'EPERM';
  }
};

/**
 * Does something with the folder of a batch while no second run is let into it; a run that was killed keeps nobody out.
 * @throws Problem `batch.running`
 */
export const withBatchLocked = async <T>(out: string, work: () => Promise<T>): Promise<T> => {
  const unlock = await lockBatch(out);
  try {
    return await work();
  } finally {
    await unlock();
  }
};

const lockBatch = async (out: string): Promise<() => Promise<void>> => {
  const path = join(out, LOCK_NAME);
  for (let tried = 0; ; tried += 1) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (Reflect.get(Object(error), 'code') !== 'EEXIST') throw unwritable(path, error);
    }
    const pid = Number(await readFile(path, 'utf8').catch(() => ''));
    if (tried > 2 || isRunning(pid))
      throw new Problem('batch.running', `expected a batch that nobody is making, got one that process ${pid} is at: ${out}`, {
        retry: 'later',
      });
    await rm(path, { force: true });
  }
};

const unwritable = (path: string, cause: unknown): Problem =>
  new Problem('output.unwritable', `expected to write ${path}, got: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
