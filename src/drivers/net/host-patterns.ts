import { Problem } from '../../model/problem.ts';

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A host as URLs write it: small letters, punycode, without the dot of the root; null when no URL can have it. */
export const plainHost = (host: string): string | null => {
  try {
    return withoutRootDot(new URL(`http://${host}/`).hostname) || null;
  } catch {
    return null;
  }
};

/** `example.com.` and `example.com` are one host. */
export const withoutRootDot = (host: string): string => host.replace(/\.+$/, '');

const bad = (pattern: string): Problem =>
  new Problem('config.host-pattern', `expected a host such as cdn.example.com, *.example.com or *, got "${pattern.slice(0, 100)}"`);

const parsePattern = (pattern: string): ((host: string) => boolean) => {
  const text = pattern.trim();
  if (text === '*') return () => true;
  const wild = text.startsWith('*.');
  const rest = wild ? text.slice(2) : text;
  if (rest === '' || /[\s*/@?#\\]/.test(rest)) throw bad(pattern);
  const host = plainHost(rest);
  if (host === null || (!host.startsWith('[') && rest.includes(':'))) throw bad(pattern);
  if (wild && !host.split('.').every((label) => LABEL.test(label))) throw bad(pattern);
  return wild ? (asked) => asked.endsWith(`.${host}`) : (asked) => asked === host;
};

/**
 * Whether a host is in a list of `cdn.example.com` (that host), `*.example.com` (every host below it, not itself) and `*` (all).
 * @throws Problem `config.host-pattern`
 */
export const hostPatterns = (patterns: readonly string[]): ((host: string) => boolean) => {
  const tests = patterns.map(parsePattern);
  return (host) => tests.some((test) => test(withoutRootDot(host.toLowerCase())));
};
