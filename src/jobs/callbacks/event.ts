/** What order systems are told. `endpoint.disabled` goes to the tenant's other endpoints. */
export const EVENT_TYPES = ['job.succeeded', 'job.failed', 'job.needs_attention', 'job.cancelled', 'endpoint.disabled'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export type JobEvent = {
  /** Sent as `webhook-id`: the same over retries and replays, so receivers recognise a repeat by it. */
  readonly id: string;
  readonly tenant: string;
  readonly type: EventType;
  readonly jobId: string | null;
  /** Grows per job: a receiver that sees a lower one has newer news already. */
  readonly sequence: number;
  readonly createdAtMs: number;
  /** The `data` member of the body. */
  readonly data: unknown;
  /** `traceparent` of the request that submitted the job, when that was part of a trace. */
  readonly trace?: string;
};

export type Endpoint = {
  readonly id: string;
  readonly tenant: string;
  /** `subscription` hears all events of its types; `callback` was named by a job and hears of that job alone. */
  readonly kind: 'subscription' | 'callback';
  readonly url: string;
  readonly description: string;
  readonly events: readonly EventType[];
  readonly enabled: boolean;
  /** Sealed for the disk, newest first; two at most while a secret turns over. */
  readonly sealedSecrets: readonly SealedSecret[];
  /** Since when every attempt failed, and how many messages failed since; null and 0 after a success. */
  readonly failingSinceMs: number | null;
  readonly failedMessages: number;
  readonly disabledReason: string | null;
  readonly createdAtMs: number;
};

export type SealedSecret = { readonly sealed: string /** Null: until replaced. */; readonly expiresAtMs: number | null };

export type NewEndpoint = Pick<Endpoint, 'kind' | 'url' | 'description' | 'events' | 'sealedSecrets'>;

export type Delivery = {
  readonly id: string;
  readonly tenant: string;
  readonly eventId: string;
  readonly eventType: EventType;
  readonly jobId: string | null;
  readonly endpointId: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempt: number;
  readonly nextAtMs: number | null;
  readonly createdAtMs: number;
  readonly attempts: readonly DeliveryAttempt[];
};

export type DeliveryAttempt = {
  readonly atMs: number;
  readonly durationMs: number;
  /** HTTP status, when there was an answer. */
  readonly status: number | null;
  readonly error: string | null;
  /** The first KiB of the answer, as text. */
  readonly excerpt: string;
};

export type DeliveryWork = { readonly delivery: Delivery; readonly event: JobEvent; readonly endpoint: Endpoint; readonly fence: number };

export type AttemptResult = DeliveryAttempt & {
  readonly outcome:
    | { readonly kind: 'delivered' }
    | { readonly kind: 'again'; readonly atMs: number }
    | { readonly kind: 'failed' }
    /** The endpoint answered 410 Gone or has failed for too long. */
    | { readonly kind: 'disable'; readonly reason: string };
};
