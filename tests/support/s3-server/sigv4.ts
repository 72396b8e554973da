import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { S3Error } from './s3-error.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string };

export type SignedRequest = {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  /** Decoded, in the order they came. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
};

export type Verified = {
  /** What the signature covers of the body: its digest, or that it does not. */
  readonly payload: string;
  readonly isPresigned: boolean;
};

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const CLOCK_SKEW_MS = 15 * 60_000;

/** AWS Signature Version 4 as S3 checks it, in the header or in the query. @throws S3Error as S3 words it */
export const verifySignature = (request: SignedRequest, credentials: Credentials, nowMs: number): Verified => {
  const isPresigned = request.query.some(([name]) => name === 'X-Amz-Signature');
  if (isPresigned && request.headers.authorization) throw new S3Error('InvalidArgument', 400, 'Only one auth mechanism allowed');
  return isPresigned ? verifyQuery(request, credentials, nowMs) : verifyHeader(request, credentials, nowMs);
};

const verifyHeader = (request: SignedRequest, credentials: Credentials, nowMs: number): Verified => {
  const header = request.headers.authorization;
  if (!header) throw new S3Error('AccessDenied', 403, 'Anonymous access is forbidden');
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(header);
  if (!parts) throw new S3Error('AuthorizationHeaderMalformed', 400);
  const [, credential = '', names = '', signature = ''] = parts;
  const date = request.headers['x-amz-date'] ?? '';
  const payload = request.headers['x-amz-content-sha256'];
  if (payload === undefined) throw new S3Error('InvalidRequest', 400, 'Missing required header: x-amz-content-sha256');
  if (Math.abs(timeOf(date) - nowMs) > CLOCK_SKEW_MS) throw new S3Error('RequestTimeTooSkewed', 403);
  verify(request, { credential, names, signature, date, payload }, credentials);
  return { payload, isPresigned: false };
};

const verifyQuery = (request: SignedRequest, credentials: Credentials, nowMs: number): Verified => {
  const value = (name: string): string => {
    const found = request.query.filter(([one]) => one === name);
    if (found.length !== 1) throw new S3Error('AuthorizationQueryParametersError', 400, `expected one ${name}`);
    return found[0]?.[1] ?? '';
  };
  if (value('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw new S3Error('AuthorizationQueryParametersError', 400);
  const date = value('X-Amz-Date');
  const seconds = Number(value('X-Amz-Expires'));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 604_800) throw new S3Error('AuthorizationQueryParametersError', 400);
  const [credential, names, signature] = [value('X-Amz-Credential'), value('X-Amz-SignedHeaders'), value('X-Amz-Signature')];
  const signedAtMs = timeOf(date);
  verify(request, { credential, names, signature, date, payload: UNSIGNED }, credentials);
  if (signedAtMs > nowMs + CLOCK_SKEW_MS) throw new S3Error('AccessDenied', 403, 'Request is not valid yet');
  if (signedAtMs + seconds * 1000 <= nowMs) throw new S3Error('AccessDenied', 403, 'Request has expired');
  return { payload: UNSIGNED, isPresigned: true };
};

type Claim = {
  readonly credential: string;
  readonly names: string;
  readonly signature: string;
  readonly date: string;
  readonly payload: string;
};

const verify = (request: SignedRequest, claim: Claim, credentials: Credentials): void => {
  const [accessKeyId, day, region, service, end] = claim.credential.split('/');
  if (accessKeyId !== credentials.accessKeyId) throw new S3Error('InvalidAccessKeyId', 403);
  if (region !== credentials.region || service !== 's3' || end !== 'aws4_request' || !claim.date.startsWith(day ?? '-')) {
    throw new S3Error('AuthorizationHeaderMalformed', 400, `expected the scope of ${credentials.region}, got ${claim.credential}`);
  }
  const names = claim.names.split(';');
  checkNames(request, names);
  const scope = `${day}/${region}/${service}/${end}`;
  const text = ['AWS4-HMAC-SHA256', claim.date, scope, sha256(canonicalRequest(request, names, claim.payload))].join('\n');
  const key = ['aws4_request', 's3', region, day].reduceRight<string | Buffer>(
    (above, part) => hmac(above, part ?? ''),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = hmac(key, text);
  const given = Buffer.from(claim.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new S3Error('SignatureDoesNotMatch', 403);
};

/** Host and every x-amz- header must be signed: otherwise somebody on the way could add one. */
const checkNames = (request: SignedRequest, names: readonly string[]): void => {
  const wanted = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = wanted.filter((name) => !names.includes(name));
  if (unsigned.length > 0)
    throw new S3Error('AccessDenied', 403, `There were headers present in the request which were not signed: ${unsigned}`);
};

const canonicalRequest = ({ method, path, query, headers }: SignedRequest, names: readonly string[], payload: string): string => {
  const pairs = query.filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}\n`);
  return [method, path.split('/').map(encode).join('/'), pairs.sort().join('&'), lines.join(''), names.join(';'), payload].join('\n');
};

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20260301T120000Z` as milliseconds; not a number for anything else. */
const timeOf = (date: string): number => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!parts) throw new S3Error('AccessDenied', 403, 'AWS authentication requires a valid Date or x-amz-date header');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
