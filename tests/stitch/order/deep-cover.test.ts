import { describe, expect, it } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { deepCover } from '../../../src/stitch/order/deep-cover.ts';

const square = (x: number, y: number, side = 10) => rectPath({ x, y, width: side, height: side });

describe('deepCover', () => {
  it('holds for places well within what later blocks sew, not for their edges', () => {
    const isDeep = deepCover([[square(0, 0, 30)], [square(5, 5)]]);
    expect(isDeep(0, 10, 10)).toBe(true);
    expect(isDeep(1, 10, 10)).toBe(false);
    expect(isDeep(0, 5.3, 10)).toBe(false);
    expect(isDeep(0, 5.5, 10)).toBe(true);
    expect(isDeep(0, 20, 10)).toBe(false);
  });

  it('takes later areas that go on beneath one another as one', () => {
    const isDeep = deepCover([[], [square(0, 0)], [square(9.4, 0)]]);
    expect(isDeep(0, 9.6, 5)).toBe(true);
    expect(isDeep(1, 9.6, 5)).toBe(false);
    expect(isDeep(1, 12, 5)).toBe(true);
  });
});
