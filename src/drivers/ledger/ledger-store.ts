import type { SelectQueryBuilder } from 'kysely';
import type { Db, Tables } from './tables.ts';

/**
 * A database that holds the ledger. Work may run more than once, so it must change nothing but the database.
 * @throws Problem `ledger.unavailable` (retry later), `ledger.full` (retry later), `ledger.failed`; never an error of the driver
 */
export type LedgerStore = {
  readonly flavour: Flavour;
  /** Sees committed rows; each statement by itself. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** One transaction; resolves when it is durable. `nowMs` is the ledger's time within it. */
  write<T>(work: (db: Db, nowMs: number) => Promise<T>): Promise<T>;
  /**
   * A transaction that a power cut may take back where every process that uses the ledger dies with it, so that nobody waits for the disk.
   * The death of a process takes nothing back.
   */
  note<T>(work: (db: Db, nowMs: number) => Promise<T>): Promise<T>;
  now(): Promise<number>;
  close(): Promise<void>;
};

/** The three places where the SQL of the databases differs. */
export type Flavour = {
  readonly name: 'sqlite' | 'postgres';
  /** Locks the picked rows until the transaction ends and passes over those that another one holds. */
  skipLocked<T extends keyof Tables, O>(query: SelectQueryBuilder<Tables, T, O>): SelectQueryBuilder<Tables, T, O>;
  /** Locks the picked rows until the transaction ends. */
  forUpdate<T extends keyof Tables, O>(query: SelectQueryBuilder<Tables, T, O>): SelectQueryBuilder<Tables, T, O>;
  /** Lets one transaction at a time go on among those that name the same thing. */
  oneAtATime(db: Db, name: string): Promise<void>;
};
