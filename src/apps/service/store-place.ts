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
    ...(values.S3_ENDPOINT === null ? {} : { endpoint: values.S3_ENDPOINT }),
    ...(values.S3_LINK_ENDPOINT === null ? {} : { linkEndpoint: values.S3_LINK_ENDPOINT }),
  };
};
