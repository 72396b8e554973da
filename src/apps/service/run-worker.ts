import { availableParallelism } from 'node:os';
import { readShop } from '../../drivers/resources/fs-resources.ts';
import { startDeliverer } from '../../jobs/callbacks/deliverer.ts';
import { secretsOf } from '../../jobs/callbacks/endpoints.ts';
import { resealSecrets } from '../../jobs/callbacks/reseal.ts';
import { keyLayout } from '../../jobs/key-layout.ts';
import { startReconciler } from '../../jobs/reconciler.ts';
import { sweep } from '../../jobs/retention.ts';
import { type ApprovalParts, approvedRender } from '../../jobs/text-approval.ts';
import { type JobWorker, startWorker } from '../../jobs/worker.ts';
import type { WorkerEvent } from '../../jobs/worker-event.ts';
import { newWorkerId } from '../../jobs/worker-identity.ts';
import type { RenderPool } from '../worker/render-pool.ts';
import type { ServiceParts } from './open-parts.ts';
import { childConfig, openServicePool } from './render-pools.ts';
import { noteCallback, tracedRender } from './tracing.ts';

/** Whoever asks for an answer goes before jobs, also where all share two cores. */
const JOBS_STAND_BACK = 5;

/** Something that runs until it is stopped; stopping takes the grace the configuration gives at most. */
export type Running = { stop(): Promise<void> };

/** Claims and renders jobs; `onFinished` when callbacks may be due. @throws Problem `render.unavailable` when no rendering process can be started */
export const runWorker = async (parts: ServiceParts, onFinished: () => void): Promise<Running & Pick<JobWorker, 'nudge'>> => {
  const { values } = parts.config;
  const slots = values.PLATEN_WORKER_SLOTS;
  const pool: RenderPool = openServicePool(parts, { slots, cores: availableParallelism() / slots, nice: JOBS_STAND_BACK });
  try {
    await pool.ready();
  } catch (error) {
    await pool.close();
    throw error;
  }
  const worker = startWorker({
    ledger: parts.ledger,
    queue: parts.queue,
    render: approvedRender(tracedRender(pool.render), approvalParts(parts)),
    slots,
    leaseMs: values.PLATEN_LEASE_SECONDS,
    deadlineMs: values.PLATEN_JOB_DEADLINE_SECONDS,
    maxAttempts: values.PLATEN_MAX_ATTEMPTS,
    maxCrashes: values.PLATEN_MAX_CRASHES,
    graceMs: values.PLATEN_SHUTDOWN_GRACE_SECONDS,
    onEvent: (event) => {
      note(event, parts);
      if (event.kind === 'finished') onFinished();
    },
  });
  return {
    nudge: (jobId) => worker.nudge(jobId),
    stop: async () => {
      await worker.stop();
      await pool.close();
    },
  };
};

/** Whom the shops of the library have asked about texts. */
const approvalParts = (parts: ServiceParts): ApprovalParts => {
  const { templatesDir } = childConfig(parts);
  return {
    shopOf: (id) => readShop(templatesDir, id),
    send: parts.sender.send,
    secrets: parts.config.values.PLATEN_APPROVAL_SECRETS,
    now: Date.now,
    onUnanswered: ({ id }, problem) => parts.log.warn({ jobId: id, code: problem.code, reason: problem.message }, 'no approval of texts'),
  };
};

const SWEEP_EVERY_MS = 3_600_000;
const MESSAGES_GRACE_MS = 5000;

/** What every process of the service does beside its own work: jobs of the dead, lost tickets, callbacks, and what is past its time. */
export const runChores = (parts: ServiceParts): Running & { wakeDeliverer(): void } => {
  const { config, ledger, queue, store, ring, sender, metrics, log } = parts;
  const { values } = config;
  const reconciler = startReconciler({ ledger, queue, maxCrashes: values.PLATEN_MAX_CRASHES, onEvent: (event) => note(event, parts) });
  const deliverer = startDeliverer({
    callbacks: ledger.callbacks,
    send: sender.send,
    secretsOf: (endpoint, nowMs) => secretsOf(ring, endpoint, nowMs),
    worker: newWorkerId(),
    now: () => ledger.now(),
    timeoutMs: values.PLATEN_CALLBACK_TIMEOUT_SECONDS,
    onAttempt: (work, { outcome, status, durationMs }) => {
      const { delivery } = work;
      noteCallback(work, outcome.kind, durationMs, Date.now());
      metrics.callbackAttempted(outcome.kind);
      log.info({ deliveryId: delivery.id, endpointId: delivery.endpointId, outcome: outcome.kind, status, durationMs }, 'callback');
    },
    onError: (error) => log.error({ error }, 'callbacks'),
  });
  const stopped = new AbortController();
  const rules = {
    keepJobsMs: values.PLATEN_KEEP_JOBS_DAYS,
    keepUploadsMs: values.PLATEN_KEEP_UPLOADS_DAYS,
    keepEventsMs: values.PLATEN_KEEP_EVENTS_DAYS,
    layout: keyLayout(childConfig(parts).keyTemplates),
  };
  const sealAnew = async (): Promise<void> => {
    try {
      const { endpoints, unreadable } = await resealSecrets(ledger.callbacks, ring, stopped.signal);
      if (endpoints > 0) log.info({ endpoints }, 'sealed secrets under the newest key');
      if (unreadable.length > 0) log.warn({ endpoints: unreadable }, 'no key opens the secrets of these webhooks');
    } catch (error) {
      if (!stopped.signal.aborted) log.error({ error }, 'could not seal secrets anew; the next sweep goes on');
    }
  };
  let sweeping: Promise<void> = sealAnew();
  const clean = (): void => {
    sweeping = sealAnew()
      .then(() => sweep(ledger, store, rules, stopped.signal))
      .then((swept) => log.info(swept, 'swept'))
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) log.error({ error }, 'the sweep failed; the next one goes on');
      });
  };
  const timer = setInterval(clean, SWEEP_EVERY_MS);
  timer.unref();
  return {
    wakeDeliverer: () => deliverer.nudge(),
    stop: async () => {
      clearInterval(timer);
      stopped.abort();
      await Promise.all([reconciler.stop(), deliverer.stop(MESSAGES_GRACE_MS), sweeping]);
    },
  };
};

/** What a worker has to say, for logs and metrics. */
const note = (event: WorkerEvent, { metrics, log }: ServiceParts): void => {
  switch (event.kind) {
    case 'started': {
      const { id, tenant, lane, attempt, createdAtMs, startedAtMs } = event.job;
      if (attempt === 1) metrics.jobStarted(lane, (startedAtMs ?? createdAtMs) - createdAtMs);
      log.info({ jobId: id, tenant, lane, attempt }, 'job started');
      return;
    }
    case 'finished': {
      const { id, tenant, state, attempt, result, problem } = event.job;
      metrics.jobEnded(event.outcome, event.durationMs);
      const bytes = result?.manifest.artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0) ?? 0;
      metrics.outputBytes(bytes);
      log.info(
        { jobId: id, tenant, state, attempt, outcome: event.outcome, code: problem?.code, bytes, durationMs: event.durationMs },
        'job over',
      );
      return;
    }
    case 'refused':
      metrics.jobStalled();
      log.warn({ jobId: event.jobId }, 'a late result was refused');
      return;
    case 'stuck':
      log.warn({ jobId: event.jobId }, 'a render did not stop when told to');
      return;
    case 'recovered':
      for (const _ of [...event.requeued, ...event.failed]) metrics.jobStalled();
      log.warn({ requeued: event.requeued.map(({ id }) => id), failed: event.failed }, 'jobs of dead workers');
      return;
    case 'announced':
      log.info({ count: event.count }, 'jobs the queue had lost');
      return;
    case 'trouble':
      log.error({ doing: event.doing, error: event.error }, 'trouble');
  }
};
