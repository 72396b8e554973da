import { z } from 'zod';
import { type Delivery, type Endpoint, EVENT_TYPES } from '../../../jobs/callbacks/event.ts';
import { maybeTimestampOf, timestamp, timestampOf } from './fields.ts';

export const eventTypes = z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length);

export const webhookSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['subscription', 'callback']).describe('callback: named by a job, hears of that job alone'),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(EVENT_TYPES)),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    failingSince: timestamp.nullable().describe('Since when every attempt has failed'),
    createdAt: timestamp,
  })
  .meta({ id: 'Webhook' });

export const webhookBody = (endpoint: Endpoint): z.input<typeof webhookSchema> => ({
  id: endpoint.id,
  kind: endpoint.kind,
  url: endpoint.url,
  description: endpoint.description,
  events: [...endpoint.events],
  enabled: endpoint.enabled,
  disabledReason: endpoint.disabledReason,
  failingSince: maybeTimestampOf(endpoint.failingSinceMs),
  createdAt: timestampOf(endpoint.createdAtMs),
});

export const webhookWithSecretSchema = webhookSchema
  .extend({ secret: z.string().describe('Signs the messages (Standard Webhooks). Shown this once') })
  .meta({ id: 'WebhookWithSecret' });

export const deliverySchema = z
  .strictObject({
    id: z.string(),
    eventId: z.string().describe('webhook-id of its messages'),
    eventType: z.enum(EVENT_TYPES),
    jobId: z.string().nullable(),
    webhookId: z.string(),
    state: z.enum(['pending', 'delivered', 'failed']),
    attempt: z.int(),
    nextAt: timestamp.nullable(),
    createdAt: timestamp,
    attempts: z.array(
      z.strictObject({
        at: timestamp,
        durationMs: z.int(),
        status: z.int().nullable(),
        error: z.string().nullable(),
        excerpt: z.string().describe('The beginning of the answer'),
      }),
    ),
  })
  .meta({ id: 'Delivery' });

export const deliveryBody = (delivery: Delivery): z.input<typeof deliverySchema> => ({
  id: delivery.id,
  eventId: delivery.eventId,
  eventType: delivery.eventType,
  jobId: delivery.jobId,
  webhookId: delivery.endpointId,
  state: delivery.state,
  attempt: delivery.attempt,
  nextAt: maybeTimestampOf(delivery.nextAtMs),
  createdAt: timestampOf(delivery.createdAtMs),
  attempts: delivery.attempts.map(({ atMs, durationMs, status, error, excerpt }) => ({
    at: timestampOf(atMs),
    durationMs: Math.round(durationMs),
    status,
    error,
    excerpt,
  })),
});
