import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Path, PathBuilder, rectPath } from '../../src/geometry/path.ts';
import { areaOfPath, subtractPaths, unionPaths } from '../../src/geometry/polygons.ts';
import { type RegionMesh, regionMesh } from '../../src/geometry/region-mesh.ts';

/** Step of the lattice that outlines lie on, mm. */
const STEP_MM = 1e-5;

const areaOfMesh = ({ x, y, starts }: RegionMesh): number => {
  let twice = 0;
  for (let t = 0; t < starts.length; t += 3) {
    const [a = 0, b = 0, c = 0] = [starts[t], starts[t + 1], starts[t + 2]];
    const [ax, ay] = [x[a] ?? 0, y[a] ?? 0];
    twice += Math.abs(((x[b] ?? 0) - ax) * ((y[c] ?? 0) - ay) - ((x[c] ?? 0) - ax) * ((y[b] ?? 0) - ay));
  }
  return twice / 2;
};

const pathOf = (rings: readonly (readonly (readonly [number, number])[])[], unitMm: number): Path => {
  const builder = new PathBuilder();
  for (const ring of rings) {
    ring.forEach(([x, y], i) => {
      if (i === 0) builder.moveTo(x * unitMm, y * unitMm);
      else builder.lineTo(x * unitMm, y * unitMm);
    });
    builder.close();
  }
  return builder.finish();
};

const anyRings = (span: number): fc.Arbitrary<readonly (readonly (readonly [number, number])[])[]> => {
  const place = fc.nat({ max: span });
  return fc.array(fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 9 }), { minLength: 1, maxLength: 4 });
};

describe('the triangles of a region', () => {
  test('cover a frame and leave its hole open', () => {
    const frame = subtractPaths(rectPath({ x: 0, y: 0, width: 20, height: 10 }), rectPath({ x: 5, y: 3, width: 4, height: 4 }));
    expect(areaOfMesh(regionMesh(frame))).toBeCloseTo(184, 6);
  });

  // Crossings are rounded to the lattice: holes then reach a step beyond the outline around them.
  test.each([1000, 100_000])('cover what its outline does where rounded edges cross, on %i steps', (span) => {
    fc.assert(
      fc.property(anyRings(span), (rings) => {
        const solid = unionPaths([pathOf(rings, STEP_MM)], 'evenodd');
        const off = Math.abs(areaOfMesh(regionMesh(solid)) - areaOfPath(solid));
        expect(off).toBeLessThanOrEqual(0.005 * (span * STEP_MM) ** 2);
      }),
      { numRuns: 1500, seed: 1 },
    );
  });
});
