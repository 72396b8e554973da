import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFontLibrary } from '../../src/drivers/resources/font-library.ts';
import { findMethod } from '../../src/methods/index.ts';
import { layersOfBook } from '../../src/model/book.ts';
import { type DesignSpec, parseDesignSpec } from '../../src/model/design-spec.ts';
import type { Layer } from '../../src/model/layers.ts';
import { parseProduct } from '../../src/model/product.ts';
import { fontRequestsOf } from '../../src/scene/text/layout-text.ts';
import { layersOf } from '../../src/scene/walk.ts';
import { foldersWith, pathOf, readJson } from './templates.ts';

const folders = foldersWith('examples', 'spec.json');
const fileOf = (name: string): string => `examples/${name}/spec.json`;
const specOf = (name: string): DesignSpec => parseDesignSpec(readJson(fileOf(name)));
const layersIn = (spec: DesignSpec): readonly Layer[] =>
  spec.placements
    .flatMap(({ layers, book }) => [{ layers }, ...(book ? layersOfBook(book, '') : [])])
    .flatMap(({ layers }) => layersOf(layers, '').map((one) => one.layer));
const fonts = await openFontLibrary(pathOf('fonts'));

const sourcesOf = (layer: Layer): readonly string[] => {
  if (layer.type === 'collage') return layer.photos.map((photo) => photo.source);
  if (layer.type === 'image') return layer.mask?.by === 'luminance' ? [layer.source, layer.mask.source] : [layer.source];
  return layer.type === 'svg' ? [layer.source] : [];
};

describe('the example orders', () => {
  it('are nine or more, each with a page that says what to look at', () => {
    expect(folders.length).toBeGreaterThanOrEqual(9);
    for (const name of folders) expect(statSync(pathOf(`examples/${name}/README.md`)).size).toBeGreaterThan(200);
  });

  it.each(folders)('%s names a product, a shop, placements, methods and choices that exist', (name) => {
    const spec = specOf(name);
    const product = parseProduct(readJson(`templates/products/${spec.product}/product.json`));
    if (spec.shop !== 'standard') expect(foldersWith('templates/shops', 'shop.json')).toContain(spec.shop);
    for (const [option, value] of Object.entries(spec.variant)) {
      expect(product.options.find((one) => one.id === option)?.values.map((one) => one.id)).toContain(value);
    }
    for (const { placement, method, settings } of spec.placements) {
      const methods = product.placements.find((one) => one.id === placement)?.methods ?? {};
      expect(Object.keys(methods)).toContain(method);
      expect(findMethod(method)?.settings.safeParse(settings).error).toBeUndefined();
    }
  });

  it.each(folders)('%s uses fonts of the bundled library', async (name) => {
    for (const layer of layersIn(specOf(name))) {
      if (layer.type !== 'text') continue;
      for (const request of fontRequestsOf(layer)) {
        const file = await fonts.find(request);
        expect(file.bytes.length).toBeGreaterThan(1000);
      }
    }
  });

  it.each(folders)('%s finds its pictures and drawings beside it', (name) => {
    for (const source of layersIn(specOf(name)).flatMap(sourcesOf)) {
      expect(source.startsWith('data:')).toBe(false);
      expect(statSync(join(dirname(pathOf(fileOf(name))), source)).size).toBeGreaterThan(100);
    }
  });

  it('carry no picture or drawing that they do not use, and no two versions of one', () => {
    const versions = new Map<string, Buffer>();
    const drawings = readdirSync(pathOf('examples/assets/art')).map((file): [string, Buffer] => [
      `art/${file}`,
      readFileSync(pathOf(`examples/assets/art/${file}`)),
    ]);
    for (const [file, bytes] of drawings) versions.set(file, bytes);
    for (const name of folders) {
      const used = new Set(layersIn(specOf(name)).flatMap(sourcesOf));
      const entries = readdirSync(pathOf(`examples/${name}`), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const there = entries.map((entry) => relative(pathOf(`examples/${name}`), join(entry.parentPath, entry.name)));
      expect(there.filter((file) => !['spec.json', 'order.json', 'README.md'].includes(file)).sort()).toEqual([...used].sort());
      for (const file of used) {
        const bytes = readFileSync(pathOf(`examples/${name}/${file}`));
        expect(bytes.equals(versions.get(file) ?? bytes), `${name}/${file}`).toBe(true);
        versions.set(file, bytes);
      }
    }
  });

  it('use every type of plain layer, and those that lay themselves out but for what the designs show', () => {
    const used = new Set(folders.flatMap((name) => layersIn(specOf(name)).map((layer) => layer.type)));
    const plain = ['code', 'collage', 'group', 'image', 'pattern', 'shape', 'svg', 'text'];
    const special = ['calendar', 'coordinates', 'handwriting', 'list', 'signature', 'word-cloud'];
    expect([...used].sort()).toEqual([...plain, ...special].sort());
  });

  it('use every placement of text', () => {
    const used = new Set(
      folders.flatMap((name) => layersIn(specOf(name)).flatMap((layer) => (layer.type === 'text' ? [layer.placement.kind] : []))),
    );
    expect([...used].sort()).toEqual(['arc', 'circle', 'envelope', 'path', 'straight', 'vertical', 'wave']);
  });
});
