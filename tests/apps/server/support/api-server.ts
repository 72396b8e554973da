import { mkdtemp, rm } from 'node:fs/promises';
import type { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../../src/apps/server/create-app.ts';
import { createHttpServer } from '../../../../src/apps/server/http-server.ts';
import { DEFAULT_SERVER_CONFIG, type ServerConfig, type ServerParts } from '../../../../src/apps/server/server-parts.ts';
import { openSpecGate } from '../../../../src/apps/server/spec-gate.ts';
import { openLedger } from '../../../../src/drivers/ledger/open-ledger.ts';
import { openEmbeddedQueue } from '../../../../src/drivers/queue/embedded-queue.ts';
import { openFsStore } from '../../../../src/drivers/store/fs-store.ts';
import type { Scope } from '../../../../src/jobs/api-key.ts';
import { createApiKey } from '../../../../src/jobs/api-key-secret.ts';
import { openKeyRing } from '../../../../src/jobs/callbacks/key-ring.ts';
import { Problem } from '../../../../src/model/problem.ts';
import { openBundledResources } from '../../../support/bundled-resources.ts';
import { checkContract, checkTaken } from './contract.ts';
import { emptyDesigns } from './empty-designs.ts';

export const LINK_SECRET = 'a secret for links in tests';

/** A listening API with a real ledger, store and queue, and the answers that it gave. */
export type Api = {
  readonly url: string;
  readonly parts: ServerParts;
  readonly server: Server;
  readonly logged: readonly { readonly level: string; readonly fields: object; readonly message: string }[];
  /** A new token. */
  key(
    scopes: readonly Scope[],
    more?: { readonly tenant?: string; readonly origins?: readonly string[]; readonly expiresAtMs?: number },
  ): Promise<string>;
  /** Calls, and holds the answer, and a body that was taken, against the OpenAPI document. `json` becomes the body. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  close(): Promise<void>;
};

export type CallOptions = {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: RequestInit['body'];
  readonly signal?: AbortSignal;
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
};

export type ApiOptions = { readonly config?: Partial<ServerConfig>; readonly parts?: (parts: ServerParts) => Partial<ServerParts> };

export const startApi = async (options: ApiOptions = {}): Promise<Api> => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-api-'));
  const ledger = await openLedger({ kind: 'sqlite', file: join(folder, 'ledger.db') });
  const queue = await openEmbeddedQueue();
  const store = await openFsStore({ root: join(folder, 'store'), links: { secret: LINK_SECRET, baseUrl: '' } });
  const resources = await openBundledResources();
  const logged: { level: string; fields: object; message: string }[] = [];
  const note = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const closing = new AbortController();
  const checkSyntax = (url: string): string => {
    if (url.startsWith('https://')) return url;
    throw new Problem('endpoint.scheme', 'expected an https: address, got another one');
  };
  const base: ServerParts = {
    ledger,
    queue,
    store,
    library: {
      resources,
      productIds: async () => ['crew-tee', 'mug-11oz'],
      fonts: async () => [{ family: 'Open Sans', faces: [{ weight: [300, 800], italic: false }] }],
      palettes: async () => [{ id: 'threads', name: 'Threads', kind: 'thread', colours: [{ id: 'red', name: 'Red', colour: '#cc0000' }] }],
    },
    designs: emptyDesigns,
    specGate: openSpecGate(resources, Date.now),
    previews: async (_spec, { format = 'png' }) => ({
      bytes: Buffer.from(`a ${format} picture`),
      mediaType: `image/${format}`,
      widthPx: 8,
      heightPx: 8,
      findings: [{ severity: 'warning', code: 'image.resolution-low', pointer: '/placements/0', message: 'low' }],
    }),
    checks: async () => [
      {
        severity: 'error',
        code: 'text.overflow',
        pointer: '/placements/0/layers/0',
        message: 'too long',
        measured: 12,
        required: 10,
        unit: 'mm',
      },
    ],
    callbacks: { ring: openKeyRing({ id: 'k1', bytes: new Uint8Array(32) }), checkSyntax, checkUrl: async (url) => checkSyntax(url) },
    health: { ready: async () => ({ ready: true, checks: [{ name: 'ledger', ok: true }] }) },
    metrics: { page: async () => ({ mediaType: 'text/plain; version=0.0.4', text: '# none\n' }) },
    config: {
      ...DEFAULT_SERVER_CONFIG,
      version: '0.0.0',
      cursorSecrets: ['a secret for cursors in tests'],
      linkSecrets: [LINK_SECRET],
      pollMs: 20,
      heartbeatMs: 60,
      ...options.config,
    },
    now: Date.now,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    closing: closing.signal,
  };
  const parts = { ...base, ...options.parts?.(base) };
  const server = createHttpServer(createApp(parts), parts.config, parts.now);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${portOf(server)}`;
  const key: Api['key'] = async (scopes, { tenant = 'acme', ...more } = {}) => {
    const { token, key: row } = createApiKey({ tenant, name: 'test', scopes, ...more });
    await ledger.keys.create(row);
    return token;
  };
  const admin = await key(['admin']);
  return {
    url,
    parts,
    server,
    logged,
    key,
    call: async (method, path, { token = admin, headers = {}, json, body, signal } = {}) => {
      const sent = {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      };
      const answer = await callApi(url, method, path, sent, body ?? (json === undefined ? undefined : JSON.stringify(json)), signal);
      if (json !== undefined && answer.status < 300) checkTaken(method, path.split('?')[0] ?? path, JSON.parse(JSON.stringify(json)));
      return answer;
    },
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await queue.close();
      await store.close();
      await resources.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const portOf = (server: ReturnType<typeof createServer>): number => (server.address() as AddressInfo).port;

const callApi = async (
  url: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: RequestInit['body'],
  signal: AbortSignal | undefined,
): Promise<Answer> => {
  const request: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    redirect: 'manual',
    duplex: 'half',
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  };
  const response = await fetch(url + path, request);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const mediaType = response.headers.get('content-type');
  checkContract({ method, path: path.split('?')[0] ?? path, status: response.status, mediaType, headers: response.headers, body: bytes });
  const text = Buffer.from(bytes).toString();
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    text,
    json: mediaType?.includes('json') && text !== '' ? JSON.parse(text) : {},
  };
};

/** A spec that parses; nothing in these tests renders it. */
export const mugSpec = (text = 'Ada'): Readonly<Record<string, unknown>> => ({
  product: 'mug-11oz',
  placements: [{ placement: 'wrap', method: 'sublimation', layers: [{ type: 'text', text, font: { family: 'Open Sans' }, size: 12 }] }],
});
