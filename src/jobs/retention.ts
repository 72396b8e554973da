import type { ArtifactStore } from './artifact-store.ts';
import type { Ledger } from './ledger.ts';

export type RetentionRules = { readonly keepJobsMs: number; readonly keepUploadsMs: number; readonly keepEventsMs: number };

export type Swept = { readonly jobs: number; readonly files: number; readonly uploads: number; readonly events: number };

const BATCH = 200;

/**
 * Removes what is past its time: finished jobs with their files, uploads, callbacks, idempotency keys. A file that a younger job also
 * made (same bytes, same key) stays. The row goes after its files, so a sweep that is cut off goes on where it was.
 */
export const sweep = async (ledger: Ledger, store: ArtifactStore, rules: RetentionRules, signal: AbortSignal): Promise<Swept> => {
  const nowMs = await ledger.now();
  const jobs = await sweepJobs(ledger, store, nowMs - rules.keepJobsMs, signal);
  const uploads = await sweepUploads(ledger, store, nowMs - rules.keepUploadsMs, signal);
  const events = await inBatches(signal, () => ledger.callbacks.sweep(nowMs - rules.keepEventsMs, BATCH));
  await inBatches(signal, () => ledger.idempotency.sweep(BATCH));
  return { ...jobs, uploads, events };
};

const sweepJobs = async (
  ledger: Ledger,
  store: ArtifactStore,
  beforeMs: number,
  signal: AbortSignal,
): Promise<{ jobs: number; files: number }> => {
  let files = 0;
  const jobs = await inBatches(signal, async () => {
    const expired = await ledger.jobs.expired(beforeMs, BATCH);
    const keys = expired.flatMap(({ result }) => (result ? [result.manifestKey, ...Object.values(result.keys)] : []));
    const ids = expired.map(({ id }) => id);
    const shared = new Set(await ledger.jobs.usedByOthers(keys, ids));
    const own = [...new Set(keys)].filter((key) => !shared.has(key));
    await store.remove(own);
    await ledger.jobs.remove(ids);
    files += own.length;
    return expired.length;
  });
  return { jobs, files };
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
