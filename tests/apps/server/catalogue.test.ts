import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, mugSpec, startApi } from './support/api-server.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({
    parts: ({ library }) => ({ library: { ...library, productIds: async () => ['crew-tee', 'broken', 'mug-11oz'] } }),
  });
});
afterAll(() => api.close());

describe('the catalogue', () => {
  it('lists products and leaves out what is broken, with a line in the log', async () => {
    const answer = await api.call('GET', '/v1/products');
    expect((answer.json.items as { id: string }[]).map(({ id }) => id)).toEqual(['crew-tee', 'mug-11oz']);
    expect(answer.json.items).toMatchObject(
      [{ placements: [{ id: 'front' }, {}, {}] }, { placements: [{ id: 'wrap', methods: ['sublimation'] }] }].map((one) => ({
        placements: expect.arrayContaining([expect.objectContaining(one.placements[0] ?? {})]),
      })),
    );
    expect(api.logged).toContainEqual(expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ product: 'broken' }) }));
  });

  it.each([
    '/v1/products',
    '/v1/products/mug-11oz',
    '/v1/products/mug-11oz/schema',
    '/v1/methods',
    '/v1/methods/dtg/schema',
    '/v1/fonts',
    '/v1/fonts/Open%20Sans',
    '/v1/palettes/threads',
    '/v1/designs',
  ])('is not sent again to those who have it: %s', async (path) => {
    const first = await api.call('GET', path);
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('private, max-age=60');
    const again = await api.call('GET', path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    'products/none',
    'products/none/schema',
    'products/..%2fmug',
    'methods/none',
    'methods/weaving/schema',
    'fonts/None',
    'palettes/none',
    'designs/none',
    'designs/none/schema',
  ])('does not have %s', async (path) => {
    const answer = await api.call('GET', `/v1/${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
  });

  it('has a schema of specs for a product that takes them and no others', async () => {
    const { json: schema } = await api.call('GET', '/v1/products/mug-11oz/schema');
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(mugSpec())).toBe(true);
    for (const wrong of [
      { ...mugSpec(), product: 'crew-tee' },
      { ...mugSpec(), placements: [{ placement: 'sleeve', method: 'sublimation' }] },
      { ...mugSpec(), placements: [{ placement: 'wrap', method: 'dtg' }] },
      { ...mugSpec(), variant: { size: 'XXXL' } },
      { ...mugSpec(), colour: 'red' },
    ])
      expect(validate(wrong), JSON.stringify(wrong)).toBe(false);
  });
});
