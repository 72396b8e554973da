import { openFsStore } from '../../drivers/store/fs-store.ts';
import { openS3Store } from '../../drivers/store/s3-store.ts';
import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import type { ServiceConfig } from './config.ts';

/** Where files go, as plain data: rendering processes are told it, too. AWS credentials are found in the environment. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly root: string; readonly links?: { readonly secret: string; readonly baseUrl: string } }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
      readonly forcePathStyle: boolean;
      readonly endpoint?: string;
      readonly linkEndpoint?: string;
    };

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

export const openStore = (place: StorePlace): Promise<ArtifactStore> => (place.kind === 'folder' ? openFsStore(place) : openS3Store(place));
