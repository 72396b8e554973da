import type { Agent } from 'undici';
import type { CallbackAnswer, CallbackRequest, SendCallback } from '../../jobs/callbacks/send.ts';
import { isProblem } from '../../model/problem.ts';
import { addressRule } from './address-ranges.ts';
import { checkUrl, type UrlRules } from './checked-url.ts';
import { type AgentOptions, addressesOf, openGuardedAgent } from './guarded-agent.ts';
import type { GuardOptions } from './guarded-fetch.ts';
import { hostPatterns } from './host-patterns.ts';
import { netProblem } from './net-problem.ts';
import { systemResolver } from './system-resolver.ts';

export type WebhookSenderOptions = GuardOptions & {
  /** Whether `http:` endpoints on the public internet will do; those in `allowPrivate` may be. */
  readonly plainHttp?: boolean;
  /** 5 s unless given. */
  readonly connectTimeoutMs?: number;
  readonly userAgent?: string;
};

export type WebhookSender = {
  readonly send: SendCallback;
  /**
   * The address as it is kept, when callbacks may go there as far as can be told without connecting; its name is looked up once. For
   * new endpoints.
   * @throws Problem `endpoint.*`
   */
  checkUrl(url: string): Promise<string>;
  /** The same without looking the name up, for callbacks named by jobs: the name is checked whenever something is sent. */
  checkSyntax(url: string): string;
  close(): Promise<void>;
};

const PURPOSE = 'endpoint';
/** Nobody needs a long answer to a callback. */
const MAX_READ_BYTES = 64_000;
const EXCERPT_BYTES = 1024;
/** The status has told what matters; the rest of the answer is for the log. */
const BODY_MS = 5000;

/** The start of an answer: at most 64 kB are taken, for at most five seconds, whatever the sender of it has in mind. */
const readExcerpt = async (body: AsyncIterable<unknown> & { destroy(): unknown }): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const timer = setTimeout(() => body.destroy(), BODY_MS);
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) continue;
      if (bytes < EXCERPT_BYTES) parts.push(chunk.subarray(0, EXCERPT_BYTES - bytes));
      bytes += chunk.length;
      if (bytes >= MAX_READ_BYTES) break;
    }
  } catch {
    // An answer that breaks off has still been an answer.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return new TextDecoder().decode(Buffer.concat(parts)).replace(/[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/gu, ' ');
};

const firstOf = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? (value[0] ?? null) : (value ?? null));

class Sender implements WebhookSender {
  readonly #agent: Agent;
  readonly #rules: UrlRules;
  readonly #agentOptions: AgentOptions;
  readonly #userAgent: string;

  constructor(agent: Agent, rules: UrlRules, agentOptions: AgentOptions, userAgent: string) {
    this.#agent = agent;
    this.#rules = rules;
    this.#agentOptions = agentOptions;
    this.#userAgent = userAgent;
  }

  readonly send: SendCallback = async (request, signal) => {
    try {
      return await this.#post(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw netProblem(error, PURPOSE);
    }
  };

  checkSyntax(url: string): string {
    return checkUrl(url, this.#rules).href;
  }

  async checkUrl(url: string): Promise<string> {
    const checked = checkUrl(url, this.#rules);
    try {
      await addressesOf(checked, this.#agentOptions);
    } catch (error) {
      const problem = isProblem(error) ? error : netProblem(error, PURPOSE);
      // A resolver that is away for a moment is no fault of the address: it is checked again when something is sent.
      if (problem.retry === 'never') throw problem;
    }
    return checked.href;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #post({ url, headers, body }: CallbackRequest, signal: AbortSignal): Promise<CallbackAnswer> {
    const target = checkUrl(url, this.#rules);
    const answer = await this.#agent.request({
      origin: target.origin,
      path: target.pathname + target.search,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': this.#userAgent, accept: '*/*' },
      body,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    answer.body.on('error', () => {});
    const retryAfter = firstOf(answer.headers['retry-after']);
    return { status: answer.statusCode, retryAfter, excerpt: await readExcerpt(answer.body) };
  }
}

/** Posts callbacks to hosts on the public internet and never into the network. Follows no redirects, reads no proxy settings. */
export const openWebhookSender = async (options: WebhookSenderOptions = {}): Promise<WebhookSender> => {
  const blocked = hostPatterns(options.blockedHosts ?? []);
  const rules: UrlRules = {
    purpose: PURPOSE,
    addresses: addressRule(options.allowPrivate),
    ports: options.ports ?? [80, 443],
    plainHttp: options.plainHttp ?? false,
    easyInside: (options.allowPrivate ?? []).length > 0,
    allowsHost: (host) => !blocked(host),
    ownPorts: options.ownPorts,
  };
  const agentOptions: AgentOptions = {
    rules,
    resolve: options.resolve ?? systemResolver({ local: (options.allowPrivate ?? []).length > 0 }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    connectTimeoutMs: options.connectTimeoutMs ?? 5000,
    maxHeaderBytes: 16_384,
    connectionsPerHost: 64,
  };
  return new Sender(await openGuardedAgent(agentOptions), rules, agentOptions, options.userAgent ?? 'Platen-Webhooks/1');
};
