import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
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

processSuite('SQLite', async () => ({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') }));

processSuite('Postgres', async () => {
  if (server === undefined) throw new Error('expected a server');
  places += 1;
  return { kind: 'postgres', url: server.url, schema: `place_${places}` };
});
