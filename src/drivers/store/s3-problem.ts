import { isProblem, Problem } from '../../model/problem.ts';

/** What an error of the SDK tells: never the error itself, which holds the request with its signature. */
export type S3Failure = { readonly code: string; readonly status: number | undefined; readonly attempts: number };

export const failureOf = (error: unknown): S3Failure => {
  const facts = Object(error);
  const metadata = Object(facts.$metadata);
  const status: unknown = metadata.httpStatusCode;
  const name: unknown = typeof facts.code === 'string' ? facts.code : facts.name;
  return {
    code: typeof name === 'string' && /^[\w.]{1,60}$/.test(name) ? name : 'Unknown',
    status: typeof status === 'number' ? status : undefined,
    attempts: typeof metadata.attempts === 'number' ? metadata.attempts : 1,
  };
};

/** The object, not the bucket: both answer 404. */
export const isMissing = (error: unknown): boolean => {
  const { code, status } = failureOf(error);
  return status === 404 && code !== 'NoSuchBucket' && code !== 'NoSuchUpload';
};

export const isPreconditionFailed = (error: unknown): boolean => failureOf(error).status === 412;

/** Bytes that changed on their way, and writers that met: the same request may pass the next time. */
const PASSING = new Set([
  'BadDigest',
  'ConditionalRequestConflict',
  'IncompleteBody',
  'OperationAborted',
  'RequestTimeout',
  'XAmzContentSHA256Mismatch',
]);

const FULL = new Set(['InsufficientStorage', 'QuotaExceeded', 'XMinioStorageFull', 'XMinioBackendDown', 'ENOSPC']);

/** No answer at all is also a reason to try again; missing credentials are none. */
export const isPassing = (error: unknown): boolean => {
  const { code, status } = failureOf(error);
  if (PASSING.has(code)) return true;
  return status === undefined ? !/credential|token|region/i.test(code) : status >= 500 || status === 429 || status === 408;
};

/** What a failing object store means to a caller. Problems pass as they are. */
export const s3Problem = (doing: string, bucket: string, error: unknown): Problem => {
  if (isProblem(error)) return error;
  const { code, status, attempts } = failureOf(error);
  const got = `${status === undefined ? code : `${status} ${code}`} while ${doing}${attempts > 1 ? `, ${attempts} times` : ''}`;
  if (code === 'NoSuchBucket') {
    return new Problem('store.missing-bucket', `expected the bucket "${bucket}", got ${got}`, {
      retry: 'later',
      hint: 'Create the bucket, or check the bucket, region and endpoint of the configuration.',
    });
  }
  if (FULL.has(code) || status === 507) {
    return new Problem('store.full', `expected room in the bucket "${bucket}", got ${got}`, { retry: 'later' });
  }
  if (isPassing(error)) {
    return new Problem('store.unavailable', `expected the bucket "${bucket}" to answer, got ${got}`, { retry: 'later' });
  }
  return new Problem('store.denied', `expected the bucket "${bucket}" to allow the request, got ${got}`, {
    retry: 'later',
    hint: 'Check the credentials, their rights on the bucket, and the clock of this machine.',
  });
};
