import { statfs } from 'node:fs/promises';
import type { HealthCheck, HealthProbe } from '../server/server-parts.ts';
import type { ServiceParts } from './open-parts.ts';

const ANSWER_WITHIN_MS = 1000;
const LEAST_FREE_SHARE = 0.05;
const LEAST_FREE_BYTES = 1024 ** 3;

/** Ready when ledger, queue and store answer, the disk has room and nobody has told the process to stop. */
export const healthProbe = ({ ledger, queue, store, config }: ServiceParts, closing: AbortSignal): HealthProbe => ({
  ready: async () => {
    const checks = await Promise.all([
      probe('ledger', () => ledger.ping()),
      probe('queue', () => queue.ping()),
      probe('store', () => store.ping()),
      probe('disk', () => hasRoom(config.dataDir)),
    ]);
    const serving: HealthCheck = { name: 'serving', ok: !closing.aborted, ...(closing.aborted ? { message: 'shutting down' } : {}) };
    const all = [...checks, serving];
    return { ready: all.every(({ ok }) => ok), checks: all };
  },
});

const probe = async (name: string, ask: () => Promise<void>): Promise<HealthCheck> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS);
  });
  try {
    await Promise.race([ask(), late]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
};

const hasRoom = async (folder: string): Promise<void> => {
  const disk = await statfs(folder);
  if (!isRoomLeft(disk)) throw new Error(`${Math.round((disk.bavail * disk.bsize) / 1024 / 1024)} MB of the disk are free`);
};

/** A twentieth of a small disk; of a large one that would be far more than any order needs. */
export const isRoomLeft = ({
  bavail,
  blocks,
  bsize,
}: {
  readonly bavail: number;
  readonly blocks: number;
  readonly bsize: number;
}): boolean => bavail * bsize >= Math.min(blocks * bsize * LEAST_FREE_SHARE, LEAST_FREE_BYTES);
