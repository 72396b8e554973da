import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedAddress, Resolver } from '../../../src/drivers/net/guarded-agent.ts';
import { type FetchOptions, type GuardedFetch, openGuardedFetch } from '../../../src/drivers/net/guarded-fetch.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { type Loopback, startServer, startTcpServer } from './loopback-server.ts';
import { startTlsServer } from './tls-server.ts';

const signal = new AbortController().signal;
const LOOPBACK: ResolvedAddress = { address: '127.0.0.1', family: 4 };
const PUBLIC: ResolvedAddress = { address: '93.184.216.34', family: 4 };

const opened: GuardedFetch[] = [];
const guard = async (options: Partial<FetchOptions> = {}): Promise<GuardedFetch> => {
  const fetcher = await openGuardedFetch({ allowedHosts: ['*'], ports: 'any', ...options });
  opened.push(fetcher);
  return fetcher;
};
/** With 127.0.0.1 as if it were public, and all names leading there. */
const trusting = (options: Partial<FetchOptions> = {}): Promise<GuardedFetch> =>
  guard({ allowPrivate: ['127.0.0.1/32'], resolve: async () => [LOOPBACK], ...options });

const refusal = async (fetcher: GuardedFetch, url: string): Promise<Problem> => {
  try {
    await fetcher.get(url, signal);
  } catch (error) {
    return error as Problem;
  }
  throw new Error(`expected a refusal for ${url}, got an answer`);
};
const textOf = async (fetcher: GuardedFetch, url: string): Promise<string> => {
  const fetched = await fetcher.get(url, signal);
  return fetched.kind === 'body' ? new TextDecoder().decode(fetched.bytes) : fetched.kind;
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map((fetcher) => fetcher.close()));
});

describe('a server on this machine that nobody outside should reach', () => {
  let secret: Loopback;
  let secret6: Loopback | null;

  beforeAll(async () => {
    secret = await startServer((_, response) => response.end('the secret'));
    secret6 = await startServer((_, response) => response.end('the secret'), '::1').catch(() => null);
  });
  afterAll(() => {
    // The one contact is that of the control.
    expect([secret.connections(), secret6?.connections() ?? 0]).toEqual([1, 0]);
  });

  it('is really there: with its address allowed it answers', async () => {
    expect(await textOf(await trusting(), `http://127.0.0.1:${secret.port}/`)).toBe('the secret');
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '127.0.0.1.',
    '127。0。0。1',
    '１２７.0.0.1',
    '127.0.0.1%2e',
    '①②⑦.0.0.1',
  ])('is not reached as %s', async (host) => {
    const port = host.startsWith('[::1') && secret6 ? secret6.port : secret.port;
    const problem = await refusal(await guard(), `http://${host}:${port}/`);
    expect(problem).toMatchObject({ code: 'source.address-refused', retry: 'never' });
  });

  it.each(['user@127.0.0.1', 'cdn.example.com:x@127.0.0.1', 'cdn.example.com%20@127.0.0.1'])(
    'is not reached behind a user name: %s',
    async (authority) => {
      expect(await refusal(await guard(), `http://${authority}:${secret.port}/`)).toMatchObject({ code: 'source.credentials' });
    },
  );

  it.each<readonly [string, readonly ResolvedAddress[]]>([
    ['a name that leads there', [LOOPBACK]],
    ['a public address and it', [PUBLIC, LOOPBACK]],
    ['it in another spelling', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['a private address', [{ address: '10.0.0.8', family: 4 }]],
    ['the metadata address', [{ address: '169.254.169.254', family: 4 }]],
    ['the metadata address 6', [{ address: 'fd00:ec2::254', family: 6 }]],
    ['a wrong answer', [{ address: 'localhost', family: 4 }]],
  ])('is not reached by %s', async (_, addresses) => {
    const problem = await refusal(await guard({ resolve: async () => addresses }), `http://cdn.example.com:${secret.port}/a`);
    expect(problem).toMatchObject({ code: 'source.address-refused', message: expect.stringContaining('cdn.example.com') });
    expect(JSON.stringify([problem.message, problem.hint])).not.toMatch(/127\.|10\.0|169\.|fd00/);
  });

  it.each(['metadata.google.internal', 'instance-data'])('metadata names are refused by what they lead to: %s', async (host) => {
    const resolve: Resolver = async () => [{ address: '169.254.169.254', family: 4 }];
    expect(await refusal(await guard({ resolve }), `http://${host}/computeMetadata/v1/`)).toMatchObject({ code: 'source.address-refused' });
  });

  it('is not reached by a redirect from outside', async () => {
    const port = secret.port;
    const outside = await startServer((request, response) => {
      response.writeHead(302, { location: decodeURIComponent(request.url?.slice(1) ?? '') }).end();
    });
    // The outside server is 127.0.0.1 too, so what is refused here is asked by other spellings of this machine.
    const fetcher = await trusting({
      resolve: async (host) => [host === 'evil.example.com' ? { address: '127.0.0.2', family: 4 } : LOOPBACK],
    });
    for (const target of [`http://127.0.0.2:${port}/`, `http://[::1]:${port}/`, `//0.0.0.0:${port}/`, `http://evil.example.com:${port}/`]) {
      const problem = await refusal(fetcher, `http://cdn.example.com:${outside.port}/${encodeURIComponent(target)}`);
      expect(problem.code, target).toBe('source.address-refused');
      expect(problem.message).not.toContain('127.0.0.2');
    }
    expect(outside.requests).toHaveLength(4);
  });
});

describe('a name', () => {
  it('is looked up once, and the connection goes to that answer', async () => {
    const server = await startServer((_, response) => response.end('public'));
    const asked: string[] = [];
    const resolve: Resolver = async (host) => {
      asked.push(host);
      // The second answer leads elsewhere: a server that trusts it would be led there after the check.
      return asked.length === 1 ? [LOOPBACK] : [{ address: '127.0.0.9', family: 4 }];
    };
    const fetcher = await trusting({ resolve });
    expect(await textOf(fetcher, `http://rebind.example.com:${server.port}/`)).toBe('public');
    expect(asked).toEqual(['rebind.example.com']);
  });

  it('is looked up in time or not at all', async () => {
    const fetcher = await guard({ resolve: () => new Promise(() => {}), connectTimeoutMs: 50 });
    expect(await refusal(fetcher, 'http://slow.example.com/')).toMatchObject({ code: 'source.timeout', retry: 'later' });
  });

  it.each([
    ['ENOTFOUND', 'source.unknown-host', 'never'],
    ['EAI_AGAIN', 'source.unreachable', 'later'],
  ])('that fails with %s is %s', async (code, expected, retry) => {
    const resolve: Resolver = async () => {
      throw Object.assign(new Error('getaddrinfo ns1.internal'), { code });
    };
    const problem = await refusal(await guard({ resolve }), 'http://cdn.example.com/');
    expect(problem).toMatchObject({ code: expected, retry });
    expect(problem.message).not.toContain('internal');
  });
});

describe('an address is refused before anything is asked', () => {
  it.each([
    ['file:///etc/hostname', 'source.scheme'],
    ['FILE:///etc/hostname', 'source.scheme'],
    ['ftp://example.com/a', 'source.scheme'],
    ['gopher://127.0.0.1:70/_x', 'source.scheme'],
    ['data:text/plain,x', 'source.scheme'],
    ['javascript:alert(1)', 'source.scheme'],
    ['unix:/var/run/docker.sock', 'source.scheme'],
    ['example.com/a.png', 'source.scheme'],
    ['', 'source.scheme'],
    ['http://', 'source.url'],
    ['http:///x', 'source.address-refused'],
    ['https://exa\nmple.com/', 'source.url'],
    ['https://example.com:22/', 'source.port'],
    ['http://example.com:6379/', 'source.port'],
    ['https://user:pass@example.com/', 'source.credentials'],
    ['https://other.example.net/', 'source.host-refused'],
    ['https://example.com.evil.net/', 'source.host-refused'],
    ['https://cdn.example.com.', 'source.host-refused'],
    ['https://api.example.com/', 'source.host-refused'],
  ])('%s: %s', async (url, code) => {
    const asked: string[] = [];
    const resolve: Resolver = async (host) => {
      asked.push(host);
      return [{ address: '10.0.0.1', family: 4 }];
    };
    const allowedHosts = ['example.com', '*.img.example.com', 'api.example.com', 'x'];
    const fetcher = await openGuardedFetch({ allowedHosts, blockedHosts: ['api.example.com'], resolve });
    opened.push(fetcher);
    expect(await refusal(fetcher, url)).toMatchObject({ code, retry: 'never' });
    if (code !== 'source.address-refused') expect(asked).toEqual([]);
  });

  it('that is too long', async () => {
    expect(await refusal(await guard(), `https://example.com/${'a'.repeat(5000)}`)).toMatchObject({ code: 'source.url' });
  });

  it('but not for the letter case of its scheme or host, or the dot of the root', async () => {
    const server = await startServer((_, response) => response.end('ok'));
    const fetcher = await trusting({ allowedHosts: ['cdn.example.com', '*.pictures.example'] });
    for (const host of ['CDN.example.com', 'cdn.example.com.', 'cdn。example.com', 'a.b.pictures.example'])
      expect(await textOf(fetcher, `hTTp://${host}:${server.port}/a?b#c`), host).toBe('ok');
    expect(new Set(server.requests)).toEqual(new Set(['/a?b']));
  });

  it.each(['http://*', 'a.*.example.com', '*.', '', 'example.com/x', 'example.com:80'])('a host list cannot hold %j', async (pattern) => {
    await expect(openGuardedFetch({ allowedHosts: [pattern] })).rejects.toMatchObject({ code: 'config.host-pattern' });
  });
});

describe('redirects', () => {
  const answering = (locations: Readonly<Record<string, string>>): Promise<Loopback> =>
    startServer((request, response) => {
      const location = locations[request.url ?? ''];
      if (location === undefined) response.end('arrived');
      else response.writeHead(302, { location }).end('x'.repeat(1000));
    });

  it('are followed three times, also relative ones', async () => {
    const server = await answering({ '/1': '/2', '/2': '3', '/3': './4?x#y' });
    expect(await textOf(await trusting(), `http://cdn.example.com:${server.port}/1`)).toBe('arrived');
    expect(server.requests).toEqual(['/1', '/2', '/3', '/4?x']);
  });

  it('are refused the fourth time', async () => {
    const server = await startServer((request, response) => response.writeHead(307, { location: `${request.url}x` }).end());
    const problem = await refusal(await trusting(), `http://cdn.example.com:${server.port}/`);
    expect(problem).toMatchObject({ code: 'source.too-many-redirects', retry: 'never' });
    expect(server.requests).toHaveLength(4);
  });

  it.each([
    ['file:///etc/hostname', 'source.scheme'],
    ['http://user:x@cdn.example.com/', 'source.credentials'],
    ['http://other.example.net/', 'source.host-refused'],
    ['http://[::1]/', 'source.host-refused'],
    ['http://[', 'source.redirect'],
  ])('to %s are refused', async (location, code) => {
    const server = await answering({ '/': location });
    const fetcher = await trusting({ allowedHosts: ['cdn.example.com'] });
    expect(await refusal(fetcher, `http://cdn.example.com:${server.port}/`)).toMatchObject({ code });
  });

  it('from TLS to none are refused', async () => {
    const plain = await startServer((_, response) => response.end('anyone could have written this'));
    const { port, ca } = await startTlsServer('cdn.example.com', (request, response) => {
      if (request.url === '/') response.writeHead(302, { location: `http://cdn.example.com:${plain.port}/` }).end();
      else response.end('by TLS');
    });
    const fetcher = await trusting({ ca });
    expect(await textOf(fetcher, `https://cdn.example.com:${port}/a`)).toBe('by TLS');
    expect(await refusal(fetcher, `https://cdn.example.com:${port}/`)).toMatchObject({ code: 'source.redirect-refused' });
    expect(plain.connections()).toBe(0);
  });

  it('without a location are refused', async () => {
    const server = await startServer((_, response) => response.writeHead(301).end());
    expect(await refusal(await trusting(), `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.redirect' });
  });
});

describe('an answer', () => {
  it.each([
    [404, 'never'],
    [401, 'never'],
    [206, 'never'],
    [204, 'never'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('with status %i is no picture; again: %s', async (status, retry) => {
    const server = await startServer((_, response) => response.writeHead(status).end());
    const problem = await refusal(await trusting(), `http://127.0.0.1:${server.port}/`);
    expect(problem).toMatchObject({ code: 'source.status', retry, message: expect.stringContaining(String(status)) });
  });

  it('that drips is given up when its time is over', async () => {
    const server = await startServer((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const fetcher = await trusting({ deadlineMs: 300 });
    expect(await refusal(fetcher, `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.timeout', retry: 'later' });
  });

  it('that never begins is given up too', async () => {
    const server = await startServer(() => {});
    const fetcher = await trusting({ deadlineMs: 200 });
    expect(await refusal(fetcher, `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.timeout' });
  });

  it('without an end is given up at the limit, its connection closed', async () => {
    let sent = 0;
    let closed = false;
    const server = await startServer((_, response) => {
      const chunk = Buffer.alloc(65_536);
      const pour = (): void => {
        for (let more = true; more && !closed; sent += chunk.length) more = response.write(chunk);
      };
      response.on('drain', pour).on('close', () => {
        closed = true;
      });
      pour();
    });
    const fetcher = await trusting({ maxBytes: 1_000_000 });
    expect(await refusal(fetcher, `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.too-large', retry: 'never' });
    await expect.poll(() => closed).toBe(true);
    expect(sent).toBeLessThan(40_000_000);
  });

  it('that says it is too large is not read', async () => {
    const server = await startServer((_, response) => response.writeHead(200, { 'content-length': 10_000_000_000 }).write('x'));
    expect(await refusal(await trusting(), `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.too-large' });
  });

  it('that ends before its length is a lost connection', async () => {
    const server = await startTcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'));
    expect(await refusal(await trusting(), `http://127.0.0.1:${server.port}/`)).toMatchObject({
      code: 'source.unreachable',
      retry: 'later',
    });
  });

  it('that is longer than its length is cut there', async () => {
    const server = await startTcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcdef'));
    expect(await textOf(await trusting(), `http://127.0.0.1:${server.port}/`)).toBe('abc');
  });

  it('that is no HTTP is refused', async () => {
    const server = await startTcpServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    expect(await refusal(await trusting(), `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.protocol', retry: 'never' });
  });

  it('with endless headers is refused', async () => {
    const server = await startTcpServer((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\n${'x-long: 0123456789012345678901234567\r\n'.repeat(2000)}`),
    );
    expect(await refusal(await trusting(), `http://127.0.0.1:${server.port}/`)).toMatchObject({ code: 'source.headers' });
  });

  it('that inflates to more than allowed is given up on the way', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000), { level: 9 });
    const server = await startServer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const before = process.memoryUsage().rss;
    const problem = await refusal(await trusting({ maxBytes: 2_000_000 }), `http://127.0.0.1:${server.port}/`);
    expect(problem).toMatchObject({ code: 'source.too-large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it.each([
    ['gzip', gzipSync('hello'), 'hello'],
    ['identity', Buffer.from('hello'), 'hello'],
  ])('in %s encoding is decoded', async (encoding, body, text) => {
    const server = await startServer((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));
    expect(await textOf(await trusting(), `http://127.0.0.1:${server.port}/`)).toBe(text);
  });

  it.each([
    ['gzip', 'not gzip', 'source.corrupt'],
    ['br', 'not brotli', 'source.corrupt'],
    ['gzip, gzip', 'x', 'source.encoding'],
    ['zstd', 'x', 'source.encoding'],
  ])('in %s encoding of %j is %s', async (encoding, body, code) => {
    const server = await startServer((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));
    expect(await refusal(await trusting(), `http://127.0.0.1:${server.port}/`)).toMatchObject({ code, retry: 'never' });
  });

  it('of the same content is not sent twice', async () => {
    const etag = `"${createHash('sha256').update('picture').digest('hex')}"`;
    const server = await startServer((request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, 'cache-control': 'max-age=60' }).end('picture');
    });
    const fetcher = await trusting();
    const first = await fetcher.get(`http://127.0.0.1:${server.port}/`, signal);
    expect(first).toMatchObject({ kind: 'body', etag, cacheControl: 'max-age=60' });
    const known = first.kind === 'body' ? first : undefined;
    expect(await fetcher.get(`http://127.0.0.1:${server.port}/`, signal, known)).toMatchObject({ kind: 'not-modified' });
  });

  it('is dropped when the caller gives up', async () => {
    let closed = false;
    const server = await startServer((_, response) => {
      response.write('x');
      response.on('close', () => {
        closed = true;
      });
    });
    const caller = new AbortController();
    const waiting = (await trusting()).get(`http://127.0.0.1:${server.port}/`, caller.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    caller.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
    await expect.poll(() => closed).toBe(true);
  });
});

describe('a connection', () => {
  it('that is refused may be tried later', async () => {
    const { port } = await startTcpServer((socket) => socket.destroy());
    expect(await refusal(await trusting(), `http://127.0.0.1:${port}/`)).toMatchObject({ code: 'source.unreachable', retry: 'later' });
  });

  it('goes straight there, whatever proxy the environment names', async () => {
    const proxy = await startServer((_, response) => response.end('proxied'));
    const server = await startServer((request, response) => response.end(JSON.stringify(request.headers)));
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'] as const;
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${proxy.port}`;
    try {
      const headers = await textOf(await trusting(), `http://cdn.example.com:${server.port}/`);
      expect(JSON.parse(headers)).toEqual({
        host: `cdn.example.com:${server.port}`,
        connection: 'keep-alive',
        'user-agent': 'Platen',
        accept: 'image/*, */*;q=0.5',
        'accept-encoding': 'gzip, br',
      });
      expect(proxy.connections()).toBe(0);
    } finally {
      names.forEach((name, at) => {
        if (before[at] === undefined) delete process.env[name];
        else process.env[name] = before[at];
      });
    }
  });
});
