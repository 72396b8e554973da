import type { IncomingHttpHeaders } from 'node:http';
import type { ApiKey } from '../../jobs/api-key.ts';
import type { ArtifactStore } from '../../jobs/artifact-store.ts';
import type { KeyRing } from '../../jobs/callbacks/key-ring.ts';
import type { JobQueue } from '../../jobs/job-queue.ts';
import type { Ledger } from '../../jobs/ledger.ts';
import type { Connection } from '../../jobs/orders/connection.ts';
import type { DesignSpec } from '../../model/design-spec.ts';
import type { Finding } from '../../model/finding.ts';
import type { Resources } from '../../model/resources.ts';
import type { Answers, Data, FilledDesign, FormField, OpenDesign } from '../../personalize/filled-design.ts';
import type { Picture, PictureRequest } from '../worker/task.ts';
import type { SpecGate } from './spec-gate.ts';

/** Everything the API is made of. It opens nothing itself and closes nothing: whoever composes the service does both. */
export type ServerParts = {
  readonly ledger: Ledger;
  readonly queue: Pick<JobQueue, 'announce'>;
  readonly store: ArtifactStore;
  readonly library: Library;
  readonly designs: DesignShelf;
  /** `traceparent` under which the work of a request goes on; without it nothing is traced. */
  readonly traceOf?: (headers: IncomingHttpHeaders) => string | undefined;
  /** Refuses specs that name what the library has not; without it, whoever renders them does. */
  readonly specGate?: SpecGate;
  /** Shops whose webhooks bring orders; none unless given. */
  readonly connections?: readonly { readonly connection: Connection; readonly secrets: readonly string[] }[];
  /** Runs outside the HTTP thread: a preview never delays another answer. */
  readonly previews: PreviewMaker;
  readonly checks: SpecChecker;
  readonly callbacks: CallbackParts;
  readonly health: HealthProbe;
  readonly metrics: ServerMetrics;
  readonly config: ServerConfig;
  /** Milliseconds since 1970; for cursors, links, rate limits and keys. */
  readonly now: () => number;
  readonly log: ServerLog;
  /** Aborted when the service shuts down: long polls and event streams then end at once. */
  readonly closing: AbortSignal;
};

/** What the catalogue shows. */
export type Library = {
  readonly resources: Pick<Resources, 'product' | 'shop' | 'views'>;
  /** Sorted. */
  productIds(): Promise<readonly string[]>;
  fonts(): Promise<readonly FontFamily[]>;
  palettes(): Promise<readonly Palette[]>;
};

export type FontFamily = {
  readonly family: string;
  readonly faces: readonly { readonly weight: number | readonly [number, number]; readonly italic: boolean }[];
  readonly licence?: string | undefined;
  readonly scripts?: readonly string[] | undefined;
};

export type Palette = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly colours: readonly { readonly id: string; readonly name: string; readonly colour: string }[];
};

/** The library of designs. Each throws Problem `design.unknown` for an id it has not. */
export type DesignShelf = {
  list(): Promise<readonly DesignSummary[]>;
  get(id: string): Promise<DesignSummary & { readonly design: unknown }>;
  /** With everything that it names, to be filled many times. */
  open(id: string): Promise<OpenDesign>;
  /** JSON Schema (2020-12) of the answers. */
  answersSchema(id: string): Promise<Readonly<Record<string, unknown>>>;
  /** The fields as a form shows them, after the answers so far. */
  form(id: string, answers: Answers, data: Data, language: string | undefined): Promise<readonly FormField[]>;
  /** With all that is wrong about the answers. */
  fill(id: string, answers: Answers, data: Data, options?: FillOptions): Promise<FilledDesign>;
};

export type FillOptions = {
  /** What is missing is taken from the first example of the design: for pictures, never for orders. */
  readonly sample?: boolean | undefined;
  /** Answers may come under the labels of their fields: shops send what their forms say. */
  readonly byLabel?: boolean | undefined;
};

export type DesignSummary = { readonly id: string; readonly name: string; readonly product: string; readonly digest: string };

export type PreviewRequest = PictureRequest;
export type PreviewPicture = Picture;

/**
 * One picture of a spec. The tenant decides which uploads its sources may name.
 * @throws Problem as `preview()` of produce; `preview.busy` (retry later) when too many wait
 */
export type PreviewMaker = (spec: DesignSpec, request: PreviewRequest, who: PreviewCaller, signal: AbortSignal) => Promise<PreviewPicture>;

/** Preflight. @throws Problem when the spec names what cannot be loaded */
export type SpecChecker = (spec: DesignSpec, who: PreviewCaller, signal: AbortSignal) => Promise<readonly Finding[]>;

export type PreviewCaller = { readonly tenant: string };

export type CallbackParts = {
  readonly ring: KeyRing;
  /** The address as it is kept. @throws Problem `endpoint.…` when callbacks must not go there */
  checkUrl(url: string): Promise<string>;
  /** As far as that shows without looking the name up: for callbacks that jobs name. */
  checkSyntax(url: string): string;
  /** Called when deliveries may have become due at once: after a replay. */
  wake?(): void;
};

export type HealthProbe = {
  /** One entry per thing the service needs; ready when all are. Answers within a second. */
  ready(): Promise<{ readonly ready: boolean; readonly checks: readonly HealthCheck[] }>;
};

export type HealthCheck = { readonly name: string; readonly ok: boolean; readonly message?: string | undefined };

export type ServerMetrics = {
  /** The page for scrapers. */
  page(): Promise<{ readonly mediaType: string; readonly text: string }>;
  /** `route` is the template, never the path. */
  observe?(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
};

/** As pino has them: fields first. */
export type ServerLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type RateLimit = { readonly quota: number; readonly windowSeconds: number };

export type ServerConfig = {
  /** Version of Platen, for the OpenAPI document. */
  readonly version: string;
  /** No key asked on loopback: everybody is tenant `dev` with all scopes. */
  readonly dev: boolean;
  /** How callers reach the API, without a slash at the end; null: links in answers are paths. */
  readonly publicUrl: string | null;
  /** MACs cursors; the newest first. Derived from the operator's secret key. */
  readonly cursorSecrets: readonly string[];
  /** Verify `/files/` links of the folder store, newest first; empty when the store signs its own. */
  readonly linkSecrets: readonly string[];
  readonly maxBodyBytes: number;
  readonly maxBatchBytes: number;
  readonly maxBatchRows: number;
  readonly maxUploadBytes: number;
  /** What a tenant may keep in uploads. */
  readonly uploadQuotaBytes: number;
  /** Uploads of one tenant at once. */
  readonly uploadsAtOnce: number;
  /** Jobs of a tenant that may wait or run at once. */
  readonly openJobs: number;
  readonly rates: Readonly<Record<RateClass, RateLimit>>;
  /** How long headers and a body may take to arrive; uploads may take `uploadTimeoutMs`. */
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly uploadTimeoutMs: number;
  /** Beyond it a preview or check is given up with 503. */
  readonly previewTimeoutMs: number;
  /** How often long polls and event streams look at the ledger. */
  readonly pollMs: number;
  readonly heartbeatMs: number;
  /** Long polls and event streams at once; a wait beyond them is not honoured. */
  readonly maxWaiters: number;
  /** Of them, what one tenant may have. */
  readonly waitersOfTenant: number;
  /** Previews and checks of one tenant at once. */
  readonly previewsAtOnce: number;
  /** How long an Idempotency-Key is remembered. */
  readonly idempotencyKeepMs: number;
};

export type RateClass = 'submit' | 'read' | 'preview' | 'upload' | 'admin';

const perMinute = (quota: number): RateLimit => ({ quota, windowSeconds: 60 });

/** Everything that has a usual value. */
export const DEFAULT_SERVER_CONFIG = {
  dev: false,
  publicUrl: null,
  maxBodyBytes: 2_000_000,
  maxBatchBytes: 64_000_000,
  maxBatchRows: 10_000,
  maxUploadBytes: 50_000_000,
  uploadQuotaBytes: 10_000_000_000,
  uploadsAtOnce: 8,
  openJobs: 20_000,
  rates: { submit: perMinute(1200), read: perMinute(6000), preview: perMinute(1200), upload: perMinute(600), admin: perMinute(600) },
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 30_000,
  uploadTimeoutMs: 300_000,
  previewTimeoutMs: 30_000,
  pollMs: 200,
  heartbeatMs: 15_000,
  maxWaiters: 1000,
  waitersOfTenant: 250,
  previewsAtOnce: 16,
  idempotencyKeepMs: 7 * 24 * 3_600_000,
} as const satisfies Omit<ServerConfig, 'version' | 'cursorSecrets' | 'linkSecrets'>;

/** Who asks: known by the credential alone. */
export type Caller = Pick<ApiKey, 'keyId' | 'tenant' | 'scopes'>;
