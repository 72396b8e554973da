import { describe, expect, test } from 'vitest';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { InvalidInput, type Mistake } from '../../src/model/parse.ts';
import { isProblem } from '../../src/model/problem.ts';

const base = { product: 'crew-tee', placements: [{ placement: 'front', method: 'dtg', layers: [] as unknown[] }] };
const withLayer = (layer: unknown): unknown => ({ ...base, placements: [{ ...base.placements[0], layers: [layer] }] });

const mistakesIn = (input: unknown): readonly Mistake[] => {
  try {
    parseDesignSpec(input);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes;
    throw error;
  }
};

describe('a design spec', () => {
  test('needs a product and a placement, and fills in the rest', () => {
    const spec = parseDesignSpec(base);
    expect(spec).toMatchObject({ version: 1, shop: 'standard', variant: {}, previewWidth: 1000 });
    expect(spec.placements[0]).toMatchObject({ edge: 'strict', settings: {} });
  });

  test('gives lengths in millimetres whatever unit they came in', () => {
    const spec = parseDesignSpec(
      withLayer({ type: 'shape', shape: { kind: 'ellipse' }, fill: '#f00', box: { x: '1in', width: '72pt', height: 10 } }),
    );
    const box = spec.placements[0]?.layers[0]?.box;
    expect(box?.x).toBeCloseTo(25.4);
    expect(box?.width).toBeCloseTo(25.4);
    expect(box?.height).toBe(10);
  });

  test.each([
    [
      { mockups: { background: { backdrop: 'misst' } } },
      ['/mockups/background/backdrop', 'one of "paper", "mist"', '"misst"', 'did you mean "mist"?'],
    ],
    [{ mockups: { background: { image: 5 } } }, ['/mockups/background/image', 'text', '5', undefined]],
    [
      { mockups: { background: { linear: { stops: new Array(100).fill({ offset: 0, colour: '#fff' }) } } } },
      ['/mockups/background/linear/stops', 'at most 32 items', 'a list of 100', undefined],
    ],
    [{ components: { sole: { colour: 1 } } }, ['/components/sole/colour', '"#rrggbb"', '1', undefined]],
    [{ mockups: { background: { fog: 1 } } }, ['/mockups/background', 'a background: "#rrggbb"', 'an object', undefined]],
    [
      { mockups: { background: { image: 'a.png', backdrop: 'mist' } } },
      ['/mockups/background', 'a background: "#rrggbb"', 'an object', undefined],
    ],
  ])('finds the mistake in the form that the keys of %j mean', (more, [pointer, expected, got, hint]) => {
    expect(mistakesIn({ ...base, ...more })).toEqual([{ pointer, expected: expect.stringContaining(expected ?? ''), got, hint }]);
  });

  test('reports every mistake at once, each with its place, what was expected and what came', () => {
    const mistakes = mistakesIn({
      prodct: 'crew-tee',
      placements: [
        {
          placement: 'front',
          method: 'dtg',
          layers: [
            { type: 'shape', shape: { kind: 'elipse' }, fill: 'red', box: { width: -3 } },
            { type: 'txt', text: 'x' },
          ],
        },
      ],
    });
    const at = (pointer: string) => mistakes.find((one) => one.pointer === pointer);
    expect(at('/prodct')).toMatchObject({ got: 'unknown key "prodct"', hint: 'did you mean "product"?' });
    expect(at('/product')).toMatchObject({ expected: 'text', got: 'nothing' });
    expect(at('/placements/0/layers/0/shape/kind')).toMatchObject({ got: '"elipse"', hint: 'did you mean "ellipse"?' });
    expect(at('/placements/0/layers/0/fill')?.expected).toMatch(/^a colour/);
    expect(at('/placements/0/layers/0/box/width')?.expected).toMatch(/^a length.*above zero/);
    expect(at('/placements/0/layers/1/type')).toMatchObject({ got: '"txt"', hint: 'did you mean "text"?' });
    expect(mistakes.every((one) => one.expected.length > 0 && one.got.length > 0)).toBe(true);
  });

  test('names the unknown key of a layer and the nearest key there is', () => {
    const [mistake] = mistakesIn(withLayer({ type: 'shape', shape: { kind: 'ellipse' }, filll: '#000' }));
    expect(mistake).toMatchObject({ pointer: '/placements/0/layers/0/filll', hint: 'did you mean "fill"?' });
  });

  test('escapes slashes and tildes in pointers', () => {
    const mistakes = mistakesIn({ ...base, variant: { 'a/b~c': 5 } });
    expect(mistakes.map((one) => one.pointer)).toContain('/variant/a~1b~0c');
  });

  test('refuses the same placement twice', () => {
    const mistakes = mistakesIn({ ...base, placements: [...base.placements, ...base.placements] });
    expect(mistakes[0]?.expected).toMatch(/each placement once/);
  });

  test.each([
    ['a negative size', { type: 'shape', shape: { kind: 'ellipse' }, fill: '#000', box: { width: '-1mm' } }, '/box/width'],
    ['an opacity above 1', { type: 'shape', shape: { kind: 'ellipse' }, fill: '#000', opacity: 2 }, '/opacity'],
    ['an opacity as text', { type: 'shape', shape: { kind: 'ellipse' }, fill: '#000', opacity: 'NaN' }, '/opacity'],
    ['an endless number', { type: 'shape', shape: { kind: 'ellipse' }, fill: '#000', rotation: Number.POSITIVE_INFINITY }, '/rotation'],
    ['a crop outside the picture', { type: 'image', source: 'a.jpg', crop: { x: 0.5, y: 0, width: 0.6, height: 1 } }, '/crop'],
    [
      'a scale of zero',
      { type: 'pattern', tile: { width: 0, height: 5 }, layers: [{ type: 'shape', shape: { kind: 'star' } }] },
      '/tile/width',
    ],
  ])('refuses %s at its pointer', (_name, layer, pointer) => {
    expect(mistakesIn(withLayer(layer)).map((one) => one.pointer)).toContain(`/placements/0/layers/0${pointer}`);
  });

  test('of a newer version says so instead of guessing', () => {
    expect.assertions(2);
    try {
      parseDesignSpec({ ...base, version: 9 });
    } catch (error) {
      expect(isProblem(error) && error.code).toBe('input.version');
      expect(isProblem(error) && error.hint).toMatch(/update Platen/);
    }
  });

  test.each([null, 5, 'text', [], undefined])('that is %j is a mistake, not a crash', (input) => {
    expect(mistakesIn(input).length).toBeGreaterThan(0);
  });
});
