import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { StaleConnection, wasCut } from './driver-error.ts';

const INT8 = 20;
const NUMERIC = 1700;

/** Such a statement, the first one on a connection taken from the pool, changed nothing when it fails, and may be asked again on another. */
const HARMLESS = /^\s*(begin|start transaction|select)\b/i;

export type PoolOptions = {
  readonly url: string;
  readonly connections: number;
  /** How long to wait for a connection, one of the pool or a new one. */
  readonly connectMs: number;
  /** How long to wait for an answer to one statement. */
  readonly answerMs: number;
};

/**
 * Connections to Postgres, made when they are needed. Only the client's side is timed: poolers between refuse the settings by which a
 * server would do it.
 */
export const openPostgresPool = async ({ url, connections, connectMs, answerMs }: PoolOptions): Promise<PostgresPool> => {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    application_name: 'platen',
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 || type === NUMERIC ? Number : pg.types.getTypeParser(type, format as 'text'),
    },
  });
  // A connection that breaks tells so by its next query; an event that nobody listens to would end the process. The pool itself
  // listens only while a connection is idle, so each one gets a listener of its own for the pauses within a transaction.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new TimedPool(pool);
};

class TimedPool implements PostgresPool {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async connect(): Promise<PostgresPoolClient> {
    return new TimedClient(await this.#pool.connect());
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * A connection that did not answer in time is never used again: its peer may be gone without a word. One that was cut while it lay in the
 * pool, by a failover or by an idle limit between, says so only when it is used.
 */
class TimedClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  #silence: Error | undefined;
  #fresh = true;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string | PostgresCursor<R>, values: readonly unknown[] = []): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new Error('expected no cursor in the ledger');
    return this.#ask<R>(text, values);
  }

  release(): void {
    this.#client.release(this.#silence !== undefined);
  }

  async #ask<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (this.#silence !== undefined) throw this.#silence;
    const harmless = this.#fresh && HARMLESS.test(text);
    this.#fresh = false;
    try {
      const { command, rowCount, rows } = await this.#client.query(text, [...values]);
      return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows: rows as R[] };
    } catch (error) {
      if (error instanceof Error && error.message === 'Query read timeout') this.#silence = error;
      else if (harmless && wasCut(error)) throw new StaleConnection(error);
      throw error;
    }
  }
}
