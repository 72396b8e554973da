import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { LedgerPlace } from '../../src/drivers/ledger/open-ledger.ts';
import { loadSqlite } from '../../src/drivers/ledger/sqlite-module.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { processSuite } from './ledger/processes.ts';

let server: PostgresServer | undefined;
let places = 0;

beforeAll(async () => {
  server = await startPostgres({ durable: true });
});

afterAll(async () => {
  await server?.stop();
});

const isSoundFile = async (place: LedgerPlace): Promise<boolean> => {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(place.kind === 'sqlite' ? place.file : '');
  const answers = ['integrity_check', 'foreign_key_check'].map((check) => JSON.stringify(database.prepare(`PRAGMA ${check}`).all()));
  database.close();
  return answers.join() === '[{"integrity_check":"ok"}],[]';
};

processSuite('SQLite', async () => ({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') }), isSoundFile);

const freshSchema = async (): Promise<LedgerPlace> => {
  if (server === undefined) throw new Error('expected a server');
  places += 1;
  return { kind: 'postgres', url: server.url, schema: `place_${places}` };
};

/** Counts what waits by the table and by an index. */
const isSoundSchema = async (place: LedgerPlace): Promise<boolean> => {
  const schema = place.kind === 'postgres' ? place.schema : '';
  const byTable = await server?.query(
    `set enable_indexscan = off; set enable_bitmapscan = off; select count(*) from ${schema}.jobs where state = 'queued'`,
  );
  const byIndex = await server?.query(`set enable_seqscan = off; select count(*) from ${schema}.jobs where state = 'queued'`);
  return byTable !== undefined && Number(byTable) > 0 && byTable === byIndex;
};

processSuite('Postgres', freshSchema, isSoundSchema);
