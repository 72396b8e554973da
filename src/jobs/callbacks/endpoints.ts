import { Problem } from '../../model/problem.ts';
import type { CallbackLedger } from '../ledger.ts';
import { type Delivery, type Endpoint, EVENT_TYPES, type EventType, type SealedSecret } from './event.ts';
import { type KeyRing, tenantSecrets } from './key-ring.ts';
import { seal, unseal } from './seal.ts';
import { createSecret } from './sign.ts';

/** How long a replaced secret still signs beside the new one. */
export const OLD_SECRET_MS = 24 * 3_600_000;
/** How far back `recoverSince` reaches: what failed before is no news to anyone. */
export const RECOVER_MS = 14 * 24 * 3_600_000;

export type EndpointDeps = {
  readonly callbacks: CallbackLedger;
  readonly ring: KeyRing;
  /** The address as it is kept, when it may be called: see `openWebhookSender`. */
  readonly checkUrl: (url: string) => Promise<string>;
  readonly now?: () => number;
};

export type EndpointRequest = {
  readonly url: string;
  readonly description?: string;
  /** All but `job.cancelled` unless given. */
  readonly events?: readonly EventType[];
};

/** The secret is shown this once. */
export type EndpointWithSecret = { readonly endpoint: Endpoint; readonly secret: string };

const USUAL_EVENTS: readonly EventType[] = EVENT_TYPES.filter((type) => type !== 'job.cancelled');

const unknownEndpoint = (id: string): Problem => new Problem('endpoint.unknown', `expected a known endpoint, got "${id.slice(0, 60)}"`);

const isLive = ({ expiresAtMs }: SealedSecret, nowMs: number): boolean => expiresAtMs === null || expiresAtMs > nowMs;

/** A new subscription of a tenant. @throws Problem `endpoint.*` when its address may not be called */
export const createEndpoint = async (deps: EndpointDeps, tenant: string, request: EndpointRequest): Promise<EndpointWithSecret> => {
  const url = await deps.checkUrl(request.url);
  const secret = createSecret();
  const endpoint = await deps.callbacks.create(tenant, {
    kind: 'subscription',
    url,
    description: request.description ?? '',
    events: request.events ?? USUAL_EVENTS,
    sealedSecrets: [{ sealed: seal(deps.ring, secret, tenant), expiresAtMs: null }],
  });
  return { endpoint, secret };
};

/**
 * The endpoint behind the callback address of a job, made when no job has named it before; its secret is that of the tenant. Call it
 * before the job is submitted, and submit the job with the address of the endpoint.
 * @throws Problem `endpoint.*` when the address cannot be called; a name that leads inside is refused when something is sent
 */
export const callbackEndpoint = async (
  deps: {
    readonly callbacks: Pick<CallbackLedger, 'create'> /** As `checkUrl`, without looking the name up. */;
    readonly checkSyntax: (url: string) => string;
  },
  tenant: string,
  url: string,
): Promise<Endpoint> =>
  deps.callbacks.create(tenant, {
    kind: 'callback',
    url: deps.checkSyntax(url),
    description: '',
    events: EVENT_TYPES,
    sealedSecrets: [],
  });

/**
 * A new secret. The one before goes on signing beside it for 24 hours, older ones end at once: two at most are active.
 * @throws Problem `endpoint.unknown`
 */
export const rotateSecret = async (
  { callbacks, ring, now = Date.now }: EndpointDeps,
  tenant: string,
  id: string,
): Promise<EndpointWithSecret> => {
  const known = await callbacks.endpoint(tenant, id);
  if (!known) throw unknownEndpoint(id);
  const secret = createSecret();
  const [before] = known.sealedSecrets.filter((one) => isLive(one, now()));
  const old = before
    ? [{ sealed: before.sealed, expiresAtMs: Math.min(before.expiresAtMs ?? Number.POSITIVE_INFINITY, now() + OLD_SECRET_MS) }]
    : [];
  const sealedSecrets = [{ sealed: seal(ring, secret, tenant), expiresAtMs: null }, ...old];
  const endpoint = await callbacks.update(tenant, id, { sealedSecrets });
  if (!endpoint) throw unknownEndpoint(id);
  return { endpoint, secret };
};

/**
 * What messages to an endpoint are signed with now, newest first. An endpoint that a job named has no secret of its own and takes
 * those of its tenant.
 * @throws Problem `seal.unreadable` when the key that sealed one is gone
 */
export const secretsOf = (ring: KeyRing, { tenant, sealedSecrets }: Endpoint, nowMs: number): readonly string[] =>
  sealedSecrets.length === 0
    ? tenantSecrets(ring, tenant)
    : sealedSecrets.filter((one) => isLive(one, nowMs)).map(({ sealed }) => unseal(ring, sealed, tenant));

/** The ledger sends nothing to an endpoint that is switched off. */
const asEndpointProblem = (error: unknown): unknown =>
  error instanceof Problem && error.code === 'ledger.endpoint-disabled'
    ? new Problem('endpoint.disabled', 'expected an enabled endpoint, got one that is disabled', { hint: 'Enable it first.', cause: error })
    : error;

/**
 * Sends one message again under its own event id.
 * @throws Problem `delivery.unknown` or `endpoint.disabled`
 */
export const replayDelivery = async (callbacks: Pick<CallbackLedger, 'replay'>, tenant: string, id: string): Promise<Delivery> => {
  const delivery = await callbacks.replay(tenant, id).catch((error: unknown) => {
    throw asEndpointProblem(error);
  });
  if (!delivery) throw new Problem('delivery.unknown', `expected a known delivery, got "${id.slice(0, 60)}"`);
  return delivery;
};

/**
 * Sends again what an endpoint missed for good since then; the number of messages.
 * @throws Problem `endpoint.unknown`, `endpoint.disabled`, or `recover.since` for a time ahead or more than 14 days ago
 */
export const recoverSince = async (
  { callbacks, now = Date.now }: Pick<EndpointDeps, 'callbacks' | 'now'>,
  tenant: string,
  id: string,
  sinceMs: number,
): Promise<number> => {
  if (!(await callbacks.endpoint(tenant, id))) throw unknownEndpoint(id);
  const ageMs = now() - sinceMs;
  if (!Number.isFinite(sinceMs) || ageMs < 0 || ageMs > RECOVER_MS)
    throw new Problem('recover.since', 'expected a time within the last 14 days, got another one', { pointer: '/since' });
  return callbacks.recoverSince(tenant, id, sinceMs).catch((error: unknown) => {
    throw asEndpointProblem(error);
  });
};
