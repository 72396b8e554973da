import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWebhookSender, type WebhookSender } from '../../src/drivers/net/webhook-sender.ts';
import { createSecret } from '../../src/jobs/callbacks/sign.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Render } from '../../src/jobs/render.ts';
import { approvedRender } from '../../src/jobs/text-approval.ts';
import { Problem } from '../../src/model/problem.ts';
import { parseShop } from '../../src/model/shop.ts';
import { startServer } from '../drivers/net/loopback-server.ts';
import { tinyResult } from '../support/tiny-render.ts';

const SECRET = createSecret();
const work = { signal: new AbortController().signal, onProgress: () => undefined };

const layer = { type: 'text', text: 'Ada & Bob', locale: 'de', font: { family: 'Lora' } };
const specWith = (...layers: readonly unknown[]) => ({
  product: 'mug-11oz',
  shop: 'press',
  placements: [{ placement: 'wrap', method: 'sublimation', layers }],
});
const jobOf = (more: Partial<Job> = {}): Job =>
  ({
    id: 'job_1',
    tenant: 'a',
    options: {},
    origin: { source: 's', reference: 'A-1', line: '2' },
    spec: specWith(layer),
    ...more,
  }) as unknown as Job;

type Reply = (response: ServerResponse) => void;
let reply: Reply = () => undefined;
const asked: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
let sender: WebhookSender;
let url: string;

beforeAll(async () => {
  const { port } = await startServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      reply(response);
    });
  });
  url = `http://127.0.0.1:${port}/texts`;
  sender = await openWebhookSender({ allowPrivate: ['127.0.0.0/8'], ports: 'any' });
});
afterAll(() => sender.close());
beforeEach(() => {
  asked.length = 0;
});

const answer =
  (body: unknown, status = 200): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

type Case = { readonly job?: Job; readonly approval?: Readonly<Record<string, unknown>> | null; readonly secrets?: readonly string[] };

/** What becomes of a job, whether it was rendered, and what the operator is told. */
const run = async ({ job = jobOf(), approval = {}, secrets = [SECRET] }: Case = {}) => {
  const told: string[] = [];
  let rendered = 0;
  const render: Render = async (one) => {
    rendered += 1;
    return { kind: 'succeeded', result: tinyResult(one) };
  };
  const textPolicy = approval === null ? undefined : { approval: { url, timeoutSeconds: 5, ...approval } };
  const outcome = await approvedRender(render, {
    shopOf: async (id) => {
      if (id !== 'press') throw new Problem('shop.unknown', `expected a known shop, got "${id}"`);
      return parseShop({ id, name: 'Press', ...(textPolicy ? { textPolicy } : {}) });
    },
    send: sender.send,
    secrets,
    now: Date.now,
    onUnanswered: (_, { code }) => told.push(code),
  })(job, work);
  return { kind: outcome.kind, problem: outcome.kind === 'needs_attention' ? outcome.problem : null, rendered, told };
};

describe('a job whose shop has texts approved from outside', () => {
  it('is asked about with its texts alone, signed, and rendered when they are approved', async () => {
    reply = answer({ allowed: true });
    expect(await run()).toMatchObject({ kind: 'succeeded', rendered: 1, told: [] });
    const [question] = asked;
    const headers = Object.fromEntries(Object.entries(question?.headers ?? {}).map(([name, value]) => [name, String(value)]));
    expect(new Webhook(SECRET).verify(question?.body ?? '', headers)).toEqual({
      type: 'texts.approval',
      jobId: 'job_1',
      reference: 'A-1',
      line: '2',
      product: 'mug-11oz',
      shop: 'press',
      texts: [{ pointer: '/placements/0/layers/0/text', text: 'Ada & Bob', language: 'de' }],
    });
  });

  it('needs attention with the reason when they are refused', async () => {
    reply = answer({ allowed: false, reason: 'names a person in office' });
    expect(await run()).toMatchObject({
      kind: 'needs_attention',
      rendered: 0,
      problem: { code: 'texts.refused', message: 'expected texts that are approved, got a refusal: names a person in office' },
    });
  });

  it.each<readonly [string, Reply, string]>([
    ['an error', answer({ allowed: true }, 500), 'approval.status'],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end(), 'approval.status'],
    ['no JSON', answer('yes'), 'approval.answer'],
    ['no verdict', answer({ allowed: 'yes' }), 'approval.answer'],
    ['more than is read', answer({ allowed: true, reason: 'x'.repeat(2000) }), 'approval.answer'],
  ])('is held when the answer is %s, or passed where the shop says so', async (_, given, code) => {
    reply = given;
    expect(await run()).toMatchObject({ kind: 'needs_attention', rendered: 0, told: [code], problem: { code: 'texts.unanswered' } });
    expect(await run({ approval: { otherwise: 'pass' } })).toMatchObject({ kind: 'succeeded', rendered: 1, told: [code] });
  });

  it('is held when no answer comes in time', async () => {
    reply = () => undefined;
    expect(await run({ approval: { timeoutSeconds: 0.2 } })).toMatchObject({ rendered: 0, told: ['approval.timeout'] });
  });

  it('is held when nothing may be asked there, or nothing signs the question', async () => {
    expect(await run({ approval: { url: 'https://169.254.169.254/latest' } })).toMatchObject({
      rendered: 0,
      told: ['endpoint.address-refused'],
    });
    expect(await run({ secrets: [] })).toMatchObject({ rendered: 0, told: ['callback.secret'] });
    expect(asked).toEqual([]);
  });

  it('is not asked about when a person wants it made, when it has no text, and when its spec or shop is wrong', async () => {
    const jobs = [
      jobOf({ options: { force: true } }),
      jobOf({ spec: specWith({ type: 'shape', shape: { kind: 'ellipse' }, fill: '#ff0000' }) }),
      jobOf({ spec: { product: 7 } }),
      jobOf({ spec: { ...specWith(layer), shop: 'nowhere' } }),
    ];
    for (const job of jobs) expect(await run({ job })).toMatchObject({ kind: 'succeeded', rendered: 1 });
    expect(await run({ approval: null })).toMatchObject({ rendered: 1 });
    expect(asked).toEqual([]);
  });

  it('leaves at once when the job is called off', async () => {
    reply = () => undefined;
    const off = new AbortController();
    setImmediate(() => off.abort(new Error('called off')));
    const render: Render = () => Promise.reject(new Error('expected no render'));
    const shopOf = async () => parseShop({ id: 'press', name: 'Press', textPolicy: { approval: { url } } });
    const asking = approvedRender(render, { shopOf, send: sender.send, secrets: [SECRET], now: Date.now })(jobOf(), {
      ...work,
      signal: off.signal,
    });
    await expect(asking).rejects.toThrow('called off');
  });
});
