import type { JobQueue } from './job-queue.ts';
import type { Ledger, Waiting } from './ledger.ts';

/**
 * Announces jobs whose `notBeforeMs` is by the ledger's clock to a queue that goes by this host's clock. Only a job that was started
 * before ever has to wait, so new ones cost no question about the time.
 */
export const announceJobs = async (
  queue: Pick<JobQueue, 'announce'>,
  ledger: Pick<Ledger, 'now'>,
  jobs: readonly Waiting[],
  now: () => number = Date.now,
): Promise<void> => {
  if (jobs.length === 0) return;
  const waits = jobs.some(({ attempt }) => attempt > 0);
  const ledgerMs = waits ? await ledger.now() : 0;
  const nowMs = now();
  await queue.announce(
    jobs.map((job) => ({ ...job, notBeforeMs: job.attempt === 0 ? nowMs : nowMs + Math.max(0, job.notBeforeMs - ledgerMs) })),
  );
};
