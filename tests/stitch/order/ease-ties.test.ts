import { describe, expect, it } from 'vitest';
import { digitize } from '../../../src/stitch/digitize.ts';
import { easeHoles } from '../../../src/stitch/order/ease-holes.ts';
import { type ColourBlock, ROLE, type Run } from '../../../src/stitch/plan.ts';
import { DESIGNS } from '../colours/designs.ts';
import { options } from './hand-work.ts';

const thread = { colour: '#000000', name: '', code: '', maker: '', weight: 40 as const };
const block = (...runs: readonly Run[]): ColourBlock => ({ thread, runs, stopAfter: false, note: '' });
const satin = (...places: readonly (readonly [number, number])[]): Run => ({
  points: Float64Array.from(places.flat()),
  roles: new Uint8Array(places.length).fill(ROLE.satin),
  from: 'trim',
});

/** A line from 5 to 11 mm, tied in and off at its ends. */
const line: Run = {
  points: Float64Array.from([5.7, 5.5, 5, 5.5, 5.7, 5.5, 5, 5.5, 7, 5.5, 9, 5.5, 11, 5.5, 10.3, 5.5, 11, 5.5, 10.3, 5.5]),
  roles: Uint8Array.from([5, 5, 5, 5, 0, 0, 0, 5, 5, 5]),
  from: 'trim',
};
/** Places that turn to and fro about x, a tenth of a square millimetre of cloth full of holes. */
const crowd = (x: number, count: number): Run =>
  satin(...Array.from({ length: count }, (_, i): readonly [number, number] => [x + 0.02 * i, i % 2 === 0 ? 5.2 : 5.9]));
const easedLine = (...around: readonly Run[]): Run | undefined => easeHoles([block(line, ...around)])[0]?.runs[0];
const xs = ({ points }: Run): readonly number[] => [...points].filter((_, i) => i % 2 === 0);

describe('easeTies', () => {
  it('leaves ties where the cloth bears them', () => {
    expect(easedLine(crowd(5.3, 6))).toBe(line);
  });

  it('ties a thread in beyond the crowd at its start, three stitches on its own line, and leads it back', () => {
    const eased = easedLine(crowd(5.2, 11));
    const [a = 0, b = 0, c = 0, start] = eased ? xs(eased) : [];
    expect(Math.min(a, b, c)).toBeGreaterThanOrEqual(5.99);
    expect(start).toBe(5);
    expect(Math.abs(b - a)).toBeGreaterThanOrEqual(0.5);
    expect([...(eased?.roles ?? [])]).toEqual([...line.roles]);
    expect([...(eased?.points ?? [])].filter((_, i) => i % 2 === 1).every((y) => y === 5.5)).toBe(true);
  });

  it('leads a thread back out of the crowd at its end and ties it off there', () => {
    const eased = easedLine(crowd(10.8, 12));
    const [end = 0, ...tie] = eased ? xs(eased).slice(-4) : [];
    expect(end).toBe(11);
    expect(tie.length).toBe(3);
    expect(Math.max(...tie)).toBeLessThan(10.5);
  });

  it('leads ties away from where thread lies thick', () => {
    const thick = satin(...Array.from({ length: 6 }, (_, i): readonly [number, number] => [10.9 - 0.01 * i, i % 2 === 0 ? 3 : 8]));
    const eased = easedLine(thick, satin(...xs(thick).map((x, i): readonly [number, number] => [x - 0.1, i % 2 === 0 ? 2.7 : 8.3])));
    expect(Math.max(...(eased ? xs(eased).slice(-3) : [11]))).toBeLessThan(10.5);
  });

  it('leaves the third stitch out where no place has room', () => {
    const eased = easedLine(...Array.from({ length: 12 }, (_, k) => crowd(4.6 + 0.5 * k, 14)));
    expect(eased?.roles.length).toBe(line.roles.length - 2);
  });

  it('lays no tie from one bend of a winding thread to another, across what a letter leaves open', () => {
    const regions = DESIGNS.find(([name]) => name === 'the same knocked out')?.[1]() ?? [];
    const runs = digitize(regions, options()).plan.blocks.flatMap((one) => one.runs);
    const lengths = runs.map(({ points }) => {
      const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(-4);
      return Math.hypot(bx - ax, by - ay);
    });
    expect(lengths.length).toBeGreaterThan(20);
    expect(Math.max(...lengths)).toBeLessThan(1.5);
  });
});
