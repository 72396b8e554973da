import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createSecret, signMessage } from '../../../src/jobs/callbacks/sign.ts';
import { verifyMessage } from '../../../src/jobs/callbacks/verify.ts';

const nowMs = Date.now();
const body = '{"type":"job.succeeded","data":{"name":"Zoë 🎁"}}';
const secret = createSecret();

const signed = (secrets: readonly string[] = [secret], atMs = nowMs) => signMessage({ id: 'evt_1', atMs, body, secrets });

describe('a signed message', () => {
  it('is accepted by the reference library', () => {
    expect(new Webhook(secret).verify(body, signed())).toEqual(JSON.parse(body));
  });

  it('has the signature that the reference library computes', () => {
    expect(signed()['webhook-signature']).toBe(new Webhook(secret).sign('evt_1', new Date(nowMs), body));
  });

  it('is accepted under the old and under the new secret while one turns over', () => {
    const old = createSecret();
    const headers = signed([secret, old]);
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    for (const one of [secret, old]) expect(new Webhook(one).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(createSecret()).verify(body, headers)).toThrow();
  });

  it('carries the time of the attempt and the id of the event', () => {
    expect(signed([secret], 1_700_000_000_999)).toMatchObject({ 'webhook-id': 'evt_1', 'webhook-timestamp': '1700000000' });
  });

  it.each(['a.b', '', 'a b', 'ü'])('cannot have the id %j', (id) => {
    expect(() => signMessage({ id, atMs: nowMs, body, secrets: [secret] })).toThrow(expect.objectContaining({ code: 'callback.id' }));
  });

  it.each([
    [[]],
    [['']],
    [['whsec_']],
    [['whsec_c2hvcnQ=']],
    [[secret.slice(6)]],
    [[`whsec_${'A'.repeat(120)}`]],
    [['whsec_ä'.padEnd(60, 'A')]],
  ])('cannot be made with the secrets %j', (secrets) => {
    expect(() => signed(secrets)).toThrow(expect.objectContaining({ code: 'callback.secret' }));
  });

  it('needs a secret that nobody guesses', () => {
    const secrets = Array.from({ length: 200 }, createSecret);
    expect(new Set(secrets).size).toBe(200);
    expect(secrets.every((one) => /^whsec_[A-Za-z0-9+/]{43}=$/.test(one))).toBe(true);
  });
});

describe('a receiver of ours', () => {
  const good = signed();
  const check = (headers: Readonly<Record<string, string | readonly string[] | undefined>>, sent = body): string => {
    try {
      verifyMessage({ headers, body: sent, secrets: [secret], nowMs });
      return 'accepted';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  };
  const byLibrary = () => {
    const headers = { 'webhook-id': 'evt_2', 'webhook-timestamp': String(Math.floor(nowMs / 1000)) };
    return { ...headers, 'webhook-signature': new Webhook(secret).sign('evt_2', new Date(nowMs), body) };
  };

  it('accepts what it or the reference library signed, as text or as bytes', () => {
    expect([check(good), check(byLibrary())]).toEqual(['accepted', 'accepted']);
    expect(() => verifyMessage({ headers: good, body: Buffer.from(body), secrets: [createSecret(), secret], nowMs })).not.toThrow();
  });

  it('accepts a list in which one signature matches', () => {
    expect(check({ ...good, 'webhook-signature': `v1a,abc v1,AAAA ${good['webhook-signature']} v2,x` })).toBe('accepted');
  });

  it.each([
    ['no signature', { 'webhook-signature': undefined }],
    ['an empty one', { 'webhook-signature': '' }],
    ['an empty list', { 'webhook-signature': '   ' }],
    ['several headers', { 'webhook-signature': ['v1,a', 'v1,b'] }],
    ['an older version', { 'webhook-signature': good['webhook-signature'].replace('v1,', 'v0,') }],
    ['no version', { 'webhook-signature': good['webhook-signature'].slice(3) }],
    ['a cut one', { 'webhook-signature': good['webhook-signature'].slice(0, -4) }],
    ['a longer one', { 'webhook-signature': `${good['webhook-signature']}AA` }],
    ['another id', { 'webhook-id': 'evt_2' }],
    ['no id', { 'webhook-id': undefined }],
    ['no time', { 'webhook-timestamp': undefined }],
    ['a time in words', { 'webhook-timestamp': 'now' }],
    ['a time with a fraction', { 'webhook-timestamp': `${good['webhook-timestamp']}.0` }],
    ['ten thousand signatures', { 'webhook-signature': Array(10_000).fill('v1,AAAA').join(' ') }],
  ])('refuses a message with %s', (_, change) => {
    expect(check({ ...good, ...change })).toBe('callback.unsigned');
  });

  it('refuses a body that was written again', () => {
    expect(check(good, JSON.stringify(JSON.parse(body), null, 1))).toBe('callback.unsigned');
    expect(check(good, `${body}\n`)).toBe('callback.unsigned');
  });

  it('refuses what is more than five minutes old or ahead', () => {
    const at = (seconds: number): string => check(signed([secret], nowMs + seconds * 1000));
    expect([-301, -300, 0, 300, 301].map(at)).toEqual(['callback.unsigned', 'accepted', 'accepted', 'accepted', 'callback.unsigned']);
  });

  it('refuses everything when it has no secret', () => {
    expect(() => verifyMessage({ headers: good, body, secrets: [], nowMs })).toThrow(
      expect.objectContaining({ code: 'callback.unsigned' }),
    );
  });
});
