import type { SignatureHeaders } from './sign.ts';

export type CallbackRequest = {
  readonly url: string;
  readonly headers: SignatureHeaders & { readonly traceparent?: string };
  readonly body: string;
};

export type CallbackAnswer = {
  readonly status: number;
  /** The Retry-After header as it came. */
  readonly retryAfter: string | null;
  /** The first KiB of the answer, as text. */
  readonly excerpt: string;
};

/**
 * Posts one callback. Redirects are not followed: a status of 3xx is an answer like any other.
 * @throws Problem `endpoint.*` when there was no answer or the address is not to be reached
 */
export type SendCallback = (request: CallbackRequest, signal: AbortSignal) => Promise<CallbackAnswer>;
