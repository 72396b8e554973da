import { describe, expect, it } from 'vitest';
import { DESIGNS } from './designs.ts';
import { expectWithin, LIMITS } from './limits.ts';

describe('designs of several colours, the first half', () => {
  it('have a row of limits each', () => {
    expect(LIMITS.map(([name]) => name)).toEqual(DESIGNS.map(([name]) => name));
  });

  it.each(LIMITS.slice(0, 8).map((limits) => [limits[0], limits] as const))('keep to their limits: %s', (_, limits) => {
    expectWithin(limits);
  });
});
