import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { openWebhookSender, type WebhookSender } from '../../src/drivers/net/webhook-sender.ts';
import {
  callbackEndpoint,
  OLD_SECRET_MS,
  recoverSince,
  replayDelivery,
  rotateSecret,
  secretsOf,
} from '../../src/jobs/callbacks/endpoints.ts';
import { openKeyRing, tenantSecrets } from '../../src/jobs/callbacks/key-ring.ts';
import type { CallbackAnswer, CallbackRequest, SendCallback } from '../../src/jobs/callbacks/send.ts';
import { Problem } from '../../src/model/problem.ts';
import { startServer, startTcpServer } from '../drivers/net/loopback-server.ts';
import { until } from '../support/until.ts';
import { CallbackWorld, HOUR, TENANT } from './callback-world.ts';

const worlds: CallbackWorld[] = [];
const senders: WebhookSender[] = [];
const openWorld = async (): Promise<CallbackWorld> => {
  const world = await CallbackWorld.open();
  worlds.push(world);
  return world;
};
const openSender = async (): Promise<WebhookSender> => {
  const sender = await openWebhookSender({ allowPrivate: ['127.0.0.1/32'], ports: 'any', plainHttp: true });
  senders.push(sender);
  return sender;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) {
    await world.close();
    expect(world.errors).toEqual([]);
  }
  await Promise.all(senders.splice(0).map((sender) => sender.close()));
});

const answer = (status: number, retryAfter: string | null = null): CallbackAnswer => ({ status, retryAfter, excerpt: '' });
const refused = (): never => {
  throw new Problem('endpoint.unreachable', 'expected a connection, got none or lost it', { retry: 'later' });
};

describe('an endpoint that is down for 72 hours', () => {
  /** `shop` is down from the start until then; `other` answers always. News come every twelve hours. */
  const weekend = async (random: () => number, downMs: number) => {
    const world = await openWorld();
    const [shop, other] = await Promise.all([world.endpoint('https://shop.example/hook'), world.endpoint('https://other.example/hook')]);
    const startMs = world.clock.ms;
    const received = new Map<string, number>();
    const send: SendCallback = async ({ url, headers }) => {
      if (url.includes('shop') && world.clock.ms - startMs < downMs) return refused();
      const key = `${new URL(url).hostname} ${headers['webhook-id']}`;
      received.set(key, (received.get(key) ?? 0) + 1);
      return answer(204);
    };
    world.deliverWith({ send, random });
    return { world, shop, other, startMs, received };
  };
  const newsUntil = async (world: CallbackWorld, startMs: number, endMs: number): Promise<void> => {
    for (let at = 0; at < endMs; at += 12 * HOUR) {
      await world.passUntil(startMs + at);
      await world.news(3);
    }
    await world.passUntil(startMs + endMs);
  };

  it('gets every message after it recovers, each once', async () => {
    const { world, shop, startMs, received } = await weekend(() => 0.5, 72 * HOUR);
    await newsUntil(world, startMs, 72 * HOUR);
    await world.passUntil(startMs + 180 * HOUR);
    const deliveries = await world.deliveriesOf(shop.endpoint.id);
    expect(deliveries).toHaveLength(18);
    expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['delivered']));
    expect([...received].filter(([key, times]) => key.startsWith('shop') && times === 1)).toHaveLength(18);
    expect(await world.ledger.callbacks.endpoint(TENANT, shop.endpoint.id)).toMatchObject({
      enabled: true,
      failingSinceMs: null,
      failedMessages: 0,
    });
  });

  it('has what chance tried too early on a list, and gets that when asked', async () => {
    const { world, shop, startMs, received } = await weekend(() => 0, 72 * HOUR);
    await newsUntil(world, startMs, 72 * HOUR);
    await world.passUntil(startMs + 180 * HOUR);
    const states = (await world.deliveriesOf(shop.endpoint.id)).map(({ state }) => state);
    const lost = states.filter((state) => state === 'failed').length;
    expect(lost).toBeGreaterThan(0);
    expect(states.filter((state) => state === 'delivered')).toHaveLength(18 - lost);
    const deps = { callbacks: world.ledger.callbacks, now: () => world.clock.ms };
    expect(await recoverSince(deps, TENANT, shop.endpoint.id, startMs)).toBe(lost);
    await world.news();
    await world.quiet();
    expect([...received.keys()].filter((key) => key.startsWith('shop'))).toHaveLength(19);
    expect(await recoverSince(deps, TENANT, shop.endpoint.id, startMs)).toBe(0);
  });

  it('delays nobody else', async () => {
    const { world, other, startMs } = await weekend(() => 0.5, 72 * HOUR);
    await newsUntil(world, startMs, 72 * HOUR);
    const deliveries = await world.deliveriesOf(other.endpoint.id);
    expect(deliveries).toHaveLength(18);
    for (const { attempts, createdAtMs } of deliveries) expect(attempts.map(({ atMs }) => atMs - createdAtMs)).toEqual([0]);
  });

  it('is switched off after 120 hours and not before, and the others hear of it', async () => {
    const { world, shop, other, startMs } = await weekend(() => 0.5, Number.POSITIVE_INFINITY);
    const enabled = async (): Promise<boolean | undefined> => (await world.ledger.callbacks.endpoint(TENANT, shop.endpoint.id))?.enabled;
    await newsUntil(world, startMs, 119.5 * HOUR);
    expect(await enabled()).toBe(true);
    await newsUntil(world, world.clock.ms, 24 * HOUR);
    expect(await enabled()).toBe(false);
    expect(await world.ledger.callbacks.endpoint(TENANT, shop.endpoint.id)).toMatchObject({
      disabledReason: expect.stringMatching(/120 hours/),
    });
    expect((await world.deliveriesOf(other.endpoint.id)).filter(({ eventType }) => eventType === 'endpoint.disabled')).toMatchObject([
      { state: 'delivered' },
    ]);
    const left = await world.deliveriesOf(shop.endpoint.id);
    expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['failed']));
    const replaying = replayDelivery(world.ledger.callbacks, TENANT, left[0]?.id ?? '');
    await expect(replaying).rejects.toMatchObject({ code: 'endpoint.disabled' });
  });

  it('is not switched off for a few messages', async () => {
    const { world, shop, startMs } = await weekend(() => 0.5, Number.POSITIVE_INFINITY);
    await world.news(4);
    await world.passUntil(startMs + 100 * HOUR);
    await world.news(5);
    await world.passUntil(startMs + 300 * HOUR);
    const known = await world.ledger.callbacks.endpoint(TENANT, shop.endpoint.id);
    expect(known).toMatchObject({ enabled: true, failedMessages: 9 });
    expect((await world.deliveriesOf(shop.endpoint.id)).map(({ state, attempts }) => [state, attempts.length])).toEqual(
      Array(9).fill(['failed', 10]),
    );
  });
});

describe('endpoints that misbehave', () => {
  it('keep their own places only, and only until their time is over', async () => {
    const world = await openWorld();
    const ends: string[] = [];
    const ended = (name: string, response: ServerResponse): void => void response.on('close', () => ends.push(name));
    let poured = 0;
    const servers = {
      good: await startServer((_, response) => response.writeHead(204).end()),
      slow: await startServer((_, response) => {
        ended('slow', response);
        setTimeout(() => response.destroyed || response.writeHead(200).end(), 3600).unref();
      }),
      hanging: await startServer((_, response) => ended('hanging', response)),
      halfway: await startTcpServer((socket) => socket.write('HTTP/1.1 500 Oh no\r\ncontent-length: 500\r\n\r\n<html>')),
      endless: await startServer((_, response) => {
        ended('endless', response);
        response.writeHead(200, { 'content-length': 10_000_000_000 });
        const chunk = Buffer.alloc(65_536, 'x');
        const pour = (): void => {
          for (let more = true; more && !response.destroyed; poured += chunk.length) more = response.write(chunk);
        };
        response.on('drain', pour);
        pour();
      }),
      looping: await startServer((request, response) => response.writeHead(302, { location: request.url ?? '/' }).end()),
      silent: await startTcpServer(() => {}),
    };
    const ids = new Map<string, string>();
    for (const [name, { port }] of Object.entries(servers))
      ids.set(name, (await world.endpoint(`http://127.0.0.1:${port}/${name}`)).endpoint.id);
    const sender = await openSender();
    let most = 0;
    let running = 0;
    const send: SendCallback = async (request, signal) => {
      running += 1;
      most = Math.max(most, running);
      try {
        return await sender.send(request, signal);
      } finally {
        running -= 1;
      }
    };
    world.deliverWith({ send, timeoutMs: 2500, slots: 14, perEndpoint: 2 });
    const deliveries = async (name: string) => world.deliveriesOf(ids.get(name) ?? '');
    await world.news(12);
    await until('the good endpoint to have all', async () => (await deliveries('good')).every(({ state }) => state === 'delivered'));
    // By then nobody has waited for anybody: the slow ones have had one turn of their two places at most.
    for (const name of ['hanging', 'silent', 'slow'])
      expect((await deliveries(name)).filter(({ attempts }) => attempts.length > 0).length, name).toBeLessThanOrEqual(4);
    await until('every endpoint to have been asked', async () => {
      const all = await Promise.all([...ids.keys()].map(deliveries));
      return all.every((list) => list.filter(({ attempts }) => attempts.length > 0).length >= 2);
    });
    const firstOf = async (name: string) => (await deliveries(name)).flatMap(({ attempts }) => attempts)[0];
    expect(await firstOf('hanging')).toMatchObject({ status: null, error: 'endpoint.timeout' });
    expect(await firstOf('silent')).toMatchObject({ status: null, error: 'endpoint.timeout' });
    expect(await firstOf('slow')).toMatchObject({ status: null, error: 'endpoint.timeout' });
    expect(await firstOf('looping')).toMatchObject({ status: 302, error: 'endpoint.redirect' });
    expect(await firstOf('endless')).toMatchObject({ status: 200, error: null, excerpt: 'x'.repeat(1024) });
    expect(await firstOf('halfway')).toMatchObject({ status: 500, error: 'endpoint.status', excerpt: '<html>' });
    expect(servers.looping.requests.length).toBe((await deliveries('looping')).flatMap(({ attempts }) => attempts).length);
    await until('their connections to be dropped', () => ['hanging', 'endless', 'slow'].every((name) => ends.includes(name)));
    // 64 kB are taken; the rest of what the other side counts as sent is what the system holds between the two.
    expect(poured / ends.filter((name) => name === 'endless').length).toBeLessThan(12_000_000);
    expect(most).toBeLessThanOrEqual(14);
  });

  it('keep their own places also when every job names another address of one host', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://shop.example/');
    let waiting = 0;
    let most = 0;
    const slow: SendCallback = (_, signal) => {
      waiting += 1;
      most = Math.max(most, waiting);
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          waiting -= 1;
          reject(signal.reason);
        }),
      );
    };
    const { callbacks } = world.ledger;
    for (let at = 0; at < 60; at++) {
      const named = await callbackEndpoint({ callbacks, checkSyntax: (text) => text }, TENANT, `https://slow.example/done?order=${at}`);
      await world.news(1, named.url);
    }
    const send: SendCallback = (request, signal) => (request.url.includes('slow') ? slow(request, signal) : Promise.resolve(answer(200)));
    world.deliverWith({ send, slots: 12, perHost: 4, timeoutMs: 60_000 });
    await until('all to be told to the shop', async () =>
      (await world.deliveriesOf(endpoint.id)).every(({ state }) => state === 'delivered'),
    );
    expect([waiting, most]).toEqual([4, 4]);
  });

  it.each([
    [410, 1],
    [404, 0],
  ])('that answer %i are switched off at once: %i', async (status, off) => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://gone.example/');
    world.deliverWith({ send: async () => answer(status) });
    await world.news(2);
    await world.quiet();
    const known = await world.ledger.callbacks.endpoint(TENANT, endpoint.id);
    expect(known?.enabled).toBe(off === 0);
    expect(known?.disabledReason ?? '').toMatch(off === 1 ? /410/ : /^$/);
  });

  it('that ask for time get it', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://busy.example/');
    world.deliverWith({ send: async () => answer(429, '7200') });
    await world.news();
    await world.quiet();
    const [delivery] = await world.deliveriesOf(endpoint.id);
    expect(delivery).toMatchObject({ state: 'pending', attempt: 1 });
    expect((delivery?.nextAtMs ?? 0) - world.clock.ms).toBe(2 * HOUR);
  });

  it.each([301, 302, 303, 307, 308])('that redirect with %i have failed, and nobody goes there', async (status) => {
    const target = await startServer((_, response) => response.end());
    const server = await startServer((_, response) => response.writeHead(status, { location: `http://127.0.0.1:${target.port}/` }).end());
    const sender = await openSender();
    const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };
    const sent = await sender.send({ url: `http://127.0.0.1:${server.port}/`, headers, body: '{}' }, new AbortController().signal);
    expect(sent.status).toBe(status);
    expect(target.connections()).toBe(0);
  });
});

describe('a message', () => {
  type Received = { readonly headers: Record<string, string>; readonly body: string };
  const receiver = async (status = 200) => {
    const received: Received[] = [];
    const server = await startServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        received.push({ headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])), body });
        response.writeHead(status).end();
      });
    });
    return { received, url: `http://127.0.0.1:${server.port}/hook` };
  };

  it('arrives signed, so that the reference library accepts it', async () => {
    const world = await openWorld();
    const { received, url } = await receiver();
    const { secret, endpoint } = await world.endpoint(url);
    world.deliverWith({ send: (await openSender()).send });
    await world.news();
    await world.quiet();
    const [one] = received;
    expect(new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {})).toMatchObject({
      type: 'job.needs_attention',
      data: { sequence: 1 },
    });
    expect(one?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Platen-Webhooks/1' });
    const [delivery] = await world.deliveriesOf(endpoint.id);
    expect(delivery).toMatchObject({ state: 'delivered', eventId: one?.headers['webhook-id'], attempts: [{ status: 200, error: null }] });
  });

  it('keeps its id over retries and replays, while its time and signature are those of the attempt', async () => {
    const world = await openWorld();
    const { received, url } = await receiver(500);
    const { endpoint } = await world.endpoint(url);
    world.deliverWith({ send: (await openSender()).send });
    await world.news();
    await world.passUntil(world.clock.ms + 10_000);
    const [delivery] = await world.deliveriesOf(endpoint.id);
    await replayDelivery(world.ledger.callbacks, TENANT, delivery?.id ?? '');
    await world.passUntil(world.clock.ms + 1000);
    expect(received.length).toBeGreaterThanOrEqual(3);
    expect(new Set(received.map(({ headers, body }) => headers['webhook-id'] + body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1);
  });

  it('is signed under the old and the new secret for a day, then under the new one alone', async () => {
    const world = await openWorld();
    const { received, url } = await receiver();
    const { secret, endpoint } = await world.endpoint(url);
    world.deliverWith({ send: (await openSender()).send });
    const deps = { callbacks: world.ledger.callbacks, ring: world.ring, checkUrl: async (text: string) => text, now: () => world.clock.ms };
    const second = await rotateSecret(deps, TENANT, endpoint.id);
    const third = await rotateSecret(deps, TENANT, endpoint.id);
    expect(third.endpoint.sealedSecrets).toHaveLength(2);
    expect(JSON.stringify(third.endpoint)).not.toContain(third.secret.slice(6));
    await world.news();
    await world.quiet();
    await world.passUntil(world.clock.ms + OLD_SECRET_MS + 1);
    await world.news();
    await world.quiet();
    const accepted = received.map(({ headers, body }) =>
      [secret, second.secret, third.secret].map((one) => {
        try {
          // The library reads the machine's clock; the signature covers the attempt's.
          const at = new Date(Number(headers['webhook-timestamp']) * 1000);
          return (headers['webhook-signature'] ?? '').split(' ').includes(new Webhook(one).sign(headers['webhook-id'] ?? '', at, body));
        } catch {
          return false;
        }
      }),
    );
    expect(accepted).toEqual([
      [false, true, true],
      [false, false, true],
    ]);
  });

  it('to an address that a job named is signed with the secret of the tenant', async () => {
    const world = await openWorld();
    const { received, url } = await receiver();
    const sender = await openSender();
    world.deliverWith({ send: sender.send });
    const named = await callbackEndpoint({ callbacks: world.ledger.callbacks, checkSyntax: sender.checkSyntax.bind(sender) }, TENANT, url);
    expect((await callbackEndpoint({ callbacks: world.ledger.callbacks, checkSyntax: (text) => text }, TENANT, url)).id).toBe(named.id);
    await world.news(1, named.url);
    await world.news(1, null);
    await world.quiet();
    expect(received).toHaveLength(1);
    const [one] = received;
    expect(new Webhook(tenantSecrets(world.ring, TENANT)[0] ?? '').verify(one?.body ?? '', one?.headers ?? {})).toBeTruthy();
  });

  it('goes on in the trace of the request that submitted the job, and is signed without it', async () => {
    const world = await openWorld();
    await world.endpoint('https://shop.example/');
    const headers: CallbackRequest['headers'][] = [];
    world.deliverWith({
      send: async (request) => {
        headers.push(request.headers);
        return answer(200);
      },
    });
    const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await world.news(1, null, trace);
    await world.news(1);
    await until('both', () => headers.length === 2);
    expect(headers.map(({ traceparent }) => traceparent).sort()).toEqual([trace, undefined]);
  });

  it('whose sender died is sent again by another one', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://shop.example/');
    let hung = 0;
    const { callbacks } = world.ledger;
    const release = async (): Promise<never> => {
      throw new Problem('ledger.unavailable', 'expected a ledger, got none', { retry: 'later' });
    };
    const dying = world.deliverWith({
      callbacks: { ...callbacks, release },
      send: (_, signal) => {
        hung += 1;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await world.news();
    await until('the attempt', () => hung === 1);
    await dying.stop(0);
    expect(world.errors.splice(0)).toMatchObject([{ code: 'ledger.unavailable' }]);
    expect(await world.deliveriesOf(endpoint.id)).toMatchObject([{ state: 'pending', attempt: 0 }]);
    world.deliverWith({ send: async () => answer(200) });
    await world.passUntil(world.clock.ms + 60_000);
    expect(await world.deliveriesOf(endpoint.id)).toMatchObject([{ state: 'delivered', attempt: 1 }]);
  });

  it('broken off when the service stops is sent by another one at once, also what waited behind it, and no late answer counts', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://shop.example/');
    let hung = 0;
    const stopping = world.deliverWith({
      perHost: 1,
      send: (_, signal) => {
        hung += 1;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await world.news(3);
    await until('the attempt', () => hung === 1);
    const startMs = world.clock.ms;
    await stopping.stop(0);
    expect(hung).toBe(1);
    world.deliverWith({ send: async () => answer(200) });
    await until('all delivered', async () => (await world.deliveriesOf(endpoint.id)).every(({ state }) => state === 'delivered'));
    expect(world.clock.ms).toBe(startMs);
    expect((await world.deliveriesOf(endpoint.id)).map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  });

  it('under way when the service stops is let end', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://shop.example/');
    let finish: (() => void) | undefined;
    const deliverer = world.deliverWith({
      send: () =>
        new Promise((resolve) => {
          finish = () => resolve(answer(200));
        }),
    });
    await world.news();
    await until('the attempt', () => finish !== undefined);
    const stopped = deliverer.stop(5000);
    finish?.();
    await stopped;
    expect(await world.deliveriesOf(endpoint.id)).toMatchObject([{ state: 'delivered' }]);
  });

  it('is sent by one of two deliverers at a time', async () => {
    const world = await openWorld();
    await world.endpoint('https://shop.example/');
    const seen: string[] = [];
    const send: SendCallback = async ({ headers }) => {
      seen.push(headers['webhook-id']);
      return answer(200);
    };
    world.deliverWith({ send });
    world.deliverWith({ send });
    await world.news(100);
    await until('all to be sent', () => seen.length >= 100);
    await world.quiet();
    expect(seen).toHaveLength(100);
    expect(new Set(seen).size).toBe(100);
  });

  it('waits while the key to its secret is missing, and costs the endpoint nothing', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://shop.example/');
    const others = openKeyRing({ id: 'k2', bytes: new Uint8Array(32) });
    const mistaken = world.deliverWith({ send: async () => answer(200), secretsOf: (one, nowMs) => secretsOf(others, one, nowMs) });
    await world.news();
    await until('the error', () => world.errors.length > 0);
    await mistaken.stop(1000);
    expect(world.errors.splice(0)).toEqual([expect.objectContaining({ code: 'seal.unreadable' })]);
    expect(await world.deliveriesOf(endpoint.id)).toMatchObject([{ state: 'pending', attempt: 0 }]);
    world.deliverWith({ send: async () => answer(200) });
    await world.passUntil(world.clock.ms + 60_000);
    expect(await world.deliveriesOf(endpoint.id)).toMatchObject([{ state: 'delivered', attempt: 1 }]);
  });

  it('survives a ledger that is away for a moment', async () => {
    const world = await openWorld();
    const { endpoint } = await world.endpoint('https://shop.example/');
    const { callbacks } = world.ledger;
    const failingFirst = <A extends unknown[], R>(times: number, work: (...args: A) => Promise<R>) => {
      let left = times;
      return async (...args: A): Promise<R> => {
        left -= 1;
        if (left >= 0) throw new Problem('ledger.unavailable', 'expected a ledger, got none', { retry: 'later' });
        return work(...args);
      };
    };
    let sent = 0;
    world.deliverWith({
      send: async () => {
        sent += 1;
        return answer(200);
      },
      callbacks: {
        claim: failingFirst(2, callbacks.claim),
        record: failingFirst(2, callbacks.record),
        nextDueMs: failingFirst(1, callbacks.nextDueMs),
        release: callbacks.release,
      },
    });
    await world.news();
    await until('the delivery', async () => (await world.deliveriesOf(endpoint.id))[0]?.state === 'delivered');
    expect(sent).toBe(1);
    expect(world.errors.splice(0)).toEqual(Array(3).fill(expect.objectContaining({ code: 'ledger.unavailable' })));
  });
});
