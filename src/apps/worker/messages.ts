import type { Job, JobProgress } from '../../jobs/job.ts';
import type { RenderFailure } from '../../jobs/job-problem.ts';
import type { RenderOutcome } from '../../jobs/render.ts';
import type { ChildConfig } from './child-parts.ts';

/** What a rendering process is told about a job. */
export type RenderJob = Pick<Job, 'id' | 'tenant' | 'spec' | 'specDigest' | 'options' | 'origin' | 'createdAtMs'>;

/** `start` comes first and once; then one `render` at a time. */
export type ToChild =
  | { readonly type: 'start'; readonly config: ChildConfig }
  | { readonly type: 'render'; readonly job: RenderJob }
  | { readonly type: 'abort' };

export type FromChild =
  | { readonly type: 'ready' }
  /** The parts could not be opened: the process ends. */
  | { readonly type: 'broken'; readonly failure: RenderFailure }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'done'; readonly outcome: RenderOutcome }
  | { readonly type: 'failed'; readonly failure: RenderFailure };

export const renderJobOf = ({ id, tenant, spec, specDigest, options, origin, createdAtMs }: Job): RenderJob => ({
  id,
  tenant,
  spec,
  specDigest,
  options,
  origin,
  createdAtMs,
});
