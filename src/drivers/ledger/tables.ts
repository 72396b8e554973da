import type { Kysely } from 'kysely';
import type { EventType } from '../../jobs/callbacks/event.ts';
import type { JobState, Lane } from '../../jobs/job.ts';

/** Times are milliseconds since 1970, flags 0 or 1; columns of JSON are text, so that both databases keep every byte of them. */
export type JobRow = {
  readonly id: string;
  readonly tenant: string;
  readonly lane: Lane;
  readonly state: JobState;
  readonly spec: string;
  readonly spec_digest: string;
  readonly options: string;
  readonly source: string | null;
  readonly reference: string | null;
  readonly line: string | null;
  /** Digest of the origin; null for a rerender, so that only first renders are unique. */
  readonly origin_key: string | null;
  readonly product: string | null;
  readonly metadata: string;
  readonly callback_url: string | null;
  readonly callback_digest: string | null;
  readonly batch_id: string | null;
  readonly rerender_of: string | null;
  readonly attempt: number;
  readonly crashes: number;
  readonly fence: number;
  readonly worker: string | null;
  readonly lease_until_ms: number | null;
  readonly not_before_ms: number;
  /** 1 until `not_before_ms`: keeps jobs that may not run yet out of the index that claims walk. */
  readonly delayed: number;
  readonly turn: number;
  readonly cancel_requested: number;
  readonly progress: string | null;
  readonly revision: number;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  readonly started_at_ms: number | null;
  readonly finished_at_ms: number | null;
  readonly result: string | null;
  readonly problem: string | null;
  /** `traceparent` of the request that submitted it. */
  readonly trace: string | null;
};

/** The turn of the tenant's job that was started last. */
export type TurnRow = { readonly lane: Lane; readonly tenant: string; readonly started_turn: number };

/** The last message about an order that was seen. */
export type OrderMessageRow = {
  readonly tenant: string;
  readonly source: string;
  readonly reference: string;
  /** By the clock of the shop. */
  readonly updated_at_ms: number;
  readonly cancelled: number;
  /** By ours. */
  readonly noted_at_ms: number;
};

export type BatchRow = { readonly id: string; readonly tenant: string; readonly metadata: string; readonly created_at_ms: number };

export type IdempotencyRow = {
  readonly tenant: string;
  readonly route: string;
  readonly idempotency_key: string;
  readonly fingerprint: string;
  readonly state: 'busy' | 'done';
  readonly busy_until_ms: number;
  readonly answer: string | null;
  readonly expires_at_ms: number;
};

export type EndpointRow = {
  readonly id: string;
  readonly tenant: string;
  readonly kind: 'subscription' | 'callback';
  readonly url: string;
  readonly url_digest: string;
  readonly description: string;
  readonly events: string;
  readonly enabled: number;
  readonly sealed_secrets: string;
  readonly failing_since_ms: number | null;
  readonly failed_messages: number;
  readonly disabled_reason: string | null;
  readonly created_at_ms: number;
  /** When a delivery of it may be claimed next; null when none waits. Claims walk this column, never the backlog. */
  readonly due_at_ms: number | null;
};

export type EventRow = {
  readonly id: string;
  readonly tenant: string;
  readonly type: EventType;
  readonly job_id: string | null;
  readonly sequence: number;
  readonly created_at_ms: number;
  readonly data: string;
  /** That of its job. */
  readonly trace: string | null;
};

export type DeliveryRow = {
  readonly id: string;
  readonly tenant: string;
  readonly event_id: string;
  readonly event_type: EventType;
  readonly job_id: string | null;
  readonly endpoint_id: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempt: number;
  readonly next_at_ms: number | null;
  readonly created_at_ms: number;
  readonly attempts: string;
  readonly worker: string | null;
  readonly lease_until_ms: number | null;
  readonly fence: number;
  /** `failing_since_ms` of the endpoint when this message was counted in its `failed_messages`. */
  readonly counted_since_ms: number | null;
};

export type KeyRow = {
  readonly key_id: string;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: string;
  readonly secret_digest: string;
  readonly origins: string;
  readonly created_at_ms: number;
  readonly expires_at_ms: number | null;
  readonly revoked_at_ms: number | null;
  readonly last_used_at_ms: number | null;
};

export type AssetRow = {
  readonly id: string;
  readonly tenant: string;
  readonly state: 'awaiting' | 'ready';
  readonly store_key: string;
  readonly name: string | null;
  readonly media_type: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly created_at_ms: number;
};

export type Tables = {
  readonly jobs: JobRow;
  readonly job_files: { readonly job_id: string; readonly store_key: string };
  readonly turns: TurnRow;
  readonly order_messages: OrderMessageRow;
  readonly batches: BatchRow;
  readonly idempotency: IdempotencyRow;
  readonly endpoints: EndpointRow;
  readonly events: EventRow;
  readonly deliveries: DeliveryRow;
  readonly api_keys: KeyRow;
  readonly assets: AssetRow;
  readonly migrations: { readonly number: number; readonly name: string; readonly applied_at_ms: number };
  readonly clock: { readonly id: number; readonly high_water_ms: number };
};

export type Db = Kysely<Tables>;
