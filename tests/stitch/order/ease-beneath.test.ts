import { describe, expect, it } from 'vitest';
import { easeHoles } from '../../../src/stitch/order/ease-holes.ts';
import { type ColourBlock, ROLE, type Role, type Run } from '../../../src/stitch/plan.ts';

const thread = { colour: '#000000', name: '', code: '', maker: '', weight: 40 as const };
type Place = readonly [x: number, y: number, role: Role];
const { satin, underlay } = ROLE;

const run = (places: readonly Place[]): Run => ({
  points: Float64Array.from(places.flatMap(([x, y]) => [x, y])),
  roles: Uint8Array.from(places.map(([, , role]) => role)),
  from: 'trim',
});
const block = (...runs: readonly Run[]): ColourBlock => ({ thread, runs, stopAfter: false, note: '' });
const eased = (...runs: readonly Run[]): Run | undefined => easeHoles([block(...runs)])[0]?.runs[0];

/** Satin up and down between y = 0 and 4 from x = 0 on, so many mm from one stitch to the next. */
const rungs = (toX: number, stepMm: number): readonly Place[] =>
  Array.from({ length: Math.round(toX / stepMm) + 1 }, (_, k): Place => [k * stepMm, k % 2 === 0 ? 0 : 4, satin]);
/** Underlay out along y = 0.6 to x = 8.5, across and back. */
const beneath: readonly Place[] = [
  [0.5, 0.6, underlay],
  [3, 0.6, underlay],
  [5.7, 0.6, underlay],
  [8.5, 0.6, underlay],
  [8.5, 3.4, underlay],
  [5.7, 3.4, underlay],
  [3, 3.4, underlay],
  [0.5, 3.4, underlay],
];
const column = run([...beneath, ...rungs(10, 0.2)]);
/** Thread of the same colour that lies across x = 8.2 to 8.8. */
const limb = run(Array.from({ length: 5 }, (_, k): Place => [8.2 + 0.15 * k, k % 2 === 0 ? -3 : 7, satin]));
/** Thread that lies in the box between two places, mm, in steps of a hundredth. */
const threadIn = ({ points, roles }: Run, role: Role, fromX: number, toX: number): number => {
  let mm = 0;
  for (let i = 1; i < roles.length; i += 1) {
    if (roles[i] !== role) continue;
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(2 * i - 2, 2 * i + 2);
    const long = Math.hypot(bx - ax, by - ay);
    const steps = Math.max(1, Math.ceil(long * 100));
    for (let k = 0; k < steps; k += 1) {
      const x = ax + ((bx - ax) * (k + 0.5)) / steps;
      if (x >= fromX && x < toX) mm += long / steps;
    }
  }
  return mm;
};
const own = (given: Run | undefined, role: Role): readonly number[] =>
  given ? [...given.points].filter((_, i) => given.roles[i >> 1] === role) : [];

describe('easeBeneath', () => {
  it('leaves underlay where one limb lies alone', () => {
    expect(eased(column)).toBe(column);
  });

  it('draws the turn of underlay back from where another limb lies on it', () => {
    const after = eased(column, limb);
    expect(after && threadIn(after, underlay, 8, 9)).toBeLessThan(0.4 * threadIn(column, underlay, 8, 9));
    expect(after && threadIn(after, underlay, 0, 8)).toBeGreaterThan(0.8 * threadIn(column, underlay, 0, 8));
    expect(own(after, satin)).toEqual(own(column, satin));
  });

  it('moves nothing out from under the satin, nor in beneath it what lies bare', () => {
    const after = eased(column, limb);
    const ys = own(after, underlay).filter((_, i) => i % 2 === 1);
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(0.2);
    expect(Math.max(...ys)).toBeLessThanOrEqual(3.8);
    const bare = run([...beneath.map(([x, y, role]): Place => [x, y < 2 ? -0.3 : 4.3, role]), ...rungs(10, 0.2)]);
    expect(eased(bare, limb)).toEqual(bare);
  });

  it('makes no stitch beneath too short or too long', () => {
    const { points = new Float64Array(), roles = new Uint8Array() } = eased(column, limb) ?? {};
    for (let i = 1; i < roles.length; i += 1) {
      if (roles[i] !== underlay) continue;
      const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(2 * i - 2, 2 * i + 2);
      expect(Math.hypot(bx - ax, by - ay)).toBeGreaterThan(0.79);
      expect(Math.hypot(bx - ax, by - ay)).toBeLessThan(4.51);
    }
  });
});
