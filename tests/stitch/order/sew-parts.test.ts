import { describe, expect, it } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { atOnce, type Steps } from '../../../src/model/steps.ts';
import { sewParts } from '../../../src/stitch/order/sew-parts.ts';
import { ROLE } from '../../../src/stitch/plan.ts';
import type { Sewn, SewPart } from '../../../src/stitch/region.ts';
import { column, sewSimply } from './hand-work.ts';

const sew = (parts: readonly SewPart[]): { readonly threads: readonly Sewn[]; readonly sewn: readonly SewPart[] } => {
  const sewn: SewPart[] = [];
  const threads = atOnce(
    sewParts(parts, {
      *sew(part, ends): Steps<Sewn> {
        yield;
        sewn.push(part);
        return sewSimply(part, ends);
      },
      from: null,
      runStitchMm: 2,
    }),
  );
  return { threads, sewn };
};

/** The share of travel stitches' samples that lie in a column sewn later; columns are boxes along the axes here. */
const bare = (threads: readonly Sewn[], parts: readonly SewPart[]): number => {
  let count = 0;
  for (const { points, roles } of threads) {
    for (let i = 1; i < roles.length; i += 1) {
      if (roles[i] !== ROLE.travel) continue;
      for (let k = 0; k <= 10; k += 1) {
        const x = (points[2 * i - 2] ?? 0) + (((points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0)) * k) / 10;
        const y = (points[2 * i - 1] ?? 0) + (((points[2 * i + 1] ?? 0) - (points[2 * i - 1] ?? 0)) * k) / 10;
        if (!parts.some((part) => part.kind === 'satin' && isIn(part.left, part.right, x, y))) count += 1;
      }
    }
  }
  return count;
};

const isIn = (left: Float64Array, right: Float64Array, x: number, y: number): boolean => {
  const xs = [...left, ...right].filter((_, i) => i % 2 === 0);
  const ys = [...left, ...right].filter((_, i) => i % 2 === 1);
  return x >= Math.min(...xs) - 0.05 && x <= Math.max(...xs) + 0.05 && y >= Math.min(...ys) - 0.05 && y <= Math.max(...ys) + 0.05;
};

const E = [column(0, 0, 0, 20, 3), column(-1, 1.5, 10, 1.5, 3), column(-1, 10, 9, 10, 3), column(-1, 18.5, 10, 18.5, 3)];
const H = [column(0, 0, 0, 20, 3), column(12, 0, 12, 20, 3), column(-1, 10, 13, 10, 3)];
const T = [column(0, 0, 14, 0, 3), column(7, 0, 7, 18, 3)];

describe('sewParts', () => {
  for (const [name, parts] of Object.entries({ E, H, T })) {
    it(`sews the strokes of ${name} with one thread and no walk in the open`, () => {
      const { threads } = sew(parts);
      expect(threads.length).toBe(1);
      expect(bare(threads, parts)).toBe(0);
    });
  }

  it('sews arms before the stem that hides the ways between them', () => {
    expect(sew(E).sewn.indexOf(E[0] ?? column(0, 0, 1, 0, 1))).toBeGreaterThan(1);
  });

  it('cuts a column that hangs on another by its middle only when it must', () => {
    expect(sew(T).sewn.length).toBe(2);
    expect(sew(H).sewn.length).toBe(4);
  });

  it('ends the thread where parts do not meet', () => {
    expect(sew([column(0, 0, 0, 10, 3), column(9, 0, 9, 10, 3)]).threads.length).toBe(2);
  });

  it.each([0, 1, 9])('leaves no area out that meets none of the %i letters beside it', (letters) => {
    const area: SewPart = { kind: 'fill', region: 0, path: rectPath({ x: 0, y: 0, width: 20, height: 20 }), angleDeg: 0, style: 'tatami' };
    const line: SewPart = { kind: 'run', region: 0, points: Float64Array.of(30, 0, 30, 10), passes: 1, widthMm: 0.4 };
    const alone = [area, line, { ...area, path: rectPath({ x: 0, y: 40, width: 9, height: 9 }) }];
    const beside = Array.from({ length: letters }, (_, i) => [
      column(40 + 20 * i, 0, 40 + 20 * i, 20, 3),
      column(39 + 20 * i, 10, 50 + 20 * i, 10, 3),
    ]);
    expect(sew([...alone, ...beside.flat()]).sewn).toEqual(expect.arrayContaining(alone));
  });

  it('sews a comb of fifty teeth without a cut', () => {
    const teeth = Array.from({ length: 50 }, (_, i) => column(i * 4, 0, i * 4, 10, 2));
    const parts = [column(-1, 0, 200, 0, 3), ...teeth];
    const { threads } = sew(parts);
    expect(threads.length).toBe(1);
    expect(bare(threads, parts)).toBe(0);
  });
});
