import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { masterKey, openKeyRing, tenantSecrets } from '../../../src/jobs/callbacks/key-ring.ts';
import { isSealedByOldKey, seal, unseal } from '../../../src/jobs/callbacks/seal.ts';
import { createSecret, signMessage } from '../../../src/jobs/callbacks/sign.ts';

const first = { id: '2026', bytes: randomBytes(32) };
const second = { id: '2027', bytes: randomBytes(32) };
const ring = openKeyRing(first);
const secret = createSecret();

const unreadable = expect.objectContaining({ code: 'seal.unreadable' });

describe('a sealed secret', () => {
  it('opens for the one it was sealed for, and does not show what is inside', () => {
    const sealed = seal(ring, secret, 'acme');
    expect(unseal(ring, sealed, 'acme')).toBe(secret);
    expect(sealed).toMatch(/^s1\.2026\.[\w-]+$/);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes(secret.slice(6))).toBe(false);
    expect(seal(ring, secret, 'acme')).not.toBe(sealed);
  });

  it('stays shut for another tenant', () => {
    expect(() => unseal(ring, seal(ring, secret, 'acme'), 'other')).toThrow(unreadable);
  });

  it('stays shut when any bit of it was changed', () => {
    const sealed = seal(ring, 'x', 'acme');
    const [version, id, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let at = 0; at < bytes.length * 8; at++) {
      const changed = Buffer.from(bytes);
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(() => unseal(ring, `${version}.${id}.${changed.toString('base64url')}`, 'acme'), `bit ${at}`).toThrow(unreadable);
    }
  });

  it.each(['', 'x', 's1.2026.', 's1.2026.AAAA', 's2.2026.AAAA', 's1.2026.AAAA.AAAA', secret])('is not just any text: %j', (text) => {
    expect(() => unseal(ring, text, 'acme')).toThrow(unreadable);
  });

  it('stays readable when the master key changes, until the old one is gone', () => {
    const sealed = seal(ring, secret, 'acme');
    const both = openKeyRing(second, first);
    expect(unseal(both, sealed, 'acme')).toBe(secret);
    const again = seal(both, unseal(both, sealed, 'acme'), 'acme');
    expect([isSealedByOldKey(both, sealed), isSealedByOldKey(both, again)]).toEqual([true, false]);
    expect(unseal(openKeyRing(second), again, 'acme')).toBe(secret);
    expect(() => unseal(openKeyRing(second), sealed, 'acme')).toThrow(unreadable);
    expect(() => unseal(openKeyRing({ id: '2026', bytes: second.bytes }), sealed, 'acme')).toThrow(unreadable);
  });
});

describe('a key ring', () => {
  it('names keys by themselves, and opens what was sealed when they had another name', () => {
    const [a, b] = [masterKey(first.bytes), masterKey(second.bytes)];
    expect(a.id).toBe(masterKey(first.bytes).id);
    expect(a.id).not.toBe(b.id);
    const sealed = seal(openKeyRing({ id: 'k1', bytes: first.bytes }), secret, 'acme');
    const named = openKeyRing(b, a);
    expect(unseal(named, sealed, 'acme')).toBe(secret);
    expect(isSealedByOldKey(named, sealed)).toBe(true);
    expect(() => unseal(named, sealed, 'other')).toThrow(unreadable);
  });

  it.each([
    [{ id: 'a', bytes: randomBytes(31) }],
    [{ id: 'a', bytes: randomBytes(64) }],
    [{ id: 'A.b', bytes: randomBytes(32) }],
    [{ id: '', bytes: randomBytes(32) }],
  ])('refuses the key %j', (key) => {
    expect(() => openKeyRing(key)).toThrow(expect.objectContaining({ code: 'config.master-key' }));
  });

  it('refuses one id for two keys', () => {
    expect(() => openKeyRing(first, { ...second, id: first.id })).toThrow(expect.objectContaining({ code: 'config.master-key' }));
  });

  it('gives each tenant a secret for callbacks, the same in every process and while keys turn over', () => {
    const [mine = ''] = tenantSecrets(ring, 'acme');
    expect(tenantSecrets(openKeyRing(first), 'acme')).toEqual([mine]);
    expect(tenantSecrets(ring, 'other')).not.toContain(mine);
    expect(tenantSecrets(openKeyRing(second, first), 'acme')).toEqual([expect.not.stringContaining(mine), mine]);
    const headers = signMessage({ id: 'evt_1', atMs: Date.now(), body: '{}', secrets: [mine] });
    expect(new Webhook(mine).verify('{}', headers)).toEqual({});
  });
});
