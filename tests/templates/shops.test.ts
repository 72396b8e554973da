import { describe, expect, it } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import { parseProduct } from '../../src/model/product.ts';
import { parseShop, type Shop } from '../../src/model/shop.ts';
import { foldersWith, readJson } from './templates.ts';

const folders = foldersWith('templates/shops', 'shop.json');
const shopOf = (id: string): Shop => parseShop(readJson(`templates/shops/${id}/shop.json`));

/** All settings a shop gives: [method id, settings]. */
const settingsOf = (shop: Shop): readonly (readonly [string, unknown])[] => [
  ...Object.entries(shop.methods),
  ...Object.values(shop.products).flatMap((placements) => Object.values(placements).flatMap((rule) => Object.entries(rule.settings))),
];

describe('the bundled shops', () => {
  it('are three floors beside the standard one', () => {
    expect(folders).toEqual(['garment-150', 'marks-press', 'mirror-transfer']);
  });

  it.each(folders)('%s is named like its folder', (id) => {
    expect(shopOf(id).id).toBe(id);
    expect(shopOf(id).$schema).toBe('../../../schemas/shop.schema.json');
  });

  it.each(folders)('%s gives only settings that the methods take', (id) => {
    const all = settingsOf(shopOf(id));
    expect(all.length).toBeGreaterThan(0);
    for (const [name, settings] of all) {
      const method = findMethod(name);
      expect(method, name).toBeDefined();
      expect(method?.settings.safeParse(settings).error).toBeUndefined();
    }
  });

  it.each(folders)('%s changes only products and placements that exist', (id) => {
    for (const [product, placements] of Object.entries(shopOf(id).products)) {
      const ids = parseProduct(readJson(`templates/products/${product}/product.json`)).placements.map((one) => one.id);
      expect(ids).toEqual(expect.arrayContaining(Object.keys(placements)));
    }
  });
});
