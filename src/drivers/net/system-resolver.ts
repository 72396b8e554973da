import { Resolver as DnsResolver, lookup } from 'node:dns/promises';
import type { ResolvedAddress, Resolver } from './guarded-agent.ts';

export type SystemResolverOptions = {
  /** Asks the operating system as well, for names that only this network knows: hosts files, search domains. */
  readonly local?: boolean;
  /** `address:port` of name servers; those of the machine unless given. */
  readonly servers?: readonly string[];
};

const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA']);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const LOCALHOST: readonly ResolvedAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const askSystem = async (host: string): Promise<readonly ResolvedAddress[]> =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));

/**
 * Asks name servers for both kinds of addresses. It does not use the system's own lookup, which holds one of the few threads that
 * files and compression need, for as long as a stranger's name server likes: only names of the network itself are left to that.
 */
export const systemResolver = ({ local = false, servers }: SystemResolverOptions = {}): Resolver => {
  const dns = new DnsResolver({ timeout: 2000, tries: 2 });
  if (servers !== undefined) dns.setServers(servers);

  return async (host) => {
    if (host === 'localhost' || host.endsWith('.localhost')) return LOCALHOST;
    const [four, six] = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)]);
    const found: readonly ResolvedAddress[] = [
      ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 }) as const),
      ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 }) as const),
    ];
    if (found.length > 0) return found;
    if (local) return askSystem(host);
    const reasons = [four, six].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    // A server that is away must not look like a name that does not exist.
    throw (
      reasons.find((reason) => !UNKNOWN.has(codeOf(reason))) ?? reasons[0] ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
    );
  };
};
