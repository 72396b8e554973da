import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishRun } from '../../../src/stitch/order/finish-run.ts';
import { ROLE, type Run } from '../../../src/stitch/plan.ts';

const OPTIONS = { minStitchMm: 0.5, maxStitchMm: 7 };

const finished = (stitches: readonly (readonly [number, number, number])[]): Run | null =>
  finishRun(
    { points: Float64Array.from(stitches.flatMap(([x, y]) => [x, y])), roles: Uint8Array.from(stitches.map(([, , role]) => role)) },
    OPTIONS,
  );

/** Stitches that are no ties, mm. */
const lengthsOf = ({ points, roles }: Run): readonly number[] =>
  Array.from(roles).flatMap((role, i) =>
    i === 0 || role === ROLE.tie
      ? []
      : [Math.hypot((points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0), (points[2 * i + 1] ?? 0) - (points[2 * i - 1] ?? 0))],
  );

describe('a finished run', () => {
  it('has no short stitch where the edge of a satin outweighs a way that ends beside it, and lies near what was before', () => {
    const run = finished([
      [0, 0, ROLE.satin],
      [3, 0, ROLE.satin],
      [3.5, 0.2, ROLE.travel],
      [3.2, 0.2, ROLE.satin],
      [6, 1, ROLE.satin],
    ]);
    expect(run && Math.min(...lengthsOf(run))).toBeGreaterThanOrEqual(0.5);
  });

  it('leaves rows parallel that lie a short step beside one another', () => {
    const run = finished([
      [0, 0, ROLE.top],
      [4, 0, ROLE.top],
      [4, 0.35, ROLE.travel],
      [8, 0.35, ROLE.top],
      [12, 0.35, ROLE.top],
    ]);
    const rows = Array.from(run?.points ?? []).filter((_, i) => i % 2 === 1);
    expect(new Set(rows)).toEqual(new Set([0, 0.35]));
    expect(run && Math.min(...lengthsOf(run))).toBeGreaterThanOrEqual(0.45 - 1e-9);
  });

  it('goes to the end of a row where a place shortly before it can be left out', () => {
    const run = finished([
      [0, 0, ROLE.top],
      [4, 0, ROLE.top],
      [6, 0, ROLE.top],
      [6.4, 0, ROLE.top],
      [6.2, 0.6, ROLE.top],
      [2, 0.6, ROLE.top],
    ]);
    expect(Math.max(...Array.from(run?.points ?? []).filter((_, i) => i % 2 === 0))).toBe(6.4);
  });

  it('ends where the thread ends, whatever lies near it', () => {
    const run = finished([
      [0, 0, ROLE.top],
      [4, 0, ROLE.top],
      [4.4, 0, ROLE.top],
      [4.3, 0.1, ROLE.top],
    ]);
    expect(run && Math.min(...lengthsOf(run))).toBeGreaterThanOrEqual(0.5);
    expect(run?.points.slice(-4, -2)).toEqual(Float64Array.from([4.3, 0.1]));
  });

  it('has no stitch below the shortest step and none above the longest, for any thread', () => {
    const place = fc.double({ min: -3, max: 3, noNaN: true });
    const stitch = fc.tuple(place, place, fc.constantFrom(ROLE.top, ROLE.satin, ROLE.underlay, ROLE.travel));
    fc.assert(
      fc.property(fc.array(stitch, { minLength: 2, maxLength: 40 }), (stitches) => {
        const run = finished(stitches);
        for (const mm of run ? lengthsOf(run) : []) {
          expect(mm).toBeGreaterThanOrEqual(0.45 - 1e-9);
          expect(mm).toBeLessThanOrEqual(7 + 1e-9);
        }
      }),
    );
  });
});
