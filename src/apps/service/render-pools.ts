import { join } from 'node:path';
import type { Logger } from 'pino';
import { libraryFolders } from '../cli/session.ts';
import type { ChildConfig } from '../worker/child-parts.ts';
import { openRenderPool, type RenderPool } from '../worker/render-pool.ts';
import { ownHosts, type ServiceParts } from './open-parts.ts';
import { storePlace } from './store-place.ts';

const CACHE_BYTES = 256 * 1024 * 1024;

/** What rendering processes are told at their start. */
export const childConfig = ({ config, version, deriveSecret }: Pick<ServiceParts, 'config' | 'version' | 'deriveSecret'>): ChildConfig => {
  const { values, dataDir } = config;
  const folders = libraryFolders({
    PLATEN_TEMPLATES_DIR: values.PLATEN_TEMPLATES_DIR ?? undefined,
    PLATEN_FONTS_DIR: values.PLATEN_FONTS_DIR ?? undefined,
    PLATEN_PROFILES_DIR: values.PLATEN_PROFILES_DIR ?? undefined,
  });
  return {
    version,
    templatesDir: folders.templates,
    fontsDir: folders.fonts,
    profilesDir: folders.profiles,
    cutOutModel: values.PLATEN_CUTOUT_MODEL ?? undefined,
    cacheBytes: CACHE_BYTES,
    maxFileBytes: values.PLATEN_MAX_SOURCE_MB,
    http: {
      allowedHosts: values.PLATEN_ALLOWED_SOURCES,
      allowPrivate: values.PLATEN_ALLOWED_PRIVATE_NETWORKS,
      blockedHosts: ownHosts(config),
      maxBytes: values.PLATEN_MAX_SOURCE_MB,
      ...(values.PLATEN_SOURCE_CACHE_MB > 0 ? { cache: { dir: join(dataDir, 'sources'), maxBytes: values.PLATEN_SOURCE_CACHE_MB } } : {}),
    },
    store: storePlace(config, deriveSecret('links')),
    keyTemplates: {
      ...(values.PLATEN_KEY_LAYOUT === null ? {} : { artifact: values.PLATEN_KEY_LAYOUT }),
      ...(values.PLATEN_MANIFEST_LAYOUT === null ? {} : { manifest: values.PLATEN_MANIFEST_LAYOUT }),
    },
  };
};

export type PoolSize = {
  readonly slots: number;
  /** Cores that each slot may use. */
  readonly cores: number;
  /** How much they stand back for others, 0 to 19. */
  readonly nice: number;
};

/** Processes that render: for jobs as many as a worker has slots, for previews a few of their own, so that no batch delays a shopper. */
export const openServicePool = (parts: ServiceParts, { slots, cores, nice }: PoolSize): RenderPool => {
  const { config, ledger, metrics, log } = parts;
  return openRenderPool({
    config: withoutOurselves(childConfig(parts), parts),
    slots,
    cores,
    nice,
    maxMemoryBytes: config.values.PLATEN_WORKER_MEMORY_MB,
    keepBelowBytes: config.values.PLATEN_WORKER_MEMORY_MB * 0.7,
    findUpload: (tenant, id) => ledger.assets.get(tenant, id),
    onRendered: ({ peakBytes, lastWords }) => {
      metrics.renderMemory(peakBytes);
      if (lastWords !== undefined) logDeath(log, lastWords);
    },
  });
};

const logDeath = (log: Logger, lastWords: string): void => log.warn({ lastWords }, 'a rendering process ended');

/** Pictures by address do not come from our own ports either. */
const withoutOurselves = (config: ChildConfig, { ownPorts }: ServiceParts): ChildConfig =>
  config.http ? { ...config, http: { ...config.http, ownPorts: [...ownPorts] } } : config;
