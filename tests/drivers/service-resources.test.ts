import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceResources, type ServiceResources } from '../../src/drivers/resources/service-resources.ts';
import { openSandbox } from '../../src/drivers/sandbox/sandbox.ts';
import { openMemoryStore } from '../../src/drivers/store/memory-store.ts';
import type { ArtifactStore } from '../../src/jobs/artifact-store.ts';
import { newId } from '../../src/jobs/new-id.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { Problem } from '../../src/model/problem.ts';
import { resolve } from '../../src/scene/resolve.ts';
import { stitchFormatOf } from '../../src/stitch/formats/formats.ts';
import { SAMPLE } from '../stitch/formats/sample-plans.ts';
import { type Loopback, startServer } from './net/loopback-server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const signal = new AbortController().signal;
const pictureOf = (background: string, width = 12): Promise<Buffer> =>
  sharp({ create: { width, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const red = await pictureOf('#c33');
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="5"/></svg>';
const folder = mkdtempSync(join(tmpdir(), 'platen-test-'));
const sandbox = openSandbox({ children: 1 });

let store: ArtifactStore;
let web: Loopback;
let page: { status?: number; body: Buffer | string; headers?: Record<string, string> } = { body: red };
let nowMs = 1_000_000;
let service: ServiceResources;
const assets = new Map<
  string,
  { tenant: string; state: 'awaiting' | 'ready'; key: string; sha256: string | null; bytes: number | null; name: string | null }
>();

const upload = async (
  tenant: string,
  body: Buffer,
  change: { state?: 'awaiting'; sha256?: string; name?: string } = {},
): Promise<string> => {
  const id = newId('ast', nowMs);
  const stored = await store.put(`${tenant}/assets/${id}`, body, { mediaType: 'application/octet-stream' });
  assets.set(id, { tenant, state: 'ready', key: stored.key, sha256: stored.sha256, bytes: stored.bytes, name: null, ...change });
  return `upload:${id}`;
};

const open = (name: string, maxBytes?: number): Promise<ServiceResources> =>
  openServiceResources({
    templatesDir: join(ROOT, 'templates'),
    fontsDir: join(ROOT, 'fonts'),
    profilesDir: join(ROOT, 'profiles'),
    sandbox,
    maxFileBytes: 100_000,
    http: {
      allowedHosts: ['pictures.example.com'],
      allowPrivate: ['127.0.0.1/32'],
      ports: 'any',
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      maxBytes: 100_000,
      cache: { dir: join(folder, name), ...(maxBytes === undefined ? {} : { maxBytes }) },
      now: () => nowMs,
    },
    stored: {
      findAsset: async (tenant, id) => {
        const asset = assets.get(id);
        return asset?.tenant === tenant ? asset : undefined;
      },
      store,
    },
  });
const address = (path: string): string => `http://pictures.example.com:${web.port}${path}`;
const codeOf = async (source: string, tenant = 'acme', of = service): Promise<string> => {
  try {
    await of.forTenant(tenant).image(source, signal);
    return 'read';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

beforeAll(async () => {
  store = await openMemoryStore();
  web = await startServer((request, response) => {
    const { status = 200, body, headers = {} } = page;
    if (headers.etag !== undefined && request.headers['if-none-match'] === headers.etag) response.writeHead(304, headers).end();
    else response.writeHead(status, headers).end(body);
  });
  service = await open('cache');
});
afterAll(async () => {
  await service.close();
  sandbox.close();
  rmSync(folder, { recursive: true });
});

describe('a spec that came to the service', () => {
  it('may name pictures by address, upload, store key and data: URL, all the same picture', async () => {
    page = { body: red };
    await store.put('acme/jobs/job_1/front.png', red, { mediaType: 'image/png' });
    const sources = [
      address('/red.png'),
      address('/red.png').replace('http', ' HTTP'),
      await upload('acme', red),
      'store:acme/jobs/job_1/front.png',
      `data:image/png;base64,${red.toString('base64')}`,
    ];
    const images = await Promise.all(sources.map((source) => service.forTenant('acme').image(source, signal)));
    expect(new Set(images.map(({ digest }) => digest))).toEqual(new Set([digestOf(red)]));
    expect(images[0]).toMatchObject({ widthPx: 12, heightPx: 8 });
  });

  it('may name drawings the same way', async () => {
    page = { body: svg };
    const drawings = [address('/logo.svg'), await upload('acme', Buffer.from(svg))];
    for (const source of drawings) expect(await service.forTenant('acme').drawing(source, signal)).toMatchObject({ width: 10, height: 10 });
  });

  it('may name machine files the same way, EXP where its name, its address or the layer says so', async () => {
    const sewn = (id: string): Buffer => Buffer.from(stitchFormatOf(id)?.write(SAMPLE, { name: 'Logo' }) ?? []);
    const formatOf = async (source: string, format: string | null = null): Promise<unknown> =>
      service
        .forTenant('acme')
        .stitches?.(source, format, signal)
        .then(
          (file) => file.format,
          (error: unknown) => (error instanceof Problem ? error.code : error),
        );
    for (const id of ['dst', 'pes', 'jef', 'vp3', 'xxx']) {
      page = { body: sewn(id) };
      expect([await formatOf(await upload('acme', sewn(id))), await formatOf(address(`/logo-${id}`))]).toEqual([id, id]);
    }
    page = { body: sewn('exp') };
    expect(await formatOf(address('/logo.exp?v=1'))).toBe('exp');
    expect(await formatOf(address('/logo'))).toBe('source.content');
    const named = await upload('acme', sewn('exp'), { name: 'Logo.EXP' });
    expect([await formatOf(named), await formatOf(named, 'exp')]).toEqual(['exp', 'exp']);
    expect(await formatOf(await upload('acme', Buffer.concat([sewn('exp'), Buffer.from([1, 2])])), 'exp')).toBe('source.content');
    expect(await formatOf(await upload('acme', Buffer.from('<p>hi</p>'), { name: 'a.exp' }))).toBe('source.content');
    page = { body: '<html><body>inside</body></html>' };
    expect(await formatOf(address('/inside.exp'))).toBe('source.content');
  });

  it.each([
    'photo.png',
    '../photo.png',
    '/etc/hostname',
    'products/crew-tee/thumb.webp',
    'asset:a1',
    'asset:../../etc/passwd',
    '',
    'C:/a.png',
    '//pictures.example.com/a.png',
  ])('reaches no file of the machine: %j', async (source) => {
    expect(await codeOf(source)).toMatch(/^source\.(?:local|scheme)$/);
  });

  it.each(['../../etc/passwd', 'fogra39-coated.icc', '/a.icc', 'a/b', 'FOGRA39-COATED.ICC'])(
    'reaches no file of the machine by a profile: %j',
    async (name) => {
      await expect(service.forTenant('acme').profile(name)).rejects.toMatchObject({ code: 'source.local' });
    },
  );

  it('still finds the products, fonts, profiles and views of the library', async () => {
    const resources = service.forTenant('acme');
    expect((await resources.profile('fogra39-coated')).name).toBe('fogra39-coated');
    expect((await resources.views('crew-tee')).length).toBeGreaterThan(0);
    expect((await resources.shop('standard')).id).toBe('standard');
    await expect(resources.product('../shops')).rejects.toMatchObject({ code: 'product.unknown' });
  });

  it.each([
    ['file:///etc/hostname', 'source.scheme'],
    ['ftp://pictures.example.com/a', 'source.scheme'],
    ['https://other.example.com/a.png', 'source.host-refused'],
    ['http://127.0.0.1/a.png', 'source.host-refused'],
    ['http://user:pass@pictures.example.com/', 'source.credentials'],
  ])('is refused %s', async (source, code) => {
    expect(await codeOf(source)).toBe(code);
  });

  it('does not repeat what may be a password in its messages', async () => {
    const source = 'https://user:hunter2@other.example.com/a.png?X-Amz-Signature=hunter3#hunter4';
    const problem = await service
      .forTenant('acme')
      .image(source, signal)
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'source.credentials', message: expect.stringContaining('other.example.com/a.png') });
    expect(String(problem)).not.toMatch(/hunter/);
  });

  const specWith = (...sources: readonly string[]) =>
    parseDesignSpec({
      version: 1,
      product: 'crew-tee',
      variant: { size: 'l', colour: 'navy' },
      placements: [
        {
          placement: 'front',
          method: 'dtg',
          layers: sources.map((source, at) => ({
            type: 'image',
            id: `photo ${at}`,
            source,
            fit: 'cover',
            box: { anchor: 'center', x: 100, y: 100, width: 50, height: 40 },
          })),
        },
      ],
    });

  it('has the digests of what came among its inputs', async () => {
    page = { body: red };
    const blue = await pictureOf('#00c');
    const spec = specWith(address('/manifest.png'), await upload('acme', blue));
    const { inputs } = await resolve(spec, service.forTenant('acme'), signal);
    const pictures = inputs.filter(({ kind }) => kind === 'image');
    expect(new Set(pictures.map(({ sha256 }) => sha256))).toEqual(new Set([digestOf(red), digestOf(blue)]));
  });

  it('is told every refused source with its place, and to try again when that may help', async () => {
    page = { status: 503, body: '' };
    const failing = resolve(specWith('a.png', address('/down.png'), 'upload:ast_1'), service.forTenant('acme'), signal);
    await expect(failing).rejects.toMatchObject({
      retry: 'later',
      problems: [
        { code: 'source.local', pointer: '/placements/0/layers/0/source', retry: 'never' },
        { code: 'source.status', pointer: '/placements/0/layers/1/source', retry: 'later' },
        { code: 'source.unknown-upload', pointer: '/placements/0/layers/2/source', retry: 'never' },
      ],
    });
  });
});

describe('an upload', () => {
  it('is known to its tenant alone, and once it is whole', async () => {
    const mine = await upload('acme', red);
    expect(await codeOf(mine, 'acme')).toBe('read');
    expect(await codeOf(mine, 'other')).toBe('source.unknown-upload');
    expect(await codeOf(await upload('acme', red, { state: 'awaiting' }))).toBe('source.unknown-upload');
    expect(await codeOf(`upload:${newId('ast', nowMs)}`)).toBe('source.unknown-upload');
  });

  it.each(['', 'ast_', 'ast_x/../y', '__proto__', `ast_${'0'.repeat(37)}`, 'job_01', `ast_${'0'.repeat(35)}\n`])(
    'has no such id: %j',
    async (id) => {
      expect(await codeOf(`upload:${id}`)).toBe('source.unknown-upload');
    },
  );

  it('that is no picture, too large, or not what was uploaded is refused', async () => {
    expect(await codeOf(await upload('acme', Buffer.from('<html><body>hi</body></html>')))).toBe('source.content');
    expect(await codeOf(await upload('acme', Buffer.from('%PDF-1.4')))).toBe('source.content');
    expect(await codeOf(await upload('acme', Buffer.alloc(0)))).toBe('source.content');
    expect(await codeOf(await upload('acme', Buffer.concat([red, Buffer.alloc(100_000)])))).toBe('source.too-large');
    expect(await codeOf(await upload('acme', red, { sha256: '0'.repeat(64) }))).toBe('store.checksum');
  });
});

describe('a store key', () => {
  it.each([
    'store:other/jobs/job_1/front.png',
    'store:acme',
    'store:acme/../other/x',
    'store:/acme/x',
    'store:acme//x',
    'store:acme/none.png',
    'store:acmee/x',
    'store:',
    'store:acme%2f..%2fother',
    'store:acme\\x',
  ])('leads to no file of others: %j', async (source) => {
    await store.put('other/jobs/job_1/front.png', red, { mediaType: 'image/png' });
    expect(await codeOf(source)).toBe('source.unknown-key');
  });
});

describe('a fetched picture', () => {
  const asked = (): number => web.requests.length;

  it('is asked about again and not sent again while it is the same', async () => {
    page = { body: red, headers: { etag: '"1"' } };
    const of = await open('etag');
    const before = asked();
    for (let times = 0; times < 3; times++) expect(await codeOf(address('/etag.png'), 'acme', of)).toBe('read');
    expect(asked() - before).toBe(3);
    const blue = await pictureOf('#00c', 20);
    page = { body: blue, headers: { etag: '"2"' } };
    expect(await of.forTenant('acme').image(address('/etag.png'), signal)).toMatchObject({ widthPx: 20, digest: digestOf(blue) });
    await of.close();
  });

  it('is fetched anew when its address leads elsewhere, though that has the same mark there', async () => {
    const of = await open('moved');
    const blue = await pictureOf('#00c', 21);
    const other = await startServer((request, response) => {
      if (request.headers['if-none-match'] !== undefined) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(blue);
    });
    page = { body: red, headers: { etag: '"1"' } };
    expect(await codeOf(address('/moving.png'), 'acme', of)).toBe('read');
    page = { status: 302, body: '', headers: { location: `http://pictures.example.com:${other.port}/` } };
    expect(await of.forTenant('acme').image(address('/moving.png'), signal)).toMatchObject({ widthPx: 21 });
    expect(await of.forTenant('acme').image(address('/moving.png'), signal)).toMatchObject({ widthPx: 21 });
    await of.close();
  });

  it('is not asked about while it says it is fresh, five minutes at most', async () => {
    page = { body: red, headers: { 'cache-control': 'public, max-age=86400' } };
    const of = await open('fresh');
    const before = asked();
    await codeOf(address('/fresh.png'), 'acme', of);
    nowMs += 299_000;
    await codeOf(address('/fresh.png'), 'acme', of);
    expect(asked() - before).toBe(1);
    nowMs += 2000;
    await codeOf(address('/fresh.png'), 'acme', of);
    expect(asked() - before).toBe(2);
    await of.close();
  });

  it('of one tenant is not shown to another without asking', async () => {
    page = { body: red, headers: { 'cache-control': 'max-age=200' } };
    const of = await open('tenants');
    expect(await codeOf(address('/private.png?token=1'), 'acme', of)).toBe('read');
    page = { status: 403, body: '' };
    expect(await codeOf(address('/private.png?token=1'), 'acme', of)).toBe('read');
    expect(await codeOf(address('/private.png?token=1'), 'other', of)).toBe('source.status');
    await of.close();
  });

  it('leaves nothing on disk when it must not be stored or is no picture', async () => {
    const of = await open('empty');
    page = { body: red, headers: { etag: '"1"', 'cache-control': 'No-Store' } };
    expect(await codeOf(address('/a.png'), 'acme', of)).toBe('read');
    page = { body: '<!doctype html><html></html>', headers: { etag: '"1"', 'content-type': 'image/png' } };
    expect(await codeOf(address('/b.png'), 'acme', of)).toBe('source.content');
    page = { body: red };
    expect(await codeOf(address('/c.png'), 'acme', of)).toBe('read');
    expect(() => readdirSync(join(folder, 'empty'))).toThrow();
    await of.close();
  });

  it('is kept under names that show nothing of its address, whatever that is', async () => {
    page = { body: red, headers: { etag: '"1"' } };
    const of = await open('names');
    for (const path of ['/../../../etc/x', '/%2e%2e%2f', `/${'long'.repeat(500)}`, '/a%00b', '/CON', '/?q=geheim'])
      expect(await codeOf(address(path), 'acme', of)).toBe('read');
    const names = ['bodies', 'entries'].flatMap((place) => readdirSync(join(folder, 'names', place)));
    expect(names.every((name) => /^[0-9a-f]{64}(?:\.json)?$/.test(name))).toBe(true);
    expect(names.filter((name) => !name.endsWith('.json'))).toEqual([digestOf(red)]);
    await of.close();
  });

  it('is fetched anew when what was kept is damaged', async () => {
    page = { body: red, headers: { 'cache-control': 'max-age=200' } };
    const first = await open('damaged');
    await codeOf(address('/d.png'), 'acme', first);
    await first.close();
    writeFileSync(join(folder, 'damaged', 'bodies', digestOf(red)), 'not it');
    const again = await open('damaged');
    const before = asked();
    expect(await again.forTenant('acme').image(address('/d.png'), signal)).toMatchObject({ digest: digestOf(red) });
    for (const name of readdirSync(join(folder, 'damaged', 'entries')))
      writeFileSync(join(folder, 'damaged', 'entries', name), '{"sha256":"../../x"}');
    expect(await codeOf(address('/d.png'), 'acme', again)).toBe('read');
    expect(asked() - before).toBe(2);
    await again.close();
  });

  it('takes no more room than allowed, those used last stay', async () => {
    const of = await open('small', 200_000);
    for (let at = 0; at < 30; at++) {
      page = { body: Buffer.concat([await pictureOf('#0a0', at + 1), Buffer.alloc(20_000)]), headers: { etag: `"${at}"` } };
      expect(await codeOf(address(`/${at}.png`), 'acme', of)).toBe('read');
    }
    const kept = readdirSync(join(folder, 'small', 'bodies'));
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length * 20_000).toBeLessThanOrEqual(220_000);
    await of.close();
  });

  it('that is not there is no reason to use an old one', async () => {
    page = { body: red, headers: { etag: '"1"' } };
    const of = await open('gone');
    expect(await codeOf(address('/gone.png'), 'acme', of)).toBe('read');
    page = { status: 404, body: '' };
    expect(await codeOf(address('/gone.png'), 'acme', of)).toBe('source.status');
    await of.close();
  });
});

describe('a service without allowed hosts and without a store', () => {
  it('reads data: URLs and nothing else', async () => {
    const bare = await openServiceResources({
      templatesDir: join(ROOT, 'templates'),
      fontsDir: join(ROOT, 'fonts'),
      profilesDir: join(ROOT, 'profiles'),
      sandbox,
      http: { allowedHosts: [] },
    });
    const codes = await Promise.all(
      [
        `data:image/png;base64,${red.toString('base64')}`,
        'https://pictures.example.com/a.png',
        'upload:ast_1',
        'store:acme/x',
        'a.png',
      ].map((source) => codeOf(source, 'acme', bare)),
    );
    expect(codes).toEqual(['read', 'source.scheme', 'source.scheme', 'source.scheme', 'source.local']);
    await bare.close();
  });
});
