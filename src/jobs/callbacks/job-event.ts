import type { Artifact } from '../../model/manifest.ts';
import type { Job, JobState } from '../job.ts';
import type { EventType } from './event.ts';

/** What an event tells about a job: enough to find and check its files, never the design or a link that expires. */
export type JobEventData = {
  readonly job: {
    readonly id: string;
    readonly state: JobState;
    readonly batchId: string | null;
    readonly rerenderOf: string | null;
    readonly origin: Job['origin'];
    readonly metadata: Job['metadata'];
    readonly attempt: number;
    readonly createdAtMs: number;
    readonly finishedAtMs: number | null;
    readonly problem: Job['problem'];
    /** Path below the API's address. */
    readonly path: string;
  };
  readonly artifacts: readonly (Artifact & { /** Path below the API's address; it leads to the bytes. */ readonly path: string })[];
};

const TYPES: Readonly<Partial<Record<JobState, EventType>>> = {
  succeeded: 'job.succeeded',
  needs_attention: 'job.needs_attention',
  failed: 'job.failed',
  cancelled: 'job.cancelled',
};

/** The event that a final job gives rise to; undefined for one that may still change. */
export const eventForJob = (job: Job): { readonly type: EventType; readonly data: JobEventData } | undefined => {
  const type = TYPES[job.state];
  if (type === undefined) return undefined;
  const { id, state, batchId, rerenderOf, origin, metadata, attempt, createdAtMs, finishedAtMs, problem } = job;
  const path = `/v1/jobs/${id}`;
  const artifacts = (job.result?.manifest.artifacts ?? []).map((artifact) => ({
    ...artifact,
    path: `${path}/artifacts/${encodeURIComponent(artifact.name)}`,
  }));
  return {
    type,
    data: { job: { id, state, batchId, rerenderOf, origin, metadata, attempt, createdAtMs, finishedAtMs, problem, path }, artifacts },
  };
};
