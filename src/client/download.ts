import { PlatenError } from './platen-error.ts';
import { retrying } from './retrying.ts';
import type { Job } from './submit-and-wait.ts';
import { answerTo, type Transport } from './transport.ts';

export type Download = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of these bytes, as it was announced: small hexadecimal letters. */
  readonly sha256: string;
};

export type DownloadOptions = { readonly signal?: AbortSignal };

const MANIFEST = 'manifest.json';

type Announced = { readonly mediaType: string; readonly bytes: number; readonly sha256: string };

/**
 * One file of a job, whole and proven: its length and sha256 are those that the job tells. Where the API leads to a store, the key
 * does not go along. The manifest, which no job can hold the digest of, comes from the API itself and is held against its ETag.
 * @throws PlatenError `download.unknown` when the job has no such file, `download.length` or `download.digest` when others came
 */
export const download = (transport: Transport, job: Job, name: string, { signal }: DownloadOptions = {}): Promise<Download> => {
  const listed = job.artifacts.find((one) => one.name === name);
  if (!listed && name !== MANIFEST)
    throw new PlatenError(
      'download.unknown',
      `expected one of ${job.artifacts.length} files of job ${job.id}, got ${JSON.stringify(name)}`,
    );
  const path = `/v1/jobs/${encodeURIComponent(job.id)}/artifacts/${encodeURIComponent(name)}`;
  return retrying(
    async () => {
      const response = listed ? await follow(transport, path, signal) : await transport.api('GET', direct(path), { signal });
      const announced = listed ?? announcedBy(response);
      const bytes = await readAtMost(response, announced.bytes, signal);
      await prove(bytes, announced, name);
      return { name, mediaType: announced.mediaType, bytes, sha256: announced.sha256 };
    },
    { retryForMs: transport.retryForMs, signal },
  );
};

const direct = (path: string): string => `${path}?redirect=false`;

/** Browsers do not show where a redirect leads, and would carry the key there: they get the bytes from the API. */
const follow = async (transport: Transport, path: string, signal: AbortSignal | undefined): Promise<Response> => {
  const answer = await transport.api('GET', path, { signal, redirect: 'manual' });
  if (answer.type === 'opaqueredirect') return transport.api('GET', direct(path), { signal });
  const location = answer.headers.get('location');
  if (answer.status < 300 || location === null) return answer;
  await answer.body?.cancel();
  return transport.elsewhere(/^https?:/.test(location) ? location : new URL(location, answer.url).href, { signal });
};

const announcedBy = ({ headers }: Response): Announced => {
  const [, sha256 = ''] = /^"([0-9a-f]{64})"$/.exec(headers.get('etag') ?? '') ?? [];
  return { mediaType: headers.get('content-type') ?? '', bytes: Number(headers.get('content-length') ?? Number.NaN), sha256 };
};

/** Stops at the first byte too many. */
const readAtMost = async (response: Response, most: number, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> => {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader) {
    const { done, value } = await answerTo(() => reader.read(), signal);
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw lengthError(most, `more`);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};

const lengthError = (expected: number, got: string): PlatenError =>
  new PlatenError('download.length', `expected ${expected} bytes, got ${got}`);

const prove = async (bytes: Uint8Array<ArrayBuffer>, announced: Announced, name: string): Promise<void> => {
  if (Number.isFinite(announced.bytes) && bytes.length !== announced.bytes) throw lengthError(announced.bytes, String(bytes.length));
  const sha256 = hexOf(await crypto.subtle.digest('SHA-256', bytes));
  if (sha256 !== announced.sha256)
    throw new PlatenError('download.digest', `expected the sha256 ${announced.sha256} for ${name}, got ${sha256}`);
};

const hexOf = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
