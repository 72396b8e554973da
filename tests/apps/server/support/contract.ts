import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from '../../../../src/apps/server/openapi/document.ts';
import type { Route } from '../../../../src/apps/server/route.ts';
import { ROUTES } from '../../../../src/apps/server/routes/index.ts';

const document = openApiDocument(ROUTES, '0.0.0', null);
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addFormat('binary', true);
ajv.addSchema(document, 'api');

/** What any address may answer, whatever route it is of. */
const ANYWHERE = new Set([400, 401, 404, 405, 431]);

export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly mediaType: string | null;
  readonly headers: Headers;
  readonly body: Uint8Array;
};

const patternOf = ({ path }: Route): RegExp =>
  new RegExp(
    `^${path
      .replaceAll(/[.]/g, '\\.')
      .replaceAll(/\{\+\w+\}/g, '.+')
      .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
  );

const PATTERNS = ROUTES.map((route) => ({ route, pattern: patternOf(route) }));

export const routeOf = (method: string, path: string): Route | undefined => {
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  return PATTERNS.find(({ route, pattern }) => route.method === wanted && pattern.test(path))?.route;
};

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const parsed = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

/** Throws unless the answer is one that the OpenAPI document tells of: status, media type and, for JSON, every member. */
export const checkContract = (seen: Seen): void => {
  const { method, path, status, mediaType, headers, body } = seen;
  const say = (what: string): Error =>
    new Error(`${method} ${path} answered ${status} ${mediaType}: ${what}\n${Buffer.from(body).toString().slice(0, 1500)}`);
  if (!headers.get('x-request-id')) throw say('no X-Request-Id');
  if (headers.get('x-content-type-options') !== 'nosniff') throw say('no nosniff');
  if (headers.get('x-powered-by')) throw say('X-Powered-By');
  if (status >= 400 && mediaType === 'application/problem+json') {
    const validate = ajv.getSchema('api#/components/schemas/Problem');
    if (method !== 'HEAD' && !validate?.(parsed(body))) throw say(ajv.errorsText(validate?.errors));
  }
  const route = routeOf(method, path);
  if (!route) {
    if (status < 400 && method !== 'OPTIONS') throw say('no such route');
    return;
  }
  const answer = Reflect.get(Object(document.paths?.[route.path.replaceAll('{+', '{')]), route.method)?.responses?.[String(status)];
  if (!answer) {
    if (ANYWHERE.has(status)) return;
    throw say(`not in the document, which has ${Object.keys(route.answers).join(', ')} and its problems`);
  }
  const content: unknown = answer.content;
  if (content === undefined || method === 'HEAD') return;
  const types = Object.keys(Object(content));
  const plain = mediaType?.split(';')[0] ?? '';
  if (!types.includes(plain) && !types.includes('*/*')) throw say(`expected one of ${types.join(', ')}`);
  if (!plain.endsWith('json') || !types.includes(plain)) return;
  const at = pointer('paths', route.path.replaceAll('{+', '{'), route.method, 'responses', String(status), 'content', plain, 'schema');
  const validate = ajv.getSchema(`api#${at}`);
  if (!validate) throw say(`no schema at ${at}`);
  if (!validate(parsed(body))) throw say(ajv.errorsText(validate.errors));
};

/** Throws unless a JSON body that the API took is one that the OpenAPI document allows. */
export const checkTaken = (method: string, path: string, body: unknown): void => {
  const route = routeOf(method, path);
  if (!route) return;
  const at = pointer('paths', route.path.replaceAll('{+', '{'), route.method, 'requestBody', 'content', 'application/json', 'schema');
  const validate = ajv.getSchema(`api#${at}`);
  if (validate && !validate(body))
    throw new Error(`${method} ${path} took a body that the document refuses: ${ajv.errorsText(validate.errors)}`);
};
