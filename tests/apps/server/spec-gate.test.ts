import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpecGate } from '../../../src/apps/server/spec-gate.ts';
import { parseDesignSpec } from '../../../src/model/design-spec.ts';
import { Problem } from '../../../src/model/problem.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';
import { type Api, mugSpec, startApi } from './support/api-server.ts';

const wrong = {
  ...mugSpec(),
  shop: 'nobody',
  placements: [
    { placement: 'lid', method: 'sublimation', layers: [] },
    { placement: 'wrap', method: 'knitting', layers: [] },
  ],
};

describe('the gate for specs', () => {
  let resources: Awaited<ReturnType<typeof openBundledResources>>;
  beforeAll(async () => {
    resources = await openBundledResources();
  });
  afterAll(() => resources.close());

  const counting = () => {
    const asked: string[] = [];
    const product = (id: string) => {
      asked.push(id);
      return resources.product(id);
    };
    return { asked, library: { product, shop: (id: string) => resources.shop(id) } };
  };

  it('asks the library once for a while, and soon again for what is missing', async () => {
    let nowMs = 0;
    const { asked, library } = counting();
    const gate = openSpecGate(library, () => nowMs);
    const unknown = parseDesignSpec({ ...mugSpec(), product: 'mug-that-is-not-there' });
    for (let round = 0; round < 3; round += 1) {
      await gate(parseDesignSpec(mugSpec()));
      await expect(gate(unknown)).rejects.toMatchObject({ code: 'product.unknown' });
    }
    expect(asked).toEqual(['mug-11oz', 'mug-that-is-not-there']);
    nowMs = 5000;
    await gate(parseDesignSpec(mugSpec()));
    await expect(gate(unknown)).rejects.toMatchObject({ code: 'product.unknown' });
    nowMs = 60_000;
    await gate(parseDesignSpec(mugSpec()));
    expect(asked).toEqual(['mug-11oz', 'mug-that-is-not-there', 'mug-that-is-not-there', 'mug-11oz']);
  });

  it('asks for nothing that only rendering needs', async () => {
    const gate = openSpecGate(counting().library, Date.now);
    const layers = [
      { type: 'image', source: 'https://images.example/none.png' },
      { type: 'text', text: 'x', font: { family: 'No Such Font' }, size: 12 },
    ];
    await gate(parseDesignSpec({ ...mugSpec(), placements: [{ placement: 'wrap', method: 'sublimation', layers }] }));
  });

  it('blames no spec for a library that cannot be read', async () => {
    const broken = async (): Promise<never> => {
      throw new Problem('file.unreadable', 'expected a file, got none', { retry: 'later' });
    };
    await openSpecGate({ product: broken, shop: (id) => resources.shop(id) }, Date.now)(parseDesignSpec(mugSpec()));
  });
});

describe('a spec that names what the library has not', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());
  const pointersOf = (errors: unknown): readonly string[] => (errors as { pointer: string }[]).map(({ pointer }) => pointer);

  it('is refused when it is submitted, with a pointer for each', async () => {
    const answer = await api.call('POST', '/v1/jobs', { json: { spec: wrong } });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer.json.errors)).toEqual(['/spec/shop']);
    const second = await api.call('POST', '/v1/jobs', { json: { spec: { ...wrong, shop: 'standard' } } });
    expect(second.status).toBe(422);
    expect(pointersOf(second.json.errors)).toEqual(['/spec/placements/0/placement', '/spec/placements/1/method']);
    const product = await api.call('POST', '/v1/jobs', { json: { spec: { ...mugSpec(), product: 'mug-11-oz' } } });
    expect(product.json).toMatchObject({ status: 422, code: 'product.unknown', pointer: '/spec/product' });
    expect(product.json.hint).toContain('mug-11oz');
    expect((await api.parts.ledger.jobs.counts()).byState.queued).toBe(0);
  });

  it('refuses its row of a batch alone', async () => {
    const items = [{ spec: mugSpec() }, { spec: { ...mugSpec(), product: 'nothing' } }];
    const answer = await api.call('POST', '/v1/batches', { json: { items } });
    expect(answer.json).toMatchObject({ accepted: 1, rejected: 1, errors: [{ row: 2, code: 'product.unknown' }] });
    expect(pointersOf((answer.json.errors as { errors: unknown }[])[0]?.errors)).toEqual(['/spec/product']);
  });

  it('makes an order line need attention at once', async () => {
    const order = { reference: '5', lines: [{ line: '1', spec: { ...wrong, shop: 'standard' } }] };
    const answer = await api.call('POST', '/v1/orders', { json: order });
    expect(answer.json.lines).toMatchObject([{ outcome: 'accepted', state: 'needs_attention' }]);
    const [line] = answer.json.lines as { jobId: string }[];
    const job = await api.call('GET', `/v1/jobs/${line?.jobId}`);
    expect(pointersOf((job.json.problem as { errors: unknown }).errors)).toEqual(['/placements/0/placement', '/placements/1/method']);
  });

  it('is accepted where nobody can tell, and found out by whoever renders it', async () => {
    const other = await startApi({ parts: ({ specGate: _, ...rest }) => ({ ...rest, specGate: async () => undefined }) });
    try {
      expect((await other.call('POST', '/v1/jobs', { json: { spec: { ...mugSpec(), product: 'nothing' } } })).status).toBe(202);
    } finally {
      await other.close();
    }
  });
});
