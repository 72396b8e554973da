import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { type Product, parseProduct } from '../../src/model/product.ts';
import { STANDARD_SHOP } from '../../src/model/shop.ts';
import { measurePlacement } from '../../src/scene/area.ts';
import { foldersWith, pathOf, readJson } from './templates.ts';

const folders = foldersWith('templates/products', 'product.json');
const fileOf = (id: string): string => `templates/products/${id}/product.json`;
const products = new Map(folders.map((id): [string, Product] => [id, parseProduct(readJson(fileOf(id)))]));

const productOf = (id: string): Product => {
  const product = products.get(id);
  if (!product) throw new Error(`expected the product ${id}, got none`);
  return product;
};

const areaOf = (id: string, placementId: string, choices: { readonly variant?: Record<string, string>; readonly pages?: number } = {}) => {
  const product = productOf(id);
  const placement = product.placements.find((one) => one.id === placementId);
  if (!placement) throw new Error(`expected the placement ${placementId} of ${id}, got none`);
  const spec = parseDesignSpec({ product: id, placements: [{ placement: placementId, method: 'any' }], ...choices });
  return measurePlacement(product, placement, spec, STANDARD_SHOP);
};

describe('the bundled products', () => {
  it('hold the six that the examples use', () => {
    expect(folders).toEqual(
      expect.arrayContaining(['crew-tee', 'greeting-card', 'mug-11oz', 'notebook-cover', 'poster-a3', 'sticker-sheet']),
    );
  });

  it.each(folders)('%s is named like its folder and points to the schema', (id) => {
    expect(productOf(id).id).toBe(id);
    const { $schema } = productOf(id);
    expect($schema).toBe('../../../schemas/product.schema.json');
    expect(existsSync(join(dirname(pathOf(fileOf(id))), $schema ?? ''))).toBe(true);
  });

  it.each(folders)('%s has no id twice', (id) => {
    const { options, placements, documents } = productOf(id);
    const lists = [
      options.map((one) => one.id),
      placements.map((one) => one.id),
      documents.map((one) => one.id),
      ...options.map(({ values }) => values.map((one) => one.id)),
      ...placements.map(({ panels }) => panels.map((one) => one.id)),
      ...placements.map(({ keepOuts }) => keepOuts.map((one) => one.id)),
    ];
    for (const list of lists) expect(new Set(list).size).toBe(list.length);
  });

  it.each(folders)('%s takes only methods that exist, with settings they take', (id) => {
    for (const { methods } of productOf(id).placements) {
      for (const [name, settings] of Object.entries(methods)) {
        const method = findMethod(name);
        expect(method, name).toBeDefined();
        expect(method?.settings.safeParse(settings).error).toBeUndefined();
      }
    }
  });

  it.each(folders)('%s refers only to options, values and placements that it has', (id) => {
    const { options, placements, documents } = productOf(id);
    for (const option of options) {
      if (option.default !== undefined) expect(option.values.map((one) => one.id)).toContain(option.default);
    }
    for (const { when } of placements.flatMap((one) => one.sizes)) {
      for (const [name, values] of Object.entries(when)) {
        const known = options.find((one) => one.id === name)?.values.map((one) => one.id) ?? [];
        expect(known).toEqual(expect.arrayContaining(values));
      }
    }
    const ids = placements.map((one) => one.id);
    for (const document of documents) expect(ids).toEqual(expect.arrayContaining(document.placements));
  });

  it.each(folders)('%s keeps its keep-outs inside the trim and leaves room within the safe margin', (id) => {
    for (const placement of productOf(id).placements) {
      const { area } = areaOf(id, placement.id, { pages: 160 });
      expect(Math.min(area.widthMm, area.heightMm)).toBeGreaterThan(4 * area.safeMm);
      for (const { x, y, width, height } of placement.keepOuts) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(area.widthMm + 0.001);
        expect(y + height).toBeLessThanOrEqual(area.heightMm + 0.001);
      }
    }
  });
});

describe('the sizes of the bundled products', () => {
  it('let the T-shirt front grow with the garment', () => {
    const widths = ['xs', 's', 'm', 'l', 'xl', '2xl', '3xl'].map((size) => areaOf('crew-tee', 'front', { variant: { size } }).area.widthMm);
    expect(widths).toEqual([254, 279.4, 304.8, 304.8, 304.8, 355.6, 355.6]);
    expect(areaOf('crew-tee', 'front', { variant: { size: 'xs' } }).area.heightMm).toBe(304.8);
  });

  it('make the spine of the notebook as thick as its pages and boards', () => {
    const thin = areaOf('notebook-cover', 'cover', { pages: 100 });
    const thick = areaOf('notebook-cover', 'cover', { pages: 208 });
    expect(thin.panels.get('spine')?.width).toBe(11);
    expect(thick.panels.get('spine')?.width).toBe(17.48);
    expect(thick.area.widthMm - thin.area.widthMm).toBeCloseTo(6.48, 6);
    expect(thick.area.folds).toHaveLength(4);
  });

  it('give the card two panels of A5 and one fold', () => {
    const { area, panels } = areaOf('greeting-card', 'outside');
    expect([area.widthMm, area.heightMm, area.bleedMm]).toEqual([296, 210, 3]);
    expect(panels.get('front')?.x).toBe(148);
    expect(area.folds.map((fold) => fold.from.x)).toEqual([148]);
  });

  it('leave the same room beside the handle at both ends of the mug', () => {
    const { keepOuts, width } = productOf('mug-11oz').placements[0] ?? { keepOuts: [], width: 0 };
    const [left, right] = keepOuts;
    expect(left?.width).toBe(12);
    expect((width ?? 0) - (right?.x ?? 0)).toBeCloseTo(12, 6);
  });
});
