import type { ArtifactStore } from './artifact-store.ts';
import type { Job } from './job.ts';
import type { KeyLayout } from './key-layout.ts';
import type { Ledger } from './ledger.ts';
import { foldersOfJob } from './store-sink.ts';

export type RetentionRules = {
  readonly keepJobsMs: number;
  readonly keepUploadsMs: number;
  readonly keepEventsMs: number;
  /** Where jobs put their files; the usual one unless given. */
  readonly layout?: KeyLayout;
};

export type Swept = { readonly jobs: number; readonly files: number; readonly uploads: number; readonly events: number };

const BATCH = 200;
const LIST_PAGE = 1000;

/**
 * Removes what is past its time: finished jobs with their files, also those of attempts that never finished, uploads, callbacks,
 * idempotency keys, times of orders. A file that a younger job also made (same bytes, same key) stays. The row goes after its files, so a sweep that is
 * cut off goes on where it was.
 */
export const sweep = async (ledger: Ledger, store: ArtifactStore, rules: RetentionRules, signal: AbortSignal): Promise<Swept> => {
  const nowMs = await ledger.now();
  const jobs = await sweepJobs(ledger, store, rules, nowMs - rules.keepJobsMs, signal);
  const uploads = await sweepUploads(ledger, store, nowMs - rules.keepUploadsMs, signal);
  const events = await inBatches(signal, () => ledger.callbacks.sweep(nowMs - rules.keepEventsMs, BATCH));
  await inBatches(signal, () => ledger.idempotency.sweep(BATCH));
  await inBatches(signal, () => ledger.jobs.sweepMessages(nowMs - rules.keepJobsMs, BATCH));
  return { ...jobs, uploads, events };
};

const sweepJobs = async (
  ledger: Ledger,
  store: ArtifactStore,
  { layout }: RetentionRules,
  beforeMs: number,
  signal: AbortSignal,
): Promise<Pick<Swept, 'jobs' | 'files'>> => {
  let files = 0;
  const jobs = await inBatches(signal, async () => {
    const expired = await ledger.jobs.expired(beforeMs, BATCH);
    const ids = expired.map(({ id }) => id);
    const published = expired.flatMap(({ result }) => (result ? [result.manifestKey, ...Object.values(result.keys)] : []));
    const shared = new Set(await ledger.jobs.usedByOthers(published, ids));
    const left = [];
    for (const job of expired) left.push(...(await filesInFolders(job, store, layout)));
    const own = [...new Set([...published, ...left])].filter((key) => !shared.has(key));
    await store.remove(own);
    await ledger.jobs.remove(ids);
    files += own.length;
    return expired.length;
  });
  return { jobs, files };
};

const filesInFolders = async (job: Job, store: ArtifactStore, layout: KeyLayout | undefined): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (const folder of foldersOfJob({ job, ...(layout ? { layout } : {}) })) {
    for (let after: string | undefined; ; ) {
      const page = await store.list(folder, { limit: LIST_PAGE, ...(after === undefined ? {} : { after }) });
      keys.push(...page.map(({ key }) => key));
      after = page.at(-1)?.key;
      if (page.length < LIST_PAGE || after === undefined) break;
    }
  }
  return keys;
};

const sweepUploads = (ledger: Ledger, store: ArtifactStore, beforeMs: number, signal: AbortSignal): Promise<number> =>
  inBatches(signal, async () => {
    const expired = await ledger.assets.expired(beforeMs, BATCH);
    await store.remove(expired.map(({ key }) => key));
    await ledger.assets.remove(expired.map(({ id }) => id));
    return expired.length;
  });

const inBatches = async (signal: AbortSignal, batch: () => Promise<number>): Promise<number> => {
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const done = await batch();
    total += done;
    if (done < BATCH) return total;
  }
};
