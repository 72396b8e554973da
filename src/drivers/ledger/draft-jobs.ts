import type { NewJob } from '../../jobs/job.ts';
import { digestOf } from '../../model/digest.ts';
import { mapInRuns } from './map-in-runs.ts';
import { digestOfText, isStorable, json, originKey } from './rows.ts';
import type { JobRow } from './tables.ts';

/** What a row needs and a transaction need not wait for. */
export type JobDraft = {
  readonly job: NewJob;
  readonly specDigest: string;
  /** Of the order line; null for rerenders: only first renders are unique. */
  readonly key: string | null;
};

export const draftJobs = (jobs: readonly NewJob[]): Promise<readonly JobDraft[]> =>
  mapInRuns(jobs, (job) => ({
    job,
    specDigest: digestOf(job.spec ?? null),
    key: job.origin === null || job.rerenderOf !== null ? null : originKey(job.origin),
  }));

export type RowFacts = {
  readonly id: string;
  readonly tenant: string;
  readonly nowMs: number;
  readonly batchId: string | null;
  readonly turn: number;
  readonly trace: string | null;
};

export const newJobRow = ({ job, specDigest, key }: JobDraft, { id, tenant, nowMs, batchId, turn, trace }: RowFacts): JobRow => ({
  id,
  tenant,
  lane: job.lane,
  state: job.problem === null ? 'queued' : 'needs_attention',
  spec: json(job.spec),
  spec_digest: specDigest,
  options: json(job.options),
  source: job.origin?.source ?? null,
  reference: job.origin?.reference ?? null,
  line: job.origin?.line ?? null,
  origin_key: key,
  product: productOf(job.spec),
  metadata: json(job.metadata),
  callback_url: job.callbackUrl,
  callback_digest: job.callbackUrl === null ? null : digestOfText(job.callbackUrl),
  batch_id: batchId,
  rerender_of: job.rerenderOf,
  attempt: 0,
  crashes: 0,
  fence: 0,
  worker: null,
  lease_until_ms: null,
  not_before_ms: nowMs,
  delayed: 0,
  turn,
  cancel_requested: 0,
  progress: null,
  revision: 1,
  created_at_ms: nowMs,
  updated_at_ms: nowMs,
  started_at_ms: null,
  finished_at_ms: job.problem === null ? null : nowMs,
  result: null,
  problem: job.problem === null ? null : json(job.problem),
  trace,
});

/** So that jobs can be listed by it; a spec that has none is for its worker to refuse. */
const productOf = (spec: unknown): string | null => {
  if (typeof spec !== 'object' || spec === null || !('product' in spec)) return null;
  return typeof spec.product === 'string' && isStorable(spec.product) ? spec.product : null;
};
