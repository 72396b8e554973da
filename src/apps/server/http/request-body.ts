import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../../intake/json-text.ts';
import { HttpProblem } from '../problems/http-problem.ts';

export type BodyLimits = { readonly maxBytes: number; readonly timeoutMs: number };

/** Deeper or larger bodies than any spec needs. */
const JSON_LIMITS = { maxDepth: 64, maxValues: 1_000_000 } as const;

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * The bytes of a request as they arrive. What is left unread stays with the connection, which the caller then closes.
 * @throws HttpProblem `request.too-large` as soon as that shows, `request.timeout` when the whole did not come in time
 */
export async function* requestBytes(request: IncomingMessage, { maxBytes, timeoutMs }: BodyLimits): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const expiry = expiring(timeoutMs);
  const chunks = request.iterator({ destroyOnReturn: false });
  let seen = 0;
  try {
    while (true) {
      const next = await Promise.race([chunks.next(), expiry.promise]);
      if (next.done) return;
      const chunk: Uint8Array = next.value;
      seen += chunk.length;
      if (seen > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } finally {
    expiry.stop();
  }
}

const expiring = (timeoutMs: number): { readonly promise: Promise<never>; readonly stop: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new HttpProblem('request.timeout', `expected the whole body within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  // Nobody may be waiting at the moment it fires.
  promise.catch(() => undefined);
  return { promise, stop: () => clearTimeout(timer) };
};

const tooLarge = (maxBytes: number): HttpProblem =>
  new HttpProblem('request.too-large', `expected a body of at most ${maxBytes} bytes, got more`);

/** @throws HttpProblem as `requestBytes`; `json.syntax` for bytes that are not UTF-8; Problem `json.syntax` */
export const readJsonBody = async (request: IncomingMessage, limits: BodyLimits): Promise<unknown> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of requestBytes(request, limits)) chunks.push(chunk);
  return parseJson(utf8(Buffer.concat(chunks)), JSON_LIMITS);
};

const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HttpProblem('json.syntax', 'expected JSON in UTF-8, got other bytes', { cause });
  }
};
