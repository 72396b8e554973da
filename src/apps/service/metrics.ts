import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { JOB_STATES, LANES } from '../../jobs/job.ts';
import type { Ledger } from '../../jobs/ledger.ts';

/** What the service counts. Labels are short closed lists: never an id, a URL or a tenant. */
export type Metrics = {
  jobsSubmitted(lane: string, count: number): void;
  jobStarted(lane: string, waitMs: number): void;
  jobEnded(outcome: string, durationMs: number): void;
  jobStalled(): void;
  renderMemory(bytes: number): void;
  outputBytes(bytes: number): void;
  callbackAttempted(outcome: string): void;
  httpAnswered(method: string, route: string, status: number, durationMs: number): void;
  /** The Prometheus text, with the ledger's counts as they are now. */
  text(): Promise<{ readonly body: string; readonly contentType: string }>;
};

const SHORT = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const LONG = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 900, 3600];

export const openMetrics = (version: string, ledger: Pick<Ledger, 'jobs' | 'callbacks'>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'platen_' });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name: `platen_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `platen_${name}`, help, labelNames: [...labelNames], registers });
  const histogram = (name: string, help: string, buckets: readonly number[], labelNames: readonly string[] = []) =>
    new Histogram({ name: `platen_${name}`, help, labelNames: [...labelNames], buckets: [...buckets], registers });

  const submitted = counter('jobs_submitted_total', 'Jobs accepted', ['lane']);
  const waited = histogram('job_wait_seconds', 'From accepted to started', LONG, ['lane']);
  const lasted = histogram('job_duration_seconds', 'From started to over', LONG, ['outcome']);
  const stalls = counter('job_stalls_total', 'Jobs taken back from a worker that died or fell silent');
  const memory = gauge('render_peak_rss_bytes', 'Most memory a rendering process has used');
  const output = counter('output_bytes_total', 'Bytes of finished files');
  const attempts = counter('callback_attempts_total', 'Callbacks sent', ['outcome']);
  const answered = histogram('http_request_duration_seconds', 'HTTP answers', SHORT, ['method', 'route', 'status']);
  const states = gauge('jobs_in_state', 'Jobs in the ledger', ['state']);
  const lanes = gauge('jobs_queued', 'Jobs waiting', ['lane']);
  const oldest = gauge('jobs_oldest_wait_seconds', 'Age of the oldest job that could run now');
  const pending = gauge('callbacks_pending', 'Callbacks not yet delivered');
  const oldestPending = gauge('callbacks_oldest_pending_seconds', 'Age of the oldest of them');
  gauge('build_info', 'Version', ['version']).set({ version }, 1);
  let peak = 0;

  return {
    jobsSubmitted: (lane, count) => submitted.inc({ lane }, count),
    jobStarted: (lane, waitMs) => waited.observe({ lane }, waitMs / 1000),
    jobEnded: (outcome, durationMs) => lasted.observe({ outcome }, durationMs / 1000),
    jobStalled: () => stalls.inc(),
    renderMemory: (bytes) => {
      peak = Math.max(peak, bytes);
      memory.set(peak);
    },
    outputBytes: (bytes) => output.inc(bytes),
    callbackAttempted: (outcome) => attempts.inc({ outcome }),
    httpAnswered: (method, route, status, durationMs) => answered.observe({ method, route, status }, durationMs / 1000),
    text: async () => {
      const [jobs, callbacks] = await Promise.all([ledger.jobs.counts(), ledger.callbacks.counts()]);
      for (const state of JOB_STATES) states.set({ state }, jobs.byState[state]);
      for (const lane of LANES) lanes.set({ lane }, jobs.queuedByLane[lane]);
      oldest.set(jobs.oldestWaitMs / 1000);
      pending.set(callbacks.pending);
      oldestPending.set(callbacks.oldestPendingMs / 1000);
      return { body: await registry.metrics(), contentType: registry.contentType };
    },
  };
};
