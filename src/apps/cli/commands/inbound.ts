import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseWith } from '../../../model/parse.ts';
import { Problem } from '../../../model/problem.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';

export type ReplayInboundFlags = OutputFlags & { readonly to: string; readonly secretEnv: string };

const recordedSchema = z.strictObject({
  source: z.enum(['shopify', 'woocommerce']),
  shop: z.string().min(1),
  topic: z.string().min(1),
  body: z.record(z.string(), z.unknown()),
});

const HEADERS = {
  shopify: { shop: 'X-Shopify-Shop-Domain', topic: 'X-Shopify-Topic', signature: 'X-Shopify-Hmac-Sha256' },
  woocommerce: { shop: 'X-WC-Webhook-Source', topic: 'X-WC-Webhook-Topic', signature: 'X-WC-Webhook-Signature' },
} as const;

const SEND_WITHIN_MS = 30_000;

/** `platen inbound replay FILE`: a recorded webhook of a shop again, freshly signed, to a running service. */
export const replayInboundCommand = (environment: Environment, path: string, flags: ReplayInboundFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const recorded = parseWith(recordedSchema, await readRecorded(path), 'recorded webhook');
    const [secret] = (environment.env[flags.secretEnv] ?? '').split(/\s+/).filter(Boolean);
    if (secret === undefined)
      throw new Problem('usage.invalid', `expected the secret of the shop in the environment variable ${flags.secretEnv}, got nothing`);
    const body = JSON.stringify(recorded.body);
    const names = HEADERS[recorded.source];
    const url = new URL(`/v1/inbound/${recorded.source}`, flags.to);
    const response = await send(url, body, {
      [names.shop]: recorded.shop,
      [names.topic]: recorded.topic,
      [names.signature]: createHmac('sha256', secret).update(body).digest('base64'),
    });
    const text = await response.text();
    terminal.event({ event: 'answer', status: response.status, body: jsonOr(text) });
    if (!terminal.json) terminal.print(`${response.status} ${text.trim()}`);
    return response.ok ? EXIT.done : EXIT.failed;
  });

const send = async (url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<Response> => {
  try {
    const signal = AbortSignal.timeout(SEND_WITHIN_MS);
    return await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers }, signal });
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Problem('service.unreachable', `expected a service at ${url.origin}, got: ${reason}`, { retry: 'later', cause: error });
  }
};

const readRecorded = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('file.unreadable', `expected a recorded webhook as JSON at ${path}, got: ${reason}`, { cause: error });
  }
};

const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
