import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lengthMm, marginMm, parseLength, sizeMm } from '../../src/model/length.ts';

describe('lengths', () => {
  test.each([
    ['3mm', 3],
    ['2.5 cm', 25],
    ['0.125in', 3.175],
    ['12pt', 4.2333],
    ['300px@300dpi', 25.4],
    ['-1.5mm', -1.5],
    ['.5in', 12.7],
  ])('%s is read in its own unit', (text, mm) => {
    expect(parseLength(text)).toBeCloseTo(mm, 3);
  });

  test.each(['12', '300px', '10px@0dpi', '1 e3mm', 'NaNmm', '', 'mm', '1,5mm', '1mm2'])(
    '%j is refused: a unit would be a guess',
    (text) => {
      expect(parseLength(text)).toBeNull();
      expect(lengthMm.safeParse(text).success).toBe(false);
    },
  );

  test('numbers are millimetres and bounded', () => {
    expect(lengthMm.parse(12.5)).toBe(12.5);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1e9, -1e9]) expect(lengthMm.safeParse(bad).success).toBe(false);
  });

  test('a size is above zero and a margin is not below it', () => {
    expect(sizeMm.safeParse(0).success).toBe(false);
    expect(sizeMm.safeParse('-1mm').success).toBe(false);
    expect(marginMm.parse('0mm')).toBe(0);
    expect(marginMm.safeParse(-0.1).success).toBe(false);
  });

  test('any decimal number of inches is 25.4 times that in mm', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3_000_000, max: 3_000_000 }), (tenThousandths) => {
        const inches = tenThousandths / 10_000;
        const mm = parseLength(`${inches.toFixed(4)}in`);
        expect(mm).toBeCloseTo(inches * 25.4, 6);
      }),
    );
  });
});
