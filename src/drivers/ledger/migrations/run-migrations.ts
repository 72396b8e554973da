import { Problem } from '../../../model/problem.ts';
import type { LedgerStore } from '../ledger-store.ts';
import { first } from './0001-first.ts';
import { orderMessages } from './0002-order-messages.ts';
import { traces } from './0003-traces.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [first, orderMessages, traces];

/**
 * Brings the schema up to date, all steps or none; processes that start together take turns.
 * @throws Problem `ledger.newer` when a newer Platen has been here
 */
export const runMigrations = (store: LedgerStore, migrations: readonly Migration[] = MIGRATIONS): Promise<void> =>
  store.write(async (db, nowMs) => {
    await store.flavour.oneAtATime(db, 'migrations');
    await db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('number', 'bigint', (is) => is.primaryKey())
      .addColumn('name', 'text', (is) => is.notNull())
      .addColumn('applied_at_ms', 'bigint', (is) => is.notNull())
      .execute();
    const applied = await db.selectFrom('migrations').select('number').execute();
    const done = new Set(applied.map(({ number }) => number));
    const unknown = [...done].filter((number) => !migrations.some((migration) => migration.number === number));
    if (unknown.length > 0) throw newer(migrations.length, Math.max(...unknown));
    for (const migration of migrations) {
      if (done.has(migration.number)) continue;
      await migration.up(db);
      await db.insertInto('migrations').values({ number: migration.number, name: migration.name, applied_at_ms: nowMs }).execute();
    }
  });

const newer = (known: number, found: number): Problem =>
  new Problem('ledger.newer', `expected a ledger of at most migration ${known}, got one of migration ${found}`, {
    hint: 'it was used by a newer Platen: run that version, or restore the backup made before the update',
  });
