import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { openViewLibrary } from '../../src/drivers/resources/view-library.ts';
import { checkShown, checkView } from '../../src/mockup/index.ts';
import { NO_POSITION, type ProductView } from '../../src/model/view.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { productOf, TEMPLATES, views } from './pictures.ts';

let root = '';
let folder = '';
const load = (): Promise<ProductView> => openViewLibrary(root).load('mug-11oz', 'handle-left');

type Json = Record<string, unknown>;
const edit = async (change: (record: Json) => Json): Promise<void> => {
  const path = join(folder, 'view.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
};

beforeEach(async () => {
  root = await temporaryFolder();
  folder = join(root, 'products/mug-11oz/views/handle-left');
  await cp(join(TEMPLATES, 'products/mug-11oz/views/handle-left'), folder, { recursive: true });
});

describe('the view library', () => {
  it('lists the views of a product by name, and none for products without or unknown ones', async () => {
    expect(await views.list('crew-tee')).toEqual(['back', 'front']);
    expect(await views.list('no-such-product')).toEqual([]);
    expect(await views.list('../shops')).toEqual([]);
  });

  it('decodes a view once for all who ask at the same time', async () => {
    const library = openViewLibrary(root);
    const [one, other] = await Promise.all([library.load('mug-11oz', 'handle-left'), library.load('mug-11oz', 'handle-left')]);
    expect(other).toBe(one);
  });

  it('keeps all 16 bits of the positions', async () => {
    const { positions } = await views.load('mug-11oz', 'handle-right');
    const known = positions.mm.filter((_, i) => i % 2 === 0 && positions.mm[i] !== NO_POSITION);
    expect(known.length).toBeGreaterThan(50_000);
    // 8 bits over the range of 220 mm would leave 256 different values.
    expect(new Set(known).size).toBeGreaterThan(10_000);
  });

  it('covers every pixel exactly once', async () => {
    const { coverage } = await load();
    const sums = new Uint16Array(1000 * 1000);
    for (const plane of coverage.values()) for (const [i, cover] of plane.entries()) sums[i] = (sums[i] ?? 0) + cover;
    expect(sums.filter((sum) => sum < 255 || sum > 258)).toHaveLength(0);
  });

  it('refuses a view it does not have', async () => {
    await expect(views.load('crew-tee', 'side')).rejects.toMatchObject({ code: 'view.unknown', message: /back, front/ });
    await expect(views.load('crew-tee', '../front')).rejects.toMatchObject({ code: 'view.unknown' });
  });

  it('refuses a folder whose record is of another view', async () => {
    await edit((record) => ({ ...record, id: 'front' }));
    await expect(load()).rejects.toMatchObject({ code: 'view.id' });
  });

  it('names every mistake in a record', async () => {
    await edit((record) => ({ ...record, widthPx: 'wide', knee: 2 }));
    await expect(load()).rejects.toMatchObject({ code: 'input.invalid', message: /widthPx.*knee/ });
  });

  it('refuses map files that lead elsewhere', async () => {
    await edit((record) => ({ ...record, base: '../../../shops/x.webp' }));
    await expect(load()).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('refuses a view with a map missing, cut short, or of another size', async () => {
    await rm(join(folder, 'gloss.webp'));
    await expect(load()).rejects.toMatchObject({ code: 'view.map-missing', message: /gloss\.webp/ });
    await sharp({ create: { width: 500, height: 500, channels: 3, background: '#888' } })
      .webp()
      .toFile(join(folder, 'gloss.webp'));
    await expect(load()).rejects.toMatchObject({ code: 'view.map-size', message: /1000 x 1000 px for gloss\.webp, got 500 x 500/ });
    await truncate(join(folder, 'positions.png'), 20_000);
    await expect(load()).rejects.toMatchObject({ code: 'view.map-corrupt', message: /positions\.png/ });
  });
});

describe('the check of a view', () => {
  const mug = productOf('mug-11oz');
  const codesAfter = async (change: (record: Json) => Json): Promise<readonly string[]> => {
    await edit(change);
    return checkView(await load(), mug).map(({ code }) => code);
  };
  const zones = [{ file: 'zones.webp', zones: ['body', 'inside', 'inside'] }];
  const wrap = { placement: 'wrap', zone: 'body', x: -114.3, y: 0, width: 228.6, height: 88.9 };

  it.each([
    ['of a sound view nothing', (record: Json): Json => record, []],
    [
      'a placement the product has not',
      (record: Json): Json => ({ ...record, placements: [{ ...wrap, placement: 'lid' }] }),
      ['view.placement-unknown'],
    ],
    ['a zone the view has not', (record: Json): Json => ({ ...record, placements: [{ ...wrap, zone: 'lid' }] }), ['view.zone-unknown']],
    ['a trim of another size', (record: Json): Json => ({ ...record, placements: [{ ...wrap, width: 200 }] }), ['view.trim-size']],
    [
      'a trim that the picture does not show',
      (record: Json): Json => ({ ...record, placements: [{ ...wrap, x: 900 }] }),
      ['view.coverage'],
    ],
    ['a trim it hardly shows', (record: Json): Json => ({ ...record, placements: [{ ...wrap, x: -310 }] }), ['view.coverage']],
    [
      'a zone that two channels claim and one that none does',
      (record: Json): Json => ({ ...record, maps: { ...Object(record.maps), zones } }),
      ['view.zone-twice', 'view.zone-uncovered'],
    ],
  ] as const)('names %s', async (_, change, codes) => {
    expect([...(await codesAfter(change))].sort()).toEqual([...codes]);
  });

  it('warns of placements that no view shows', async () => {
    const tee = productOf('crew-tee');
    const records = [await views.record('crew-tee', 'front')];
    expect(checkShown(tee, records).map(({ pointer }) => pointer)).toEqual(['/placements/1']);
  });
});
