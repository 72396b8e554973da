import { describe, expect, it } from 'vitest';
import { easeHoles } from '../../../src/stitch/order/ease-holes.ts';
import { type ColourBlock, ROLE, type Run } from '../../../src/stitch/plan.ts';

const thread = { colour: '#000000', name: '', code: '', maker: '', weight: 40 as const };
const block = (...runs: readonly Run[]): ColourBlock => ({ thread, runs, stopAfter: false, note: '' });
const run = (role: number, ...points: readonly (readonly [number, number])[]): Run => ({
  points: Float64Array.from(points.flat()),
  roles: new Uint8Array(points.length).fill(role),
  from: 'trim',
});

/** Lines from left to right through (5, y), each with a place there. */
const lines = (count: number, role: number): readonly Run[] =>
  Array.from({ length: count }, (_, i) => run(role, [3.2, 5.05 + 0.04 * i], [5.2, 5.05 + 0.04 * i], [6.8, 5.05 + 0.04 * i]));

describe('easeHoles', () => {
  it('leaves a plan as it is where the cloth bears it', () => {
    const blocks = [block(...lines(12, ROLE.top))];
    expect(easeHoles(blocks)).toBe(blocks);
  });

  it('joins stitches that lie beneath until a dozen holes are left', () => {
    const blocks = [block(...lines(20, ROLE.underlay))];
    const eased = easeHoles(blocks);
    const middles = eased.flatMap(({ runs }) => runs).filter(({ roles }) => roles.length === 3);
    expect(middles.length).toBe(12);
  });

  it('moves places along rows that are seen, and no end of them', () => {
    const eased = easeHoles([block(...lines(18, ROLE.top))]);
    const runs = eased.flatMap((one) => one.runs);
    expect(runs.every(({ roles }) => roles.length === 3)).toBe(true);
    expect(runs.map(({ points }) => [points[0], points[4]])).toEqual(lines(18, ROLE.top).map(({ points }) => [points[0], points[4]]));
    expect(runs.filter(({ points }) => points[2] !== 5.2).length).toBeGreaterThanOrEqual(6);
    for (const { points } of runs) expect(Math.min((points[2] ?? 0) - 3.2, 6.8 - (points[2] ?? 0))).toBeGreaterThanOrEqual(0.8 - 1e-9);
  });

  it('draws the ends of rows back out of a crowd, by a third of a millimetre at the most', () => {
    const turns = Array.from({ length: 8 }, (_, i): Run => {
      const y = 5.04 + 0.05 * i;
      return run(ROLE.top, [1.5 + 0.1 * i, y], [5.05, y], [1.4 + 0.1 * i, y + 0.02]);
    });
    const others = run(ROLE.satin, ...Array.from({ length: 8 }, (_, i): readonly [number, number] => [5.9, 5.04 + 0.05 * i]));
    const [rows] = easeHoles([block(...turns), block(others)]);
    const ends = rows?.runs.map(({ points }) => points[2] ?? 0) ?? [];
    expect(ends.filter((x) => x >= 5).length).toBe(4);
    for (const x of ends) expect(5.05 - x).toBeLessThan(0.35);
  });

  it('joins stitches beneath where the own later thread covers the straight way, though it is another', () => {
    const hooks = (isCovered: boolean): readonly Run[] =>
      Array.from({ length: 16 }, (_, i): Run => {
        const y = 5.05 + 0.04 * i;
        return {
          points: Float64Array.from([3.2, y, 5.4, y, 4.2, y + 1.2, isCovered ? 5.2 : 8, y + 2.4, 2.2, y - 1.2]),
          roles: Uint8Array.from([ROLE.underlay, ROLE.underlay, ROLE.underlay, ROLE.travel, ROLE.top]),
          from: 'trim',
        };
      });
    const left = (runs: readonly Run[]): number =>
      easeHoles([block(...runs)])
        .flatMap((one) => one.runs)
        .filter(({ roles }) => roles.length === 5).length;
    expect(left(hooks(false))).toBe(16);
    expect(left(hooks(true))).toBe(12);
  });

  it('leaves out what lies deep beneath later colours, and nothing else that is seen', () => {
    const ends = Array.from({ length: 16 }, (_, i) => run(ROLE.top, [2, 5 + 0.04 * i], [5.5, 5.02 + 0.04 * i], [2.6, 5.04 + 0.04 * i]));
    const left = (isDeep: (block: number, x: number, y: number) => boolean): readonly (readonly number[])[] =>
      (easeHoles([block(...ends)], isDeep)[0]?.runs ?? []).map(({ points }) => [points.length / 2, points[2] ?? 0]);
    expect(left(() => false).every(([count, x = 0]) => count === 3 && x > 5.15)).toBe(true);
    expect(left((k) => k === 0).filter(([count]) => count === 2).length).toBe(4);
    const drawn = left((_, x) => x > 4.1);
    expect(drawn.every(([count]) => count === 3)).toBe(true);
    expect(drawn.filter(([, x = 0]) => x < 5.1).length).toBeGreaterThanOrEqual(4);
  });

  it('moves places to where fewer lie, even where there are too many everywhere', () => {
    const crowd = run(
      ROLE.satin,
      ...Array.from({ length: 16 }, (_, i): readonly [number, number] => [4.6 + 0.01 * i, 4.02 + 0.9 * (i % 2)]),
    );
    const eased = easeHoles([block(...lines(20, ROLE.top), crowd)]);
    const moved = eased.flatMap((one) => one.runs).filter(({ roles, points }) => roles.length === 3 && points[2] !== 5.2);
    expect(moved.length).toBeGreaterThanOrEqual(8);
  });

  it('leaves satin out where others of the run lie, as in the points of stars, and nowhere else', () => {
    const zigzag = (pitchMm: number, count: number): Run =>
      run(ROLE.satin, ...Array.from({ length: count }, (_, i): readonly [number, number] => [5.08 + 0.84 * (i % 2), 5.04 + pitchMm * i]));
    const dense = easeHoles([block(zigzag(0.04, 24))])[0]?.runs[0];
    expect(dense?.roles.length).toBeLessThanOrEqual(14);
    expect([...(dense?.points.slice(-2) ?? [])]).toEqual([...zigzag(0.04, 24).points.slice(-2)]);
    const others = run(ROLE.top, ...Array.from({ length: 12 }, (_, i): readonly [number, number] => [5.5, 5.1 + 0.05 * i]));
    const open = easeHoles([block(zigzag(0.21, 12)), block(others)])[0]?.runs[0];
    expect(open?.roles.length).toBe(12);
  });
});
