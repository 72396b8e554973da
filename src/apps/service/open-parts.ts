import { hkdfSync } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import type { Logger } from 'pino';
import { openLedger } from '../../drivers/ledger/open-ledger.ts';
import { makeFolder } from '../../drivers/make-folder.ts';
import { openWebhookSender, type WebhookSender } from '../../drivers/net/webhook-sender.ts';
import { openBullmqQueue, type QueueReport } from '../../drivers/queue/bullmq-queue.ts';
import { openEmbeddedQueue } from '../../drivers/queue/embedded-queue.ts';
import { ownRedis } from '../../drivers/queue/redis-owner.ts';
import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import { type KeyRing, masterKey, openKeyRing } from '../../jobs/callbacks/key-ring.ts';
import type { JobQueue } from '../../jobs/job-queue.ts';
import type { Ledger } from '../../jobs/ledger.ts';
import { Problem } from '../../model/problem.ts';
import { openStore } from '../worker/child-parts.ts';
import type { ServiceConfig, SettingName } from './config.ts';
import { keptSecret } from './kept-secret.ts';
import { openLogger } from './logger.ts';
import { type Metrics, openMetrics } from './metrics.ts';
import { storePlace } from './store-place.ts';

/** What API and workers alike are made of. */
export type ServiceParts = {
  readonly config: ServiceConfig;
  readonly version: string;
  readonly log: Logger;
  readonly ledger: Ledger;
  readonly queue: JobQueue;
  /** The BullMQ queue for its dashboard; null without Redis. */
  readonly board: object | null;
  readonly store: ArtifactStore;
  readonly sender: WebhookSender;
  readonly metrics: Metrics;
  /** Ports of this host where the service listens; one that is known only later is added then. */
  readonly ownPorts: Set<number>;
  readonly ring: KeyRing;
  /** A key of its own for each use, made from the secret key. */
  readonly deriveSecret: (use: string) => string;
  /** The same from the earlier keys too, the newest first: what they signed is still good. */
  readonly deriveSecrets: (use: string) => readonly string[];
  close(): Promise<void>;
};

/**
 * Opens what the configuration names, in order; when one cannot be opened those before are closed again.
 * @throws Problem that names what could not be opened
 */
export const openParts = async (
  config: ServiceConfig,
  version: string,
  log = openLogger(config.values.PLATEN_LOG_LEVEL),
): Promise<ServiceParts> => {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const close = async (): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  try {
    await makeDataFolder(config.dataDir);
    const secretKey = config.values.PLATEN_SECRET_KEY ?? (await keptSecret(config.dataDir, 'secret.key'));
    const allKeys = distinct([secretKey, ...config.values.PLATEN_OLD_SECRET_KEYS]);
    const deriveFrom = (key: Buffer, use: string): string =>
      Buffer.from(hkdfSync('sha256', key, '', `platen ${use}`, 32)).toString('base64');
    const deriveSecret = (use: string): string => deriveFrom(secretKey, use);
    const deriveSecrets = (use: string): readonly string[] => allKeys.map((key) => deriveFrom(key, use));
    const ledger = keep(await openLedger(config.ledger));
    const { queue, board } = await openQueue(config, log);
    keep(queue);
    if (config.queue.kind === 'bullmq' && config.ledger.kind === 'sqlite') {
      const ledgerId = (await keptSecret(config.dataDir, 'ledger.id')).toString('hex');
      keep(await ownRedis({ url: config.queue.url, ledgerId }));
    }
    const place = storePlace(config, deriveSecret('links'));
    if (place.kind === 's3' && place.spoolFolder !== undefined) await makeSpoolFolder(place.spoolFolder);
    const store = keep(await openStore(place));
    const ownPorts = portsGiven(config);
    const sender = keep(
      await openWebhookSender({
        allowPrivate: config.values.PLATEN_ALLOWED_PRIVATE_NETWORKS,
        blockedHosts: ownHosts(config),
        ownPorts,
      }),
    );
    const [newest = masterKey(secretKey), ...older] = allKeys.map(masterKey);
    const ring = openKeyRing(newest, ...older);
    const metrics = openMetrics(version, ledger);
    return { config, version, log, ledger, queue, board, store, sender, metrics, ownPorts, ring, deriveSecret, deriveSecrets, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const distinct = (keys: readonly Buffer[]): readonly Buffer[] =>
  keys.filter((key, at) => keys.findIndex((other) => other.equals(key)) === at);

const makeDataFolder = (folder: string): Promise<void> => makeOwnFolder(folder, 'PLATEN_DATA_DIR', 'config.data-folder');

const makeSpoolFolder = (folder: string): Promise<void> => makeOwnFolder(folder, 'S3_SPOOL_DIR', 'config.spool-folder');

const makeOwnFolder = async (folder: string, setting: SettingName, code: string): Promise<void> => {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(code, `expected a folder that can be written at ${setting}, got: ${reason}`, { cause: error });
  }
};

const openQueue = async ({ queue }: ServiceConfig, log: Logger): Promise<{ queue: JobQueue; board: object | null }> => {
  if (queue.kind === 'embedded') {
    const embedded = await openEmbeddedQueue({ onError: (error) => log.error({ error }, 'a claim failed') });
    return { queue: embedded, board: null };
  }
  const onRedis = await openBullmqQueue({ url: queue.url, onReport: (report) => logReport(report, log) });
  return { queue: onRedis, board: onRedis.board };
};

const logReport = (report: QueueReport, log: Logger): void => {
  switch (report.kind) {
    case 'error':
      log.warn({ error: report.error }, 'redis');
      break;
    case 'bad-ticket':
      log.warn({ ticket: report.ticket, reason: report.reason }, 'dropped a ticket that is not ours');
      break;
    case 'warning':
      log.warn(report.message);
  }
};

/** Nothing that comes from outside makes us call ourselves. */
export const ownHosts = ({ values: { PLATEN_PUBLIC_URL: url } }: ServiceConfig): readonly string[] =>
  url === null ? [] : [new URL(url).hostname];

/** A process that only works knows those of the API on its host when they were given. */
const portsGiven = ({ values, env }: ServiceConfig): Set<number> => {
  const api = env.PLATEN_PORT ? [values.PLATEN_PORT] : [];
  return new Set([...api, values.PLATEN_METRICS_PORT].filter((port) => port > 0));
};
