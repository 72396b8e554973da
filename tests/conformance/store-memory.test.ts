import { openMemoryStore } from '../../src/drivers/store/memory-store.ts';
import { storeConformance } from './store.ts';

storeConformance('memory', async () => ({ store: await openMemoryStore(), hasLinks: false, close: async () => {} }));
