import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/until.ts';
import { type Api, mugSpec, startApi } from './support/api-server.ts';
import { claimJob, finishJob } from './support/finish-job.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ config: { maxWaiters: 10, waitersOfTenant: 3 } });
});
afterAll(() => api.close());

const submit = async (): Promise<string> => String((await api.call('POST', '/v1/jobs', { json: { spec: mugSpec() } })).json.id);

type Event = { readonly id: string; readonly name: string; readonly job: { readonly state: string; readonly revision: number } };

const eventsIn = (text: string): readonly Event[] =>
  text.split('\n\n').flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    const data = fields.get('data');
    return data === undefined ? [] : [{ id: fields.get('id') ?? '', name: fields.get('event') ?? '', job: JSON.parse(data) }];
  });

/** Reads a stream by itself, as a browser does: the text grows while it comes. */
const watch = async (id: string, headers: Readonly<Record<string, string>> = {}) => {
  const token = await api.key(['read']);
  const stop = new AbortController();
  const response = await fetch(`${api.url}/v1/jobs/${id}/events`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: stop.signal,
  });
  const seen = { text: '', ended: false };
  const reading = (async () => {
    for await (const chunk of response.body ?? []) seen.text += Buffer.from(chunk).toString();
    seen.ended = true;
  })();
  reading.catch(() => undefined);
  return { response, seen, stop: () => stop.abort() };
};

describe('the events of a job', () => {
  it('tell of every change and end when the job is over', async () => {
    const id = await submit();
    const { response, seen } = await watch(id);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await until('the first event', () => eventsIn(seen.text).length === 1);
    await finishJob(api, id);
    await until('the end', () => seen.ended);
    const events = eventsIn(seen.text);
    expect(events.at(-1)?.job.state).toBe('succeeded');
    expect(events.map(({ name }) => name)).toEqual(events.map(() => 'job'));
    const revisions = events.map((event) => Number(event.id));
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(seen.text).toContain('retry: 2000\n\n');
  });

  it('say that they are still here while nothing happens', async () => {
    const { seen, stop } = await watch(await submit());
    await until('two signs of life', () => seen.text.split(': still here').length > 2);
    stop();
    await until('the place back', () => api.logged.some(({ fields }) => Reflect.get(fields, 'aborted') === true));
  });

  it('go on after the last one that was seen, and pass over what cannot be one', async () => {
    const id = await submit();
    const running = await claimJob(api.parts.ledger, id);
    const { seen, stop } = await watch(id, { 'last-event-id': String(running.revision) });
    await until('a sign of life', () => seen.text.includes(': still here'));
    expect(eventsIn(seen.text)).toEqual([]);
    stop();
    const odd = await watch(id, { 'last-event-id': 'x'.repeat(150) });
    await until('the job', () => eventsIn(odd.seen.text).length === 1);
    odd.stop();
  });

  it('are over for good when the last one was seen', async () => {
    const id = await submit();
    const { revision } = await finishJob(api, id);
    const again = await api.call('GET', `/v1/jobs/${id}/events`, { headers: { 'last-event-id': String(revision) } });
    expect([again.status, again.text]).toEqual([204, '']);
    const whole = await api.call('GET', `/v1/jobs/${id}/events`, { headers: { 'last-event-id': String(revision - 1) } });
    expect(eventsIn(whole.text)).toHaveLength(1);
  });

  it('give their places back, and more than there are places are refused', async () => {
    const id = await submit();
    const three = await Promise.all([watch(id), watch(id), watch(id)]);
    await until('all to be on', () => three.every(({ seen }) => seen.text !== ''));
    const fourth = await api.call('GET', `/v1/jobs/${id}/events`);
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([503, '2']);
    const waiting = await api.call('GET', `/v1/jobs/${id}`, { headers: { prefer: 'wait=25' } });
    expect([waiting.status, waiting.headers.get('preference-applied')]).toEqual([200, null]);
    const token = await api.key(['read', 'submit'], { tenant: 'other' });
    const theirs = String((await api.call('POST', '/v1/jobs', { token, json: { spec: mugSpec() } })).json.id);
    await api.call('POST', `/v1/jobs/${theirs}/cancel`, { token });
    expect((await api.call('GET', `/v1/jobs/${theirs}/events`, { token })).status).toBe(200);
    for (const one of three) one.stop();
    let status = 0;
    await until('a place', async () => {
      const { response, stop } = await watch(id);
      status = response.status;
      stop();
      return status === 200;
    });
    expect(status).toBe(200);
  });

  it('take no place when only the headers are asked for', async () => {
    const id = await submit();
    for (let at = 0; at < 12; at++) expect((await api.call('HEAD', `/v1/jobs/${id}/events`)).status).toBe(200);
    const { response, stop } = await watch(id);
    expect(response.status).toBe(200);
    stop();
  });

  it('end when the service closes', async () => {
    const closing = new AbortController();
    const other = await startApi({ parts: () => ({ closing: closing.signal }) });
    try {
      const id = String((await other.call('POST', '/v1/jobs', { json: { spec: mugSpec() } })).json.id);
      const events = other.call('GET', `/v1/jobs/${id}/events`);
      const waiting = other.call('GET', `/v1/jobs/${id}`, { headers: { prefer: 'wait=25' } });
      await until('both to wait', async () => (await other.call('GET', '/livez')).status === 200);
      closing.abort();
      expect((await events).status).toBe(200);
      expect((await waiting).json.state).toBe('queued');
    } finally {
      await other.close();
    }
  });
});
