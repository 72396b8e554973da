import type { webhooks } from './api-types.ts';
import { PlatenError } from './platen-error.ts';

type Message = webhooks[keyof webhooks]['post']['requestBody']['content']['application/json'];

/** A message that was proven. `id` is the same over retries: what was seen before may be passed over. */
export type PlatenEvent = Message & { readonly id: string };

/** As `fetch` has them, or as Node's http does. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export type VerifyOptions = {
  /** How far the sender's clock may differ; 300 by default. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970. */
  readonly nowMs?: number;
};

const TOLERANCE_SECONDS = 300;

/**
 * Proves by Standard Webhooks 1.0.0 that a message is from the service, and gives what it says. Works wherever WebCrypto does.
 * @param body the bytes as they came: a body that was parsed and written again has another signature
 * @param secrets `whsec_…`; several while one replaces the other
 * @throws PlatenError `webhook.unsigned` for a missing, wrong or old signature, `webhook.secret` for a damaged secret
 */
export const verifyWebhook = async (
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = TOLERANCE_SECONDS, nowMs = Date.now() }: VerifyOptions = {},
): Promise<PlatenEvent> => {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature').split(' ');
  if (!/^\d{1,12}$/.test(timestamp)) throw unsigned('a webhook-timestamp that is not whole seconds');
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > toleranceSeconds) throw unsigned('one of another time');
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const signed = joined(`${id}.${timestamp}.`, body);
  const keys = await Promise.all((typeof secrets === 'string' ? [secrets] : secrets).map(keyOf));
  const given = signatures.flatMap((one) => (one.startsWith('v1,') ? [bytesOf(one.slice('v1,'.length))] : []));
  const verdicts = await Promise.all(
    keys.flatMap((key) => given.map((signature) => signature !== undefined && crypto.subtle.verify('HMAC', key, signature, signed))),
  );
  if (!verdicts.includes(true)) throw unsigned('one without a matching signature');
  try {
    return { ...JSON.parse(text), id };
  } catch (error) {
    throw new PlatenError('answer.unreadable', 'expected JSON in the message, got something else', { cause: error });
  }
};

const unsigned = (got: string): PlatenError => new PlatenError('webhook.unsigned', `expected a signed message, got ${got}`);

const headerOf = (headers: WebhookHeaders, name: string): string => {
  const value = headers instanceof Headers ? headers.get(name) : valueIn(headers, name);
  if (typeof value !== 'string' || value === '') throw unsigned(`no single ${name}`);
  return value;
};

const valueIn = (headers: Exclude<WebhookHeaders, Headers>, name: string): unknown =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

/** Bytes are signed as they came: what is not UTF-8 would be others after a detour through text. */
const joined = (prefix: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> => {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(prefix), typeof body === 'string' ? encoder.encode(body) : body] as const;
  const bytes = new Uint8Array(parts[0].length + parts[1].length);
  bytes.set(parts[0]);
  bytes.set(parts[1], parts[0].length);
  return bytes;
};

type HmacKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const keyOf = (secret: string): Promise<HmacKey> => {
  const bytes = secret.startsWith('whsec_') ? bytesOf(secret.slice('whsec_'.length)) : undefined;
  if (!bytes || bytes.length === 0)
    throw new PlatenError('webhook.secret', 'expected whsec_ and base64 for a signing secret, got something else');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
};

/** Undefined for what is not base64. */
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
};
