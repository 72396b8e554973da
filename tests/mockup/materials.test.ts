import { describe, expect, it } from 'vitest';
import { compileView, paintMockup, type SquaredPlane, type ZoneTexture } from '../../src/mockup/index.ts';
import { checkComponents } from '../../src/mockup/materials/check-components.ts';
import { compileMaterial, dependsOnColour, materialTexture, stageMaterials } from '../../src/mockup/materials/material-texture.ts';
import { MATERIALS } from '../../src/mockup/materials/materials.ts';
import { CHANNELS, levelAt, samplePattern } from '../../src/mockup/materials/pattern.ts';
import type { Reflectance } from '../../src/mockup/zone-colours.ts';
import { MATERIAL_IDS, type MaterialId } from '../../src/model/material.ts';
import { parseProduct } from '../../src/model/product.ts';
import { COLOURS, compiledOf } from './compiled-materials.ts';
import { flatView } from './flat-view.ts';
import { signal, views } from './pictures.ts';

const laid = MATERIAL_IDS.filter((id) => id !== 'plain');

const RED = COLOURS.red.colour;

/** A material on a flat view, as ratios and light. */
const textureOn = async (
  view: ReturnType<typeof flatView>,
  id: MaterialId,
  colour: Reflectance = RED,
): Promise<ZoneTexture & { readonly pattern: SquaredPlane }> => {
  const compiled = await compileView(view, view.record.widthPx);
  const texture = await materialTexture(await stageMaterials(view, compiled), 'body', compiledOf(id, colour), colour, signal);
  if (!texture?.pattern) throw new Error(`expected a pattern of ${id}`);
  return { ...texture, pattern: texture.pattern };
};

const ratios = ({ bytes, max }: SquaredPlane): Float64Array => Float64Array.from(bytes, (byte) => max * (byte / 255) ** 2);
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: Float64Array): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe.each(laid)('the material %s', (id) => {
  it('repeats without a seam', () => {
    for (const { widthPx, heightPx, shade, second, height } of MATERIALS[id].tiles()) {
      for (const plane of [shade, second, height]) {
        if (!plane) continue;
        expect(plane.length).toBe(widthPx * heightPx);
        // Steps from the last to the first row and column are such as there are everywhere.
        const [columns, rows] = [new Float64Array(widthPx), new Float64Array(heightPx)];
        for (let i = 0; i < plane.length; i += 1) {
          const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
          const right = plane[y * widthPx + ((x + 1) % widthPx)] ?? Number.NaN;
          const below = plane[((y + 1) % heightPx) * widthPx + x] ?? Number.NaN;
          columns[x] = (columns[x] ?? 0) + Math.abs(right - (plane[i] ?? 0));
          rows[y] = (rows[y] ?? 0) + Math.abs(below - (plane[i] ?? 0));
        }
        for (const steps of [columns, rows]) expect(steps.at(-1)).toBeLessThanOrEqual(1.05 * Math.max(...steps.subarray(0, -1)));
      }
    }
  });

  it('keeps the colour on average, in every colour and at every scale', () => {
    for (const { colour } of dependsOnColour(id) ? Object.values(COLOURS) : [COLOURS.red]) {
      const { patterns } = compiledOf(id, colour);
      for (const { levels } of patterns) {
        for (const { texels } of [levels[0], levels[3], levels.at(-1)].flatMap((level) => level ?? [])) {
          const sums = [0, 0, 0];
          let least = 1;
          for (let i = 0; i < texels.length; i += CHANNELS) {
            for (let c = 0; c < 3; c += 1) {
              sums[c] = (sums[c] ?? 0) + (texels[i + c] ?? 0);
              least = Math.min(least, texels[i + c] ?? 0);
            }
          }
          expect(least).toBeGreaterThanOrEqual(0);
          for (const sum of sums) expect(Math.abs(sum / (texels.length / CHANNELS) - 1)).toBeLessThan(0.02);
        }
      }
      // The repeats of one material are of different sizes, so their product keeps the mean too.
      const out = new Float64Array(CHANNELS);
      const products = Float64Array.from({ length: 12_000 }, (_, i) =>
        patterns.reduce((ratio, pattern) => {
          samplePattern(pattern, (i % 200) * 5.37, Math.floor(i / 200) * 4.73, 0, 1, out.fill(0));
          return ratio * (out[1] ?? 0);
        }, 1),
      );
      expect(Math.abs(mean(products) - 1)).toBeLessThan(0.02);
    }
  });

  it('is the same every time', async () => {
    const [known] = compiledOf(id, RED).patterns;
    const [again] = compileMaterial(id, RED).patterns;
    expect(again?.levels[0]?.texels.every((value, i) => value === known?.levels[0]?.texels[i])).toBe(true);
    expect(await textureOn(flatView(40, 3), id)).toEqual(await textureOn(flatView(40, 3), id));
  });

  it('fades to its colour where the picture is too coarse for it, without patterns of its own', async () => {
    const { diffuse } = MATERIALS[id].finish;
    const { pattern } = await textureOn(flatView(80, 0.02), id);
    const values = ratios(pattern);
    if (diffuse === 0) {
      expect(Math.max(...values)).toBe(0);
      return;
    }
    expect(Math.abs(mean(values) / diffuse - 1)).toBeLessThan(0.02);
    expect(spread(values)).toBeLessThan(0.015);
  });
});

describe.each(['denim', 'canvas', 'knit', 'mesh', 'heather'] as const)('the yarns of %s', (id) => {
  it('make no moire with the pixels of a picture, whatever its scale', () => {
    const [fine] = compiledOf(id, RED).patterns;
    if (!fine) throw new Error('expected a pattern');
    const out = new Float64Array(CHANNELS);
    for (const pxPerMm of [0.4, 0.7, 0.9, 1.1, 1.35, 1.6, 2.1, 2.7]) {
      // Means over blocks of a dozen yarns: yarns vanish in them, beats between yarns and pixels would not.
      const [level, block] = [levelAt(fine, 1 / pxPerMm), Math.max(4, Math.round(9 * pxPerMm))];
      const means = Float64Array.from({ length: 36 }, (_, b) => {
        let sum = 0;
        for (let i = 0; i < block * block; i += 1) {
          const [x, y] = [(b % 6) * block + (i % block), Math.floor(b / 6) * block + Math.floor(i / block)];
          samplePattern(fine, x / pxPerMm, y / pxPerMm, level, 1, out.fill(0));
          sum += out[0] ?? 0;
        }
        return sum / (block * block);
      });
      expect(spread(means), `${pxPerMm} px/mm`).toBeLessThan(id === 'heather' ? 0.06 : 0.03);
    }
  });
});

describe('a material on a zone', () => {
  it('follows the surface: turned there, turned in the picture', async () => {
    const across = ratios((await textureOn(flatView(120, 3), 'heather')).pattern);
    const turned = ratios(
      (
        await textureOn(
          flatView(120, 3, 'sheet', (x, y) => [y / 3, x / 3]),
          'heather',
        )
      ).pattern,
    );
    const runsAlongRows = (values: Float64Array): boolean => {
      let [alongRow, downColumn] = [0, 0];
      for (let i = 0; i + 361 < values.length; i += 3) {
        alongRow += Math.abs((values[i + 3] ?? 0) - (values[i] ?? 0));
        downColumn += Math.abs((values[i + 360] ?? 0) - (values[i] ?? 0));
      }
      return alongRow < downColumn;
    };
    expect(runsAlongRows(across)).toBe(true);
    expect(runsAlongRows(turned)).toBe(false);
  });

  it('does not smear across a fold', async () => {
    const folded = flatView(120, 3, 'sheet', (x, y) => [x / 3 + (x >= 60 ? 300 : 0), y / 3]);
    const values = ratios((await textureOn(folded, 'denim')).pattern);
    const detail = (x: number): number => spread(Float64Array.from({ length: 120 }, (_, y) => values[(y * 120 + x) * 3 + 1] ?? 0));
    const inside = [20, 30, 40, 80, 90, 100].map(detail);
    for (const x of [58, 59, 60, 61]) expect(detail(x)).toBeGreaterThan(Math.min(...inside) * 0.6);
  });

  it('is not there for zones that the picture does not show, and nothing where it is plain', async () => {
    const view = flatView(40, 3);
    const stage = await stageMaterials(view, await compileView(view, 40));
    expect(await materialTexture(stage, 'background', compiledOf('denim', RED), RED, signal)).toBeNull();
    expect(await materialTexture(stage, 'no-such-zone', compiledOf('denim', RED), RED, signal)).toBeNull();
    expect(await materialTexture(stage, 'body', compiledOf('plain', RED), RED, signal)).toBeNull();
  });

  it('hears an abort while it is painted', async () => {
    const view = flatView(400, 3);
    const stage = await stageMaterials(view, await compileView(view, 400));
    const controller = new AbortController();
    const painted = materialTexture(stage, 'body', compiledOf('denim', RED), RED, controller.signal);
    setImmediate(() => controller.abort(new Error('stop')));
    await expect(painted).rejects.toThrow('stop');
  });

  it('looks the same in a picture larger than its view, only sharper', async () => {
    const view = flatView(120, 3, 'ball');
    const meanOf = async (widthPx: number): Promise<readonly number[]> => {
      const compiled = await compileView(view, widthPx);
      const stage = await stageMaterials(view, compiled);
      const texture = await materialTexture(stage, 'body', compiledOf('leather', RED), RED, signal);
      if (!texture?.pattern || !texture.extra) throw new Error('expected planes');
      return [mean(ratios(texture.pattern)), mean(ratios(texture.extra))];
    };
    const [own, large] = [await meanOf(120), await meanOf(300)];
    expect((large[0] ?? 0) / (own[0] ?? 1)).toBeCloseTo(1, 1);
    expect((large[1] ?? 0) / (own[1] ?? 1)).toBeCloseTo(1, 1);
  });

  it('shines on any colour when it is lacquered, and hardly when it is suede', async () => {
    const view = flatView(160, 3, 'ball');
    const compiled = await compileView(view, 160);
    const stage = await stageMaterials(view, compiled);
    const highlight = async (id: MaterialId, hex: string, colour: Reflectance): Promise<number> => {
      const texture = await materialTexture(stage, 'body', compiledOf(id, colour), colour, signal);
      const textures = new Map(texture ? [['body', texture]] : []);
      const { rgba } = await paintMockup(compiled, [], { article: hex }, signal, { textures });
      const at = (x: number, y: number): number => rgba[(y * 160 + x) * 4 + 1] ?? 0;
      const lamp = Math.max(...Array.from({ length: 40 * 40 }, (_, i) => at(35 + (i % 40), 30 + Math.floor(i / 40))));
      return lamp - at(80, 95);
    };
    for (const [name, { hex, colour }] of Object.entries(COLOURS)) {
      const [lacquered, brushed] = [await highlight('patent', hex, colour), await highlight('suede', hex, colour)];
      expect(lacquered, name).toBeGreaterThan(name === 'white' ? 12 : 60);
      if (name !== 'white') expect(lacquered, name).toBeGreaterThan(brushed + 30);
    }
  });

  it('is metal where it is metal: without shade, its colour in what it mirrors', async () => {
    const gold = await textureOn(flatView(60, 3, 'ball'), 'polished-metal', [0.76, 0.5, 0.18]);
    expect(gold.metal).toBe(true);
    const light = ratios(gold.extra ?? gold.pattern);
    const [red, blue] = [0, 2].map((c) => mean(light.filter((_, i) => i % 3 === c)));
    expect(red).toBeGreaterThan(2 * (blue ?? 0));
    expect((await textureOn(flatView(60, 3), 'leather')).metal).toBe(false);
  });
});

describe('a check of components', () => {
  const placements = [{ id: 'front', label: 'Front', width: 10, height: 10, methods: { dtg: {} } }];

  it('warns of those that no view shows', async () => {
    const ids = ['visor', 'lining', 'background'];
    const product = parseProduct({ id: 'cap', name: 'Cap', components: ids.map((id) => ({ id, label: id })), placements });
    const { record } = await views.load('cap-six-panel', 'front');
    expect(checkComponents(product, [record]).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['product.component-unseen', '/components/1'],
      ['product.component-unseen', '/components/2'],
    ]);
  });

  it('warns of those that views follow and the product has not', () => {
    const { record } = flatView(40, 3);
    const zones = record.zones.map((zone) => ({ ...zone, follows: { component: zone.id === 'body' ? 'shell' : 'lid' } }));
    const product = parseProduct({ id: 'cap', name: 'Cap', components: [{ id: 'lid', label: 'Lid' }], placements });
    expect(checkComponents(product, [{ ...record, zones }])).toMatchObject([
      { code: 'product.component-unknown', pointer: '/components', message: expect.stringContaining('"shell"') },
    ]);
    expect(checkComponents({ ...product, components: [] }, [{ ...record, zones }])).toEqual([]);
  });

  it('warns of materials that a view cannot show', () => {
    const { record } = flatView(40, 3);
    const metal = { ...record, id: 'metal', zones: record.zones.map((zone) => ({ ...zone, material: 'metal' as const })) };
    const product = parseProduct({
      id: 'cap',
      name: 'Cap',
      components: [{ id: 'body', label: 'Body', materials: ['plain', 'suede', 'patent'] }],
      options: [{ id: 'make', label: 'Make', values: [{ id: 'gold', label: 'Gold', material: 'polished-metal' }] }],
      placements,
    });
    expect(checkComponents(product, [record]).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['product.material-flat', '/components/0/materials/2'],
      ['product.material-flat', '/options/0/values/0/material'],
    ]);
    const dark = checkComponents(product, [metal]).filter(({ code }) => code === 'product.material-dark');
    expect(dark.map(({ pointer }) => pointer)).toEqual(['/components/0/materials/1', '/components/0/materials/2']);
  });
});
