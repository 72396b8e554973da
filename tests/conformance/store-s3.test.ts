import { startS3Server } from '../support/s3-server/s3-server.ts';
import { openStoreOn } from '../support/s3-store.ts';
import { storeConformance } from './store.ts';

const open = async (prefix: string) => {
  const server = await startS3Server({ buckets: ['files'] });
  const store = await openStoreOn(server, { prefix });
  return { store, hasLinks: true, close: server.close };
};

storeConformance('a bucket', () => open(''));

storeConformance('a bucket with a prefix', () => open('platen/v1/'));
