import { PlatenError, readError } from './platen-error.ts';

export type Body = string | Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

export type Sending = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
  readonly signal?: AbortSignal | undefined;
  /** Ends a call that hears nothing; none without it. */
  readonly timeoutMs?: number;
  readonly redirect?: 'follow' | 'manual';
};

/** How requests go out. */
export type Transport = {
  /** To the API, with the key. `path` begins with a slash. @throws PlatenError for every answer from 400 on, and when there is none */
  api(method: string, path: string, sending?: Sending): Promise<Response>;
  /** To an address that the API has named, without the key. @throws the same */
  elsewhere(url: string, sending?: Sending): Promise<Response>;
  readonly retryForMs: number;
};

export type TransportOptions = {
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly retryForMs: number;
};

export const openTransport = ({ baseUrl, token, fetch, retryForMs }: TransportOptions): Transport => {
  const key: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const send = async (
    method: string,
    url: string,
    { headers, body, signal, timeoutMs, redirect = 'follow' }: Sending,
  ): Promise<Response> => {
    const response = await answerTo(() => {
      const until = either(signal, timeoutMs);
      return fetch(url, {
        method,
        redirect,
        ...(headers ? { headers: { ...headers } } : {}),
        ...(body === undefined ? {} : { body }),
        ...(until ? { signal: until } : {}),
      });
    }, signal);
    if (response.status >= 400) throw await readError(response);
    return response;
  };
  return {
    retryForMs,
    api: (method, path, sending = {}) => send(method, baseUrl + path, { ...sending, headers: { ...key, ...sending.headers } }),
    elsewhere: (url, sending = {}) => send('GET', url, sending),
  };
};

/** Whatever breaks on the way, as one kind of error; a call that its caller ended stays what it is. */
export const answerTo = async <T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    signal?.throwIfAborted();
    throw new PlatenError('network', `expected an answer, got none: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};

/** The JSON of an answer, taken to be what the API documents. @throws PlatenError `answer.unreadable`, `network` */
export const readJson = async <T>(response: Response, signal: AbortSignal | undefined): Promise<T> => {
  const text = await answerTo(() => response.text(), signal);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlatenError('answer.unreadable', `expected JSON, got ${text.length} characters of something else`, {
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? '',
      cause: error,
    });
  }
};

const either = (signal: AbortSignal | undefined, timeoutMs: number | undefined): AbortSignal | undefined => {
  if (timeoutMs === undefined) return signal;
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
};
