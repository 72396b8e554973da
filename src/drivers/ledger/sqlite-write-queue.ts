import { Kysely } from 'kysely';
import { closedLedger, problemOfDriver, troubleOf } from './driver-error.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { retryWhileBusy } from './retry-while-busy.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { SqliteDatabase } from './sqlite-module.ts';
import type { Db, Tables } from './tables.ts';

/** How long a write waits for other processes before it is refused with "retry later". */
const PATIENCE_MS = 10_000;
/** Writes that share one commit, and so one flush to disk. */
const MAX_TOGETHER = 64;

/** `noted`: whole or not at all, but a power cut may take it back. */
export type Lasting = 'durable' | 'noted';

type Task = {
  readonly lasting: Lasting;
  /** Runs the work and keeps what came of it; may run again when a commit fell through. */
  readonly run: (db: Db, nowMs: number) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Runs writes in their order, those that wait together in one transaction: each in a savepoint of its own, so that one that fails
 * leaves no trace and hurts no other. Nothing durable resolves before the commit is on disk.
 */
export class SqliteWriteQueue {
  readonly #database: SqliteDatabase;
  readonly #db: Db;
  readonly #clock: LedgerClock;
  #waiting: Task[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;
  #isFlushing = true;
  readonly #hasWal: boolean;

  constructor(database: SqliteDatabase, clock: LedgerClock) {
    this.#database = database;
    this.#clock = clock;
    this.#db = new Kysely<Tables>({ dialect: sqliteDialect(database) });
    this.#hasWal = JSON.stringify(database.prepare('PRAGMA journal_mode').all()).includes('wal');
  }

  add<T>(work: (db: Db, nowMs: number) => Promise<T>, lasting: Lasting): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) return reject(closedLedger());
      let answer: { readonly value: T } | undefined;
      this.#waiting.push({
        lasting,
        run: async (db, nowMs) => {
          answer = { value: await work(db, nowMs) };
        },
        resolve: () => (answer === undefined ? reject(new Error('expected an answer of a committed write')) : resolve(answer.value)),
        reject: (error) => reject(problemOfDriver(error)),
      });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when all that was added is done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // What is asked for in the same breath shares a commit.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#runTogether(this.#waiting.splice(0, MAX_TOGETHER));
    this.#draining = undefined;
  }

  async #runTogether(tasks: readonly Task[]): Promise<void> {
    const failed = new Set<Task>();
    try {
      this.#rollBack();
      this.#flushFor(tasks);
      await retryWhileBusy(PATIENCE_MS, () => this.#database.exec('BEGIN IMMEDIATE'));
      const nowMs = await this.#readClock();
      for (const task of tasks) if (!(await this.#runOne(task, nowMs))) failed.add(task);
      await retryWhileBusy(PATIENCE_MS, () => this.#database.exec('COMMIT'));
    } catch (error) {
      this.#rollBack();
      await this.#afterRollback(
        tasks.filter((task) => !failed.has(task)),
        error,
      );
      return;
    }
    for (const task of tasks) if (!failed.has(task)) task.resolve();
  }

  /** Without a write-ahead log a commit that is not flushed may harm the file: https://www.sqlite.org/pragma.html#pragma_synchronous */
  #flushFor(tasks: readonly Task[]): void {
    const isFlushing = !this.#hasWal || tasks.some(({ lasting }) => lasting === 'durable');
    if (isFlushing === this.#isFlushing) return;
    this.#database.exec(`PRAGMA synchronous = ${isFlushing ? 'FULL' : 'NORMAL'}`);
    this.#isFlushing = isFlushing;
  }

  /** Whether it went well; throws when the whole transaction is gone, as SQLite does for a full disk. */
  async #runOne(task: Task, nowMs: number): Promise<boolean> {
    this.#database.exec('SAVEPOINT task');
    try {
      await task.run(this.#db, nowMs);
    } catch (error) {
      if (!this.#database.isTransaction) throw error;
      this.#database.exec('ROLLBACK TO task; RELEASE task');
      task.reject(error);
      return false;
    }
    this.#database.exec('RELEASE task');
    return true;
  }

  /** SQLite may have rolled back by itself; what it cannot roll back now, the next transaction finds. */
  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {}
  }

  /** Perhaps only one of them was too much: then each alone, and the rest goes well. */
  async #afterRollback(tasks: readonly Task[], error: unknown): Promise<void> {
    const mayDiffer = tasks.length > 1 && troubleOf(error) !== 'busy';
    for (const task of tasks) {
      if (mayDiffer) await this.#runTogether([task]);
      else task.reject(error);
    }
  }

  async #readClock(): Promise<number> {
    const row = await this.#db.selectFrom('clock').select('high_water_ms').executeTakeFirst();
    const nowMs = this.#clock.read(row?.high_water_ms ?? 0);
    await this.#db.updateTable('clock').set({ high_water_ms: nowMs }).where('high_water_ms', '<', nowMs).execute();
    return nowMs;
  }
}
