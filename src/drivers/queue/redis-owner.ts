import { Problem } from '../../model/problem.ts';

export type RedisOwner = { close(): Promise<void> };

export type RedisOwnerOptions = {
  readonly url: string;
  /** Names the ledger whose tickets this Redis holds. */
  readonly ledgerId: string;
  readonly prefix?: string;
  /** How long a ledger keeps its Redis after its last process has ended. */
  readonly keepMs?: number;
};

/**
 * Makes sure that all processes on one Redis share one ledger, for ledgers that are files of a host: the first to come writes down
 * whose tickets these are, and keeps saying so while it lives.
 * @throws Problem `queue.other-ledger` when the Redis belongs to another one; `queue.unavailable` (retry later)
 */
export const ownRedis = async ({ url, ledgerId, prefix = 'platen', keepMs = 60_000 }: RedisOwnerOptions): Promise<RedisOwner> => {
  const { Redis } = await import('ioredis');
  const client = new Redis(url, { lazyConnect: true, enableOfflineQueue: true, maxRetriesPerRequest: 2, connectTimeout: 5000 });
  // The queue beside it tells about lost connections.
  client.on('error', () => undefined);
  const key = `${prefix}:ledger`;
  const renew = async (): Promise<void> => {
    await client.set(key, ledgerId, 'PX', keepMs, 'NX');
    if ((await client.get(key)) === ledgerId) await client.pexpire(key, keepMs);
  };
  try {
    await renew();
    const owner = await client.get(key);
    if (owner !== null && owner !== ledgerId)
      throw new Problem(
        'queue.other-ledger',
        'expected a Redis whose tickets are of the ledger of this process, got one of another ledger',
        {
          hint: 'Processes on one Redis share one ledger. On one host give them the same PLATEN_DATA_DIR; on several, name a Postgres in DATABASE_URL.',
        },
      );
  } catch (error) {
    client.disconnect();
    if (error instanceof Problem) throw error;
    throw new Problem('queue.unavailable', 'expected an answer from Redis, got none', { retry: 'later', cause: error });
  }
  const timer = setInterval(() => void renew().catch(() => undefined), keepMs / 3);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      client.disconnect();
    },
  };
};
