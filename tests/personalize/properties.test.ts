import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { formFields } from '../../src/personalize/form-fields.ts';
import { personalize } from '../../src/personalize/personalize.ts';
import { parseTemplate } from '../../src/personalize/template/template-text.ts';
import { makeDesign } from './make-design.ts';

const label = { en: 'It', de: 'Es' };
const options = [
  { id: 'a', label: 'One' },
  { id: 'b', value: { x: 1 }, when: { of: 'number', above: 3 } },
];

/** One field of every kind, each of which may be left out, and a text for each. */
const open = makeDesign({
  fields: [
    { id: 'text', kind: 'text', label, maxLength: 12, characters: 'latin', words: { max: 3 }, case: 'title' },
    { id: 'jersey', kind: 'text', label, numbers: 'any', required: { of: 'yes', is: true } },
    { id: 'long', kind: 'long-text', label, maxLines: 3 },
    { id: 'number', kind: 'number', label, min: -10, max: 10, step: 0.5 },
    { id: 'date', kind: 'date', label, min: '2000-01-01' },
    { id: 'choice', kind: 'choice', label, options },
    { id: 'many', kind: 'choice', label, options, many: { max: 2 } },
    { id: 'colour', kind: 'colour', label, options: [{ id: 'red', colour: '#c00' }], any: true },
    { id: 'foil', kind: 'colour', label, palette: 'foils' },
    { id: 'font', kind: 'font', label, options: [{ id: 'Lora' }] },
    { id: 'clip', kind: 'clipart', label, options: [{ id: 'star', value: 'asset:star.svg' }] },
    { id: 'photo', kind: 'photo', label, print: { width: 10, height: 10, minDpi: 100 } },
    { id: 'photos', kind: 'photos', label, max: 3 },
    { id: 'yes', kind: 'boolean', label },
    { id: 'mono', kind: 'monogram', label },
    { id: 'edge', kind: 'component', component: 'edge', choose: 'colour', label },
    { id: 'stuff', kind: 'component', component: 'edge', choose: 'material', label },
    { id: 'size', kind: 'variant', option: 'size', label, when: { of: 'yes', given: true } },
    { id: 'place', kind: 'placement', label },
    { id: 'article', kind: 'product', only: ['card'], label },
  ].map((field) => ({ required: false, ...field })),
  data: [{ path: 'customer' }, { path: 'language' }],
  rules: [
    { id: 'font', otherwise: { 'plain-font': { family: 'Lora' } } },
    {
      id: 'table',
      table: {
        keys: ['customer.city', 'number'],
        columns: ['word'],
        rows: [
          ['Lyon', 3, 'a'],
          ['*', '*', '{{customer.name | fallback:"x"}}'],
        ],
      },
      otherwise: { word: 'none' },
    },
    {
      id: 'split',
      split: {
        by: 'customer.id',
        shares: [
          { id: 'a', share: 1, set: { half: 1 } },
          { id: 'b', share: 2, set: { half: '{{text | upper | fallback:"y"}}' } },
        ],
      },
      otherwise: { half: 0 },
    },
  ],
  exclusions: [
    {
      when: {
        all: [
          { of: 'choice', is: 'a' },
          { of: 'yes', is: true },
        ],
      },
      message: label,
    },
  ],
  spec: {
    placements: [
      {
        placement: '{{place | fallback:"front"}}',
        method: 'paper-print',
        layers: [
          {
            type: 'text',
            text: '{{text | fallback:"-"}} {{jersey | pad:3 | fallback:""}} {{number | ordinal | fallback:""}} {{date | date:"D MMM YY" | fallback:""}} {{mono.dotted | fallback:""}} {{word}} {{half}}',
            font: '{{font | fallback:plain-font}}',
            fill: '{{colour | fallback:"#000"}}',
          },
          {
            when: { of: 'photo', given: true },
            type: 'image',
            source: '{{photo}}',
            crop: '{{photo.crop}}',
            focus: '{{photo.focus}}',
            turn: '{{photo.turn}}',
          },
          { each: 'photos', as: 'one', use: { type: 'image', source: '{{one}}', box: { x: '{{each.index | times:5}}' } } },
          {
            each: 'many',
            as: 'one',
            use: { type: 'text', text: '{{one.label}}', font: { family: 'Lora' }, fill: '{{foil | fallback:"#111111"}}' },
          },
          { when: { of: 'long', given: true }, type: 'text', text: '{{long}}', font: { family: 'Lora' } },
        ],
      },
    ],
  },
});

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '{{text}}',
    '{{',
    '__proto__',
    'a',
    'b',
    'A, B',
    'Lora',
    'red',
    '#0f0',
    'gold',
    'front',
    '2024-02-30',
    '2024-02-29',
    'true',
    '3',
    '-2.5',
    '07',
    'leather',
    'ink',
    'l',
    'card',
    '[',
    '["a"]',
    '\ud800',
    'a\u202eb',
    'x'.repeat(300),
  ),
  fc.constantFrom('asset:a.jpg', { source: 'a' }, { source: 'a', crop: { x: 0, y: 0, width: 1, height: 1 } }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(fc.constantFrom('a', 'b', 'One', 7, null, { source: 'p.jpg' }), { maxLength: 4 }),
);
const names = [...open.design.fields.map(({ id }) => id), '__proto__', 'constructor', 'unknown', ''];
const answers = fc.dictionary(fc.constantFrom(...names), odd, { noNullPrototype: false });
const data = fc.oneof(
  fc.constant({}),
  fc.record({ language: odd, customer: odd }, { requiredKeys: [] }),
  fc.record({
    language: fc.constantFrom('de', 'tr', 'ar', 'zh-Hant', 'en-a', 'xx'),
    customer: fc.record({ id: odd, city: odd, name: odd }, { requiredKeys: [] }),
  }),
);

describe('whatever is answered', () => {
  it('gives a spec that parses, or says why not, and never throws', () => {
    let filled = 0;
    fc.assert(
      fc.property(answers, data, (given, known) => {
        const { spec, findings } = personalize(open, given, known);
        const hasError = findings.some(({ severity }) => severity === 'error');
        expect(spec === null).toBe(hasError);
        for (const { message, pointer } of findings) {
          expect(message.length).toBeGreaterThan(5);
          expect(message).not.toMatch(/\[object|\{(?:label|got|min|max|step|path|design|detail|allowed)\}/);
          expect(pointer === '' || pointer.startsWith('/')).toBe(true);
        }
        if (spec === null) return;
        filled++;
        expect(parseDesignSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
      }),
      { numRuns: 1500 },
    );
    expect(filled).toBeGreaterThan(50);
  });

  it('gives the same twice, and leaves what it was given as it was', () => {
    fc.assert(
      fc.property(answers, data, (given, known) => {
        const before = JSON.stringify([given, known]);
        expect(personalize(open, given, known)).toEqual(personalize({ ...open }, given, known));
        expect(JSON.stringify([given, known])).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  it('gives a form', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(formFields(open, given, 'de')).toHaveLength(open.design.fields.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is used, kept aside, or refused: nothing is lost', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { answers: used, aside, findings } = personalize(open, given, {});
        for (const [name, value] of Object.entries(given)) {
          const isEmpty =
            value === null ||
            value === undefined ||
            (typeof value === 'string' && value.trim() === '') ||
            (Array.isArray(value) && value.length === 0);
          if (isEmpty && open.design.fields.some(({ id }) => id === name)) continue;
          expect(
            Object.hasOwn(used, name) || Object.hasOwn(aside, name) || findings.some(({ pointer }) => pointer === `/${name}`),
            name,
          ).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever stands in a template', () => {
  it('is read or refused in a moment', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('{', '}', '"', '\\', '|', ':', ',', 'a', '.', '1', ' ', '-', 'trim', '{{', '}}'),
          maxLength: 60,
        }),
        (text) => {
          const { parts, mistakes } = parseTemplate(text);
          if (mistakes.length === 0 && !text.includes('{{')) expect(parts.join('')).toBe(text);
          for (const { at } of mistakes) expect(at).toBeLessThan(text.length);
        },
      ),
      { numRuns: 2000 },
    );
    expect(parseTemplate(`{{a${' '.repeat(50_000)}`).mistakes).toHaveLength(1);
    expect(parseTemplate(`{{${'"\\'.repeat(30_000)}}}`).mistakes).toHaveLength(1);
  });
});
