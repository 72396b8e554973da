import type { Job } from './job.ts';
import type { Outcome, Recovery } from './ledger.ts';

/** What a worker and its reconciler have to say, for logs and metrics. Durations are by the monotonic clock. */
export type WorkerEvent =
  | { readonly kind: 'started'; readonly job: Job }
  /** `job` is the row after the commit. */
  | { readonly kind: 'finished'; readonly job: Job; readonly outcome: Outcome['kind']; readonly durationMs: number }
  /** Another worker holds the job now: what this one made is not published. */
  | { readonly kind: 'refused'; readonly jobId: string; readonly durationMs: number }
  /** The render went on although it was told to stop; its slot is used again. */
  | { readonly kind: 'stuck'; readonly jobId: string }
  /** Something that mends itself or that somebody else mends: the ledger or the queue did not answer. */
  | { readonly kind: 'trouble'; readonly doing: string; readonly error: unknown }
  | ({ readonly kind: 'recovered' } & Recovery)
  /** Jobs that the queue had lost and has again. */
  | { readonly kind: 'announced'; readonly count: number };
