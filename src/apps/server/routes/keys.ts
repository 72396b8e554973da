import { z } from 'zod';
import { type ApiKey, SCOPES } from '../../../jobs/api-key.ts';
import { createApiKey } from '../../../jobs/api-key-secret.ts';
import { json } from '../http/reply.ts';
import { notFound } from '../problems/http-problem.ts';
import { route } from '../route.ts';
import { id, maybeTimestampOf, moment, plainText, timestamp, timestampOf } from '../schemas/fields.ts';

const ADMIN = { tag: 'Keys', access: ['admin'], rate: 'admin' } as const;

const keySchema = z
  .strictObject({
    keyId: z.string().describe('The public half'),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    origins: z.array(z.string()),
    createdAt: timestamp,
    expiresAt: timestamp.nullable(),
    revokedAt: timestamp.nullable(),
    lastUsedAt: timestamp.nullable().describe('To the minute'),
  })
  .meta({ id: 'Key' });

const keyBody = (key: ApiKey): z.input<typeof keySchema> => ({
  keyId: key.keyId,
  name: key.name,
  scopes: [...key.scopes],
  origins: [...key.origins],
  createdAt: timestampOf(key.createdAtMs),
  expiresAt: maybeTimestampOf(key.expiresAtMs),
  revokedAt: maybeTimestampOf(key.revokedAtMs),
  lastUsedAt: maybeTimestampOf(key.lastUsedAtMs),
});

export const KEY_ROUTES = [
  route({
    ...ADMIN,
    id: 'listKeys',
    method: 'get',
    path: '/v1/keys',
    summary: 'List the keys of your tenant',
    answers: { 200: { description: 'All of them, revoked ones too', schema: z.strictObject({ items: z.array(keySchema) }) } },
    handle: async ({ caller, parts }) => json(200, { items: (await parts.ledger.keys.list(caller.tenant)).map(keyBody) }),
  }),
  route({
    ...ADMIN,
    id: 'createKey',
    method: 'post',
    path: '/v1/keys',
    summary: 'Make a key',
    description:
      'For your own tenant. The token is in this answer and in no other. Keys for browsers have the scope `preview` alone and name the origins of their pages.',
    body: z
      .strictObject({
        name: plainText(200),
        scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
        origins: z.array(z.string().max(300)).max(50).default([]).describe('Such as https://shop.example'),
        expiresAt: moment.optional(),
      })
      .meta({ id: 'KeyRequest' }),
    answers: { 201: { description: 'Made', schema: keySchema.extend({ token: z.string() }).meta({ id: 'KeyWithToken' }) } },
    problems: ['key.invalid', 'input.invalid'],
    handle: async ({ body, caller, parts, state }) => {
      const { name, scopes, origins, expiresAt = null } = body;
      const { token, key } = createApiKey({ tenant: caller.tenant, name, scopes, origins, expiresAtMs: expiresAt });
      const made = await parts.ledger.keys.create(key);
      state.origins.forget();
      return json(201, { ...keyBody(made), token });
    },
  }),
  route({
    ...ADMIN,
    id: 'revokeKey',
    method: 'delete',
    path: '/v1/keys/{id}',
    summary: 'Revoke a key',
    description: 'At once and for good.',
    params: z.strictObject({ id }),
    answers: { 204: { description: 'Revoked' } },
    problems: ['key.unknown'],
    handle: async ({ params, caller, parts, state }) => {
      const key = await parts.ledger.keys.find(params.id);
      if (key?.tenant !== caller.tenant) throw notFound('key.unknown', 'key');
      await parts.ledger.keys.revoke(params.id);
      state.origins.forget();
      return { status: 204 };
    },
  }),
] as const;
