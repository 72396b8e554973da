import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApiKey, originOf, secretMatches, splitToken } from '../../src/jobs/api-key-secret.ts';

const request = { tenant: 'acme', name: 'shop', scopes: ['submit', 'read'] as const };

describe('a new API key', () => {
  it('has a token whose halves find and prove the stored row', () => {
    const { token, key } = createApiKey(request);
    const halves = splitToken(token);
    expect(halves?.keyId).toBe(key.keyId);
    expect(key.secretDigest).toBe(
      createHash('sha256')
        .update(halves?.secret ?? '')
        .digest('hex'),
    );
    expect(secretMatches(halves?.secret ?? '', key.secretDigest)).toBe(true);
  });

  it('never holds the secret, and no two are alike', () => {
    const keys = Array.from({ length: 200 }, () => createApiKey(request));
    for (const { token, key } of keys) expect(JSON.stringify(key)).not.toContain(splitToken(token)?.secret);
    expect(new Set(keys.map(({ token }) => token)).size).toBe(200);
    expect(new Set(keys.map(({ key }) => key.keyId)).size).toBe(200);
  });

  it('keeps scopes in one order and origins as browsers send them', () => {
    const { key } = createApiKey({
      ...request,
      scopes: ['read', 'submit'],
      origins: ['https://Shop.Example/', 'https://shop.example:443'],
    });
    expect(key.scopes).toEqual(['submit', 'read']);
    expect(key.origins).toEqual(['https://shop.example']);
  });

  it.each([
    ['a tenant with a slash', { ...request, tenant: 'a/b' }],
    ['an empty tenant', { ...request, tenant: '' }],
    ['no name', { ...request, name: '' }],
    ['no scope', { ...request, scopes: [] }],
    ['previews from nowhere', { ...request, scopes: ['preview'] as const }],
    ['an origin with a path', { ...request, origins: ['https://shop.example/cart'] }],
    ['any origin', { ...request, origins: ['*'] }],
    ['an origin that is no web page', { ...request, origins: ['file:///etc'] }],
  ])('is refused for %s', (_what, wrong) => {
    expect(() => createApiKey(wrong)).toThrow(expect.objectContaining({ code: 'key.invalid' }));
  });
});

describe('a token from outside', () => {
  it.each(['', 'platen_', 'platen_a_b', ` ${createApiKey(request).token}`, `${createApiKey(request).token}0`, 'x'.repeat(100_000)])(
    'is no token when it is %j',
    (text) => {
      expect(splitToken(text)).toBeUndefined();
    },
  );

  it('does not match another key, no key, or a broken row', () => {
    const [a, b] = [createApiKey(request), createApiKey(request)];
    const secret = splitToken(a.token)?.secret ?? '';
    expect(secretMatches(secret, b.key.secretDigest)).toBe(false);
    expect(secretMatches(secret, undefined)).toBe(false);
    expect(secretMatches(secret, 'not hex')).toBe(false);
  });
});

it('tells origins apart from everything that is longer', () => {
  expect(originOf('http://localhost:5173')).toBe('http://localhost:5173');
  expect(() => originOf('https://user@shop.example')).toThrow(/origin/);
});
