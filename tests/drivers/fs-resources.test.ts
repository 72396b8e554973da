import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OpenResources, openFsResources } from '../../src/drivers/resources/fs-resources.ts';
import { openMemoryResources } from '../../src/drivers/resources/memory-resources.ts';
import { fingerprintInside } from '../../src/drivers/resources/safe-file.ts';
import type { Resources } from '../../src/model/resources.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const signal = new AbortController().signal;
const png = await sharp({ create: { width: 12, height: 8, channels: 3, background: '#c33' } })
  .png()
  .toBuffer();
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="5"/></svg>';
const dataUrl = `data:image/png;base64,${png.toString('base64')}`;

const folder = mkdtempSync(join(tmpdir(), 'platen-test-'));
const base = join(folder, 'base');
let resources: OpenResources;

const widthOf = async (source: string): Promise<number> => (await resources.drawing(source, signal)).width;

beforeAll(async () => {
  mkdirSync(join(base, 'art'), { recursive: true });
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(base, 'art', 'photo.png'), png);
  writeFileSync(join(base, 'art', 'logo.svg'), svg);
  writeFileSync(join(folder, 'assets', 'a1'), png);
  writeFileSync(join(folder, 'secret.png'), png);
  symlinkSync('../../secret.png', join(base, 'art', 'leak.png'));
  symlinkSync('photo.png', join(base, 'art', 'same.png'));
  symlinkSync('/etc', join(base, 'etc'));
  execFileSync('mkfifo', [join(base, 'art', 'pipe.png')]);
  resources = await openFsResources({
    templatesDir: join(ROOT, 'templates'),
    fontsDir: join(ROOT, 'fonts'),
    profilesDir: join(ROOT, 'profiles'),
    baseDir: base,
    assetsDir: join(folder, 'assets'),
  });
});
afterAll(async () => {
  await resources.close();
  rmSync(folder, { recursive: true });
});

const memory = openMemoryResources({ files: { 'art/photo.png': png, 'art/logo.svg': Buffer.from(svg), 'asset:a1': png } });

describe.each([
  ['disk', (): Resources => resources],
  ['memory', (): Resources => memory],
])('resources from %s', (_, of) => {
  it('decode pictures from files, assets and data: URLs to the same value', async () => {
    const images = await Promise.all(
      ['art/photo.png', 'asset:a1', dataUrl, dataUrl.replace('data:', 'DATA:')].map((source) => of().image(source, signal)),
    );
    expect(new Set(images.map(({ digest }) => digest)).size).toBe(1);
    expect(images[0]).toMatchObject({ widthPx: 12, heightPx: 8, hasAlpha: false });
  });

  it('read drawings', async () => {
    expect(await of().drawing('art/logo.svg', signal)).toMatchObject({ width: 10, height: 10, nodes: [{ kind: 'path' }] });
  });

  it('name the source in every refusal', async () => {
    await expect(of().image('art/none.png', signal)).rejects.toMatchObject({
      code: 'resource.not-found',
      message: expect.stringContaining('art/none.png'),
    });
    await expect(of().image('art/logo.svg', signal)).rejects.toMatchObject({
      code: 'image.format',
      message: expect.stringContaining('art/logo.svg'),
    });
    await expect(of().image('data:image/png;base64,AAAA', signal)).rejects.toThrow(/data: URL of 26 characters/);
  });

  it.each([
    'http://example.com/a.png',
    'HTTPS://example.com/a.png',
    'file:///etc/hostname',
    'ftp://x/y',
    ' javascript:alert(1)',
    'C:\\a.png',
  ])('refuse the address %s without looking', async (source) => {
    await expect(of().image(source, signal)).rejects.toMatchObject({ code: 'resource.scheme-unsupported' });
  });

  it('give the standard shop and refuse unknown ids', async () => {
    expect(await of().shop('standard')).toMatchObject({ id: 'standard' });
    for (const id of ['nowhere', '../shops', '', 'a/b', 'A'.repeat(100)]) {
      await expect(of().product(id)).rejects.toMatchObject({ code: 'product.unknown' });
      await expect(of().shop(id)).rejects.toMatchObject({ code: 'shop.unknown' });
    }
  });
});

describe('resources from disk', () => {
  it.each([
    '../secret.png',
    'art/../../secret.png',
    '/etc/hostname',
    'art/leak.png',
    'etc/hostname',
    'art\\photo.png',
    'art/photo.png\0.svg',
    'asset:../secret.png',
    'art/pipe.png',
    'art',
    '.',
    '',
    'x'.repeat(2000),
  ])('refuse the path %j', async (path) => {
    await expect(resources.image(path, signal)).rejects.toMatchObject({
      code: expect.stringMatching(/^resource\.(?:forbidden|not-found)$/),
    });
  });

  it('follow a link that stays inside', async () => {
    expect(await resources.image('art/same.png', signal)).toMatchObject({ widthPx: 12 });
  });

  it('see a file that changed', async () => {
    writeFileSync(join(base, 'change.svg'), svg);
    const before = await resources.drawing('change.svg', signal);
    writeFileSync(join(base, 'change.svg'), svg.replace('0 0 10 10', '0 0 20 10'));
    expect([before.width, (await resources.drawing('change.svg', signal)).width]).toEqual([10, 20]);
  });

  it('see a file that changed long after it was first read, also when its size and time are as before', async () => {
    const file = join(base, 'settled.svg');
    writeFileSync(file, svg);
    const written = statSync(file).mtime;
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    const widths = [await widthOf('settled.svg'), await widthOf('settled.svg')];
    const known = await fingerprintInside(base, 'settled.svg');
    writeFileSync(file, svg.replace('0 0 10 10', '0 0 20 10'));
    utimesSync(file, written, written);
    widths.push(await widthOf('settled.svg'));
    const changed = await fingerprintInside(base, 'settled.svg');
    later.mockRestore();
    expect(widths).toEqual([10, 10, 20]);
    expect([known, changed]).toEqual([expect.any(String), expect.any(String)]);
    expect(changed).not.toBe(known);
    expect(await fingerprintInside(base, 'settled.svg')).toBeNull();
  });

  it('find bundled products, fonts and profiles', async () => {
    expect((await resources.product('crew-tee')).placements.length).toBeGreaterThan(0);
    expect((await resources.font({ family: 'Inter', weight: 400, italic: false })).bytes.length).toBeGreaterThan(10_000);
    expect(await resources.profile('fogra39-coated')).toMatchObject({ conditionId: 'FOGRA39' });
    await expect(resources.profile('nowhere')).rejects.toMatchObject({
      code: 'profile.unknown',
      hint: expect.stringContaining('fogra39-coated'),
    });
    await expect(resources.profile('../x.icc')).rejects.toMatchObject({ code: 'resource.forbidden' });
  });
});
