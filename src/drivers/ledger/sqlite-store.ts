import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { Problem } from '../../model/problem.ts';
import { makeFolder } from '../make-folder.ts';
import { closedLedger, problemOfDriver } from './driver-error.ts';
import { LedgerClock } from './ledger-clock.ts';
import type { LedgerStore } from './ledger-store.ts';
import { retryWhileBusy } from './retry-while-busy.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { loadSqlite, type SqliteDatabase, walIsSafe } from './sqlite-module.ts';
import { SqliteWriteQueue } from './sqlite-write-queue.ts';
import type { Db, Tables } from './tables.ts';

/** While opening: others may be switching the journal mode of the same file. */
const OPEN_PATIENCE_MS = 10_000;
/** Afterwards: the thread must not stand still for a lock, the write queue waits without blocking. */
const BUSY_MS = 5;
const PATIENCE_MS = 10_000;

export type SqliteStoreOptions = { readonly file: string; readonly now?: () => number };

/**
 * The ledger in one file, which several processes of one host may share. Writes go through one connection, reads through another
 * and so never wait for them.
 * @throws Problem `ledger.sqlite`, `ledger.unavailable`, `ledger.full`
 */
export const openSqliteStore = async ({ file, now }: SqliteStoreOptions): Promise<LedgerStore> => {
  const { DatabaseSync } = await loadSqlite();
  await makeFile(file);
  const opened: SqliteDatabase[] = [];
  const openOne = async (): Promise<SqliteDatabase> => {
    const database = new DatabaseSync(file);
    opened.push(database);
    await retryWhileBusy(OPEN_PATIENCE_MS, () => prepareDatabase(database));
    return database;
  };
  try {
    const writer = await openOne();
    makeClock(writer);
    const reader = await openOne();
    return new SqliteStore(writer, reader, new LedgerClock(now ?? Date.now, now ?? (() => performance.now())));
  } catch (error) {
    for (const database of opened) database.close();
    throw problemOfDriver(error);
  }
};

/** It holds names and sealed secrets: nobody but its owner reads it. The files that SQLite puts beside it get the same rights. */
const makeFile = async (file: string): Promise<void> => {
  // SQLite takes these for a database in memory, which two connections cannot share.
  if (file === '' || file === ':memory:') throw new Problem('ledger.sqlite', `expected a file for the ledger, got ${JSON.stringify(file)}`);
  try {
    await makeFolder(dirname(file));
    await (await open(file, 'a', 0o600)).close();
  } catch (cause) {
    throw new Problem('ledger.unavailable', `expected a file for the ledger that can be written, got ${file}`, { retry: 'later', cause });
  }
};

/** The wait for locks comes first: switching to WAL while another process does the same fails without it. */
const prepareDatabase = (database: SqliteDatabase): void => {
  database.exec(`PRAGMA busy_timeout = ${OPEN_PATIENCE_MS}`);
  database.exec(`PRAGMA journal_mode = ${walIsSafe(versionOf(database)) ? 'WAL' : 'TRUNCATE'}`);
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
};

/** One row with the highest time that any process has written; it must be there before the first transaction. */
const makeClock = (database: SqliteDatabase): void => {
  const found = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'clock'").all();
  if (found.length > 0) return;
  database.exec(`PRAGMA busy_timeout = ${OPEN_PATIENCE_MS}`);
  database.exec(`BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), high_water_ms INTEGER NOT NULL);
    INSERT OR IGNORE INTO clock VALUES (1, 0);
    COMMIT`);
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
};

const versionOf = (database: SqliteDatabase): string => {
  const [row] = database.prepare('SELECT sqlite_version() AS version').all();
  return typeof row === 'object' && row !== null && 'version' in row ? String(row.version) : '';
};

class SqliteStore implements LedgerStore {
  readonly flavour: LedgerStore['flavour'] = {
    name: 'sqlite',
    skipLocked: (query) => query,
    forUpdate: (query) => query,
    oneAtATime: async () => {},
  };
  readonly #writer: SqliteDatabase;
  readonly #reader: SqliteDatabase;
  readonly #reads: Db;
  readonly #clock: LedgerClock;
  readonly #queue: SqliteWriteQueue;
  #closed = false;

  constructor(writer: SqliteDatabase, reader: SqliteDatabase, clock: LedgerClock) {
    this.#writer = writer;
    this.#reader = reader;
    this.#clock = clock;
    this.#reads = new Kysely<Tables>({ dialect: sqliteDialect(reader) });
    this.#queue = new SqliteWriteQueue(writer, clock);
  }

  async read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    if (this.#closed) throw closedLedger();
    try {
      return await retryWhileBusy(PATIENCE_MS, () => work(this.#reads));
    } catch (error) {
      throw problemOfDriver(error);
    }
  }

  write<T>(work: (db: Db, nowMs: number) => Promise<T>): Promise<T> {
    return this.#queue.add(work, 'durable');
  }

  note<T>(work: (db: Db, nowMs: number) => Promise<T>): Promise<T> {
    return this.#queue.add(work, 'noted');
  }

  async now(): Promise<number> {
    const row = await this.read((db) => db.selectFrom('clock').select('high_water_ms').executeTakeFirst());
    return this.#clock.read(row?.high_water_ms ?? 0);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#queue.close();
    this.#reader.close();
    this.#writer.close();
  }
}
