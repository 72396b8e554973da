import type { Agent } from 'undici';
import { Problem } from '../../model/problem.ts';
import { addressRule } from './address-ranges.ts';
import { checkUrl, type UrlRules } from './checked-url.ts';
import { openGuardedAgent, type Resolver } from './guarded-agent.ts';
import { hostPatterns } from './host-patterns.ts';
import { netProblem } from './net-problem.ts';
import { readBody } from './read-body.ts';
import { systemResolver } from './system-resolver.ts';

export type GuardOptions = {
  /** Ranges that are reached although they are not public, `10.1.0.0/16`; for intranets and tests. */
  readonly allowPrivate?: readonly string[];
  /** 80 and 443 unless given; any for addresses in `allowPrivate`, and there `http:` will always do. */
  readonly ports?: readonly number[] | 'any';
  /** Hosts that are never asked, patterns as for `allowedHosts`: our own names, say. */
  readonly blockedHosts?: readonly string[];
  /** Where this service itself listens on this host: never asked there, also when its addresses are opened. May grow meanwhile. */
  readonly ownPorts?: Iterable<number>;
  readonly resolve?: Resolver;
  /** PEM of further certificates to believe. */
  readonly ca?: string;
};

export type FetchOptions = GuardOptions & {
  /** `cdn.example.com`, `*.example.com` or `*`; nothing is fetched from other hosts. */
  readonly allowedHosts: readonly string[];
  /** Of the body, after decoding; 100 MB unless given. */
  readonly maxBytes?: number;
  /** For everything: names, redirects and the whole body; 30 s unless given. */
  readonly deadlineMs?: number;
  /** 5 s unless given. */
  readonly connectTimeoutMs?: number;
  readonly userAgent?: string;
};

/** What a server recognises a body by, and the address that the body came from, redirects followed: to others it means nothing. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null; readonly finalUrl: string };

export type FetchedBody = Validators & {
  readonly kind: 'body';
  readonly bytes: Uint8Array;
  readonly cacheControl: string;
};

export type Fetched = FetchedBody | { readonly kind: 'not-modified'; readonly cacheControl: string };

export type GuardedFetch = {
  /** The address as it would be asked for, nothing looked up yet. @throws Problem `source.*` */
  check(url: string): string;
  /**
   * The body at an address, or that it is as it was when these validators came with it.
   * @throws Problem `source.*`; `retry` is 'later' for timeouts, lost connections, 429 and 5xx only
   */
  get(url: string, signal: AbortSignal, known?: Validators): Promise<Fetched>;
  close(): Promise<void>;
};

const PURPOSE = 'source';
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_HEADER_BYTES = 16_384;
/** A validator longer than this is not worth sending back. */
const MAX_VALIDATOR = 1024;

/** What `checkUrl` needs, from settings. @throws Problem `config.*` */
export const sourceRules = (options: GuardOptions & Pick<FetchOptions, 'allowedHosts'>): UrlRules => {
  const allowed = hostPatterns(options.allowedHosts);
  const blocked = hostPatterns(options.blockedHosts ?? []);
  return {
    purpose: PURPOSE,
    addresses: addressRule(options.allowPrivate),
    ports: options.ports ?? [80, 443],
    plainHttp: true,
    easyInside: (options.allowPrivate ?? []).length > 0,
    allowsHost: (host) => allowed(host) && !blocked(host),
    ownPorts: options.ownPorts,
  };
};

/** First value of a header, short enough to be used. */
const headerOf = (headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string | null => {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first !== undefined && first.length <= MAX_VALIDATOR ? first : null;
};

const conditions = (known: Validators | null): Record<string, string> => {
  if (known?.etag) return { 'if-none-match': known.etag };
  return known?.lastModified ? { 'if-modified-since': known.lastModified } : {};
};

/** Where a redirect leads, checked like the first address. Its target is not named in problems: whoever set the trap knows it. */
const nextHop = (from: URL, location: string | null, rules: UrlRules): URL => {
  if (location === null) throw new Problem('source.redirect', 'expected a redirect with a location, got one without');
  let target: URL;
  try {
    target = new URL(location, from);
  } catch {
    throw new Problem('source.redirect', 'expected a redirect to an address, got something else');
  }
  if (from.protocol === 'https:' && target.protocol === 'http:')
    throw new Problem('source.redirect-refused', 'expected a redirect that stays on https:, got one to http:');
  try {
    return checkUrl(target.href, rules);
  } catch (error) {
    const code = error instanceof Problem ? error.code : 'source.redirect-refused';
    throw new Problem(code, `expected a redirect to an allowed address, got one that is refused (${code})`);
  }
};

const statusProblem = (status: number): Problem => {
  const retry = status === 429 || status >= 500 ? 'later' : 'never';
  return new Problem('source.status', `expected the status 200, got ${status}`, { retry });
};

class Fetcher implements GuardedFetch {
  readonly #agent: Agent;
  readonly #rules: UrlRules;
  readonly #options: FetchOptions;

  constructor(agent: Agent, options: FetchOptions) {
    this.#agent = agent;
    this.#options = options;
    this.#rules = sourceRules(options);
  }

  check(url: string): string {
    return checkUrl(url, this.#rules).href;
  }

  async get(url: string, signal: AbortSignal, known?: Validators): Promise<Fetched> {
    signal.throwIfAborted();
    const first = checkUrl(url, this.#rules);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.#options.deadlineMs ?? 30_000);
    try {
      return await this.#follow(first, AbortSignal.any([signal, deadline.signal]), known);
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.signal.aborted) throw new Problem('source.timeout', 'expected the whole answer in time, got none', { retry: 'later' });
      throw netProblem(error, PURPOSE);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #follow(first: URL, signal: AbortSignal, known: Validators | undefined): Promise<Fetched> {
    let url = first;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const answer = await this.#hop(url, signal, known?.finalUrl === url.href ? known : null);
      if (!('location' in answer)) return answer;
      url = nextHop(url, answer.location, this.#rules);
    }
    throw new Problem('source.too-many-redirects', `expected at most ${MAX_REDIRECTS} redirects, got more`);
  }

  async #hop(url: URL, signal: AbortSignal, known: Validators | null): Promise<Fetched | { readonly location: string | null }> {
    const { maxBytes = 100_000_000, userAgent = 'Platen' } = this.#options;
    const { statusCode, headers, body } = await this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { 'user-agent': userAgent, accept: 'image/*, */*;q=0.5', 'accept-encoding': 'gzip, br', ...conditions(known) },
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    try {
      if (REDIRECTS.has(statusCode)) return { location: headerOf(headers, 'location') };
      const cacheControl = headerOf(headers, 'cache-control') ?? '';
      if (statusCode === 304 && known) return { kind: 'not-modified', cacheControl };
      if (statusCode !== 200) throw statusProblem(statusCode);
      const encoding = headerOf(headers, 'content-encoding') ?? '';
      if (Number(headers['content-length'] ?? 0) > maxBytes)
        throw new Problem('source.too-large', `expected at most ${maxBytes} bytes, got more`);
      const bytes = await readBody(body, encoding, { purpose: PURPOSE, maxBytes });
      const validators = { etag: headerOf(headers, 'etag'), lastModified: headerOf(headers, 'last-modified'), finalUrl: url.href };
      return { kind: 'body', bytes, ...validators, cacheControl };
    } finally {
      // What is not read is not waited for: the connection is dropped.
      if (!body.readableEnded) body.on('error', () => {}).destroy();
    }
  }
}

/** Fetches pictures from allowed hosts and never from inside the network. Proxy settings of the environment are not read. */
export const openGuardedFetch = async (options: FetchOptions): Promise<GuardedFetch> => {
  const agent = await openGuardedAgent({
    rules: sourceRules(options),
    resolve: options.resolve ?? systemResolver({ local: (options.allowPrivate ?? []).length > 0 }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    connectTimeoutMs: options.connectTimeoutMs ?? 5000,
    maxHeaderBytes: MAX_HEADER_BYTES,
    connectionsPerHost: 16,
  });
  return new Fetcher(agent, options);
};
