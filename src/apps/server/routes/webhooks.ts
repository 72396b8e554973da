import { z } from 'zod';
import { createEndpoint, type EndpointDeps, recoverSince, replayDelivery, rotateSecret } from '../../../jobs/callbacks/endpoints.ts';
import type { Endpoint } from '../../../jobs/callbacks/event.ts';
import { tenantSecrets } from '../../../jobs/callbacks/key-ring.ts';
import { isProblem } from '../../../model/problem.ts';
import { json } from '../http/reply.ts';
import { notFound } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import { id, listOf, moment, pageOf, pageQuery, plainText } from '../schemas/fields.ts';
import {
  deliveryBody,
  deliverySchema,
  eventTypes,
  webhookBody,
  webhookSchema,
  webhookWithSecretSchema,
} from '../schemas/webhook-schema.ts';
import { baseOf } from './jobs.ts';

const TAG = 'Webhooks';
const ADMIN = { tag: TAG, access: ['admin'], rate: 'admin' } as const;
const params = z.strictObject({ id });
const address = z.string().min(1).max(2000).describe('An https: address on the public internet');
const description = plainText(500, 0);

const depsOf = ({ parts }: Conversation): EndpointDeps => ({
  callbacks: parts.ledger.callbacks,
  ring: parts.callbacks.ring,
  checkUrl: (url) => parts.callbacks.checkUrl(url),
  now: parts.now,
});

const findWebhook = async ({ caller, parts }: Conversation, webhookId: string): Promise<Endpoint> => {
  const endpoint = await parts.ledger.callbacks.endpoint(caller.tenant, webhookId);
  if (!endpoint) throw notFound('webhook.unknown', 'webhook');
  return endpoint;
};

const UNKNOWN = { 'endpoint.unknown': 'webhook', 'delivery.unknown': 'delivery' } as const;

/** The jobs folder has its own words for what is not there. */
const orUnknown = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (isProblem(error) && error.code in UNKNOWN)
      throw notFound(error.code === 'endpoint.unknown' ? 'webhook.unknown' : 'delivery.unknown', 'one');
    throw error;
  }
};

export const WEBHOOK_ROUTES = [
  route({
    ...ADMIN,
    id: 'listWebhooks',
    method: 'get',
    path: '/v1/webhooks',
    summary: 'List webhooks',
    answers: { 200: { description: 'All of them', schema: z.strictObject({ items: z.array(webhookSchema) }) } },
    handle: async ({ caller, parts }) => {
      const endpoints = await parts.ledger.callbacks.endpoints(caller.tenant, 'subscription');
      return json(200, { items: endpoints.map(webhookBody) });
    },
  }),
  route({
    ...ADMIN,
    id: 'createWebhook',
    method: 'post',
    path: '/v1/webhooks',
    summary: 'Subscribe to events',
    description: 'Messages follow Standard Webhooks. The secret that signs them is in this answer and in no other.',
    body: z
      .strictObject({
        url: address,
        description: description.default(''),
        events: eventTypes.optional().describe('All but job.cancelled unless given'),
      })
      .meta({ id: 'WebhookRequest' }),
    answers: { 201: { description: 'Subscribed', schema: webhookWithSecretSchema, headers: { Location: 'Address of the webhook' } } },
    problems: ['input.invalid'],
    handle: async (call) => {
      const { url, description: text, events } = call.body;
      const { endpoint, secret } = await createEndpoint(depsOf(call), call.caller.tenant, {
        url,
        description: text,
        ...(events ? { events } : {}),
      });
      return json(201, { ...webhookBody(endpoint), secret }, { Location: `${baseOf(call)}/v1/webhooks/${endpoint.id}` });
    },
  }),
  route({
    ...ADMIN,
    id: 'getCallbackSecrets',
    method: 'get',
    path: '/v1/callback-secrets',
    summary: 'What callbacks of jobs are signed with',
    description:
      'Callbacks that a job names with `callbackUrl` are signed with a secret of your tenant: the first one, and the second too while keys turn over.',
    answers: { 200: { description: 'Newest first', schema: z.strictObject({ secrets: z.array(z.string()) }) } },
    handle: async ({ caller, parts }) => json(200, { secrets: tenantSecrets(parts.callbacks.ring, caller.tenant) }),
  }),
  route({
    ...ADMIN,
    id: 'getWebhook',
    method: 'get',
    path: '/v1/webhooks/{id}',
    summary: 'Look at a webhook',
    params,
    answers: { 200: { description: 'The webhook', schema: webhookSchema } },
    problems: ['webhook.unknown'],
    handle: async (call) => json(200, webhookBody(await findWebhook(call, call.params.id))),
  }),
  route({
    ...ADMIN,
    id: 'changeWebhook',
    method: 'patch',
    path: '/v1/webhooks/{id}',
    summary: 'Change a webhook',
    description: 'What is left out stays. `enabled: true` also wakes one that was disabled because it failed.',
    params,
    body: z
      .strictObject({
        url: address.optional(),
        description: description.optional(),
        events: eventTypes.optional(),
        enabled: z.boolean().optional(),
      })
      .meta({ id: 'WebhookChange' }),
    answers: { 200: { description: 'Changed', schema: webhookSchema } },
    problems: ['webhook.unknown', 'input.invalid'],
    handle: async (call) => {
      const { url, description: text, events, enabled } = call.body;
      const { callbacks } = call.parts;
      const changed = await call.parts.ledger.callbacks.update(call.caller.tenant, call.params.id, {
        ...(url === undefined ? {} : { url: await callbacks.checkUrl(url) }),
        ...(text === undefined ? {} : { description: text }),
        ...(events === undefined ? {} : { events }),
        ...(enabled === undefined ? {} : { enabled }),
      });
      if (!changed) throw notFound('webhook.unknown', 'webhook');
      return json(200, webhookBody(changed));
    },
  }),
  route({
    ...ADMIN,
    id: 'removeWebhook',
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'Remove a webhook',
    params,
    answers: { 204: { description: 'Removed' } },
    problems: ['webhook.unknown'],
    handle: async ({ params: { id: webhookId }, caller, parts }) => {
      if (await parts.ledger.callbacks.remove(caller.tenant, webhookId)) return { status: 204 };
      throw notFound('webhook.unknown', 'webhook');
    },
  }),
  route({
    ...ADMIN,
    id: 'rotateWebhookSecret',
    method: 'post',
    path: '/v1/webhooks/{id}/rotate',
    summary: 'Make a new secret for a webhook',
    description: 'For 24 hours messages are signed with the old one, too.',
    params,
    answers: { 200: { description: 'The new secret', schema: webhookWithSecretSchema } },
    problems: ['webhook.unknown'],
    handle: async (call) => {
      const { endpoint, secret } = await orUnknown(() => rotateSecret(depsOf(call), call.caller.tenant, call.params.id));
      return json(200, { ...webhookBody(endpoint), secret });
    },
  }),
  route({
    ...ADMIN,
    id: 'listDeliveries',
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    summary: 'List what was sent to a webhook',
    description: 'Newest first, each with its attempts and what was answered.',
    params,
    query: z.strictObject({ state: listOf(['pending', 'delivered', 'failed']).optional(), job: id.optional(), ...pageQuery }),
    lists: ['state'],
    answers: {
      200: {
        description: 'One page',
        schema: pageOf(deliverySchema).meta({ id: 'DeliveryPage' }),
        headers: { Link: 'The next page, rel="next"' },
      },
    },
    problems: ['webhook.unknown', 'request.cursor'],
    handle: async (call) => {
      const {
        params: { id: webhookId },
        query,
        caller,
        parts,
        state,
      } = call;
      await findWebhook(call, webhookId);
      const { limit, cursor, ...wanted } = query;
      const place = { tenant: caller.tenant, list: `deliveries ${webhookId}`, filter: wanted };
      const after = cursor === undefined ? undefined : state.cursors.read(place, cursor);
      const filter = {
        endpointId: webhookId,
        ...(wanted.job === undefined ? {} : { jobId: wanted.job }),
        ...(wanted.state ? { state: wanted.state } : {}),
      };
      const found = await parts.ledger.callbacks.deliveries(caller.tenant, filter, {
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
      });
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      const values = {
        limit: String(limit),
        ...(wanted.job === undefined ? {} : { job: wanted.job }),
        ...(wanted.state ? { state: wanted.state.join(',') } : {}),
      };
      const next = last
        ? `${baseOf(call)}/v1/webhooks/${webhookId}/deliveries?${new URLSearchParams({ ...values, cursor: state.cursors.write(place, last.id) })}`
        : null;
      return json(200, { items: shown.map(deliveryBody), next }, next === null ? {} : { Link: `<${next}>; rel="next"` });
    },
  }),
  route({
    ...ADMIN,
    id: 'replayDelivery',
    method: 'post',
    path: '/v1/webhooks/{id}/deliveries/{delivery}/replay',
    summary: 'Send one message again',
    description: 'Under its own webhook-id, so that receivers recognise it.',
    params: z.strictObject({ id, delivery: id }),
    answers: { 202: { description: 'Due at once', schema: deliverySchema } },
    problems: ['webhook.unknown', 'delivery.unknown', 'endpoint.disabled'],
    handle: async (call) => {
      const {
        params: { id: webhookId, delivery },
        caller,
        parts,
      } = call;
      await findWebhook(call, webhookId);
      const again = await orUnknown(() => replayDelivery(parts.ledger.callbacks, caller.tenant, delivery));
      parts.callbacks.wake?.();
      return json(202, deliveryBody(again));
    },
  }),
  route({
    ...ADMIN,
    id: 'recoverDeliveries',
    method: 'post',
    path: '/v1/webhooks/{id}/recover',
    summary: 'Send again all that failed',
    description: 'Everything that was given up since then, 14 days at most.',
    params,
    body: z.strictObject({ since: moment }).meta({ id: 'RecoverRequest' }),
    answers: { 202: { description: 'How many messages are due again', schema: z.strictObject({ replayed: z.int() }) } },
    problems: ['webhook.unknown', 'input.invalid', 'endpoint.disabled'],
    handle: async (call) => {
      const replayed = await orUnknown(() => recoverSince(depsOf(call), call.caller.tenant, call.params.id, call.body.since));
      call.parts.callbacks.wake?.();
      return json(202, { replayed });
    },
  }),
] as const;
