import { describe, expect, test } from 'vitest';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { parseProduct } from '../../src/model/product.ts';
import { parseShop, STANDARD_SHOP } from '../../src/model/shop.ts';
import { measurePlacement } from '../../src/scene/area.ts';

const TEE = parseProduct({
  id: 'tee',
  name: 'Tee',
  options: [
    {
      id: 'size',
      label: 'Size',
      default: 's',
      values: [
        { id: 's', label: 'S' },
        { id: 'l', label: 'L' },
      ],
    },
  ],
  placements: [
    {
      id: 'front',
      label: 'Front',
      width: 300,
      height: 400,
      sizes: [{ when: { size: ['s'] }, width: '10in', height: 350 }],
      methods: { dtg: {} },
    },
    {
      id: 'cover',
      label: 'Cover',
      height: 200,
      panels: [
        { id: 'a', label: 'A', width: 100 },
        { id: 'b', label: 'B', width: { perPage: 0.1 } },
      ],
      methods: { dtg: {} },
    },
  ],
});
const [FRONT, COVER] = TEE.placements;

const measure = (placement: typeof FRONT, spec: object = {}, shop = STANDARD_SHOP) => {
  if (!placement) throw new Error('no placement');
  const parsed = parseDesignSpec({ product: 'tee', placements: [{ placement: placement.id, method: 'dtg' }], ...spec });
  return measurePlacement(TEE, placement, parsed, shop).area;
};

const floor = (rule: object, placement = 'front') => parseShop({ id: 'floor', name: 'Floor', products: { tee: { [placement]: rule } } });

describe('the area of a placement', () => {
  test('follows the variant, and the default of an option that is left open', () => {
    expect(measure(FRONT, { variant: { size: 'l' } }).widthMm).toBe(300);
    expect(measure(FRONT, { variant: { size: 's' } })).toMatchObject({ widthMm: 254, heightMm: 350 });
    expect(measure(FRONT).widthMm).toBe(254);
  });

  test('is what the floor says, and the order has the last word on bleed', () => {
    expect(measure(FRONT, {}, floor({ width: 280, height: 380, bleed: 5, safe: 2 }))).toMatchObject({
      widthMm: 280,
      heightMm: 380,
      bleedMm: 5,
      safeMm: 2,
    });
    expect(measure(FRONT, { extraBleed: '0.25in' }, floor({ bleed: 5 })).bleedMm).toBeCloseTo(6.35);
  });

  test('grows with the pages of a book, and asks for them', () => {
    expect(measure(COVER, { pages: 120 }).widthMm).toBe(112);
    expect(() => measure(COVER)).toThrow(/expected "pages" for the B/);
  });

  test('cannot be widened by a floor where panels give the width', () => {
    expect(() => measure(COVER, { pages: 10 }, floor({ width: 90 }, 'cover'))).toThrow(/expected no width for a placement made of panels/);
  });
});
