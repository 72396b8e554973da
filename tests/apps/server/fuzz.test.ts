import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../../src/apps/server/routes/index.ts';
import { type Api, mugSpec, startApi } from './support/api-server.ts';

let api: Api;
let token: string;
beforeAll(async () => {
  const rate = { quota: 1_000_000, windowSeconds: 1 };
  api = await startApi({ config: { rates: { submit: rate, read: rate, preview: rate, upload: rate, admin: rate } } });
  token = await api.key(['admin']);
});
afterAll(() => api.close());

/** Whatever comes, the answer is one that the document tells of (`call` checks), and never our fault. */
const expectAnswer = async (method: string, path: string, options: object): Promise<void> => {
  const { status, text } = await api.call(method, path, { token, ...options });
  expect(status, `${method} ${path} ${JSON.stringify(options).slice(0, 500)}\n${text.slice(0, 500)}`).toBeLessThan(500);
};

const VALID: Readonly<Record<string, unknown>> = {
  '/v1/jobs': {
    spec: mugSpec(),
    options: { only: 'mockup' },
    origin: { source: 's', reference: 'r', line: '1' },
    metadata: { a: 'b' },
    lane: 'batch',
  },
  '/v1/batches': { items: [{ spec: mugSpec() }], metadata: {} },
  '/v1/previews': { spec: mugSpec(), view: 'front', widthPx: 100 },
  '/v1/webhooks': { url: 'https://shop.example/x', events: ['job.failed'], description: 'x' },
  '/v1/keys': { name: 'x', scopes: ['read'], origins: ['https://shop.example'] },
  '/v1/assets': { mediaType: 'image/png', bytes: 10, sha256: 'a'.repeat(64) },
};

/** One member somewhere in a good body replaced by anything. */
const spoiled = (good: unknown): fc.Arbitrary<unknown> => {
  const places: (readonly string[])[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (path.length > 0) places.push(path);
    if (typeof value === 'object' && value !== null) for (const [key, member] of Object.entries(value)) walk(member, [...path, key]);
  };
  walk(good, []);
  return fc.tuple(fc.constantFrom(...places), fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.double())).map(([path, value]) => {
    const copy = structuredClone(good);
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(Object(at), key), copy);
    Reflect.set(Object(parent), path.at(-1) ?? '', value);
    return copy;
  });
};

const jsonRoutes = ROUTES.filter(({ access, schemas }) => Array.isArray(access) && schemas.body !== undefined);

describe('whatever comes in a body', () => {
  it.each(jsonRoutes.map((route) => [route.id, route] as const))('%s answers', async (_id, { method, path }) => {
    const address = path.replaceAll(/\{\w+\}/g, 'none');
    const good = VALID[path];
    const bodies = good === undefined ? fc.jsonValue() : fc.oneof(fc.jsonValue(), spoiled(good), spoiled(good));
    await fc.assert(
      fc.asyncProperty(bodies, (body) => expectAnswer(method.toUpperCase(), address, { json: body })),
      { numRuns: 40 },
    );
  });
});

it('whatever comes as address, parameters and headers, every read answers', async () => {
  const reads = ROUTES.filter(({ access, method }) => method === 'get' && access !== 'public');
  const text = fc.string({ unit: 'binary', maxLength: 40 }).map((one) => one.replaceAll(/\p{Surrogate}/gu, '?'));
  const header = fc.string({ maxLength: 40 }).map((one) => one.trim());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...reads),
      text.filter((one) => !/^\.*$/.test(one)),
      fc.dictionary(fc.oneof(fc.constantFrom('limit', 'cursor', 'state', 'since', 'width', 'redirect', 'include', 'field.x'), text), text, {
        maxKeys: 4,
      }),
      fc.record(
        { 'if-none-match': header, range: header, 'last-event-id': header, accept: header, 'x-request-id': header },
        { requiredKeys: [] },
      ),
      (route, name, query, headers) => {
        const path = route.path.replaceAll(/\{\+?\w+\}/g, encodeURIComponent(name));
        return expectAnswer('GET', `${path}?${new URLSearchParams(query)}`, { headers });
      },
    ),
    { numRuns: 300 },
  );
});
