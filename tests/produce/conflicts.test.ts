import { afterAll, describe, expect, test } from 'vitest';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import type { Finding } from '../../src/model/finding.ts';
import { parseProduct } from '../../src/model/product.ts';
import { check } from '../../src/produce/check.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

const resources = await openBundledResources();
afterAll(() => resources.close());

const rect = (x: number, y: number, width = 60, height = 40) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill: '#c3232e',
  box: { x, y, width, height },
});

const area = (id: string, more: object = {}) => ({
  id,
  label: id,
  width: 200,
  height: 200,
  methods: { dtg: {}, vinyl: {}, sublimation: {}, embroidery: {}, 'screen-print': {}, engraving: {}, 'uv-print': {} },
  ...more,
});

const shirt = (placements: readonly object[], more: object = {}) =>
  parseProduct({
    id: 'shirt',
    name: 'Shirt',
    options: [{ id: 'colour', label: 'Colour', values: [{ id: 'white', label: 'White', colour: '#ffffff' }], default: 'white' }],
    placements,
    ...more,
  });

const ABOUT = /^(placements|methods|work)\./;

/** What is said of conflicts when a product is decorated in these places. */
const conflicts = async (
  product: ReturnType<typeof shirt>,
  work: Readonly<Record<string, readonly [method: string, layers: readonly object[]]>>,
): Promise<readonly Finding[]> => {
  const library = new Proxy(resources, {
    get: (target, name) => {
      const own: unknown = name === 'product' ? async () => product : name === 'views' ? async () => [] : Reflect.get(target, name);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
  const placements = Object.entries(work).map(([placement, [method, layers]]) => ({ placement, method, layers }));
  const found = await check(parseDesignSpec({ product: 'shirt', placements }), library, new AbortController().signal);
  return found.filter(({ code }) => ABOUT.test(code));
};

describe('what does not go together', () => {
  test('placements that a product takes one of', async () => {
    const product = shirt([area('centre'), area('left'), area('back')], {
      conflicts: [{ placements: ['centre', 'left'], reason: 'Both are sewn in one hoop.' }],
    });
    const [one, ...more] = await conflicts(product, { centre: ['dtg', [rect(10, 10)]], left: ['dtg', [rect(10, 10)]] });
    expect(one).toMatchObject({
      severity: 'error',
      code: 'placements.exclude',
      pointer: '/placements/1',
      measured: 'left',
      required: 'centre',
    });
    expect(one?.message).toBe('left and centre cannot be ordered together. Both are sewn in one hoop.');
    expect(more).toEqual([]);
    expect(await conflicts(product, { centre: ['dtg', [rect(10, 10)]], back: ['dtg', [rect(10, 10)]] })).toEqual([]);
  });

  test('methods that a product takes one of', async () => {
    const product = shirt([area('front'), area('back')], {
      conflicts: [{ methods: ['engraving', 'uv-print'], reason: 'The coating comes off.' }],
    });
    const found = await conflicts(product, { front: ['engraving', [rect(10, 10)]], back: ['uv-print', [rect(60, 60)]] });
    expect(found.filter(({ severity }) => severity !== 'info')).toMatchObject([
      { severity: 'error', code: 'methods.exclude', pointer: '/placements/1/method', measured: 'uv-print', required: 'engraving' },
    ]);
    expect(await conflicts(product, { front: ['uv-print', [rect(10, 10)]], back: ['uv-print', [rect(60, 60)]] })).toEqual([]);
  });

  test.each([
    ['dtg', 'error'],
    ['vinyl', 'warning'],
  ])('dye and %s on one article', async (method, severity) => {
    const product = shirt([area('front'), area('back')]);
    const found = await conflicts(product, { front: ['sublimation', [rect(10, 10)]], back: [method, [rect(60, 60)]] });
    expect(found.filter(({ code }) => code === 'methods.exclude')).toMatchObject([{ severity, measured: method, required: 'sublimation' }]);
  });

  test('art of two placements that meets on the article, told by how much', async () => {
    const reference = (x: number, y: number) => ({ reference: { id: 'collar', label: 'Collar', x, y } });
    // The chest begins 120 mm to the right of where the front begins, and 20 mm lower.
    const product = shirt([area('front', reference(100, -76)), area('chest', reference(-20, -96)), area('back')]);
    const both = (y: number) => conflicts(product, { front: ['dtg', [rect(100, y, 60, 40)]], chest: ['dtg', [rect(0, 0, 80, 50)]] });
    // On the shirt the front's art spans 100 to 160 and the chest's 120 to 200 across; 60 to 100 and 20 to 70 down.
    expect(await both(60)).toMatchObject([
      { severity: 'error', code: 'placements.overlap', pointer: '/placements/1', measured: 10, required: 0, unit: 'mm' },
    ]);
    expect((await both(60))[0]?.message).toContain('40 x 10 mm');
    expect(await both(75)).toEqual([]);
    expect(await conflicts(product, { front: ['dtg', [rect(0, 0, 200, 200)]], back: ['dtg', [rect(0, 0, 200, 200)]] })).toEqual([]);
  });

  test('the bundled shirt: art low on the front leaves room for a chest logo, art right up does not', async () => {
    const order = async (y: number) =>
      (
        await check(
          parseDesignSpec({
            product: 'crew-tee',
            placements: [
              { placement: 'front', method: 'screen-print', layers: [rect(20, y, 260, 120)] },
              { placement: 'left-chest', method: 'embroidery', layers: [rect(20, 20, 60, 40)] },
            ],
          }),
          resources,
          new AbortController().signal,
        )
      ).filter(({ code }) => ABOUT.test(code));
    expect((await order(20)).map(({ code }) => code)).toEqual(['placements.overlap', 'work.order']);
    const [told] = await order(200);
    expect(told).toMatchObject({ severity: 'info', code: 'work.order', measured: 'front, left-chest' });
    expect(told?.message).toMatch(/^Made in this order: 1\. .* \(Front\), 2\. .* \(Left chest\)\.$/);
  });

  test('the order of work does not follow that of the spec', async () => {
    const product = shirt([area('a'), area('b'), area('c')]);
    const [told] = await conflicts(product, {
      a: ['vinyl', [rect(10, 10)]],
      b: ['embroidery', [rect(10, 10)]],
      c: ['screen-print', [rect(10, 10)]],
    });
    expect(told).toMatchObject({ code: 'work.order', measured: 'c, b, a' });
  });

  test('a placement without art excludes nothing', async () => {
    const product = shirt([area('centre'), area('left')], { conflicts: [{ placements: ['centre', 'left'], reason: 'One hoop.' }] });
    expect(await conflicts(product, { centre: ['dtg', [rect(10, 10)]], left: ['dtg', []] })).toEqual([]);
  });

  test('a product names placements that it has', () => {
    const wrong = () => shirt([area('front')], { conflicts: [{ placements: ['front', 'bakc'], reason: 'Why.' }] });
    expect(wrong).toThrow(/\/conflicts\/0\/placements\/1: expected one of "front"/);
    expect(() => shirt([area('front')], { conflicts: [{ reason: 'Why.' }] })).toThrow(/expected either placements or methods/);
  });
});

test('a blank placement is told once, with its cause', async () => {
  const codes = async (layer: object) =>
    (
      await check(
        parseDesignSpec({ product: 'poster-a3', placements: [{ placement: 'front', method: 'paper-print', layers: [layer] }] }),
        resources,
        new AbortController().signal,
      )
    ).map(({ code }) => code);
  expect(await codes(rect(4000, 10))).toEqual(['art.blank']);
  expect(await codes({ ...rect(40, 40), opacity: 0 })).toEqual(['art.blank']);
  expect(await codes({ type: 'text', text: 'สวัสดี', font: { family: 'Lora' }, size: 40, emoji: false })).toEqual(['text.glyph-missing']);
});
