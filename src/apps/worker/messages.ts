import type { JobProgress } from '../../jobs/job.ts';
import type { RenderFailure } from '../../jobs/job-problem.ts';
import type { ChildConfig } from './child-parts.ts';
import type { Task, TaskKind, TaskResults } from './task.ts';

/** `start` comes first and once; then one `run` at a time. */
export type ToChild =
  | { readonly type: 'start'; readonly config: ChildConfig }
  | { readonly type: 'run'; readonly task: Task }
  | { readonly type: 'abort' };

export type FromChild =
  | { readonly type: 'ready' }
  /** The parts could not be opened: the process ends. */
  | { readonly type: 'broken'; readonly failure: RenderFailure }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'done'; readonly result: TaskResults[TaskKind] }
  | { readonly type: 'failed'; readonly failure: RenderFailure };
