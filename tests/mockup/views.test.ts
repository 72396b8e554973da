import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkView, compileView, measurePlacement, paintMockup } from '../../src/mockup/index.ts';
import { encodePixels } from '../../src/render/raster/encode-pixels.ts';
import { expectGolden } from '../golden/golden.ts';
import { gridLayers, productOf, signal, TEMPLATES, views } from './pictures.ts';

const WIDTH_PX = 200;

const products = readdirSync(join(TEMPLATES, 'products')).sort();
const all = (await Promise.all(products.map(async (product) => (await views.list(product)).map((view) => ({ product, view }))))).flat();
const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);

/** Shown by their flat art alone: whoever makes views of them takes them off this list. */
const WITHOUT_VIEWS = ['all-over-tee', 'tumbler-20oz', 'web-banner'];

describe('the bundled views', () => {
  it('show every bundled product but those known to have none, in 60 MB at most', () => {
    expect(products.length).toBeGreaterThanOrEqual(11);
    expect([...new Set(all.map(({ product }) => product)), ...WITHOUT_VIEWS].sort()).toEqual(products);
    expect(bytesIn(TEMPLATES)).toBeLessThan(60e6);
  });

  it.each(all)('$product/$view is at most 1.5 MB, agrees with its product and shows its placements', async ({ product, view }) => {
    expect(bytesIn(join(TEMPLATES, 'products', product, 'views', view))).toBeLessThan(1.5e6);
    const loaded = await views.load(product, view);
    const findings = checkView(loaded, productOf(product));
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const [first] = loaded.record.placements;
    expect(first && measurePlacement(loaded, first).pxPerMm.median).toBeCloseTo(loaded.record.pxPerMm.median, 0);
    expect(await views.thumb(product, view)).toSatisfy((bytes: Uint8Array) => bytes.length > 500);
  });

  it.each(all)('$product/$view lays the calibration grid where it lay before', async ({ product, view }) => {
    const compiled = await compileView(await views.load(product, view), WIDTH_PX);
    const picture = await paintMockup(compiled, gridLayers(compiled), {}, signal);
    // Another processor may round the resized maps differently by one step.
    expectGolden(`mockup/${product}--${view}`, await encodePixels(picture, { format: 'png' }), { channel: 2, share: 0 });
  });
});
