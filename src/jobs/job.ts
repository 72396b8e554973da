import type { Manifest } from '../model/manifest.ts';

/**
 * `queued` waits for a worker, `running` is leased to one. The other four are final: `succeeded` has all its files,
 * `needs_attention` has findings or answers that a person must mend and has no production file, `failed` gave up,
 * `cancelled` was called off.
 */
export const JOB_STATES = ['queued', 'running', 'succeeded', 'needs_attention', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const isFinal = (state: JobState): boolean => state !== 'queued' && state !== 'running';

/** Every interactive job goes before every batch job; within a lane tenants take turns. */
export const LANES = ['interactive', 'batch'] as const;
export type Lane = (typeof LANES)[number];

/** Times are milliseconds since 1970 by the ledger's clock. */
export type Job = {
  readonly id: string;
  readonly tenant: string;
  readonly lane: Lane;
  readonly state: JobState;
  /** The design spec as it was accepted: parsed again by whoever renders it. */
  readonly spec: unknown;
  readonly specDigest: string;
  readonly options: JobOptions;
  /** Where the order line came from: at most one job that is not called off per (tenant, source, reference, line). */
  readonly origin: OrderOrigin | null;
  /** The caller's own names and values, carried untouched. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly callbackUrl: string | null;
  readonly batchId: string | null;
  readonly rerenderOf: string | null;
  /** How often a worker has started it. */
  readonly attempt: number;
  /** How often its worker died under it. */
  readonly crashes: number;
  /** Grows with every claim; a commit under an older one is refused. */
  readonly fence: number;
  readonly worker: string | null;
  readonly leaseUntilMs: number | null;
  readonly notBeforeMs: number;
  readonly cancelRequested: boolean;
  readonly progress: JobProgress | null;
  /** Grows with every change of the row. */
  readonly revision: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly result: JobResult | null;
  /** Why it failed or needs attention; while queued again, why the last attempt failed. */
  readonly problem: JobProblem | null;
  /** `traceparent` of the request that submitted it, when that was part of a trace. */
  readonly trace?: string;
};

export type JobOptions = { readonly only?: 'production' | 'preview' | 'mockup'; readonly force?: boolean };

export type OrderOrigin = { readonly source: string; readonly reference: string; readonly line: string };

export type JobProgress = {
  readonly step: 'resolved' | 'checked' | 'made' | 'committed';
  readonly name?: string;
  readonly done: number;
  readonly total: number;
};

export type JobResult = {
  /** Store key of the manifest. */
  readonly manifestKey: string;
  readonly manifest: Manifest;
  /** Store key of each artifact, by its name in the manifest. */
  readonly keys: Readonly<Record<string, string>>;
};

export type JobProblem = {
  readonly code: string;
  readonly message: string;
  readonly pointer?: string;
  readonly hint?: string;
  /** Every mistake when there are several, each with its place in the spec. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string; readonly hint?: string }[];
};

export type NewJob = {
  readonly lane: Lane;
  readonly spec: unknown;
  readonly options: JobOptions;
  readonly origin: OrderOrigin | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly callbackUrl: string | null;
  readonly rerenderOf: string | null;
  /** Set when the line cannot be rendered as it came: the job is born `needs_attention`. */
  readonly problem: JobProblem | null;
};
