import { afterEach, describe, expect, it } from 'vitest';
import type { Resolver } from '../../../src/drivers/net/guarded-agent.ts';
import { openWebhookSender, type WebhookSender, type WebhookSenderOptions } from '../../../src/drivers/net/webhook-sender.ts';
import { startServer } from './loopback-server.ts';
import { startTlsServer } from './tls-server.ts';

const signal = new AbortController().signal;
const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };
const toPublic: Resolver = async () => [{ address: '93.184.216.34', family: 4 }];
const toLoopback: Resolver = async () => [{ address: '127.0.0.1', family: 4 }];

const opened: WebhookSender[] = [];
const open = async (options: WebhookSenderOptions = {}): Promise<WebhookSender> => {
  const sender = await openWebhookSender({ resolve: toPublic, ...options });
  opened.push(sender);
  return sender;
};
const failingWith =
  (code: string): Resolver =>
  async () => {
    throw Object.assign(new Error('lookup'), { code });
  };

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sender) => sender.close()));
});

describe('an endpoint', () => {
  it.each([
    ['https://shop.example.com/hooks/1?a=b', 'https://shop.example.com/hooks/1?a=b'],
    ['HTTPS://Shop.Example.com.:443/x#part', 'https://shop.example.com/x'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ])('is taken as %s and kept as %s', async (url, kept) => {
    const sender = await open();
    expect(await sender.checkUrl(url)).toBe(kept);
    expect(sender.checkSyntax(url)).toBe(kept);
  });

  it.each([
    ['http://shop.example.com/', 'endpoint.scheme'],
    ['shop.example.com', 'endpoint.scheme'],
    ['file:///etc/passwd', 'endpoint.scheme'],
    ['https://user:pass@shop.example.com/', 'endpoint.credentials'],
    ['https://shop.example.com:8443/', 'endpoint.port'],
    ['https://127.0.0.1/', 'endpoint.address-refused'],
    ['https://[::ffff:10.0.0.1]/', 'endpoint.address-refused'],
    ['https://2130706433/', 'endpoint.address-refused'],
    ['https://169.254.169.254/latest', 'endpoint.address-refused'],
    ['https://api.platen.example/v1/jobs', 'endpoint.host-refused'],
    ['https://API.platen.example./admin', 'endpoint.host-refused'],
    ['https://x.internal.platen.example/', 'endpoint.host-refused'],
  ])('at %s is refused when it is named: %s', async (url, code) => {
    const sender = await open({ blockedHosts: ['api.platen.example', '*.internal.platen.example'] });
    await expect(sender.checkUrl(url)).rejects.toMatchObject({ code, retry: 'never' });
    expect(() => sender.checkSyntax(url)).toThrow(expect.objectContaining({ code }));
    await expect(sender.send({ url, headers, body: '{}' }, signal)).rejects.toMatchObject({ code });
  });

  it('on a port of ours is refused on this host, by whatever name, also where the operator opened it, and nowhere else', async () => {
    let asked = 0;
    const ours = await startServer((_, response) => {
      asked += 1;
      response.end('ours');
    });
    const theirs = await startServer((_, response) => response.end('theirs'));
    const ownPorts = new Set<number>();
    const sender = await open({ resolve: toLoopback, allowPrivate: ['127.0.0.0/8', '10.0.0.0/8', '::1/128'], ownPorts });
    const { port } = ours;
    expect(await sender.checkUrl(`http://127.0.0.1:${port}/`)).toContain(String(port));
    // Known only when it listens.
    ownPorts.add(port);
    const refused = expect.objectContaining({ code: 'endpoint.host-refused', retry: 'never' });
    for (const host of ['127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:127.0.0.1]', 'inside.example']) {
      const url = `http://${host}:${port}/v1/jobs`;
      await expect(sender.checkUrl(url)).rejects.toEqual(refused);
      await expect(sender.send({ url, headers, body: '{}' }, signal)).rejects.toEqual(refused);
    }
    expect(asked).toBe(0);
    expect((await sender.send({ url: `http://127.0.0.1:${theirs.port}/`, headers, body: '{}' }, signal)).status).toBe(200);
    expect(sender.checkSyntax(`http://10.9.8.7:${port}/`)).toContain('10.9.8.7');
  });

  it('that leads inside is refused when it is named, and again whenever something is sent', async () => {
    const secret = await startServer((_, response) => response.end('inside'));
    const sender = await open({ resolve: toLoopback, ports: 'any', plainHttp: true });
    const url = `http://shop.example.com:${secret.port}/`;
    await expect(sender.checkUrl(url)).rejects.toMatchObject({ code: 'endpoint.address-refused' });
    expect(sender.checkSyntax(url)).toBe(url);
    await expect(sender.send({ url, headers, body: '{}' }, signal)).rejects.toMatchObject({ code: 'endpoint.address-refused' });
    expect(secret.connections()).toBe(0);
  });

  it('inside may have any port and no TLS when the operator opened its range, others still not', async () => {
    const resolve: Resolver = async (host) => [{ address: host.startsWith('inside') ? '10.1.2.3' : '93.184.216.34', family: 4 }];
    const sender = await open({ allowPrivate: ['10.1.0.0/16'], resolve });
    expect(await sender.checkUrl('http://inside.example:8080/hook')).toBe('http://inside.example:8080/hook');
    expect(await sender.checkUrl('https://10.1.9.9:9000/')).toBe('https://10.1.9.9:9000/');
    expect(await sender.checkUrl('https://shop.example/')).toBe('https://shop.example/');
    for (const [url, code] of [
      ['http://shop.example/', 'endpoint.scheme'],
      ['https://shop.example:8443/', 'endpoint.port'],
      ['http://10.2.0.1/', 'endpoint.address-refused'],
      ['https://93.184.216.34:22/', 'endpoint.port'],
    ] as const) {
      await expect(sender.checkUrl(url), url).rejects.toMatchObject({ code });
      await expect(sender.send({ url, headers, body: '{}' }, signal), url).rejects.toMatchObject({ code });
    }
  });

  it('without an address is refused, but not when only the resolver is away', async () => {
    const url = 'https://shop.example.com/';
    await expect((await open({ resolve: failingWith('ENOTFOUND') })).checkUrl(url)).rejects.toMatchObject({
      code: 'endpoint.unknown-host',
    });
    expect(await (await open({ resolve: failingWith('EAI_AGAIN') })).checkUrl(url)).toBe(url);
    expect(await (await open({ resolve: () => new Promise(() => {}), connectTimeoutMs: 20 })).checkUrl(url)).toBe(url);
  });
});

describe('a callback', () => {
  it('is posted as it is, and the answer comes back as text of one line', async () => {
    let seen: readonly unknown[] = [];
    const server = await startServer((request, response) => {
      request.on('data', (body: Buffer) => {
        seen = [request.method, request.url, request.headers['content-type'], request.headers['webhook-id'], body.toString()];
      });
      request.on('end', () => response.writeHead(503, { 'retry-after': '30' }).end('no\u001b[31m\r\nroom\u2028\u0000'));
    });
    const sender = await open({ resolve: toLoopback, allowPrivate: ['127.0.0.1'], ports: [] });
    const answer = await sender.send({ url: `http://shop.example.com:${server.port}/a?b=c`, headers, body: '{"ü":1}' }, signal);
    expect(answer).toMatchObject({ status: 503, retryAfter: '30' });
    expect(answer.excerpt).toMatch(/^no \[31m {2}room +$/);
    expect(seen).toEqual(['POST', '/a?b=c', 'application/json', 'evt_1', '{"ü":1}']);
  });

  it('goes over TLS only to whom the certificate names', async () => {
    const asked: string[] = [];
    const { port, ca } = await startTlsServer('shop.example.com', (request, response) => {
      asked.push(`${request.headers.host}`);
      response.writeHead(204).end();
    });
    const shared = { resolve: toLoopback, allowPrivate: ['127.0.0.1'] };
    const trusting = await open({ ...shared, ca });
    const send = (sender: WebhookSender, host: string) => sender.send({ url: `https://${host}:${port}/`, headers, body: '{}' }, signal);
    expect(await send(trusting, 'shop.example.com')).toMatchObject({ status: 204 });
    await expect(send(trusting, 'other.example.com')).rejects.toMatchObject({ code: 'endpoint.tls', retry: 'never' });
    await expect(send(await open(shared), 'shop.example.com')).rejects.toMatchObject({ code: 'endpoint.tls' });
    expect(asked).toEqual([`shop.example.com:${port}`]);
  });
});
