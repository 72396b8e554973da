import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteDatabase, SqliteStatement, SqliteValue } from './sqlite-module.ts';

/** Statements of different text that stay prepared. */
const KEPT_STATEMENTS = 200;

/** Kysely over one open SQLite database. Transactions are begun and ended outside, by whoever owns the database. */
export const sqliteDialect = (database: SqliteDatabase): Dialect => {
  const connection = new SqliteConnection(database);
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
};

class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, { readonly statement: SqliteStatement; readonly hasRows: boolean }>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, hasRows } = this.#prepared(query.sql);
    const values = query.parameters.map(bound);
    if (hasRows) return { rows: statement.all(...values) as R[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
  }

  /** Kysely wants the method; nothing in the ledger streams. */
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('expected no streamed query in the ledger');
  }

  #prepared(text: string): { readonly statement: SqliteStatement; readonly hasRows: boolean } {
    const known = this.#statements.get(text);
    this.#statements.delete(text);
    const statement = known?.statement ?? this.#database.prepare(text);
    const kept = known ?? { statement, hasRows: statement.columns().length > 0 };
    this.#statements.set(text, kept);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > KEPT_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    return kept;
  }
}

/** Hands out the one connection. */
class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error('expected transactions of the ledger to be begun by its write queue');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

const bound = (value: unknown): SqliteValue => {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint') return value;
  throw new TypeError(`expected null, a number or a text for a column, got ${typeof value}`);
};
