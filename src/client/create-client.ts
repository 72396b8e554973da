import createApiClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-types.ts';
import { type Download, type DownloadOptions, download } from './download.ts';
import { errorOf } from './platen-error.ts';
import { type DesignSpec, type Job, type SubmitOptions, submitAndWait } from './submit-and-wait.ts';
import { openTransport } from './transport.ts';
import { type Asset, type UploadBytes, type UploadOptions, type UploadType, upload } from './upload.ts';

export type ClientOptions = {
  /** Where the service is, such as `https://print.example`. */
  readonly baseUrl: string;
  /** `platen_…`; none for `platen serve --dev`. In a browser only a key for previews, which anybody may read. */
  readonly token?: string;
  /** What sends requests; the platform's own without it. */
  readonly fetch?: typeof globalThis.fetch;
  /** How long trouble that may pass is waited out by submitAndWait, download and upload, milliseconds; two minutes without it. */
  readonly retryForMs?: number;
};

/** Every call of the API by its path, and the few that are more than one call. */
export type PlatenClient = Client<paths, 'application/json' | 'application/problem+json'> & {
  submitAndWait(spec: DesignSpec, options?: SubmitOptions): Promise<Job>;
  download(job: Job, name: string, options?: DownloadOptions): Promise<Download>;
  upload(bytes: UploadBytes, mediaType: UploadType, options?: UploadOptions): Promise<Asset>;
};

const RETRY_FOR_MS = 120_000;

/**
 * A client of the HTTP API. `GET`, `POST` and the others are those of openapi-fetch: they ask once and answer `{ data, error,
 * response }`; `unwrap` makes a thrown PlatenError of an `error`.
 */
export const createClient = ({ baseUrl, token, fetch, retryForMs = RETRY_FOR_MS }: ClientOptions): PlatenClient => {
  const base = baseUrl.replace(/\/+$/, '');
  // Browsers want theirs called on nothing else.
  const ask: typeof globalThis.fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));
  const transport = openTransport({ baseUrl: base, token, fetch: ask, retryForMs });
  const api = createApiClient<paths, 'application/json' | 'application/problem+json'>({
    baseUrl: base,
    fetch: ask,
    headers: { accept: 'application/json, */*;q=0.5', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    // The API takes lists with commas between.
    querySerializer: { array: { style: 'form', explode: false } },
    bodySerializer: (body) => (isBytes(body) ? body : JSON.stringify(body)),
  });
  return Object.assign(api, {
    submitAndWait: (spec: DesignSpec, options?: SubmitOptions) => submitAndWait(transport, spec, options),
    download: async (job: Job, name: string, options?: DownloadOptions) => download(transport, job, name, options),
    upload: (bytes: UploadBytes, mediaType: UploadType, options?: UploadOptions) => upload(transport, bytes, mediaType, options),
  });
};

const isBytes = (body: unknown): boolean =>
  body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body) || body instanceof FormData;

type Answer<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response };

/**
 * The data of an answer.
 * @throws PlatenError for an answer that is a problem
 */
export const unwrap = async <T>(asked: Answer<T> | Promise<Answer<T>>): Promise<T> => {
  const { data, error, response } = await asked;
  if (!response.ok) throw errorOf(response, error);
  // An answer without a problem has its data, also when that is nothing.
  return data as T;
};
