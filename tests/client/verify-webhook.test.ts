import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from '../../src/client/index.ts';
import { createSecret } from '../../src/jobs/callbacks/sign.ts';

const secret = createSecret();
const SENT_MS = 1_790_000_000_000;
const sent = new Date(SENT_MS);
const body = JSON.stringify({
  type: 'job.succeeded',
  timestamp: sent.toISOString(),
  data: { sequence: 1, job: { id: 'job_1' }, artifacts: [] },
});

const headersOf = (text: string, by = secret, id = 'evt_1') => ({
  'webhook-id': id,
  'webhook-timestamp': String(SENT_MS / 1000),
  'webhook-signature': new Webhook(by).sign(id, sent, text),
});
const at = (seconds: number) => ({ nowMs: SENT_MS + seconds * 1000 });
const refused = expect.objectContaining({ name: 'PlatenError', code: 'webhook.unsigned', status: 0 });

describe('verifyWebhook', () => {
  it('believes what another library signed, as text and as bytes, with headers of fetch and of Node', async () => {
    const headers = headersOf(body);
    const event = await verifyWebhook(body, headers, secret, at(0));
    expect(event).toEqual({ ...JSON.parse(body), id: 'evt_1' });
    expect(await verifyWebhook(Buffer.from(body), new Headers(headers), [secret], at(0))).toEqual(event);
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(await verifyWebhook(body, shouted, secret, at(0))).toEqual(event);
  });

  it('believes a message while either side changes its secret', async () => {
    const next = createSecret();
    const both = {
      ...headersOf(body),
      'webhook-signature': `${headersOf(body, next)['webhook-signature']} ${headersOf(body)['webhook-signature']}`,
    };
    for (const known of [secret, next, [secret, next]]) expect((await verifyWebhook(body, both, known, at(0))).id).toBe('evt_1');
    expect((await verifyWebhook(body, headersOf(body, next), [secret, next], at(0))).id).toBe('evt_1');
  });

  it.each([
    ['another body', `${body} `, headersOf(body), secret, 0],
    ['another secret', body, headersOf(body, createSecret()), secret, 0],
    ['another id', body, { ...headersOf(body), 'webhook-id': 'evt_2' }, secret, 0],
    ['an old message', body, headersOf(body), secret, 301],
    ['one from the future', body, headersOf(body), secret, -301],
    ['a time that is none', body, { ...headersOf(body), 'webhook-timestamp': '1e9' }, secret, 0],
    ['no signature', body, { ...headersOf(body), 'webhook-signature': undefined }, secret, 0],
    ['two ids', body, { ...headersOf(body), 'webhook-id': ['evt_1', 'evt_1'] }, secret, 0],
    [
      'a signature of another version',
      body,
      { ...headersOf(body), 'webhook-signature': headersOf(body)['webhook-signature'].replace('v1,', 'v2,') },
      secret,
      0,
    ],
    ['a damaged signature', body, { ...headersOf(body), 'webhook-signature': 'v1,&&&' }, secret, 0],
    ['no secret', body, headersOf(body), [], 0],
  ])('refuses %s', async (_, text, headers, secrets, seconds) => {
    await expect(verifyWebhook(text, headers, secrets, at(seconds))).rejects.toEqual(refused);
  });

  it('takes clocks that differ by five minutes, or by what it is told', async () => {
    for (const seconds of [300, -300]) expect((await verifyWebhook(body, headersOf(body), secret, at(seconds))).id).toBe('evt_1');
    const narrow = { ...at(11), toleranceSeconds: 10 };
    await expect(verifyWebhook(body, headersOf(body), secret, narrow)).rejects.toEqual(refused);
  });

  it('proves bytes as they are, also those that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from('"'), Buffer.from([0xff, 0xfe]), Buffer.from('"')]);
    const replaced = bytes.toString('utf8');
    await expect(verifyWebhook(bytes, headersOf(replaced), secret, at(0))).rejects.toEqual(refused);
  });

  it('says so when the secret is damaged, and does not show it', async () => {
    const error = await verifyWebhook(body, headersOf(body), 'hush', at(0)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'webhook.secret' });
    expect(String(error)).not.toContain('hush');
  });
});
