import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { EVENT_TYPES, type EventType } from '../../../jobs/callbacks/event.ts';
import { PROBLEM_TYPES, type ProblemCode, problemLink } from '../problems/problem-types.ts';
import type { AnswerFacts, Route } from '../route.ts';
import { problemSchema } from '../schemas/problem-schema.ts';
import { eventMessages } from './event-messages.ts';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const DESCRIPTION = `Turns personalised order lines into pictures that shoppers believe and files that production floors can run.

Lengths are millimetres, times are RFC 3339 in UTC, ids are opaque. Lists have no totals: follow \`next\`. New members may appear in answers at any time; unknown members in requests are refused, so that a typing mistake is found at once.

Every problem is \`application/problem+json\` (RFC 9457) with a stable \`code\`; see [the list](/docs/problems).`;

const TAGS: Readonly<Record<string, string>> = {
  Jobs: 'Submit, watch, download.',
  Previews: 'Pictures and preflight at once, for editors and storefronts.',
  Uploads: 'Pictures that specs name as `upload:ast_…`.',
  Batches: 'Many jobs in one request.',
  Orders: 'Orders as shops have them, line by line.',
  Catalogue: 'Products, decoration methods, fonts, palettes and designs.',
  Webhooks: 'Signed messages when jobs are over.',
  Keys: 'Who may do what.',
  Files: 'Links that the API hands out.',
  Service: 'Health, figures and these pages.',
};

/** The OpenAPI 3.1 document of the routes: what they check is what it says. */
export const openApiDocument = (routes: readonly Route[], version: string, publicUrl: string | null): OpenApiDocument => {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer', description: 'platen_<key id>_<secret>' });
  for (const one of routes) registry.registerPath(pathOf(one));
  for (const type of EVENT_TYPES) registry.registerWebhook(webhookOf(type));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Platen', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: publicUrl ?? '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  });
  dropFlaggedPatterns(document);
  return document;
};

/** JSON Schema has no flags: the generator writes them behind the pattern, where they would be part of it. Such a pattern is left out. */
const dropFlaggedPatterns = (part: unknown): void => {
  if (typeof part !== 'object' || part === null) return;
  const pattern: unknown = Reflect.get(part, 'pattern');
  if (typeof pattern === 'string' && /\/[dgimsuvy]+$/.test(pattern)) Reflect.deleteProperty(part, 'pattern');
  for (const member of Object.values(part)) dropFlaggedPatterns(member);
};

const pathOf = (one: Route): RouteConfig => {
  const { params, query, headers } = one.schemas;
  const request = {
    ...(hasFields(params) ? { params } : {}),
    ...(hasFields(query) ? { query } : {}),
    ...(hasFields(headers) ? { headers } : {}),
    ...bodyOf(one),
  };
  return {
    method: one.method,
    path: one.path.replaceAll('{+', '{'),
    operationId: one.id,
    tags: [one.tag],
    summary: one.summary,
    ...(one.description === undefined ? {} : { description: one.description }),
    ...(Array.isArray(one.access) ? { security: [{ key: [] }], 'x-scopes': [...one.access] } : { security: [] }),
    ...(Object.keys(request).length === 0 ? {} : { request }),
    responses: {
      ...Object.fromEntries(Object.entries(one.answers).map(([status, facts]) => [status, answerOf(facts)])),
      ...problemsOf(one),
    },
  };
};

const hasFields = (schema: z.ZodObject): boolean => Object.keys(schema.shape).length > 0;

const BYTES = z.string().meta({ format: 'binary' });

const bodyOf = ({ schemas, streams = {}, bodyOptional }: Route) => {
  const content = {
    ...(schemas.body ? { 'application/json': { schema: schemas.body } } : {}),
    ...Object.fromEntries(Object.entries(streams).map(([mediaType, { schema }]) => [mediaType, { schema: schema ?? BYTES }])),
  };
  return Object.keys(content).length === 0 ? {} : { body: { required: bodyOptional !== true, content } };
};

const answerOf = ({ description, schema, mediaTypes = [], headers }: AnswerFacts): ResponseConfig => ({
  description,
  ...(headers
    ? { headers: z.object(Object.fromEntries(Object.entries(headers).map(([name, what]) => [name, z.string().optional().describe(what)]))) }
    : {}),
  ...(schema || mediaTypes.length > 0
    ? {
        content: {
          ...Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: BYTES }])),
          ...(schema ? { 'application/json': { schema } } : {}),
        },
      }
    : {}),
});

/** What any route of its kind may be refused with. */
export const problemCodesOf = (one: Route): readonly ProblemCode[] => [
  ...(one.access === 'public' ? [] : (['request.query', 'request.header', 'internal', 'service.unavailable'] as const)),
  ...(Array.isArray(one.access)
    ? (['auth.missing', 'auth.invalid', 'auth.scope', 'auth.origin', 'rate.exceeded', 'ledger.unavailable'] as const)
    : []),
  ...(one.schemas.body ? (['json.syntax', 'request.too-large', 'request.timeout', 'request.media-type', 'input.invalid'] as const) : []),
  ...(one.streams ? (['request.too-large', 'request.timeout', 'request.media-type', 'store.unavailable', 'store.full'] as const) : []),
  ...(Object.entries(one.answers).some(([status, { schema, mediaTypes }]) => status.startsWith('2') && (schema || mediaTypes))
    ? (['accept.none'] as const)
    : []),
  ...(one.problems ?? []),
];

const problemsOf = (one: Route): Readonly<Record<string, ResponseConfig>> => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...new Set(problemCodesOf(one))].sort()) {
    const { status } = PROBLEM_TYPES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const taken = new Set(Object.keys(one.answers));
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !taken.has(String(status)))
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `[\`${code}\`](${problemLink(code)}) ${PROBLEM_TYPES[code].title}`).join('; '),
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      ]),
  );
};

const webhookOf = (type: EventType): RouteConfig => ({
  method: 'post',
  // The generator knows webhooks by their path.
  path: type,
  operationId: type.replaceAll('.', '-'),
  tags: ['Webhooks'],
  summary: eventMessages[type].summary,
  description: 'Signed as Standard Webhooks say. Answer with any 2xx within 20 seconds; everything else is tried again for three days.',
  request: {
    headers: z.object({
      'webhook-id': z.string().describe('The same over retries: what was seen before may be passed over'),
      'webhook-timestamp': z.string().describe('Seconds since 1970, of this attempt'),
      'webhook-signature': z.string().describe('`v1,` and base64 of HMAC-SHA256; several with spaces between while a secret turns over'),
    }),
    body: { required: true, content: { 'application/json': { schema: eventMessages[type].schema } } },
  },
  responses: { 204: { description: 'Taken' }, 410: { description: 'No more of these, please: the webhook is disabled' } },
});
