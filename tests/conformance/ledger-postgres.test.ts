import { afterAll, beforeAll } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { mixSuite } from './ledger/mix.ts';
import type { FreshPlace } from './ledger/world.ts';
import { ledgerSuite } from './ledger.ts';

let server: PostgresServer | undefined;
let places = 0;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  await server?.stop();
});

const place: FreshPlace = async () => {
  if (server === undefined) throw new Error('expected a server');
  places += 1;
  return { kind: 'postgres', url: server.url, schema: `place_${places}` };
};

ledgerSuite('Postgres', place);
mixSuite('Postgres', place);
