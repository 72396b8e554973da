import { openFsResources } from '../../drivers/resources/fs-resources.ts';
import { openFsStore } from '../../drivers/store/fs-store.ts';
import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import { type KeyTemplates, keyLayout } from '../../jobs/key-layout.ts';
import { openStoreSink, type StoreSink } from '../../jobs/store-sink.ts';
import type { Resources } from '../../model/resources.ts';
import type { RenderJob } from './messages.ts';

/** Everything a rendering process must know, as plain data: it is sent at its start. */
export type ChildConfig = {
  /** Written into manifests. */
  readonly version: string;
  readonly templatesDir: string;
  readonly fontsDir: string;
  readonly profilesDir: string;
  /** Relative sources are files below this folder: an empty one where specs come from strangers. */
  readonly baseDir: string;
  readonly assetsDir?: string;
  /** Decoded pictures and drawings that are kept. */
  readonly cacheBytes?: number;
  readonly store: { readonly kind: 'folder'; readonly root: string };
  readonly keyTemplates?: Partial<KeyTemplates>;
};

/** What a rendering process works with, for as long as it lives. */
export type ChildParts = {
  readonly version: string;
  resourcesFor(job: RenderJob): Resources;
  sinkFor(job: RenderJob, product: string, signal: AbortSignal): StoreSink;
};

/** @throws Problem when the library or the store cannot be opened */
export const openChildParts = async (config: ChildConfig): Promise<ChildParts> => {
  const { version, templatesDir, fontsDir, profilesDir, baseDir, assetsDir, cacheBytes } = config;
  const layout = keyLayout(config.keyTemplates);
  const store = await openStore(config.store);
  const resources = await openFsResources({
    templatesDir,
    fontsDir,
    profilesDir,
    baseDir,
    ...(assetsDir === undefined ? {} : { assetsDir }),
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
  });
  return {
    version,
    resourcesFor: () => resources,
    sinkFor: (job, product, signal) => openStoreSink(store, { job, product, layout, signal }),
  };
};

const openStore = (config: ChildConfig['store']): Promise<ArtifactStore> => openFsStore({ root: config.root });
