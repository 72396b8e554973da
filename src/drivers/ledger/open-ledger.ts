import type { Ledger } from '../../jobs/ledger.ts';
import { openAssetLedger } from './asset-ledger.ts';
import { openCallbackLedger } from './callback-ledger.ts';
import { openIdempotencyLedger } from './idempotency-ledger.ts';
import { openJobLedger } from './job-ledger.ts';
import { openKeyLedger } from './key-ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { runMigrations } from './migrations/run-migrations.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

export type LedgerPlace =
  /** One file, which processes of one host may share; its folder must be there and on a disk of that host. */
  | { readonly kind: 'sqlite'; readonly file: string }
  /** A schema of a database, `platen` unless named. */
  | { readonly kind: 'postgres'; readonly url: string; readonly schema?: string };

export type LedgerOptions = {
  /** Connections to Postgres at most; 10 unless given. */
  readonly connections?: number;
  /** The ledger's clock in tests, milliseconds. */
  readonly now?: () => number;
};

/**
 * Opens the ledger and brings its tables up to date.
 * @throws Problem `ledger.unavailable` (retry later), `ledger.full` (retry later), `ledger.newer`, `ledger.sqlite`, `ledger.failed`
 */
export const openLedger = async (place: LedgerPlace, options: LedgerOptions = {}): Promise<Ledger> => {
  const store = await openStore(place, options);
  try {
    await runMigrations(store);
  } catch (error) {
    await store.close();
    throw error;
  }
  return {
    jobs: openJobLedger(store),
    idempotency: openIdempotencyLedger(store),
    callbacks: openCallbackLedger(store),
    keys: openKeyLedger(store),
    assets: openAssetLedger(store),
    now: () => store.now(),
    ping: async () => {
      await store.read((db) => db.selectFrom('migrations').select('number').limit(1).execute());
    },
    close: () => store.close(),
  };
};

const openStore = (place: LedgerPlace, options: LedgerOptions): Promise<LedgerStore> => {
  switch (place.kind) {
    case 'sqlite':
      return openSqliteStore({ ...place, ...options });
    case 'postgres':
      return openPostgresStore({ ...place, ...options });
  }
};
