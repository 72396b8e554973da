import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenResources } from '../../src/drivers/resources/fs-resources.ts';
import { renderMockup } from '../../src/mockup/index.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { sha256 } from '../../src/model/digest.ts';
import { preview } from '../../src/produce/preview.ts';
import { RenderCache } from '../../src/produce/render-cache.ts';
import { encodePixels } from '../../src/render/raster/encode-pixels.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

const signal = new AbortController().signal;

const dot = { type: 'shape', shape: { kind: 'ellipse' }, fill: '#ff0000', box: { x: 10, y: 10, width: 30, height: 30 } };

const spec = (product: string, variant: object, components: object = {}) =>
  parseDesignSpec({
    product,
    variant,
    components,
    placements: [{ placement: 'front', method: 'dtg', settings: { dpi: 72 }, layers: [dot] }],
  });

const picture = async (view: string, ordered: ReturnType<typeof spec>, cache?: RenderCache, heightPx?: number): Promise<Uint8Array> => {
  const options = { view, widthPx: 300, signal, ...(cache ? { cache } : {}), ...(heightPx ? { heightPx } : {}) };
  const { file, ok } = await preview(ordered, resources, options);
  expect(ok).toBe(true);
  return file.data;
};

const statsOf = async (data: Uint8Array, region: { left: number; top: number; width: number; height: number }) => {
  const part = await sharp(data).removeAlpha().extract(region).png().toBuffer();
  const { channels } = await sharp(part).stats();
  return { mean: channels[1]?.mean ?? 0, spread: channels[1]?.stdev ?? 0 };
};

describe('the material of a variant', () => {
  test('is laid on the article and keeps its colour', async () => {
    const calm = { left: 120, top: 130, width: 60, height: 60 };
    const heather = await statsOf(await picture('front', spec('crew-tee', { colour: 'heather-grey' })), calm);
    const sky = await statsOf(await picture('front', spec('crew-tee', { colour: 'sky' })), calm);
    expect(heather.spread).toBeGreaterThan(sky.spread * 1.5);
    const flat = await renderMockup(await resources.view('crew-tee', 'front'), [], { article: '#b4b6ba' }, { widthPx: 300 }, signal);
    const even = await statsOf(await encodePixels(flat, { format: 'png' }), calm);
    expect(Math.abs(heather.mean - even.mean)).toBeLessThan(8);
  });
});

describe('the material of a component', () => {
  const handles = (material: string) => spec('tote-bag', { colour: 'natural' }, { handles: { colour: '#7a3b1d', material } });

  test('is shown, and the pictured one changes nothing but the colour', async () => {
    const [denim, canvas, coloured] = [
      await picture('hanging', handles('denim')),
      await picture('hanging', handles('canvas')),
      await picture('hanging', spec('tote-bag', { colour: 'natural' }, { handles: '#7a3b1d' })),
    ];
    expect(sha256(canvas)).toBe(sha256(coloured));
    expect(sha256(denim)).not.toBe(sha256(canvas));
  });

  test('is the same from warm caches, whatever was shown before', async () => {
    const cache = new RenderCache();
    const cold = [await picture('hanging', handles('denim')), await picture('hanging', handles('leather'))].map(sha256);
    for (let round = 0; round < 2; round += 1) {
      expect(sha256(await picture('hanging', handles('denim'), cache))).toBe(cold[0]);
      expect(sha256(await picture('hanging', handles('leather'), cache))).toBe(cold[1]);
      await picture('hanging', handles('canvas'), cache);
    }
    cache.dispose();
  });

  test('takes another colour from a warm cache as from a cold one', async () => {
    const cache = new RenderCache();
    const inColour = (colour: string, material: string) => spec('tote-bag', { colour: 'natural' }, { handles: { colour, material } });
    for (const material of ['leather', 'denim'] as const) {
      await picture('hanging', inColour('#7a3b1d', material), cache);
      const warm = await picture('hanging', inColour('#2b3f63', material), cache);
      expect(sha256(warm)).toBe(sha256(await picture('hanging', inColour('#2b3f63', material))));
    }
    cache.dispose();
  });

  test('is shown in pictures of other proportions', async () => {
    const wide = await picture('hanging', handles('denim'), undefined, 200);
    const other = await picture('hanging', handles('canvas'), undefined, 200);
    expect(sha256(wide)).not.toBe(sha256(other));
  });
});
