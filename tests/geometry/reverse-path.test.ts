import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedAreas } from '../../src/geometry/measure.ts';
import { boundsOfPath } from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import { reversePath } from '../../src/geometry/reverse-path.ts';

describe('a reversed path', () => {
  it('encloses the same area with the opposite sign', () => {
    const path = pathFromSvg('M0 0L10 0C14 3 12 8 10 10L0 10ZM2 2L4 2L4 4Z');
    const [before, after] = [signedAreas(path), signedAreas(reversePath(path))];
    expect(after).toHaveLength(before.length);
    for (const [i, area] of after.entries()) expect(area).toBeCloseTo(-(before[i] ?? 0), 9);
  });

  it('is the path again when reversed twice, and keeps its bounds', () => {
    const n = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.array(fc.tuple(n, n, n, n, n, n), { minLength: 1, maxLength: 6 }), fc.boolean(), (curves, closed) => {
        const path = pathFromSvg(`M1 2${curves.map((c) => `C${c.join(' ')}`).join('')}${closed ? 'Z' : ''}`);
        const turned = reversePath(path);
        const [a, b] = [boundsOfPath(turned), boundsOfPath(path)];
        for (const key of ['x', 'y', 'width', 'height'] as const) expect(a?.[key]).toBeCloseTo(b?.[key] ?? Number.NaN, 6);
        if (!closed) expect(pathToSvg(reversePath(turned))).toBe(pathToSvg(path));
      }),
    );
  });
});
