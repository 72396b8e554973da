import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import { createEndpoint, rotateSecret, secretsOf } from '../../../src/jobs/callbacks/endpoints.ts';
import { type KeyRing, masterKey, openKeyRing } from '../../../src/jobs/callbacks/key-ring.ts';
import { resealSecrets } from '../../../src/jobs/callbacks/reseal.ts';
import type { Ledger } from '../../../src/jobs/ledger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const [older, newer, other] = [masterKey(randomBytes(32)), masterKey(randomBytes(32)), masterKey(randomBytes(32))];
const before = openKeyRing(older);
const both = openKeyRing(newer, older);
const after = openKeyRing(newer);
const never = new AbortController().signal;

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') });
});
afterEach(() => ledger.close());

const depsOf = (ring: KeyRing) => ({ callbacks: ledger.callbacks, ring, checkUrl: async (url: string) => url });
const secretsNow = async (ring: KeyRing, tenant: string, id: string) => {
  const endpoint = await ledger.callbacks.endpoint(tenant, id);
  if (!endpoint) throw new Error('expected the endpoint, got nothing');
  return secretsOf(ring, endpoint, Date.now());
};

it('seals the secrets of all tenants under the newest key, once, so that the older one can go', async () => {
  const made = [];
  for (let at = 0; at < 250; at += 1)
    made.push(await createEndpoint(depsOf(before), `tenant-${at % 3}`, { url: `https://shop.example/${at}` }));
  const [first] = made;
  if (!first) throw new Error('expected an endpoint, got none');
  const rotated = await rotateSecret(depsOf(both), first.endpoint.tenant, first.endpoint.id);
  expect(await resealSecrets(ledger.callbacks, both, never)).toEqual({ endpoints: 250, unreadable: [] });
  expect(await resealSecrets(ledger.callbacks, both, never)).toEqual({ endpoints: 0, unreadable: [] });
  for (const { endpoint, secret } of made.slice(1)) expect(await secretsNow(after, endpoint.tenant, endpoint.id)).toEqual([secret]);
  expect(await secretsNow(after, first.endpoint.tenant, first.endpoint.id)).toEqual([rotated.secret, first.secret]);
});

it('tells of secrets that no key opens and leaves them as they are', async () => {
  const lost = await createEndpoint(depsOf(openKeyRing(other)), 'acme', { url: 'https://lost.example/' });
  const known = await createEndpoint(depsOf(before), 'acme', { url: 'https://known.example/' });
  expect(await resealSecrets(ledger.callbacks, both, never)).toEqual({ endpoints: 1, unreadable: [lost.endpoint.id] });
  expect(await secretsNow(openKeyRing(other), 'acme', lost.endpoint.id)).toEqual([lost.secret]);
  expect(await secretsNow(after, 'acme', known.endpoint.id)).toEqual([known.secret]);
});

it('does not undo a secret that is replaced at the same time', async () => {
  const { endpoint } = await createEndpoint(depsOf(before), 'acme', { url: 'https://shop.example/' });
  let secret = '';
  const callbacks = {
    sealed: ledger.callbacks.sealed,
    reseal: async (...change: Parameters<Ledger['callbacks']['reseal']>) => {
      secret = (await rotateSecret(depsOf(both), 'acme', endpoint.id)).secret;
      return ledger.callbacks.reseal(...change);
    },
  };
  expect((await resealSecrets(callbacks, both, never)).endpoints).toBe(0);
  expect((await secretsNow(both, 'acme', endpoint.id))[0]).toBe(secret);
});
