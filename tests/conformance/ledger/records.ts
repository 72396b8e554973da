import { describe, expect, it } from 'vitest';
import { createApiKey } from '../../../src/jobs/api-key-secret.ts';
import type { Asset } from '../../../src/jobs/ledger.ts';
import { type FreshPlace, jobs, key, openWorld } from './world.ts';

const upload: Omit<Asset, 'id' | 'tenant' | 'createdAtMs'> = {
  state: 'awaiting',
  key: 'assets/a/1',
  name: 'photo.jpg',
  mediaType: null,
  sha256: null,
  bytes: null,
};

export const recordSuite = (place: FreshPlace): void => {
  describe('idempotency of slow requests', () => {
    const use = { ...key('k'), busyMs: 1000 };

    it('lets one begin and tells the others to wait, then what came of it', async () => {
      const { ledger, again } = await openWorld(place);
      const other = await again();
      const asked = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? ledger : other).idempotency.begin('a', use)));
      expect(asked.filter(({ kind }) => kind === 'new')).toHaveLength(1);
      expect(asked.filter(({ kind }) => kind === 'busy')).toHaveLength(19);
      await ledger.idempotency.settle('a', use, '{"id":"ast_1"}');
      expect(await ledger.idempotency.begin('a', use)).toEqual({ kind: 'done', answer: '{"id":"ast_1"}' });
      expect(await ledger.idempotency.begin('b', use)).toEqual({ kind: 'new' });
    });

    it('refuses another request, and lets a dropped one begin again', async () => {
      const { ledger } = await openWorld(place);
      await ledger.idempotency.begin('a', use);
      expect(await ledger.idempotency.begin('a', { ...use, fingerprint: 'other' })).toEqual({ kind: 'other-request' });
      await ledger.idempotency.drop('a', { ...use, fingerprint: 'other' });
      expect(await ledger.idempotency.begin('a', use)).toEqual({ kind: 'busy' });
      await ledger.idempotency.drop('a', use);
      expect(await ledger.idempotency.begin('a', use)).toEqual({ kind: 'new' });
    });

    it('takes over from a process that died, but never from one that answered', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.idempotency.begin('a', use);
      clock.ms += 999;
      expect(await ledger.idempotency.begin('a', use)).toEqual({ kind: 'busy' });
      clock.ms += 1;
      expect(await ledger.idempotency.begin('a', use)).toEqual({ kind: 'new' });
      await ledger.idempotency.settle('a', use, 'x');
      await ledger.idempotency.drop('a', use);
      clock.ms += 2000;
      expect(await ledger.idempotency.begin('a', use)).toEqual({ kind: 'done', answer: 'x' });
    });

    it('holds back a submission with the same key while it is busy', async () => {
      const { ledger, clock } = await openWorld(place);
      await ledger.idempotency.begin('a', use);
      const submission = { jobs: jobs(1), idempotency: key('k') };
      expect(await ledger.jobs.submit('a', submission)).toEqual({ kind: 'in-progress' });
      clock.ms += 1000;
      expect((await ledger.jobs.submit('a', submission)).kind).toBe('created');
    });

    it('is swept when its time is over', async () => {
      const { ledger, clock } = await openWorld(place);
      for (const name of ['1', '2', '3']) await ledger.idempotency.settle('a', key(name), 'x');
      expect(await ledger.idempotency.sweep(100)).toBe(0);
      clock.ms += 60_000;
      expect(await ledger.idempotency.begin('a', { ...key('1'), busyMs: 1000 })).toEqual({ kind: 'new' });
      expect(await ledger.idempotency.sweep(1)).toBe(1);
      expect(await ledger.idempotency.sweep(100)).toBe(1);
      expect(await ledger.idempotency.begin('a', { ...key('1'), busyMs: 1000 })).toEqual({ kind: 'busy' });
    });
  });

  describe('API keys', () => {
    it('are found by their public half until they are revoked, and then still found', async () => {
      const { ledger, clock } = await openWorld(place);
      const { key: fresh } = createApiKey({ tenant: 'a', name: 'shop', scopes: ['preview'], origins: ['https://shop.example'] });
      expect(await ledger.keys.count()).toBe(0);
      const made = await ledger.keys.create(fresh);
      expect(made).toEqual({ ...fresh, createdAtMs: clock.ms, revokedAtMs: null, lastUsedAtMs: null });
      expect(await ledger.keys.find(fresh.keyId)).toEqual(made);
      expect(await ledger.keys.find('unknown')).toBeUndefined();
      expect(await ledger.keys.count()).toBe(1);
      clock.ms += 5;
      expect(await ledger.keys.revoke(fresh.keyId)).toBe(true);
      expect(await ledger.keys.revoke(fresh.keyId)).toBe(false);
      expect(await ledger.keys.find(fresh.keyId)).toEqual({ ...made, revokedAtMs: clock.ms });
      expect(await ledger.keys.revoke('unknown')).toBe(false);
    });

    it('are listed by tenant or all', async () => {
      const { ledger, clock } = await openWorld(place);
      for (const tenant of ['a', 'b', 'a']) {
        await ledger.keys.create(createApiKey({ tenant, name: 'k', scopes: ['read'] }).key);
        clock.ms += 1;
      }
      expect((await ledger.keys.list('a')).map(({ tenant }) => tenant)).toEqual(['a', 'a']);
      expect((await ledger.keys.list()).map(({ tenant }) => tenant)).toEqual(['a', 'b', 'a']);
    });

    it('remember when they were used, to the minute', async () => {
      const { ledger, clock } = await openWorld(place);
      const { keyId } = await ledger.keys.create(createApiKey({ tenant: 'a', name: 'k', scopes: ['read'] }).key);
      const used = async (): Promise<number | null | undefined> => (await ledger.keys.find(keyId))?.lastUsedAtMs;
      const first = clock.ms;
      await ledger.keys.touch(keyId);
      expect(await used()).toBe(first);
      clock.ms += 59_000;
      await ledger.keys.touch(keyId);
      expect(await used()).toBe(first);
      clock.ms += 1000;
      await ledger.keys.touch(keyId);
      expect(await used()).toBe(first + 60_000);
      await ledger.keys.touch('unknown');
    });

    it('are never two under one name', async () => {
      const { ledger } = await openWorld(place);
      const { key: fresh } = createApiKey({ tenant: 'a', name: 'k', scopes: ['read'] });
      await ledger.keys.create(fresh);
      await expect(ledger.keys.create({ ...fresh, tenant: 'b' })).rejects.toMatchObject({ name: 'Problem', code: 'ledger.failed' });
      expect((await ledger.keys.find(fresh.keyId))?.tenant).toBe('a');
    });
  });

  describe('assets', () => {
    it('wait for their bytes and are then ready, for their tenant alone', async () => {
      const { ledger, clock } = await openWorld(place);
      const asset = await ledger.assets.create('a', upload);
      expect(asset).toEqual({ ...upload, id: expect.stringMatching(/^ast_/), tenant: 'a', createdAtMs: clock.ms });
      const facts = { key: 'assets/a/2', mediaType: 'image/jpeg', sha256: 'c'.repeat(64), bytes: 5 };
      expect(await ledger.assets.complete('b', asset.id, facts)).toBeUndefined();
      expect(await ledger.assets.get('b', asset.id)).toBeUndefined();
      const ready = await ledger.assets.complete('a', asset.id, facts);
      expect(ready).toEqual({ ...asset, ...facts, state: 'ready' });
      expect(await ledger.assets.get('a', asset.id)).toEqual(ready);
    });

    it('are counted in bytes', async () => {
      const { ledger } = await openWorld(place);
      expect(await ledger.assets.usage('a')).toBe(0);
      await ledger.assets.create('a', { ...upload, bytes: 3_000_000_000 });
      await ledger.assets.create('a', { ...upload, bytes: 2_000_000_000 });
      await ledger.assets.create('a', upload);
      await ledger.assets.create('b', { ...upload, bytes: 7 });
      expect(await ledger.assets.usage('a')).toBe(5_000_000_000);
    });

    it('are found by age and removed', async () => {
      const { ledger, clock } = await openWorld(place);
      const old = await ledger.assets.create('a', upload);
      clock.ms += 10;
      const young = await ledger.assets.create('a', upload);
      expect(await ledger.assets.expired(clock.ms, 10)).toEqual([old]);
      await ledger.assets.remove([old.id, 'ast_unknown']);
      expect(await ledger.assets.get('a', old.id)).toBeUndefined();
      expect(await ledger.assets.get('a', young.id)).toEqual(young);
    });
  });
};
