import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, type Job } from '../../src/client/index.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const queued = { id: 'job_1', state: 'queued', revision: 1 } as Job;
const accepted = (): Response => Response.json(queued, { status: 202, headers: { ETag: '"r1"' } });

/** A client whose answers come at once, and when they were asked for: seconds after the first. */
const clientOf = (answer: (method: string, at: number) => Response) => {
  const askedMs: number[] = [];
  const fetch = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
    askedMs.push(performance.now());
    return answer(init.method ?? 'GET', askedMs.length - 1);
  };
  return {
    client: createClient({ baseUrl: 'http://platen.test', fetch }),
    asked: () => askedMs.map((ms) => (ms - (askedMs[0] ?? 0)) / 1000),
  };
};

const spec = { product: 'mug-11oz' };

describe('an API that has no news and does not wait', () => {
  it('is asked once in a second', async () => {
    const { client, asked } = clientOf((method) => (method === 'POST' ? accepted() : new Response(null, { status: 304 })));
    const stop = new AbortController();
    const seen: Job[] = [];
    const waiting = client.submitAndWait(spec, { signal: stop.signal, onProgress: (job) => seen.push(job) });
    waiting.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(10_500);
    expect(asked().length).toBe(1 + 11);
    expect(seen).toEqual([queued]);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('an API that is away', () => {
  const pausesIn = (asked: readonly number[]): readonly number[] => asked.slice(1).map((second, at) => second - (asked[at] ?? 0));

  it('is asked less and less often, and given up after two minutes', async () => {
    const { client, asked } = clientOf(() => new Response('<html>', { status: 503 }));
    const waiting = client.submitAndWait(spec);
    const over = expect(waiting).rejects.toMatchObject({ name: 'PlatenError', status: 503, code: 'http.503' });
    await vi.advanceTimersByTimeAsync(200_000);
    await over;
    const pauses = pausesIn(asked());
    const longest = [0.5, 1, 2, 4, 8, ...Array(100).fill(15)];
    expect(pauses.length).toBeGreaterThan(10);
    pauses.forEach((seconds, at) => {
      expect(seconds).toBeGreaterThanOrEqual(longest[at] / 2 - 0.002);
      expect(seconds).toBeLessThanOrEqual(longest[at] + 0.002);
    });
    expect(asked().at(-1)).toBeLessThanOrEqual(120);
    expect(asked().at(-1)).toBeGreaterThan(100);
  });

  it('is never asked before it wants to be, and not by all at once', async () => {
    const { client, asked } = clientOf((_, at) =>
      at < 3 ? new Response('{}', { status: 429, headers: { 'Retry-After': '20' } }) : accepted(),
    );
    const stop = new AbortController();
    const waiting = client.submitAndWait(spec, { signal: stop.signal, onProgress: () => stop.abort(new Error('there')) });
    const over = expect(waiting).rejects.toThrow('there');
    await vi.advanceTimersByTimeAsync(100_000);
    await over;
    const pauses = pausesIn(asked());
    expect(pauses).toHaveLength(3);
    for (const seconds of pauses) expect(seconds).toBeGreaterThan(20);
    expect(Math.max(...pauses)).toBeLessThan(22.1);
  });
});
