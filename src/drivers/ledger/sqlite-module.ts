import { Problem } from '../../model/problem.ts';

/** The part of Node's `node:sqlite` that the ledger uses; the package for older Node has the same. */
export type SqliteDatabase = {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
};

export type SqliteValue = null | number | bigint | string | Uint8Array;

export type SqliteStatement = {
  all(...values: readonly SqliteValue[]): unknown[];
  run(...values: readonly SqliteValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  columns(): readonly unknown[];
};

export type SqliteModule = { readonly DatabaseSync: new (file: string) => SqliteDatabase };

/** Up to 3.51.2 a checkpoint that races a commit can lose it in WAL mode (the "WAL-reset" bug in SQLite's release notes). */
const FIRST_SAFE_WAL = [3, 51, 3] as const;

export const walIsSafe = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  for (const [at, least] of FIRST_SAFE_WAL.entries()) {
    const part = parts[at] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
};

/**
 * SQLite of the running Node; of the package when Node has none, or one whose write-ahead log is not safe.
 * @throws Problem `ledger.sqlite` when there is neither
 */
export const loadSqlite = async (): Promise<SqliteModule> => {
  const builtIn = builtInSqlite();
  if (builtIn !== undefined && walIsSafe(process.versions.sqlite ?? '')) return builtIn;
  try {
    const loaded: object = await import('@photostructure/sqlite');
    if (isSqliteModule(loaded)) return loaded;
  } catch (cause) {
    if (builtIn === undefined) throw noSqlite(cause);
  }
  if (builtIn === undefined) throw noSqlite(undefined);
  return builtIn;
};

const builtInSqlite = (): SqliteModule | undefined => {
  const found = process.getBuiltinModule?.('node:sqlite');
  return found !== undefined && isSqliteModule(found) ? found : undefined;
};

const noSqlite = (cause: unknown): Problem =>
  new Problem('ledger.sqlite', 'expected SQLite for the ledger, got neither one in Node nor a package that loads', {
    hint: 'use Node 22.13 or newer, install @photostructure/sqlite, or set DATABASE_URL to a Postgres',
    cause,
  });

const isSqliteModule = (loaded: object): loaded is SqliteModule => 'DatabaseSync' in loaded && typeof loaded.DatabaseSync === 'function';
