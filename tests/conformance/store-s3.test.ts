import { randomUUID } from 'node:crypto';
import { openS3Store } from '../../src/drivers/store/s3-store.ts';
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

const { PLATEN_TEST_S3_ENDPOINT: endpoint, PLATEN_TEST_S3_BUCKET: bucket } = process.env;

/** A real service, with credentials from the environment: what the run leaves there lies below one prefix. */
if (bucket) {
  storeConformance('a bucket of the service that the environment names', async () => {
    const store = await openS3Store({
      bucket,
      prefix: `platen-test-${randomUUID()}/`,
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    });
    return { store, hasLinks: true, close: async () => {} };
  });
}
