import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { answersSchema } from '../../src/personalize/answers-schema.ts';
import { formFields } from '../../src/personalize/form-fields.ts';
import { makeDesign } from './make-design.ts';

const open = makeDesign({
  title: { en: 'A card', de: 'Eine Karte' },
  fields: [
    { id: 'gift', kind: 'boolean', label: { en: 'Gift', de: 'Geschenk' }, default: false },
    {
      id: 'note',
      kind: 'text',
      label: { en: 'Note', de: 'Notiz' },
      help: { en: 'Short', de: 'Kurz' },
      group: 'Texts',
      maxLength: 12,
      characters: 'name',
      when: { of: 'gift', is: true },
      price: { EUR: 2 },
    },
    { id: 'number', kind: 'text', label: 'Number', numbers: 'nfhs-basketball' },
    {
      id: 'colour',
      kind: 'choice',
      label: 'Colour',
      options: [
        { id: 'red', label: { en: 'Red', de: 'Rot' }, colour: '#c00000' },
        { id: 'gold', when: { of: 'variant.size', is: 'l' } },
      ],
    },
    { id: 'size', kind: 'variant', option: 'size', label: 'Size', default: 's' },
    { id: 'ground', kind: 'colour', label: 'Ground', any: true, required: false },
    { id: 'extras', kind: 'choice', label: 'Extras', options: [{ id: 'a' }, { id: 'b' }], many: { min: 0, max: 1 }, required: false },
    { id: 'photo', kind: 'photo', label: 'Photo', print: { width: 25.4, height: 12.7, minDpi: 300 }, required: false },
    { id: 'signed', kind: 'text', label: 'Signed', default: '{{customer.name}}' },
    { id: 'day', kind: 'date', label: 'Day', required: false },
    { id: 'age', kind: 'number', label: 'Age', min: 1, required: false },
  ],
  data: [{ path: 'customer.name' }],
});

describe('the form of a design', () => {
  const form = (answers: Record<string, unknown>, language = 'de') =>
    new Map(formFields(open, answers, language).map((one) => [one.id, one]));

  it('has the fields in the order of the design, in one language', () => {
    expect([...form({}).keys()]).toEqual(open.design.fields.map(({ id }) => id));
    expect(form({}).get('note')).toEqual({
      id: 'note',
      kind: 'text',
      label: 'Notiz',
      help: 'Kurz',
      group: 'Texts',
      shown: false,
      required: false,
      value: null,
      limits: { minLength: 0, maxLength: 12, characters: 'name', case: 'as-typed' },
      price: { EUR: 2 },
    });
  });

  it('follows the answers so far', () => {
    expect(form({ gift: 'on', note: 'hi' }).get('note')).toMatchObject({ shown: true, required: true, value: 'hi' });
    expect(form({}).get('colour')?.options).toEqual([
      { id: 'red', label: 'Rot', colour: '#c00000', available: true },
      { id: 'gold', label: 'gold', available: false },
    ]);
    expect(form({ size: 'l' }).get('colour')?.options?.[1]?.available).toBe(true);
    expect(form({}).get('size')).toMatchObject({
      value: 's',
      options: [
        { id: 's', label: 'Small' },
        { id: 'l', label: 'Large' },
      ],
    });
  });

  it('tells how many pixels a photo needs', () => {
    expect(form({}).get('photo')?.limits).toEqual({ minWidthPx: 300, minHeightPx: 150, aspect: 2 });
  });
});

describe('the schema of the answers', () => {
  const schema = answersSchema(open, 'de');
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const good = { gift: true, number: '15', colour: 'red' };

  it('is JSON Schema 2020-12 with titles in the language', () => {
    expect(schema).toMatchObject({
      title: 'Eine Karte',
      type: 'object',
      required: ['number', 'colour'],
      properties: { note: { title: 'Notiz', description: 'Kurz', 'x-max-characters': 12 }, colour: { enum: ['red', 'gold'] } },
    });
    expect(schema.properties).not.toHaveProperty('signed.default');
    expect(schema.properties).toHaveProperty('size.default', 's');
  });

  it('takes what can be answered and refuses what cannot', () => {
    expect(validate(good)).toBe(true);
    expect(
      validate({ ...good, ground: '#abc', extras: ['a'], photo: { source: 'a.jpg', turn: 90 }, day: '2026-01-01', age: 3, unknown: 1 }),
    ).toBe(true);
    for (const bad of [
      { number: '16' },
      { colour: 'pink' },
      { extras: ['a', 'b'] },
      { ground: 'red' },
      { age: 0 },
      { photo: {} },
      { note: 'x'.repeat(49) },
    ])
      expect(validate({ ...good, ...bad }), JSON.stringify(bad)).toBe(false);
    expect(validate({})).toBe(false);
  });
});
