import { Kysely, PostgresDialect, sql } from 'kysely';
import { Problem } from '../../model/problem.ts';
import { closedLedger, problemOfDriver } from './driver-error.ts';
import type { Flavour, LedgerStore } from './ledger-store.ts';
import { openPostgresPool } from './postgres-pool.ts';
import { retryWhileBusy } from './retry-while-busy.ts';
import type { Db, Tables } from './tables.ts';

const PATIENCE_MS = 10_000;
const CONNECT_MS = 5_000;
const ANSWER_MS = 15_000;

export type PostgresStoreOptions = {
  readonly url: string;
  readonly schema?: string;
  readonly connections?: number;
  readonly answerMs?: number;
  readonly now?: () => number;
};

/**
 * The ledger in a schema of a Postgres database, made when it is missing.
 * @throws Problem `ledger.unavailable`, `ledger.failed`
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<LedgerStore> => {
  const { url, schema = 'platen', connections = 10, answerMs = ANSWER_MS, now } = options;
  const pool = await openPostgresPool({ url, connections, connectMs: CONNECT_MS, answerMs });
  const raw = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await makeSchema(raw, schema);
  } catch (error) {
    await raw.destroy();
    throw problemOfDriver(error);
  }
  return new PostgresStore(raw.withSchema(schema), schema, now);
};

/**
 * Asked for first, so that an account that may not make schemas can use one made for it. `if not exists` alone is no protection: of two
 * that make one schema at once, one fails.
 */
const makeSchema = async (db: Db, schema: string): Promise<void> => {
  const found = await sql`select 1 from information_schema.schemata where schema_name = ${schema}`.execute(db);
  if (found.rows.length > 0) return;
  await db.transaction().execute(async (within) => {
    await takeTurn(within, `${schema} schema`);
    await sql`create schema if not exists ${sql.id(schema)}`.execute(within);
  });
};

/** Waits until no other transaction of the database has this turn; it ends with the transaction. */
const takeTurn = (within: Db, name: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(within);

class PostgresStore implements LedgerStore {
  readonly flavour: Flavour;
  readonly #db: Db;
  readonly #now: (() => number) | undefined;
  #closed = false;

  constructor(db: Db, schema: string, now: (() => number) | undefined) {
    this.#db = db;
    this.#now = now;
    this.flavour = {
      name: 'postgres',
      skipLocked: (query) => query.forNoKeyUpdate().skipLocked(),
      forUpdate: (query) => query.forNoKeyUpdate(),
      oneAtATime: async (within, name) => {
        await takeTurn(within, `${schema} ${name}`);
      },
    };
  }

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.#guarded(() => work(this.#db));
  }

  write<T>(work: (db: Db, nowMs: number) => Promise<T>): Promise<T> {
    return this.#guarded(() => this.#db.transaction().execute(async (db) => work(db, await this.#time(db))));
  }

  /** Its workers outlive it: were a claim taken back, another one could get the same fence. */
  note<T>(work: (db: Db, nowMs: number) => Promise<T>): Promise<T> {
    return this.write(work);
  }

  now(): Promise<number> {
    return this.#guarded(() => this.#time(this.#db));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#db.destroy();
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw closedLedger();
    try {
      return await retryWhileBusy(PATIENCE_MS, work);
    } catch (error) {
      throw problemOfDriver(error);
    }
  }

  async #time(db: Db): Promise<number> {
    if (this.#now !== undefined) return this.#now();
    const { rows } = await sql<{ ms: number }>`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(db);
    const [row] = rows;
    if (row === undefined) throw new Problem('ledger.failed', 'expected a time of the database, got no row');
    return row.ms;
  }
}
