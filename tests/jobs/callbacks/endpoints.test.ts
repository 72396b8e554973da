import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import {
  createEndpoint,
  type EndpointDeps,
  OLD_SECRET_MS,
  RECOVER_MS,
  recoverSince,
  replayDelivery,
  rotateSecret,
  secretsOf,
} from '../../../src/jobs/callbacks/endpoints.ts';
import { openKeyRing, tenantSecrets } from '../../../src/jobs/callbacks/key-ring.ts';
import type { Ledger } from '../../../src/jobs/ledger.ts';
import { Problem } from '../../../src/model/problem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ring = openKeyRing({ id: 'k1', bytes: randomBytes(32) });
const url = 'https://shop.example/hook';

let ledger: Ledger;
let deps: EndpointDeps;
let nowMs = Date.now();

beforeEach(async () => {
  const file = join(await temporaryFolder(), 'ledger.db');
  ledger = await openLedger({ kind: 'sqlite', file }, { now: () => nowMs });
  deps = { callbacks: ledger.callbacks, ring, checkUrl: async (text) => text, now: () => nowMs };
});
afterEach(() => ledger.close());

describe('a new endpoint', () => {
  it('tells its secret once and keeps it sealed', async () => {
    const { endpoint, secret } = await createEndpoint(deps, 'acme', { url, description: 'the shop' });
    expect(endpoint).toMatchObject({ kind: 'subscription', url, enabled: true, description: 'the shop' });
    expect(endpoint.events).toEqual(['job.succeeded', 'job.failed', 'job.needs_attention', 'endpoint.disabled']);
    expect(JSON.stringify(await ledger.callbacks.endpoints('acme'))).not.toContain(secret.slice(6));
    expect(secretsOf(ring, endpoint, nowMs)).toEqual([secret]);
  });

  it('is not made when its address must not be called', async () => {
    const checkUrl = async (): Promise<string> => {
      throw new Problem('endpoint.address-refused', 'expected a host on the public internet, got "localhost"');
    };
    await expect(createEndpoint({ ...deps, checkUrl }, 'acme', { url })).rejects.toMatchObject({ code: 'endpoint.address-refused' });
    expect(await ledger.callbacks.endpoints('acme')).toEqual([]);
  });
});

describe('a secret', () => {
  it('signs for a day after it was replaced, and two at most sign', async () => {
    const first = await createEndpoint(deps, 'acme', { url });
    const { id } = first.endpoint;
    const second = await rotateSecret(deps, 'acme', id);
    expect(secretsOf(ring, second.endpoint, nowMs)).toEqual([second.secret, first.secret]);
    expect(secretsOf(ring, second.endpoint, nowMs + OLD_SECRET_MS)).toEqual([second.secret]);
    nowMs += 1000;
    const third = await rotateSecret(deps, 'acme', id);
    expect(secretsOf(ring, third.endpoint, nowMs)).toEqual([third.secret, second.secret]);
    nowMs += OLD_SECRET_MS;
    const fourth = await rotateSecret(deps, 'acme', id);
    expect(secretsOf(ring, fourth.endpoint, nowMs)).toEqual([fourth.secret, third.secret]);
  });

  it('of an endpoint without one is that of its tenant', async () => {
    const { endpoint } = await createEndpoint(deps, 'acme', { url });
    expect(secretsOf(ring, { ...endpoint, sealedSecrets: [] }, nowMs)).toEqual(tenantSecrets(ring, 'acme'));
  });

  it('cannot be read for another tenant', async () => {
    const { endpoint } = await createEndpoint(deps, 'acme', { url });
    expect(() => secretsOf(ring, { ...endpoint, tenant: 'other' }, nowMs)).toThrow(expect.objectContaining({ code: 'seal.unreadable' }));
    await expect(rotateSecret(deps, 'other', endpoint.id)).rejects.toMatchObject({ code: 'endpoint.unknown' });
  });
});

describe('sending again', () => {
  it('is refused for what is unknown, also because it is of another tenant', async () => {
    const { endpoint } = await createEndpoint(deps, 'acme', { url });
    await expect(replayDelivery(ledger.callbacks, 'acme', 'dlv_1')).rejects.toMatchObject({ code: 'delivery.unknown' });
    await expect(recoverSince(deps, 'other', endpoint.id, nowMs)).rejects.toMatchObject({ code: 'endpoint.unknown' });
  });

  it('reaches back 14 days and not into the future', async () => {
    const { endpoint } = await createEndpoint(deps, 'acme', { url });
    const since = (ms: number): Promise<number> => recoverSince(deps, 'acme', endpoint.id, ms);
    expect([await since(nowMs), await since(nowMs - RECOVER_MS)]).toEqual([0, 0]);
    for (const ms of [nowMs + 1, nowMs - RECOVER_MS - 1, Number.NaN, Number.NEGATIVE_INFINITY])
      await expect(since(ms)).rejects.toMatchObject({ code: 'recover.since', pointer: '/since' });
  });

  it('is refused while the endpoint is disabled', async () => {
    const { endpoint } = await createEndpoint(deps, 'acme', { url });
    await ledger.callbacks.update('acme', endpoint.id, { enabled: false });
    await expect(recoverSince(deps, 'acme', endpoint.id, nowMs)).rejects.toMatchObject({ code: 'endpoint.disabled' });
  });
});
