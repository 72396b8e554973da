import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { foldersWith, readJson } from './templates.ts';

const KINDS = [
  { schema: 'product', folder: 'templates/products', file: 'product.json' },
  { schema: 'shop', folder: 'templates/shops', file: 'shop.json' },
  { schema: 'palette', folder: 'templates/palettes', file: 'palette.json' },
  { schema: 'design-spec', folder: 'examples', file: 'spec.json' },
] as const;

describe('the JSON Schema that editors use', () => {
  it.each(KINDS)('accepts every $file in $folder, and refuses it with a wrong member', ({ schema, folder, file }) => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(Object(readJson(`schemas/${schema}.schema.json`)));
    const names = foldersWith(folder, file);
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      const data = readJson(`${folder}/${name}/${file}`);
      expect(validate(data), `${name}: ${JSON.stringify(validate.errors?.slice(0, 2))}`).toBe(true);
      expect(validate({ ...Object(data), wrong: true })).toBe(false);
    }
  });
});
