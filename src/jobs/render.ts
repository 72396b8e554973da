import type { Job, JobProgress } from './job.ts';
import type { Outcome } from './ledger.ts';

/** What a render may end as; everything else it rejects with. */
export type RenderOutcome = Extract<Outcome, { readonly kind: 'succeeded' | 'needs_attention' }>;

export type RenderWork = {
  /** Aborted when nobody wants the result any more: settle soon. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
  /** Everything is made and only being kept: another render may begin meanwhile. May be called once, or never. */
  readonly onMade?: () => void;
};

/**
 * Renders one job and keeps its files; what it returns is published by the ledger afterwards, or never. The same job may be rendered
 * twice, and gives the same keys then.
 * @throws Problem with retry 'later' for what another attempt may mend; code `render.crashed` when the rendering process died
 */
export type Render = (job: Job, work: RenderWork) => Promise<RenderOutcome>;
