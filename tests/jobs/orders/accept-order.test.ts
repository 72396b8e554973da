import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import type { Ledger } from '../../../src/jobs/ledger.ts';
import { acceptOrder, type OrderParts } from '../../../src/jobs/orders/accept-order.ts';
import { orderSchema } from '../../../src/jobs/orders/order.ts';
import { parseDesignSpec } from '../../../src/model/design-spec.ts';
import { parseWith } from '../../../src/model/parse.ts';
import { Problem } from '../../../src/model/problem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyResult } from '../../support/tiny-render.ts';

const spec = (title: string) => ({
  version: 1,
  product: 'crew-tee',
  title,
  placements: [{ placement: 'front', method: 'dtg', layers: [] }],
});

const personalize: OrderParts['personalize'] = async (design) => {
  throw new Problem('design.unknown', `expected a known design, got "${design}"`);
};

describe('an order', () => {
  let ledger: Ledger;
  let parts: OrderParts;
  const accept = (over: object, tenant = 'shop-a') =>
    acceptOrder(
      tenant,
      parseWith(orderSchema, { source: 'shop', reference: '1042', lines: [{ line: '1', spec: spec('Zoë') }], ...over }, 'order'),
      parts,
    );

  beforeEach(async () => {
    ledger = await openLedger({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') });
    parts = { jobs: ledger.jobs, parseSpec: parseDesignSpec, personalize, quota: 3 };
  });
  afterEach(() => ledger.close());

  it('makes one job for each line, with the facts of the order in its spec', async () => {
    const outcomes = await accept({
      lines: [
        { line: '1', quantity: 2, spec: spec('a') },
        { line: '2', spec: spec('b') },
      ],
    });
    expect(outcomes.map(({ line, outcome, state }) => [line, outcome, state])).toEqual([
      ['1', 'accepted', 'queued'],
      ['2', 'accepted', 'queued'],
    ]);
    const job = await ledger.jobs.get('shop-a', outcomes[0]?.jobId ?? '');
    expect(job?.spec).toMatchObject({ order: { reference: '1042', line: '1', quantity: 2 } });
  });

  it('fills designs with the answers of the line and the data of the order, of which the line may know better', async () => {
    const asked: unknown[] = [];
    parts = {
      ...parts,
      personalize: async (...all) => {
        asked.push(all);
        return spec('filled');
      },
    };
    const [made] = await accept({
      data: { language: 'de', customer: { firstName: 'Ana' } },
      lines: [{ line: '1', quantity: 2, design: 'mug', fields: { names: ['a', 'b'], gift: true }, data: { language: 'fr' } }],
    });
    expect(made).toMatchObject({ outcome: 'accepted', state: 'queued' });
    const order = { reference: '1042', line: '1', quantity: 2 };
    expect(asked).toEqual([['mug', { names: ['a', 'b'], gift: true }, { language: 'fr', customer: { firstName: 'Ana' }, order }]]);
  });

  it('is answered with the same jobs when it comes again, also while it is rendered and after', async () => {
    const [first] = await accept({});
    const again = async () => (await accept({}))[0];
    expect(await again()).toMatchObject({ outcome: 'repeated', jobId: first?.jobId });
    const claimed = await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 });
    expect(await again()).toMatchObject({ outcome: 'repeated', state: 'running', jobId: first?.jobId });
    await ledger.jobs.finish(claimed?.id ?? '', claimed?.fence ?? 0, { kind: 'failed', problem: { code: 'x', message: 'x' } });
    expect(await again()).toMatchObject({ outcome: 'repeated', state: 'failed', jobId: first?.jobId });
  });

  it('makes one job of fifty posts at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => accept({})));
    expect(new Set(all.map(([line]) => line?.jobId)).size).toBe(1);
    expect((await ledger.jobs.counts()).byState.queued).toBe(1);
  });

  it('is not seen by another tenant, whose order of the same number is another one', async () => {
    const [mine] = await accept({});
    const [theirs] = await accept({}, 'shop-b');
    expect(theirs).toMatchObject({ outcome: 'accepted' });
    expect(theirs?.jobId).not.toBe(mine?.jobId);
  });

  it('with mistakes becomes a job that names each of them, and no print', async () => {
    const wrong = { ...spec('x'), product: 7, placements: 'none' };
    const [outcome] = await accept({ lines: [{ line: '1', spec: wrong }] });
    expect(outcome).toMatchObject({ outcome: 'accepted', state: 'needs_attention' });
    const job = await ledger.jobs.get('shop-a', outcome?.jobId ?? '');
    expect(job?.problem?.errors?.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/product', '/placements']));
    expect(job?.spec).toMatchObject({ spec: wrong, order: { reference: '1042' } });
    expect(await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 })).toBeUndefined();
  });

  it('for a design nobody has needs attention, and is made once it names another', async () => {
    const [outcome] = await accept({ lines: [{ line: '1', design: 'song-mug', fields: { title: 'x' } }] });
    expect(outcome).toMatchObject({ state: 'needs_attention' });
    const [mended] = await accept({ lines: [{ line: '1', spec: spec('mended') }] });
    expect(mended).toMatchObject({ outcome: 'changed', state: 'queued' });
    expect((await accept({ lines: [{ line: '1', spec: spec('mended') }] }))[0]).toMatchObject({
      outcome: 'repeated',
      jobId: mended?.jobId,
    });
  });

  it('that changes before it is begun replaces the job', async () => {
    const [first] = await accept({});
    const [second] = await accept({ lines: [{ line: '1', spec: spec('Zoe') }] });
    expect(second).toMatchObject({ outcome: 'changed', state: 'queued' });
    expect((await ledger.jobs.get('shop-a', first?.jobId ?? ''))?.state).toBe('cancelled');
  });

  it('that changes after it is begun makes nothing unasked', async () => {
    const [first] = await accept({});
    await ledger.jobs.claim({ worker: 'w', leaseMs: 60_000 });
    const [second] = await accept({ lines: [{ line: '1', spec: spec('Zoe') }] });
    expect(second).toMatchObject({ outcome: 'too-late', state: 'needs_attention' });
    const job = await ledger.jobs.get('shop-a', second?.jobId ?? '');
    expect(job).toMatchObject({ rerenderOf: first?.jobId, problem: { code: 'order.changed-too-late' } });
    const repeated = await accept({ lines: [{ line: '1', spec: spec('Zoe') }] });
    expect(repeated[0]).toMatchObject({ outcome: 'repeated', jobId: second?.jobId });
  });

  it('that is called off is stopped when it waits, and reported when it is made', async () => {
    await accept({});
    expect((await accept({ cancelled: true }))[0]).toMatchObject({ outcome: 'stopped', state: 'cancelled' });
    expect((await accept({ cancelled: true }))[0]).toMatchObject({ outcome: 'stopped' });
    expect((await accept({ reference: '7', cancelled: true }))[0]).toMatchObject({ outcome: 'unknown', jobId: null });
    expect((await accept({}))[0]).toMatchObject({ outcome: 'accepted', state: 'queued' });
  });

  const at = (minute: number): string => `2026-05-04T10:${String(minute).padStart(2, '0')}:00+02:00`;

  it('that was called off is not made by a late copy of an earlier message', async () => {
    await accept({ updatedAt: at(1) });
    expect((await accept({ updatedAt: at(3), cancelled: true }))[0]).toMatchObject({ outcome: 'stopped' });
    for (const updatedAt of [at(1), at(2), at(3)]) {
      const [late] = await accept({ updatedAt });
      expect(late).toMatchObject({ line: '1', outcome: 'outdated', state: 'cancelled' });
    }
    expect((await ledger.jobs.counts()).byState).toMatchObject({ queued: 0, cancelled: 1 });
    expect((await accept({ updatedAt: at(4) }))[0]).toMatchObject({ outcome: 'accepted', state: 'queued' });
  });

  it('that was changed is not changed back by a late copy, nor called off by one', async () => {
    const next = { lines: [{ line: '1', spec: spec('newer') }] };
    const [first] = await accept({ ...next, updatedAt: at(5) });
    for (const late of [{ updatedAt: at(1) }, { updatedAt: at(2), cancelled: true }])
      expect((await accept(late))[0]).toMatchObject({ outcome: 'outdated', jobId: first?.jobId, state: 'queued' });
    expect((await accept({ ...next, updatedAt: at(5) }))[0]).toMatchObject({ outcome: 'repeated', jobId: first?.jobId });
    expect((await accept({ reference: '9', updatedAt: at(1) }))[0]).toMatchObject({ outcome: 'accepted' });
  });

  it('of which a cancel overtakes an earlier message half-way is not made', async () => {
    let overtake: (() => Promise<unknown>) | undefined = () => accept({ updatedAt: at(2), cancelled: true });
    const { jobs } = parts;
    parts = {
      ...parts,
      jobs: {
        ...jobs,
        byOrigin: async (...asked) => {
          const known = await jobs.byOrigin(...asked);
          const first = overtake;
          overtake = undefined;
          await first?.();
          return known;
        },
      },
    };
    expect((await accept({ updatedAt: at(1) }))[0]).toMatchObject({ outcome: 'outdated', jobId: null });
    expect((await ledger.jobs.counts()).byState.queued).toBe(0);
  });

  const bring = async (title: string) => (await accept({ lines: [{ line: '1', spec: spec(title) }] }))[0];
  const makeNext = async () => {
    const claimed = await ledger.jobs.claim({ worker: 'w', leaseMs: 60_000 });
    if (!claimed) throw new Error('expected a job that waits, got none');
    await ledger.jobs.finish(claimed.id, claimed.fence, { kind: 'succeeded', result: tinyResult(claimed) });
  };

  it('that is mended and changes again before it is begun is made as it came last', async () => {
    await accept({ lines: [{ line: '1', design: 'song-mug' }] });
    const mended = await bring('mended');
    const again = await bring('mended again');
    expect(again).toMatchObject({ outcome: 'changed', state: 'queued' });
    expect((await ledger.jobs.get('shop-a', mended?.jobId ?? ''))?.state).toBe('cancelled');
  });

  it('that is mended, called off and wanted after all is made', async () => {
    await accept({ lines: [{ line: '1', design: 'song-mug' }] });
    await bring('mended');
    expect((await accept({ cancelled: true }))[0]).toMatchObject({ outcome: 'stopped' });
    expect(await bring('mended')).toMatchObject({ outcome: 'accepted', state: 'queued' });
  });

  it('that is called off asks nobody any more to mend it, or to make again what failed', async () => {
    const [asking] = await accept({ lines: [{ line: '1', design: 'song-mug' }] });
    const [broken] = await accept({ reference: '2', lines: [{ line: '1', spec: spec('broken') }] });
    const claimed = await ledger.jobs.claim({ worker: 'w', leaseMs: 1000 });
    await ledger.jobs.finish(claimed?.id ?? '', claimed?.fence ?? 0, { kind: 'failed', problem: { code: 'x', message: 'x' } });
    expect((await accept({ cancelled: true }))[0]).toMatchObject({ outcome: 'stopped', state: 'cancelled', jobId: asking?.jobId });
    expect((await accept({ reference: '2', cancelled: true }))[0]).toMatchObject({ outcome: 'stopped', jobId: broken?.jobId });
    expect((await ledger.jobs.counts()).byState).toMatchObject({ needs_attention: 0, failed: 0, cancelled: 2 });
  });

  it('that is mended by two messages at once is made once', async () => {
    await accept({ lines: [{ line: '1', design: 'song-mug' }] });
    const both = await Promise.all([bring('mended'), bring('mended'), bring('mended')]);
    expect(both.map((one) => one?.outcome).sort()).toEqual(['changed', 'repeated', 'repeated']);
    expect((await ledger.jobs.counts()).byState.queued).toBe(1);
  });

  it('that was made is not made again by a second change, nor by a change back', async () => {
    await bring('first');
    await makeNext();
    expect(await bring('second')).toMatchObject({ outcome: 'too-late', state: 'needs_attention' });
    expect(await bring('third')).toMatchObject({ outcome: 'too-late', state: 'needs_attention' });
    expect(await bring('first')).toMatchObject({ outcome: 'too-late', state: 'needs_attention' });
    expect((await ledger.jobs.counts()).byState.queued).toBe(0);
  });

  it('whose rerender was called off is known by what was made before', async () => {
    const first = await bring('first');
    await makeNext();
    const made = await ledger.jobs.get('shop-a', first?.jobId ?? '');
    if (!made) throw new Error('expected the job, got nothing');
    const { lane, spec: same, options, origin, metadata, callbackUrl } = made;
    const again = { lane, spec: same, options, origin, metadata, callbackUrl, rerenderOf: made.id, problem: null };
    const rerendered = await ledger.jobs.submit('shop-a', { jobs: [again] });
    await ledger.jobs.cancel('shop-a', 'jobs' in rerendered ? (rerendered.jobs[0]?.id ?? '') : '');
    expect(await bring('first')).toMatchObject({ outcome: 'repeated', jobId: first?.jobId });
    expect(await bring('second')).toMatchObject({ outcome: 'too-late', state: 'needs_attention' });
  });

  it('whose line is taken out stops that line alone, and says nothing of lines that were never ours', async () => {
    const lines = ['1', '2'].map((line) => ({ line, spec: spec(line) }));
    await accept({ lines });
    const order = parseWith(orderSchema, { source: 'shop', reference: '1042', lines: lines.slice(1) }, 'order');
    const outcomes = await acceptOrder('shop-a', { ...order, removed: ['1', 'gift card'] }, parts);
    expect(outcomes.map(({ line, outcome }) => [line, outcome])).toEqual([
      ['2', 'repeated'],
      ['1', 'stopped'],
    ]);
    expect((await ledger.jobs.counts()).byState.queued).toBe(1);
  });

  it('whose lines are told by what is left of them stops those that are missing, and only in time', async () => {
    const lines = ['1', '2', '3'].map((line) => ({ line, spec: spec(line) }));
    const [made] = await accept({ lines });
    await makeNext();
    const order = parseWith(orderSchema, { source: 'shop', reference: '1042', lines: lines.slice(2) }, 'order');
    const again = async () =>
      (await acceptOrder('shop-a', { ...order, left: ['3', 'plain'] }, parts)).map(({ line, outcome }) => [line, outcome]);
    expect(await again()).toEqual([
      ['3', 'repeated'],
      ['1', 'too-late'],
      ['2', 'stopped'],
    ]);
    expect(await again()).toEqual([
      ['3', 'repeated'],
      ['1', 'too-late'],
    ]);
    expect((await ledger.jobs.get('shop-a', made?.jobId ?? ''))?.state).toBe('succeeded');
    expect((await ledger.jobs.counts()).byState).toMatchObject({ queued: 1, cancelled: 1 });
  });

  it('beyond the quota is refused for now, and what came before it stands', async () => {
    const lines = ['1', '2', '3', '4'].map((line) => ({ line, spec: spec(line) }));
    await expect(accept({ lines })).rejects.toMatchObject({ code: 'quota.exceeded', retry: 'later' });
    expect((await ledger.jobs.counts()).byState.queued).toBe(3);
  });

  it('names every mistake of its own at once', () => {
    const wrong = { reference: '', lines: [{ line: '1' }, { line: '1', design: 'x', spec: {} }] };
    expect(() => parseWith(orderSchema, wrong, 'order')).toThrow(/\/reference.*\/lines\/0.*\/lines\/1/s);
  });
});
