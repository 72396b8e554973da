import type { JobProgress } from '../../jobs/job.ts';
import type { RenderFailure } from '../../jobs/job-problem.ts';
import type { ChildConfig } from './child-parts.ts';
import type { Task, TaskKind, TaskResults } from './task.ts';

/** `start` comes first and once; then `run`, the next one when the one before is over or `made`. `id` names a task for as long as it runs. */
export type ToChild =
  | { readonly type: 'start'; readonly config: ChildConfig }
  | { readonly type: 'run'; readonly id: number; readonly task: Task }
  | { readonly type: 'abort'; readonly id: number };

export type FromChild =
  | { readonly type: 'ready' }
  /** The parts could not be opened: the process ends. */
  | { readonly type: 'broken'; readonly failure: RenderFailure }
  | { readonly type: 'progress'; readonly id: number; readonly progress: JobProgress }
  /** Its files are being kept, which needs no more of the processor. */
  | { readonly type: 'made'; readonly id: number }
  | { readonly type: 'done'; readonly id: number; readonly result: TaskResults[TaskKind] }
  | { readonly type: 'failed'; readonly id: number; readonly failure: RenderFailure };
