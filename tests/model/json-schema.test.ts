import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { jsonSchemas } from '../../src/model/json-schema.ts';

const ajv = (): Ajv2020 => new Ajv2020({ strict: false, validateFormats: false });

describe('the JSON schemas', () => {
  test.each(Object.keys(jsonSchemas()))('schemas/%s is what the code says', async (name) => {
    const committed: unknown = JSON.parse(await readFile(new URL(`../../schemas/${name}`, import.meta.url), 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(jsonSchemas()[name])));
  });

  test('accept a good spec and refuse a bad one in an independent validator', () => {
    const validate = ajv().compile(Object(jsonSchemas()['design-spec.schema.json']));
    const good = {
      product: 'crew-tee',
      placements: [
        {
          placement: 'front',
          method: 'dtg',
          layers: [
            { type: 'group', layers: [{ type: 'text', text: 'Ana', font: { family: 'Lora' }, size: '24pt', box: { width: '3in' } }] },
          ],
        },
      ],
    };
    expect(validate(good), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...good, prodct: 1 })).toBe(false);
    expect(validate({ placements: [] })).toBe(false);
  });

  test('describe fields, so that editors can explain them', () => {
    const text = JSON.stringify(jsonSchemas()['design-spec.schema.json']);
    expect(text.match(/"description"/g)?.length ?? 0).toBeGreaterThan(60);
  });
});
