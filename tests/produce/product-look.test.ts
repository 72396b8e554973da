import { describe, expect, test } from 'vitest';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { parseProduct } from '../../src/model/product.ts';
import type { Resources } from '../../src/model/resources.ts';
import { parseView, type View } from '../../src/model/view.ts';
import { lookFindings, resolveLook, zoneColoursOf, zoneMaterialsOf } from '../../src/produce/product-look.ts';

const area = { id: 'heel', label: 'Heel', width: 40, height: 20, methods: { dtg: {} } };

const sneaker = parseProduct({
  id: 'sneaker',
  name: 'Sneaker',
  options: [
    {
      id: 'make',
      label: 'Make',
      values: [
        { id: 'smooth', label: 'Smooth' },
        { id: 'denim', label: 'Denim', colour: '#2b3f63', material: 'denim' },
      ],
      default: 'smooth',
    },
  ],
  components: [
    { id: 'vamp', label: 'Vamp', materials: ['leather', 'patent', 'croc'], pictured: 'leather', default: { material: 'patent' } },
    {
      id: 'sole',
      label: 'Sole',
      colours: [
        { id: 'white', label: 'White', colour: '#ffffff' },
        { id: 'gum', label: 'Gum', colour: '#B07F4C' },
      ],
    },
    { id: 'tongue', label: 'Tongue', colours: [] },
    { id: 'laces', label: 'Laces' },
  ],
  placements: [area],
});
const plain = parseProduct({ id: 'mug', name: 'Mug', placements: [area] });

const zone = (id: string, follows: View['zones'][number]['follows']) => ({ id, label: id, colour: '#dddddd', follows });

const view = (when: object = {}): View =>
  parseView({
    id: 'side',
    label: 'Side',
    widthPx: 100,
    heightPx: 100,
    when,
    background: 'background',
    maps: {
      positions: { file: 'p.png', step: 2, offset: [0, 0], u: { from: 0, to: 1 }, v: { from: 0, to: 1 } },
      shade: { file: 's.webp', max: 1 },
      gloss: { file: 'g.webp', max: 1 },
      zones: [
        { file: 'z.webp', zones: ['vamp', 'outsole', 'laces'] },
        { file: 'z-2.webp', zones: ['quarter'] },
      ],
    },
    zones: [
      zone('vamp', 'own'),
      zone('outsole', { component: 'sole' }),
      zone('laces', 'own'),
      zone('quarter', 'article'),
      zone('background', 'scene'),
    ],
    placements: [{ placement: 'heel', zone: 'vamp', x: 0, y: 0, width: 40, height: 20 }],
    pxPerMm: { min: 1, median: 1 },
  });

const views = { views: async () => ['side'], view: async () => ({ record: view() }) } as unknown as Resources;
const none = { views: async () => [] } as unknown as Resources;

const spec = (components: object, variant: object = {}) =>
  parseDesignSpec({ product: 'sneaker', variant, components, placements: [{ placement: 'heel', method: 'dtg' }] });

describe('choices for the parts of a product', () => {
  test('are settled with its defaults: a material it is pictured in is not laid on', async () => {
    const look = await resolveLook(spec({}), sneaker, views);
    expect(look.mistakes).toEqual([]);
    expect([...zoneMaterialsOf(view(), look)]).toEqual([['vamp', 'patent']]);
    const smooth = await resolveLook(spec({ vamp: { material: 'leather', colour: '#112233' } }), sneaker, views);
    expect([...zoneMaterialsOf(view(), smooth)]).toEqual([]);
    expect(zoneColoursOf(view(), smooth)).toEqual({ vamp: '#112233' });
  });

  test('keep the default material when only a colour is chosen', async () => {
    const look = await resolveLook(spec({ vamp: '#c2413a' }), sneaker, views);
    expect([...zoneMaterialsOf(view(), look)]).toEqual([['vamp', 'patent']]);
    expect(zoneColoursOf(view(), look)).toEqual({ vamp: '#c2413a' });
  });

  test('name a colour by its id or its value, for every zone that follows the part', async () => {
    expect(zoneColoursOf(view(), await resolveLook(spec({ sole: '#fff' }), sneaker, views))).toEqual({ outsole: '#ffffff' });
    for (const sole of ['gum', '#b07f4c', { colour: 'gum' }])
      expect(zoneColoursOf(view(), await resolveLook(spec({ sole }), sneaker, views))).toEqual({ outsole: '#B07F4C' });
  });

  test('let a variant bring a material, unless the view pictures it already', async () => {
    const look = await resolveLook(spec({}, { make: 'denim' }), sneaker, views);
    expect(zoneMaterialsOf(view(), look).get('quarter')).toBe('denim');
    expect(zoneMaterialsOf(view({ make: ['smooth'] }), look).get('quarter')).toBe('denim');
    expect(zoneMaterialsOf(view({ make: ['denim'] }), look).get('quarter')).toBeUndefined();
  });

  test('are refused all at once, each at its place with what is allowed and the nearest name', async () => {
    const wrong = {
      vamps: '#ffffff',
      vamp: { material: 'patnet', colour: 'red' },
      sole: '#123456',
      tongue: { colour: '#000000' },
      laces: { material: 'wood' },
    };
    const findings = lookFindings(await resolveLook(spec(wrong), sneaker, views));
    expect(findings).toMatchObject([
      {
        severity: 'error',
        code: 'component.unknown',
        pointer: '/components/vamps',
        message: 'Expected a part of this product: one of "vamp", "sole", "tongue", "laces", got "vamps".',
        hint: 'did you mean "vamp"?',
      },
      { code: 'component.colour', pointer: '/components/vamp/colour', message: 'Expected a colour as "#rrggbb" for "vamp", got "red".' },
      {
        code: 'component.material',
        pointer: '/components/vamp/material',
        message: 'Expected one of "leather", "patent", "croc" as material of "vamp", got "patnet".',
        hint: 'did you mean "patent"?',
      },
      {
        code: 'component.colour',
        pointer: '/components/sole',
        message: 'Expected one of "white", "gum" as colour of "sole", got "#123456".',
      },
      { code: 'component.colour', message: 'Expected no colour for "tongue": it comes in one colour, got "#000000".' },
      { code: 'component.material', message: 'Expected no material for "laces": it stays as pictured, got "wood".' },
    ]);
  });

  test('are the parts that the views name when a product declares none', async () => {
    const look = await resolveLook(spec({ laces: '#ff0000', quarter: '#00ff00' }), plain, views);
    expect(zoneColoursOf(view(), look)).toEqual({ laces: '#ff0000' });
    expect(look.mistakes).toMatchObject([
      { code: 'component.unknown', pointer: '/components/quarter', expected: 'a part of this product: one of "laces", "sole", "vamp"' },
    ]);
    const bare = await resolveLook(spec({ laces: '#ff0000' }), plain, none);
    expect(bare.mistakes[0]?.expected).toBe('no part, because this product has none to choose');
  });

  test('escape odd names in their pointers', async () => {
    const look = await resolveLook(spec({ 'a/b': '#ff0000' }), sneaker, views);
    expect(look.mistakes[0]?.pointer).toBe('/components/a~1b');
  });
});

describe('components of a product', () => {
  const product = (component: object) => parseProduct({ id: 'p', name: 'P', placements: [area], components: [component] });

  test('say which colours and materials there are, and defaults among them', () => {
    expect(() => product({ id: 'a', label: 'A', colours: [{ id: 'x', label: 'X', colour: '#fff' }], default: { colour: 'y' } })).toThrow(
      /components\/0\/default\/colour: expected one of the colours of the component, got "y"/,
    );
    expect(() => product({ id: 'a', label: 'A', materials: ['leather'], default: { material: 'wood' } })).toThrow(
      /components\/0\/default\/material: expected one of the materials/,
    );
    const white = { id: 'x', label: 'X', colour: '#fff' };
    expect(() => product({ id: 'a', label: 'A', colours: [white, white] })).toThrow(/components\/0\/colours: expected each colour once/);
    expect(() => product({ id: 'a', label: 'A', materials: ['lether'] })).toThrow(/did you mean "leather"/);
    expect(product({ id: 'a', label: 'A', pictured: 'wood', default: { material: 'wood' } }).components).toHaveLength(1);
  });

  test('are there once each', () => {
    const twice = [
      { id: 'a', label: 'A' },
      { id: 'a', label: 'B' },
    ];
    expect(() => parseProduct({ id: 'p', name: 'P', placements: [area], components: twice })).toThrow(/expected each component once/);
  });
});

describe('components in a design spec', () => {
  test('take a colour, the id of one, or an object, and say so otherwise', () => {
    expect(spec({ a: '#fff', b: 'gum', c: { material: 'leather' } }).components).toEqual({
      a: '#fff',
      b: 'gum',
      c: { material: 'leather' },
    });
    expect(() => spec({ a: 7 })).toThrow(/components\/a: expected a colour \("#rrggbb" or a colour’s id\), or/);
    expect(() => spec({ a: '#ff' })).toThrow(/components\/a: expected/);
    expect(() => spec({ a: {} })).toThrow(/components\/a: expected a colour or a material/);
    expect(() => spec({ a: { colr: '#fff' } })).toThrow(/components\/a/);
  });
});
