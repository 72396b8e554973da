import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../src/model/parse.ts';
import { parseProduct } from '../../src/model/product.ts';

const front = { id: 'front', label: 'Front', width: 100, height: 100, methods: { dtg: {} } };
const size = {
  id: 'size',
  label: 'Size',
  values: [
    { id: 's', label: 'S' },
    { id: 'm', label: 'M' },
  ],
};
const shirt = { id: 'shirt', name: 'Shirt', options: [size], placements: [front] };

const mistakesIn = (more: object): readonly string[] => {
  try {
    parseProduct({ ...shirt, ...more });
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes.map(({ pointer, expected, got }) => `${pointer} ${expected} / ${got}`);
    throw error;
  }
};

describe('a product record', () => {
  test('that fits together is taken', () => {
    const sized = { ...front, sizes: [{ when: { size: ['m'] }, width: 120, height: 120 }] };
    expect(mistakesIn({ placements: [sized], documents: [{ id: 'all', label: 'All', placements: ['front'] }] })).toEqual([]);
  });

  test('names everything in it that contradicts itself, at once', () => {
    const keepOut = { id: 'seam', label: 'Seam', x: 0, y: 0, width: 5, height: 5 };
    const mistakes = mistakesIn({
      options: [{ ...size, default: 'xl', values: [...size.values, size.values[0]] }, size],
      placements: [
        { ...front, keepOuts: [keepOut, keepOut], sizes: [{ when: { farbe: ['red'], size: ['xl'] }, width: 1, height: 1 }] },
        front,
      ],
      documents: [{ id: 'all', label: 'All', placements: ['front', 'front', 'back'] }],
    });
    expect(mistakes).toEqual([
      '/options/1/id an id no option before has / "size"',
      '/options/0/values/2/id an id no value before has / "s"',
      '/options/0/default one of "s", "m", "s" / "xl"',
      '/placements/1/id an id no placement before has / "front"',
      '/placements/0/sizes/0/when/farbe an option of the product: one of "size", "size" / a list of 1',
      '/placements/0/sizes/0/when/size/0 one of "s", "m", "s" / "xl"',
      '/placements/0/keepOuts/1/id an id no keep-out before has / "seam"',
      '/documents/0/placements/1 each placement once / "front"',
      '/documents/0/placements/2 one of "front", "front" / "back"',
    ]);
  });
});
