import { openServiceResources, type ServiceResourcesOptions } from '../../drivers/resources/service-resources.ts';
import { openFsStore } from '../../drivers/store/fs-store.ts';
import { openS3Store } from '../../drivers/store/s3-store.ts';
import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import { type KeyTemplates, keyLayout } from '../../jobs/key-layout.ts';
import { openStoreSink, type StoreSink } from '../../jobs/store-sink.ts';
import type { Resources } from '../../model/resources.ts';
import type { RenderJob, Uploads } from './task.ts';

/** Where files go, as plain data. Credentials of S3 are found in the environment. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly root: string; readonly links?: { readonly secret: string; readonly baseUrl: string } }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly prefix?: string;
      readonly region?: string;
      readonly forcePathStyle?: boolean;
      readonly endpoint?: string;
      readonly linkEndpoint?: string;
      readonly checksums?: boolean;
      readonly spoolFolder?: string;
    };

/** Everything a rendering process must know, as plain data: it is sent at its start. */
export type ChildConfig = Pick<
  ServiceResourcesOptions,
  'templatesDir' | 'fontsDir' | 'profilesDir' | 'cacheBytes' | 'maxFileBytes' | 'cutOutModel' | 'http'
> & {
  /** Written into manifests. */
  readonly version: string;
  readonly store: StorePlace;
  readonly keyTemplates?: Partial<KeyTemplates>;
};

/** What a rendering process works with, for as long as it lives. */
export type ChildParts = {
  readonly version: string;
  resourcesFor(tenant: string, uploads: Uploads): Resources;
  sinkFor(job: RenderJob, product: string, signal: AbortSignal): StoreSink;
};

export const openStore = (place: StorePlace): Promise<ArtifactStore> => (place.kind === 'folder' ? openFsStore(place) : openS3Store(place));

/** @throws Problem when the library or the store cannot be opened */
export const openChildParts = async ({ version, store: place, keyTemplates, ...library }: ChildConfig): Promise<ChildParts> => {
  const layout = keyLayout(keyTemplates);
  const store = await openStore(place);
  // One task at a time: whose uploads may be read is settled when its resources are asked for.
  let known: Uploads = {};
  const resources = await openServiceResources({ ...library, stored: { store, findAsset: async (_, id) => known[id] } });
  return {
    version,
    resourcesFor: (tenant, uploads) => {
      known = uploads;
      return resources.forTenant(tenant);
    },
    sinkFor: (job, product, signal) => openStoreSink(store, { job, product, layout, signal }),
  };
};
