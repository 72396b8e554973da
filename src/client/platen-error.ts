import type { components } from './api-types.ts';

type Problem = components['schemas']['Problem'];

/** One of several mistakes: where it stands, and what was expected there. */
export type Mistake = NonNullable<Problem['errors']>[number];

export type PlatenErrorFacts = {
  readonly status?: number;
  readonly errors?: readonly Mistake[];
  readonly requestId?: string;
  readonly pointer?: string | undefined;
  readonly hint?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
};

/**
 * Why the API refused a request, or why its answer cannot be used. `code` is stable and listed under /docs/problems of the service.
 * What the client itself says has status 0 and the codes `network`, `download.unknown`, `download.length`, `download.digest`,
 * `webhook.unsigned` and `webhook.secret`; answers that are not from Platen have `answer.unreadable`, or `http.502` and the like.
 */
export class PlatenError extends Error {
  override readonly name = 'PlatenError';
  readonly code: string;
  /** HTTP status; 0 when the API did not say it. */
  readonly status: number;
  /** Every mistake in the request, each with its place. */
  readonly errors: readonly Mistake[];
  /** Tell it to whoever runs the service; empty when there was no answer. */
  readonly requestId: string;
  /** JSON pointer into the body of the request. */
  readonly pointer: string | undefined;
  readonly hint: string | undefined;
  /** How long the API asked to be left alone, milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, facts: PlatenErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.status = facts.status ?? 0;
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId ?? '';
    this.pointer = facts.pointer;
    this.hint = facts.hint;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** The error that an answer tells of. `body`: its JSON as it was parsed, or anything else that stood there. */
export const errorOf = (response: Response, body: unknown): PlatenError => {
  const { status, headers } = response;
  const facts = { status, requestId: headers.get('x-request-id') ?? '', retryAfterMs: retryAfterOf(headers, Date.now()) };
  if (!isProblem(body))
    return new PlatenError(`http.${status}`, `expected an answer of Platen, got status ${status} from elsewhere`, facts);
  const { code, detail, errors = [], requestId, pointer, hint } = body;
  return new PlatenError(code, detail, { ...facts, errors, requestId, pointer, hint });
};

/** The same, of an answer that nobody has read yet. */
export const readError = async (response: Response): Promise<PlatenError> => {
  const text = await response.text().catch(() => '');
  try {
    return errorOf(response, JSON.parse(text));
  } catch {
    return errorOf(response, text);
  }
};

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'detail' in body && 'requestId' in body;

/** Seconds or a date (RFC 9110 10.2.3); undefined without one that can be read. */
const retryAfterOf = (headers: Headers, nowMs: number): number | undefined => {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};
