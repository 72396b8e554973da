import { isIP, type LookupFunction } from 'node:net';
import type { Agent, buildConnector } from 'undici';
import { Problem } from '../../model/problem.ts';
import { checkAddresses, literalAddress, type Target, type UrlRules } from './checked-url.ts';

export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 };

/** All addresses of a name. Rejects with an error whose `code` is that of the system's resolver. */
export type Resolver = (host: string) => Promise<readonly ResolvedAddress[]>;

export type AgentOptions = {
  readonly rules: UrlRules;
  readonly resolve: Resolver;
  /** For the name and for the connection, each. */
  readonly connectTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly connectionsPerHost: number;
  /** Certificates to believe besides the usual ones, PEM. */
  readonly ca?: string;
};

const MAX_ADDRESSES = 16;

const within = async <T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
};

/** The addresses a connection may go to, asked for once. @throws Problem, or the error of the resolver */
export const addressesOf = async (target: Target, options: AgentOptions): Promise<readonly ResolvedAddress[]> => {
  const { rules, resolve, connectTimeoutMs } = options;
  const { hostname } = target;
  const literal = literalAddress(hostname);
  const late = (): Problem =>
    new Problem(`${rules.purpose}.timeout`, `expected an address of "${hostname}" in time, got none`, { retry: 'later' });
  const found: readonly ResolvedAddress[] =
    literal === null
      ? await within(resolve(hostname), connectTimeoutMs, late)
      : [{ address: literal, family: isIP(literal) === 6 ? 6 : 4 }];
  if (found.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  checkAddresses(
    found.map(({ address }) => address),
    target,
    rules,
  );
  return found.slice(0, MAX_ADDRESSES);
};

/** Answers with addresses that were checked before, whatever it is asked. */
const pinned = (found: readonly ResolvedAddress[]): LookupFunction => {
  const [first] = found;
  return (_host, { all }, callback) => {
    if (all) callback(null, [...found]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
};

/**
 * An agent whose connections go to allowed addresses only, literal or looked up. A name is looked up once for a connection and the
 * connection is pinned to that answer. Proxy settings of the environment are not read.
 */
export const openGuardedAgent = async (options: AgentOptions): Promise<Agent> => {
  const { Agent, buildConnector } = await import('undici');
  const build = { timeout: options.connectTimeoutMs, allowH2: false, ...(options.ca === undefined ? {} : { ca: options.ca }) };

  const open = async (target: buildConnector.Options, callback: buildConnector.Callback): Promise<void> => {
    const found = await addressesOf(target, options);
    const literal = literalAddress(target.hostname);
    const connector = buildConnector({ ...build, lookup: pinned(found), autoSelectFamily: true, maxCachedSessions: 0 });
    connector({ ...target, ...(literal === null ? {} : { hostname: literal }) }, (error, socket) => {
      if (error !== null || socket === null) return callback(error ?? new Error('no connection'), null);
      try {
        // The last word: where the connection really went.
        checkAddresses([socket.remoteAddress ?? ''], target, options.rules);
      } catch (refusal) {
        socket.destroy();
        return callback(refusal instanceof Error ? refusal : new Error('refused'), null);
      }
      callback(null, socket);
    });
  };

  return new Agent({
    connect: (target, callback) => {
      open(target, callback).catch((error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null));
    },
    connections: options.connectionsPerHost,
    pipelining: 1,
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 30_000,
    maxHeaderSize: options.maxHeaderBytes,
  });
};
