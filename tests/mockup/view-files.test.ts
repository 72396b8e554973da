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

const wrap = { placement: 'wrap', zone: 'body', x: -114.3, y: 0, width: 228.6, height: 88.9 };

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
    expect(await views.list('crew-tee')).toEqual(['back', 'chest', 'front']);
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

  it('says which file of the library is wrong, and never points into the order for it', async () => {
    await edit((record) => ({ ...record, knee: 2 }));
    await expect(load()).rejects.toMatchObject({
      message: /\/knee.*in products\/mug-11oz\/views\/handle-left\/view\.json/,
      pointer: undefined,
    });
    await writeFile(join(folder, 'view.json'), '{"id":');
    await expect(load()).rejects.toMatchObject({ code: 'json.syntax', message: /in products\/mug-11oz\/views\/handle-left\/view\.json/ });
    await rm(join(folder, 'view.json'));
    await expect(load()).rejects.toMatchObject({ code: 'view.no-record', message: /products\/mug-11oz\/views\/handle-left\/view\.json/ });
  });

  it.each([
    [
      'a zone that two channels claim and one that none does',
      { zones: ['body', 'inside', 'inside'] },
      {},
      /zones\/2.*no channel before.*\/zones\/\d\/id/,
    ],
    ['a channel for no zone', { zones: ['body', 'inside', 'lid'] }, {}, /\/maps\/zones\/0\/zones\/2: expected one of "body".*got "lid"/],
    ['a channel for the background', { zones: ['body', 'inside', 'background'] }, {}, /\/maps\/zones\/0\/zones\/2: expected another zone/],
    ['a background that is no zone', {}, { background: 'backgrund' }, /\/background: expected one of .*did you mean "background"/],
    [
      'a print on no zone, and one placement twice',
      {},
      { placements: [wrap, { ...wrap, zone: 'lid' }] },
      /\/placements\/1\/zone.*\/placements\/1\/placement/,
    ],
  ])('refuses a record with %s', async (_, channels, more, message) => {
    await edit((record) => {
      const maps = Object(record.maps);
      return { ...record, ...more, maps: { ...maps, zones: [{ ...Object(maps.zones[0]), ...channels }] } };
    });
    await expect(load()).rejects.toMatchObject({ code: 'input.invalid', message });
  });

  it('refuses maps of another kind than their names say', async () => {
    const positions = join(folder, 'positions.png');
    const sound = await readFile(positions);
    const kinds = { '8 bit': sharp(sound).toColourspace('srgb').png(), '1 channels': sharp(sound).toColourspace('grey16').png() };
    for (const [kind, made] of Object.entries(kinds)) {
      await writeFile(positions, await made.toBuffer());
      await expect(load()).rejects.toMatchObject({
        code: 'view.map-kind',
        message: new RegExp(`16 bit.* for positions\\.png, got.*${kind}`),
      });
    }
    await writeFile(positions, sound);
    const zones = join(folder, 'zones.webp');
    await writeFile(
      zones,
      await sharp(await readFile(zones))
        .ensureAlpha(0)
        .webp({ lossless: true })
        .toBuffer(),
    );
    await expect(load()).rejects.toMatchObject({ code: 'view.map-kind', message: /without alpha for zones\.webp/ });
  });

  it('refuses positions that are nowhere', async () => {
    const nowhere = sharp({ create: { width: 500, height: 500, channels: 3, background: '#000' } }).toColourspace('rgb16');
    await writeFile(join(folder, 'positions.png'), await nowhere.png().toBuffer());
    await expect(load()).rejects.toMatchObject({ code: 'view.map-empty', message: /positions\.png/ });
  });

  it('names every map that is wrong', async () => {
    await rm(join(folder, 'gloss.webp'));
    await truncate(join(folder, 'positions.png'), 20_000);
    await writeFile(join(folder, 'shade.webp'), '');
    await expect(load()).rejects.toMatchObject({
      message: /positions\.png.*shade\.webp.*gloss\.webp.*in products\/mug-11oz\/views\/handle-left$/,
    });
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
  it.each([
    ['of a sound view nothing', (record: Json): Json => record, []],
    [
      'a placement the product has not',
      (record: Json): Json => ({ ...record, placements: [{ ...wrap, placement: 'lid' }] }),
      ['view.placement-unknown'],
    ],
    ['an option the product has not', (record: Json): Json => ({ ...record, when: { size: ['xl'] } }), ['view.option-unknown']],
    ['a trim of another size', (record: Json): Json => ({ ...record, placements: [{ ...wrap, width: 200 }] }), ['view.trim-size']],
    [
      'a trim that the picture does not show',
      (record: Json): Json => ({ ...record, placements: [{ ...wrap, x: 900 }] }),
      ['view.coverage'],
    ],
    ['a trim it hardly shows', (record: Json): Json => ({ ...record, placements: [{ ...wrap, x: -310 }] }), ['view.coverage']],
  ] as const)('names %s', async (_, change, codes) => {
    expect([...(await codesAfter(change))].sort()).toEqual([...codes]);
  });

  it('warns of placements that no view shows', async () => {
    const tee = productOf('crew-tee');
    const records = [await views.record('crew-tee', 'front')];
    expect(checkShown(tee, records).map(({ pointer }) => pointer)).toEqual(['/placements/1']);
  });
});
