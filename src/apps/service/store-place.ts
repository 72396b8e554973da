import { resolve } from 'node:path';
import type { StorePlace } from '../worker/child-parts.ts';
import type { ServiceConfig } from './config.ts';

/** Where files go, as plain data: rendering processes are told it, too. */
export const storePlace = ({ store, values }: ServiceConfig, linkSecret: string): StorePlace => {
  if (store.kind === 'folder') {
    const baseUrl = (values.PLATEN_PUBLIC_URL ?? '').replace(/\/+$/, '');
    return { kind: 'folder', root: store.root, links: { secret: linkSecret, baseUrl } };
  }
  return {
    kind: 's3',
    bucket: store.bucket,
    prefix: values.S3_PREFIX,
    region: values.S3_REGION,
    forcePathStyle: values.S3_FORCE_PATH_STYLE,
    checksums: values.S3_CHECKSUMS,
    ...(values.S3_SPOOL_DIR === null ? {} : { spoolFolder: resolve(values.S3_SPOOL_DIR) }),
    ...(values.S3_ENDPOINT === null ? {} : { endpoint: values.S3_ENDPOINT }),
    ...(values.S3_LINK_ENDPOINT === null ? {} : { linkEndpoint: values.S3_LINK_ENDPOINT }),
  };
};
