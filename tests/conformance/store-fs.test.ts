import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFsStore } from '../../src/drivers/store/fs-store.ts';
import { storeConformance } from './store.ts';

storeConformance('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'platen-store-'));
  const store = await openFsStore({ root: join(root, 'files'), links: { secret: 'x'.repeat(32), baseUrl: '' } });
  return { store, hasLinks: true, close: () => rm(root, { recursive: true, force: true }) };
});
