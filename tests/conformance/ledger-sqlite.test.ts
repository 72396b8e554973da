import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ledgerSuite } from './ledger.ts';

ledgerSuite('SQLite', async () => ({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') }));
