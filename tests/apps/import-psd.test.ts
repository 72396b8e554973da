import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureLayer, psdBytes, smartLayer } from '../intake/psd/make-psd.ts';
import { eventsOf, platen } from '../support/platen-cli.ts';

const SIZE = 200;
const QUAD = [50, 40, 150, 50, 150, 160, 50, 150];

const mockup = psdBytes(SIZE, SIZE, [
  pictureLayer('Table', SIZE, SIZE, () => [200, 190, 170, 255]),
  smartLayer('Your design', { width: SIZE, height: SIZE }, QUAD, { width: 200, height: 200 }),
  pictureLayer('Shadow', SIZE, SIZE, (x) => [255 - x / 2, 255 - x / 2, 255 - x / 2, 255], { blendMode: 'multiply' }),
  {
    ...pictureLayer('Contrast', SIZE, SIZE, () => [0, 0, 0, 0]),
    adjustment: { type: 'brightness/contrast', brightness: 10, contrast: 20 },
  },
]);

let folder = '';
let products = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-import-'));
  products = join(folder, 'templates', 'products');
  await writeFile(join(folder, 'mockup.psd'), mockup);
  await writeFile(join(folder, 'broken.psd'), mockup.subarray(0, 4000));
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

const importAs = (id: string, ...more: readonly string[]) =>
  platen(
    [
      'products',
      'import',
      'mockup.psd',
      '--id',
      id,
      '--name',
      'My box',
      '--placement',
      'lid',
      '--width',
      '100mm',
      '--out',
      products,
      ...more,
    ],
    {
      cwd: folder,
    },
  );

const filesOf = async (id: string): Promise<Record<string, string>> => {
  const names = await readdir(join(products, id), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(files.sort().map(async (file) => [file.slice(join(products, id).length), await readFile(file, 'base64')]));
  return Object.fromEntries(read);
};

describe('platen products import', () => {
  it('makes a product that passes the check and is rendered with the design in its place', async () => {
    const made = await importAs('my-box');
    expect(made.err).toContain('psd.adjustment "Contrast"');
    expect(made).toMatchObject({ code: 0, out: `${join(products, 'my-box')}\n` });
    expect(await platen(['products', 'check', join(products, 'my-box')])).toMatchObject({ code: 0 });
    const report: unknown = JSON.parse(await readFile(join(products, 'my-box', 'import-report.json'), 'utf8'));
    expect(report).toMatchObject({ product: 'my-box', notes: [{ code: 'psd.adjustment', layer: 'Contrast' }] });

    const spec = {
      version: 1,
      product: 'my-box',
      placements: [
        { placement: 'lid', method: 'dtg', layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#c02030', box: { within: 'trim' } }] },
      ],
    };
    await writeFile(join(folder, 'spec.json'), JSON.stringify(spec));
    const shot = await platen(['preview', 'spec.json', '-o', 'shot.png', '--view', 'front', '--width', '200'], {
      cwd: folder,
      env: { PLATEN_TEMPLATES_DIR: join(folder, 'templates') },
    });
    expect(shot.err).toBe('');
    expect(shot.code).toBe(0);
    const { data } = await sharp(join(folder, 'shot.png')).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number): readonly number[] => [...data.subarray((y * SIZE + x) * 3, (y * SIZE + x) * 3 + 3)];
    const shade = 1 - 100 / 2 / 255;
    [192, 32, 48].forEach((v, c) => {
      expect(Math.abs((pixel(100, 100)[c] ?? 0) - v * shade)).toBeLessThan(5);
    });
    [200, 190, 170].forEach((v, c) => {
      expect(Math.abs((pixel(20, 20)[c] ?? 0) - v * (1 - 10 / 255))).toBeLessThan(5);
    });
    const rendered = await platen(['render', 'spec.json', '--out', 'out', '--json'], {
      cwd: folder,
      env: { PLATEN_TEMPLATES_DIR: join(folder, 'templates') },
    });
    expect(rendered.code).toBe(0);
    expect(JSON.stringify(eventsOf(rendered))).toContain('mockup');
  });

  it('refuses to replace a product unless told to, and then writes the same bytes', async () => {
    expect((await importAs('twice')).code).toBe(0);
    const before = await filesOf('twice');
    expect(Object.keys(before)).toContain('/views/front/view.json');
    const again = await importAs('twice');
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/product\.exists.*\n.*--force/);
    expect((await importAs('twice', '--force')).code).toBe(0);
    expect(await filesOf('twice')).toEqual(before);
    expect((await readdir(join(folder, 'templates'))).filter((name) => name !== 'products')).toEqual([]);
  });

  it('says what is wrong with a file it cannot use, and leaves nothing behind', async () => {
    await writeFile(join(folder, 'no.psd'), 'hello');
    const run = (file: string, ...more: readonly string[]) =>
      platen(['products', 'import', file, '--id', 'none', '--name', 'x', '--out', products, ...more], { cwd: folder });
    expect((await run('no.psd')).err).toContain('psd.not-psd');
    expect(await run('broken.psd')).toMatchObject({ code: 1, err: expect.stringContaining('psd.corrupt') });
    expect(await run('absent.psd')).toMatchObject({ code: 2, err: expect.stringContaining('file.unreadable') });
    expect(await run('mockup.psd', '--method', 'dtgg')).toMatchObject({ code: 2, err: expect.stringContaining('dtg') });
    expect(await run('mockup.psd', '--width', 'wide')).toMatchObject({ code: 2, err: expect.stringContaining('200mm') });
    expect((await readdir(folder, { recursive: true })).filter((name) => name.includes('none'))).toEqual([]);
  });
});
