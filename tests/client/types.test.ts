import { describe, expect, expectTypeOf, it } from 'vitest';
import { createClient, type DesignSpec, type Job, PlatenError, type PlatenEvent, type paths, unwrap } from '../../src/client/index.ts';

const client = createClient({
  baseUrl: 'http://127.0.0.1:9/',
  fetch: async () => Response.json({ code: 'job.unknown', detail: 'no such job', requestId: 'r1', status: 404 }, { status: 404 }),
});

describe('the types', () => {
  it('know paths, parameters, bodies and answers', async () => {
    const answer = await client.GET('/v1/jobs/{id}', { params: { path: { id: 'job_1' }, query: { include: 'spec' } } });
    if (answer.error) {
      expectTypeOf(answer.error.code).toEqualTypeOf<string>();
      expectTypeOf(answer.data).toEqualTypeOf<undefined>();
    } else {
      expectTypeOf(answer.data.state).toEqualTypeOf<Job['state']>();
      expectTypeOf(answer.data.artifacts[0]?.sha256).toEqualTypeOf<string | undefined>();
    }
    type Post = Parameters<typeof client.POST<'/v1/jobs', { body: { spec: DesignSpec } }>>;
    expectTypeOf<Post[0]>().toEqualTypeOf<'/v1/jobs'>();
    expectTypeOf<'/v1/nothing'>().not.toExtend<keyof paths>();
    expect(answer.response.status).toBe(404);
  });

  it('give the JSON of an answer where pictures could be had, too', async () => {
    const shown = await client.POST('/v1/previews', { body: { spec: { product: 'mug-11oz' }, view: 'front' } });
    if (shown.data) expectTypeOf(shown.data.image).toEqualTypeOf<string>();
    const picture = await client.POST('/v1/previews', { body: { spec: { product: 'mug-11oz' } }, parseAs: 'blob' });
    if (picture.data) expectTypeOf(picture.data).toEqualTypeOf<Blob>();
    expect(shown.error?.code).toBe('job.unknown');
  });

  it('tell layers, events and states apart', () => {
    type Layer = NonNullable<NonNullable<DesignSpec['placements']>[number]['layers']>[number];
    expectTypeOf<Extract<Layer, { type: 'text' }>>().toHaveProperty('font');
    expectTypeOf<Extract<Layer, { type: 'image' }>>().not.toHaveProperty('font');
    expectTypeOf<{ product: number }>().not.toExtend<DesignSpec>();
    expectTypeOf<{ product: 'mug-11oz'; colour: 'red' }['product']>().toExtend<DesignSpec['product']>();
    expectTypeOf<Extract<PlatenEvent, { type: 'job.succeeded' }>['data']['artifacts'][number]['path']>().toEqualTypeOf<string>();
    expectTypeOf<Job['state']>().toEqualTypeOf<'queued' | 'running' | 'succeeded' | 'needs_attention' | 'failed' | 'cancelled'>();
  });
});

describe('unwrap', () => {
  it('throws what the API refused, and its types leave only the data', async () => {
    const asked = unwrap(client.GET('/v1/jobs/{id}', { params: { path: { id: 'job_1' } } }));
    expectTypeOf((await asked.catch(() => undefined))?.id).toEqualTypeOf<string | undefined>();
    const error = await asked.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PlatenError);
    expect(error).toMatchObject({ status: 404, code: 'job.unknown', message: 'no such job', requestId: 'r1', errors: [] });
  });
});
