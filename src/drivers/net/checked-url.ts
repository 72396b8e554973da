import { isIP } from 'node:net';
import { Problem } from '../../model/problem.ts';
import type { AddressRule } from './address-ranges.ts';
import { withoutRootDot } from './host-patterns.ts';
import { isOwnAddress } from './own-addresses.ts';

/** What an address is for: the first word of the codes, `source.scheme` or `endpoint.scheme`. */
export type Purpose = 'source' | 'endpoint';

/** Where a connection goes; the port as URLs have it, '' being the usual one of the protocol. */
export type Target = { readonly hostname: string; readonly protocol: string; readonly port: string };

export type UrlRules = {
  readonly purpose: Purpose;
  readonly addresses: AddressRule;
  readonly ports: readonly number[] | 'any';
  /** Whether `http:` will do. */
  readonly plainHttp: boolean;
  /** Whether addresses that the operator opened may be asked at any port and by `http:`; the connection checks where it leads. */
  readonly easyInside: boolean;
  readonly allowsHost: (host: string) => boolean;
  /** Ports of this host where we answer ourselves: nothing that comes from outside makes us call ourselves. */
  readonly ownPorts?: Iterable<number> | undefined;
};

const MAX_URL = 4096;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

const schemeOf = (text: string): string => /^\s*([a-z][a-z0-9+.-]{0,30}):/i.exec(text)?.[1]?.toLowerCase() ?? 'no scheme';

const schemesOf = ({ plainHttp, easyInside }: UrlRules): string =>
  plainHttp || easyInside ? 'an https: or http: address' : 'an https: address';

const parsed = (text: string, rules: UrlRules): URL => {
  const refuse = (got: string): Problem => new Problem(`${rules.purpose}.url`, `expected ${schemesOf(rules)}, got ${got}`);
  if (text.length > MAX_URL) throw refuse(`one of ${text.length} characters`);
  // Browsers drop these silently, so what is read is not what was written.
  if (/[\t\n\r\0]/.test(text.trim())) throw refuse('one with control characters');
  const scheme = schemeOf(text);
  if (scheme !== 'https' && !(scheme === 'http' && (rules.plainHttp || rules.easyInside)))
    throw new Problem(`${rules.purpose}.scheme`, `expected ${schemesOf(rules)}, got ${scheme === 'no scheme' ? scheme : `${scheme}:`}`);
  try {
    return new URL(text.trim());
  } catch {
    throw refuse('one that cannot be read');
  }
};

const portOf = ({ protocol, port }: Target): number => (port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port));

/** Whether a protocol and port will do for addresses that the operator opened alone. */
const isOnlyInside = (target: Target, { ports, plainHttp }: UrlRules): boolean =>
  (target.protocol === 'http:' && !plainHttp) || (ports !== 'any' && !ports.includes(portOf(target)));

/** The address a host is itself, without brackets; null for a name. A URL has turned 127.1, 0x7f000001 and the like into 127.0.0.1. */
export const literalAddress = (host: string): string | null => {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return isIP(bare) === 0 ? null : bare;
};

/** The problem of an address that is not to be reached. It names the host as it was asked for, never what it stands for. */
export const addressRefused = (purpose: Purpose, host: string): Problem =>
  new Problem(`${purpose}.address-refused`, `expected a host on the public internet, got "${host.slice(0, 100)}"`, {
    hint: 'Private, local and special addresses are not reached unless the operator allows their range.',
  });

const portRefused = ({ hostname, protocol, port }: Target, rules: UrlRules): Problem => {
  const host = hostname.slice(0, 100);
  if (protocol === 'http:' && !rules.plainHttp)
    return new Problem(`${rules.purpose}.scheme`, `expected an https: address for "${host}", got http:`);
  const ports = rules.ports === 'any' ? 'any port' : `port ${rules.ports.join(' or ')}`;
  return new Problem(`${rules.purpose}.port`, `expected ${ports} for "${host}", got ${port || DEFAULT_PORTS[protocol]}`);
};

/**
 * Checks where a host leads. One address that is not allowed refuses it as a whole, so that a name with a public and a private address
 * cannot be tried until the private one is taken.
 * @throws Problem `<purpose>.address-refused`; `.port` or `.scheme` for what is allowed inside alone; `.host-refused` for ourselves
 */
export const checkAddresses = (found: readonly string[], target: Target, rules: UrlRules): void => {
  const inside = isOnlyInside(target, rules);
  if (!found.every(rules.addresses.allows)) throw addressRefused(rules.purpose, target.hostname);
  if (inside && !found.every(rules.addresses.isOpened)) throw portRefused(target, rules);
  const asksUs = [...(rules.ownPorts ?? [])].includes(portOf(target)) && found.some(isOwnAddress);
  if (asksUs) throw new Problem(`${rules.purpose}.host-refused`, 'expected another service than this one, got an address of its own');
};

/**
 * An address that may be asked, as far as that shows without looking its name up: scheme, credentials, port, host list, literal address.
 * The fragment is dropped and the host loses the dot of the root.
 * @throws Problem `<purpose>.url`, `.scheme`, `.credentials`, `.port`, `.host-refused` or `.address-refused`
 */
export const checkUrl = (text: string, rules: UrlRules): URL => {
  const { purpose } = rules;
  const url = parsed(text, rules);
  if (url.username !== '' || url.password !== '')
    throw new Problem(`${purpose}.credentials`, `expected ${schemesOf(rules)} without a user name and password, got one with them`);
  const host = withoutRootDot(url.hostname);
  if (host === '') throw new Problem(`${purpose}.url`, `expected ${schemesOf(rules)} with a host, got none`);
  url.hostname = host;
  url.hash = '';
  if (!rules.easyInside && isOnlyInside(url, rules)) throw portRefused(url, rules);
  if (!rules.allowsHost(host))
    throw new Problem(`${purpose}.host-refused`, `expected an allowed host, got "${host.slice(0, 100)}"`, {
      hint: purpose === 'source' ? 'The operator names the hosts that pictures may come from in PLATEN_ALLOWED_SOURCES.' : undefined,
    });
  const literal = literalAddress(host);
  if (literal !== null) checkAddresses([literal], url, rules);
  return url;
};
