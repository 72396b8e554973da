import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { openLedger } from '../../../drivers/ledger/open-ledger.ts';
import { makeFolder } from '../../../drivers/make-folder.ts';
import { openBullmqQueue } from '../../../drivers/queue/bullmq-queue.ts';
import { readConfig, type ServiceConfig } from '../../service/config.ts';
import { storePlace } from '../../service/store-place.ts';
import { openStore } from '../../worker/child-parts.ts';

export type Look = { readonly name: string; readonly look: () => Promise<string> };

const MAX_CLOCK_GAP_MS = 60_000;

/** What a service with this configuration would need, each asked for real; wrong settings are one line and end the list. */
export const serviceLooks = (env: NodeJS.ProcessEnv, cwd: string): readonly Look[] => {
  let config: ServiceConfig;
  try {
    config = readConfig(env, {}, cwd);
  } catch (error) {
    return [{ name: 'settings', look: () => Promise.reject(error) }];
  }
  const settings: Look = { name: 'settings', look: async () => ['in order', ...config.warnings].join('; ') };
  const isLocal = config.ledger.kind === 'sqlite' && config.queue.kind === 'embedded' && config.store.kind === 'folder';
  // Looking must not make what it looks for.
  if (isLocal && !existsSync(config.dataDir))
    return [settings, { name: 'service', look: async () => `never started here: the first "platen serve" makes ${config.dataDir}` }];
  return [
    settings,
    { name: 'disk', look: () => room(config.dataDir) },
    { name: 'ledger', look: () => askLedger(config) },
    { name: 'queue', look: () => askQueue(config) },
    { name: 'store', look: () => askStore(config) },
  ];
};

const room = async (folder: string): Promise<string> => {
  await makeFolder(folder);
  const { bavail, bsize } = await statfs(folder);
  const gigabytes = (bavail * bsize) / 1e9;
  if (gigabytes < 1) throw new Error(`expected at least 1 GB free in ${folder}, got ${gigabytes.toFixed(2)} GB`);
  return `${gigabytes.toFixed(1)} GB free in ${folder}`;
};

const askLedger = async ({ ledger: place }: ServiceConfig): Promise<string> => {
  const ledger = await openLedger(place);
  try {
    await ledger.ping();
    const gapMs = Math.abs((await ledger.now()) - Date.now());
    if (gapMs > MAX_CLOCK_GAP_MS)
      throw new Error(`expected the clocks of this host and the ledger to agree, got ${Math.round(gapMs / 1000)} s between them`);
    const { queued, running, needs_attention: attention } = (await ledger.jobs.counts()).byState;
    return `${place.kind === 'sqlite' ? place.file : 'Postgres'}: ${queued} jobs wait, ${running} run, ${attention} need attention`;
  } finally {
    await ledger.close();
  }
};

const askQueue = async ({ queue: place }: ServiceConfig): Promise<string> => {
  if (place.kind === 'embedded') return 'the ledger itself (no REDIS_URL)';
  const warnings: string[] = [];
  const queue = await openBullmqQueue({
    url: place.url,
    onReport: (report) => {
      if (report.kind === 'warning') warnings.push(report.message);
    },
  });
  try {
    await queue.ping();
    const { waiting, delayed, active } = await queue.depth();
    return [`Redis: ${waiting} tickets wait, ${delayed} later, ${active} taken`, ...warnings].join('; ');
  } finally {
    await queue.close();
  }
};

/** Writes, reads and removes a file. */
const askStore = async (config: ServiceConfig): Promise<string> => {
  const place = storePlace(config, 'doctor');
  const store = await openStore(place);
  const key = `doctor/${process.pid}-${Date.now()}.txt`;
  try {
    await store.put(key, Buffer.from('ok'), { mediaType: 'text/plain' });
    const found = await store.stat(key);
    await store.remove([key]);
    if (found?.bytes !== 2) throw new Error('expected to find the file that was just written, got none or another one');
    return `${place.kind === 'folder' ? place.root : `bucket ${place.bucket}`} takes, gives and removes files`;
  } finally {
    await store.close();
  }
};
