import { isProblem, Problem } from '../../model/problem.ts';
import type { Purpose } from './checked-url.ts';

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  if (error.name === 'HTTPParserError') return 'HTTP_PARSER';
  return 'code' in error ? String(error.code) : '';
};

/** Errors of several attempts, or of a wrapper, tell their reason in the one inside. */
const reasonsIn = (error: unknown): readonly unknown[] => {
  const inner = error instanceof AggregateError ? error.errors : error instanceof Error && error.cause !== undefined ? [error.cause] : [];
  return [error, ...inner];
};

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT', 'ETIMEOUT']);
const LOST = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'EAI_AGAIN',
  'ESERVFAIL',
  'EREFUSED',
  'ECANCELLED',
]);
const UNKNOWN_NAME = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NODATA', 'EAI_NONAME']);
const isTls = (code: string): boolean => /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code);

const described = (code: string, purpose: Purpose): Problem | null => {
  if (TIMEOUTS.has(code)) return new Problem(`${purpose}.timeout`, 'expected an answer in time, got none', { retry: 'later' });
  if (LOST.has(code)) return new Problem(`${purpose}.unreachable`, 'expected a connection, got none or lost it', { retry: 'later' });
  if (UNKNOWN_NAME.has(code)) return new Problem(`${purpose}.unknown-host`, 'expected a host with an address, got none');
  if (isTls(code)) return new Problem(`${purpose}.tls`, 'expected a valid certificate, got none');
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new Problem(`${purpose}.headers`, 'expected short headers, got too many bytes of them');
  if (code === 'HTTP_PARSER' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return new Problem(`${purpose}.protocol`, 'expected an HTTP answer, got something else');
  return null;
};

/**
 * What went wrong on the way, in words that tell nothing about the network inside: no addresses, no text of the system. Only what may
 * pass by itself is worth another try.
 */
export const netProblem = (error: unknown, purpose: Purpose): Problem => {
  const reasons = reasonsIn(error);
  const own = reasons.find(isProblem);
  if (own) return own;
  for (const reason of reasons) {
    const problem = described(codeOf(reason), purpose);
    if (problem) return problem;
  }
  return new Problem(`${purpose}.unreachable`, 'expected a connection, got none or lost it', { retry: 'later' });
};
