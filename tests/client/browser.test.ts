import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/apps/service/config.ts';
import { type Service, startService } from '../../src/apps/service/service.ts';
import { createApiKey } from '../../src/jobs/api-key-secret.ts';
import { createSecret, signMessage } from '../../src/jobs/callbacks/sign.ts';
import { portOf } from '../apps/server/support/api-server.ts';
import { until } from '../support/until.ts';
import { HeadlessBrowser } from './support/headless-browser.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let service: Service;
let browser: HeadlessBrowser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-browser-service-'));
  const env = { PLATEN_DATA_DIR: join(folder, 'data'), PLATEN_PORT: '0', PLATEN_LOG_LEVEL: 'silent', PLATEN_WORKER_SLOTS: '1' };
  service = await startService(readConfig(env, { dev: true }), '0.0.0', { api: true, worker: true });
  browser = await HeadlessBrowser.start();
});
afterAll(async () => {
  await browser?.end();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the storefront', () => {
  let shop: ChildProcess;
  let url: string;
  beforeAll(async () => {
    const env = { ...process.env, PLATEN_URL: service.url ?? '', PORT: '0', ORDERS_DIR: join(folder, 'orders') };
    shop = spawn(process.execPath, [at('examples/storefront/shop.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(shop.stdout ?? shop, 'data');
    url = /http:\S+/.exec(String(line))?.[0] ?? '';
  });
  afterAll(async () => {
    const gone = once(shop, 'exit');
    shop.kill();
    await gone;
  });

  const shown = (): Promise<unknown> => browser.evaluate(`document.querySelector('img').src`);

  it('shows the shirt as the shopper types, and gives former pictures up', async () => {
    await browser.open(url);
    await until('a first picture', async () => String(await shown()).startsWith('blob:'), 60_000);
    const first = await shown();
    // The first request is never answered: only giving it up ends it.
    await browser.evaluate(`{
      const real = globalThis.fetch;
      globalThis.asked = [];
      globalThis.fetch = (address, init) => {
        const call = { address: String(address), text: init?.body, aborted: false };
        globalThis.asked.push(call);
        if (globalThis.asked.length > 1) return real(address, init);
        return new Promise((_, fail) => init.signal.addEventListener('abort', () => { call.aborted = true; fail(init.signal.reason); }));
      };
      globalThis.type = (text) => {
        document.querySelector('[name=text]').value = text;
        document.querySelector('form').dispatchEvent(new Event('input', { bubbles: true }));
      };
      for (const text of ['A', 'Ad', 'Ada']) type(text);
    }`);
    await until('one request for three letters', async () => (await browser.evaluate('asked.length')) === 1);
    await browser.evaluate(`type('Ada L')`);
    await until('a new picture', async () => (await shown()) !== first, 30_000);
    const asked = (await browser.evaluate('asked')) as readonly {
      readonly address: string;
      readonly text: string;
      readonly aborted: boolean;
    }[];
    expect(asked.map(({ address, aborted }) => [address, aborted])).toEqual([
      [`${service.url}/v1/previews`, true],
      [`${service.url}/v1/previews`, false],
    ]);
    expect([asked[0]?.text, asked[1]?.text]).toEqual([expect.stringContaining('"Ada"'), expect.stringContaining('"Ada L"')]);
    expect(await browser.evaluate(`document.querySelector('output').textContent`)).toBe('');
    const width = `new Promise((done) => { const picture = document.querySelector('img'); picture.decode().then(() => done(picture.naturalWidth)); })`;
    expect(await browser.evaluate(width)).toBe(600);
  });

  it('orders it once, and gets its production file', async () => {
    await browser.evaluate(`for (let at = 0; at < 2; at += 1) document.querySelector('form').requestSubmit()`);
    const said = (): Promise<unknown> => browser.evaluate(`document.querySelector('output').textContent`);
    await until('an answer of the shop', async () => /^(?:Ordered|Not ordered|expected)/.test(String(await said())), 60_000);
    expect(await said()).toMatch(/^Ordered: .*\.png/);
    const files = await readdir(join(folder, 'orders'));
    expect(new Set(files.map((name) => name.split('-')[0])).size).toBe(1);
    const [png = ''] = files.filter((name) => name.endsWith('.png'));
    expect((await readFile(join(folder, 'orders', png))).subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('the client in a browser', () => {
  let site: Server;
  beforeAll(async () => {
    const imports = { 'platen/client': '/client/index.js', 'openapi-fetch': '/openapi-fetch/index.mjs' };
    const page = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>`;
    site = createServer(async ({ url = '/' }, response) => {
      const [, folderName, file] = /^\/(client|openapi-fetch)\/([\w-]+\.m?js)$/.exec(url) ?? [];
      if (!file) return response.setHeader('content-type', 'text/html').end(page);
      const place = folderName === 'client' ? 'dist/client' : 'node_modules/openapi-fetch/dist';
      return response.setHeader('content-type', 'text/javascript').end(await readFile(at(`${place}/${file}`)));
    });
    await new Promise<void>((done) => site.listen(0, 'localhost', done));
    await browser.open(`http://localhost:${portOf(site)}/`);
  });
  afterAll(async () => {
    site.closeAllConnections();
    await new Promise((done) => site.close(done));
  });

  it('submits, waits, downloads and checks files and webhooks', async () => {
    const secret = createSecret();
    const body = '{"type":"job.succeeded","timestamp":"2026-01-01T00:00:00Z","data":{}}';
    const headers = signMessage({ id: 'evt_1', atMs: Date.now(), body, secrets: [secret] });
    const result = await browser.evaluate(`(async () => {
      const { createClient, verifyWebhook } = await import('platen/client');
      const { shirt } = await import('data:text/javascript,' + encodeURIComponent(${JSON.stringify(await readFile(at('examples/storefront/spec.mjs'), 'utf8'))}));
      const client = createClient({ baseUrl: ${JSON.stringify(service.url)} });
      const job = await client.submitAndWait(shirt({ text: 'Ada', colour: 'navy' }), { options: { only: 'production' } });
      const { name } = job.artifacts.find(({ role }) => role === 'production');
      const file = await client.download(job, name);
      const manifest = await client.download(job, 'manifest.json');
      const event = await verifyWebhook(${JSON.stringify(body)}, ${JSON.stringify(headers)}, ${JSON.stringify(secret)});
      const refused = await client.download({ ...job, artifacts: [{ ...job.artifacts[0], sha256: '0'.repeat(64) }] }, job.artifacts[0].name).catch(({ code }) => code);
      return { state: job.state, magic: String.fromCharCode(...file.bytes.subarray(1, 4)), status: JSON.parse(new TextDecoder().decode(manifest.bytes)).status, id: event.id, refused };
    })()`);
    expect(result).toEqual({ state: 'succeeded', magic: 'PNG', status: 'made', id: 'evt_1', refused: 'download.digest' });
  });

  it('shows previews with a key that may do nothing else, on the page that may use it alone', async () => {
    const previewKey = async (origin: string): Promise<string> => {
      const { token, key } = createApiKey({ tenant: 'acme', name: 'page', scopes: ['preview'], origins: [origin] });
      await service.parts.ledger.keys.create(key);
      return token;
    };
    const tokens = [await previewKey(`http://localhost:${portOf(site)}`), await previewKey('https://other.example')];
    const result = await browser.evaluate(`(async () => {
      const { createClient, unwrap } = await import('platen/client');
      const [ours, others] = ${JSON.stringify(tokens)}.map((token) => createClient({ baseUrl: ${JSON.stringify(service.url)}, token }));
      const placements = [{ placement: 'wrap', method: 'sublimation', layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#1c2740' }] }];
      const body = { spec: { product: 'mug-11oz', placements }, view: 'front', widthPx: 64 };
      const asked = { body, headers: { accept: 'image/webp' }, parseAs: 'blob' };
      const picture = await unwrap(ours.POST('/v1/previews', asked));
      const told = ({ status, code, requestId }) => [status, code, requestId !== ''];
      const refused = await unwrap(ours.GET('/v1/jobs')).catch(told);
      const elsewhere = await unwrap(others.POST('/v1/previews', asked)).catch(told);
      return { type: picture.type, refused, elsewhere };
    })()`);
    expect(result).toEqual({ type: 'image/webp', refused: [403, 'auth.scope', true], elsewhere: [403, 'auth.origin', true] });
  });
});
