import { describe, expect, it } from 'vitest';
import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { digitize } from '../../../src/stitch/digitize.ts';
import { ROLE } from '../../../src/stitch/plan.ts';
import { options, region } from './hand-work.ts';

const disc = (mm: number): Path => ellipsePath(rectOf(30 - mm, 30 - mm, 2 * mm, 2 * mm));

/** A ground of 50 mm, a ring of 3 mm upon it and what shows within the ring: three areas, a hair apart, as tracing makes them. */
const traced = (hairMm: number) => [
  region(subtractPaths(rectPath(rectOf(5, 5, 50, 50)), disc(8 + hairMm)), '#ffffff'),
  region(subtractPaths(disc(8), disc(5)), '#c3232e'),
  region(disc(5 - hairMm), '#ffffff'),
];

describe('what is sewn of a ground', () => {
  it.each([0, 0.05, 0.15])('is whole beneath narrow letters and what they enclose, traced %s mm apart', (hairMm) => {
    const { plan } = digitize(traced(hairMm), options());
    const [ground, ring, ...more] = plan.blocks;
    expect(more).toEqual([]);
    expect(ground?.runs.length).toBe(1);
    expect(ring?.thread.colour).toBe('#c3232e');
    const whole = digitize([region(rectPath(rectOf(5, 5, 50, 50)), '#ffffff')], options()).plan.blocks[0];
    const stitches = (runs: readonly { readonly roles: Uint8Array }[] = []) => runs.reduce((sum, { roles }) => sum + roles.length, 0);
    expect(stitches(ground?.runs) / stitches(whole?.runs)).toBeCloseTo(1, 1);
  });

  it('is one fill where much of it lies beneath letters, limbs that satin could sew as well', () => {
    const ground = unionPaths([rectPath(rectOf(0, 0, 50, 30)), rectPath(rectOf(48, 12, 25, 5))]);
    const art = [region(ground, '#ffffff'), ...[5, 13, 21, 29, 37].map((x) => region(rectPath(rectOf(x, 5, 5, 20)), '#c3232e'))];
    const roles = new Set(digitize(art, options()).plan.blocks[0]?.runs.flatMap((run) => [...run.roles]));
    expect([roles.has(ROLE.top), roles.has(ROLE.satin)]).toEqual([true, false]);
    const alone = new Set(digitize([region(ground, '#ffffff')], options()).plan.blocks[0]?.runs.flatMap((run) => [...run.roles]));
    expect([alone.has(ROLE.top), alone.has(ROLE.satin)]).toEqual([true, true]);
  });

  it('is open, and satin, where it is no more than an outline', () => {
    const [letter, rim] = [rectPath(rectOf(10, 10, 6, 25)), rectPath(rectOf(8.2, 8.2, 9.6, 28.6))];
    const [white] = digitize([region(rim, '#ffffff'), region(letter, '#c3232e')], options()).plan.blocks;
    const points = white?.runs.flatMap((run) => [...run.roles].map((role, i) => [role, run.points[2 * i] ?? 0] as const)) ?? [];
    expect(points.some(([role]) => role === ROLE.satin)).toBe(true);
    expect(points.filter(([role]) => role === ROLE.top)).toEqual([]);
    const within = white?.runs.flatMap((run) =>
      [...run.roles].filter((_, i) => Math.hypot((run.points[2 * i] ?? 0) - 13, ((run.points[2 * i + 1] ?? 0) - 22.5) / 4) < 1.5),
    );
    expect(within).toEqual([]);
  });

  it('is open beneath large areas', () => {
    const art = [region(subtractPaths(rectPath(rectOf(5, 5, 50, 50)), disc(15)), '#ffffff'), region(disc(15), '#c3232e')];
    const within = digitize(art, options()).plan.blocks[0]?.runs.flatMap(({ points }) =>
      [...points].flatMap((x, i) => (i % 2 === 0 && Math.hypot(x - 30, (points[i + 1] ?? 0) - 30) < 12 ? [i] : [])),
    );
    expect(within).toEqual([]);
  });
});
