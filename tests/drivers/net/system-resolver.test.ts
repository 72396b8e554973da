import { afterEach, describe, expect, it } from 'vitest';
import { type GuardedFetch, openGuardedFetch } from '../../../src/drivers/net/guarded-fetch.ts';
import { systemResolver } from '../../../src/drivers/net/system-resolver.ts';
import { type DnsAnswer, startDnsServer } from './dns-server.ts';
import { startServer } from './loopback-server.ts';

const signal = new AbortController().signal;
const opened: GuardedFetch[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((fetcher) => fetcher.close()));
});

const withDns = async (answer: DnsAnswer, allowPrivate: readonly string[] = []) => {
  const { server, questions } = await startDnsServer(answer);
  const resolve = systemResolver({ servers: [server] });
  const fetcher = await openGuardedFetch({ allowedHosts: ['*'], ports: 'any', allowPrivate, resolve });
  opened.push(fetcher);
  return { fetcher, questions, resolve };
};
const only =
  (type: 'A' | 'AAAA', ...values: readonly string[]): DnsAnswer =>
  (question) =>
    question.type === type ? values.map((value) => ({ type, value })) : [];

describe('a name', () => {
  it('is looked up for both kinds of addresses', async () => {
    const { resolve, questions } = await withDns(({ type }) => [{ type, value: type === 'A' ? '93.184.216.34' : '2606:2800:220::1' }]);
    expect(await resolve('cdn.example.com')).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:2800:220::1', family: 6 },
    ]);
    expect([...questions].sort()).toEqual(['A cdn.example.com', 'AAAA cdn.example.com']);
  });

  it('that has one kind alone has that', async () => {
    expect(await (await withDns(only('AAAA', '2606:2800:220::1'))).resolve('six.example.com')).toEqual([
      { address: '2606:2800:220::1', family: 6 },
    ]);
  });

  it.each([
    ['does not exist', 3, 'ENOTFOUND', 'source.unknown-host', 'never'],
    ['is not known because a server failed', 2, 'ESERVFAIL', 'source.unreachable', 'later'],
  ] as const)('that %s is told apart', async (_, code, reason, problem, retry) => {
    const { fetcher, resolve } = await withDns(() => [{ code }]);
    await expect(resolve('cdn.example.com')).rejects.toMatchObject({ code: reason });
    await expect(fetcher.get('http://cdn.example.com/', signal)).rejects.toMatchObject({ code: problem, retry });
  });

  it.each(['localhost', 'x.localhost'])('such as %s is not asked about', async (host) => {
    const { resolve, questions } = await withDns(() => [{ code: 3 }]);
    expect((await resolve(host)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
    expect(questions).toEqual([]);
  });

  it('of this network is left to the system where that is wanted', async () => {
    const { server } = await startDnsServer(() => [{ code: 3 }]);
    // The system reads this as 127.0.0.1 without asking anybody.
    await expect(systemResolver({ servers: [server] })('127.1')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(await systemResolver({ servers: [server], local: true })('127.1')).toEqual([{ address: '127.0.0.1', family: 4 }]);
  });
});

describe('names that lead inside', () => {
  it('by whatever answer are refused, and nobody is contacted', async () => {
    const secret = await startServer((_, response) => response.end('the secret'));
    const answers: Readonly<Record<string, DnsAnswer>> = {
      'plain.example.com': only('A', '127.0.0.1'),
      'six.example.com': only('AAAA', '::1'),
      'mapped.example.com': only('AAAA', '::ffff:7f00:1'),
      'mixed.example.com': only('A', '93.184.216.34', '127.0.0.1'),
      'other-kind.example.com': ({ type }) => [{ type, value: type === 'A' ? '93.184.216.34' : '::1' }],
      'chain.example.com': ({ type }) => [
        { type: 'CNAME', value: 'middle.example.net' },
        { type: 'CNAME', name: 'middle.example.net', value: 'inside.example.net' },
        ...(type === 'A' ? [{ type, name: 'inside.example.net', value: '10.0.0.1' } as const] : []),
      ],
      'metadata.example.com': only('A', '169.254.169.254'),
    };
    const { fetcher } = await withDns((question) => answers[question.name]?.(question) ?? [{ code: 3 }]);
    for (const host of Object.keys(answers))
      await expect(fetcher.get(`http://${host}:${secret.port}/`, signal), host).rejects.toMatchObject({ code: 'source.address-refused' });
    expect(secret.connections()).toBe(0);
  });

  it('only the second time they are asked for are not reached the first time', async () => {
    const outside = await startServer((_, response) => response.end('outside'));
    let asked = 0;
    // 127.0.0.1 stands for the public server here and 127.0.0.2 for what must not be reached.
    const { fetcher, questions } = await withDns(
      ({ type }) => {
        if (type === 'AAAA') return [];
        asked += 1;
        return [{ type, value: asked === 1 ? '127.0.0.1' : '127.0.0.2' }];
      },
      ['127.0.0.1'],
    );
    const fetched = await fetcher.get(`http://rebind.example.com:${outside.port}/`, signal);
    expect(fetched).toMatchObject({ kind: 'body' });
    expect(questions.filter((question) => question.startsWith('A '))).toEqual(['A rebind.example.com']);
    // A new connection asks anew, and what it is told then is checked then.
    const again = await withDns(only('A', '127.0.0.2'), ['127.0.0.1']);
    await expect(again.fetcher.get(`http://rebind.example.com:${outside.port}/`, signal)).rejects.toMatchObject({
      code: 'source.address-refused',
    });
  });
});
