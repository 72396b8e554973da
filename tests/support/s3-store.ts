import type { S3StoreOptions } from '../../src/drivers/store/s3-client.ts';
import { openS3Store } from '../../src/drivers/store/s3-store.ts';
import type { S3Server } from './s3-server/s3-server.ts';

/** A store on the double, in the bucket `files`. */
export const openStoreOn = (server: S3Server, options: Partial<S3StoreOptions> = {}) =>
  openS3Store({
    bucket: 'files',
    endpoint: server.endpoint,
    region: server.credentials.region,
    credentials: server.credentials,
    forcePathStyle: true,
    ...options,
  });
