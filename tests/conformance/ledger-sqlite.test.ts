import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { mixSuite } from './ledger/mix.ts';
import type { FreshPlace } from './ledger/world.ts';
import { ledgerSuite } from './ledger.ts';

const place: FreshPlace = async () => ({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') });

ledgerSuite('SQLite', place);
mixSuite('SQLite', place);
