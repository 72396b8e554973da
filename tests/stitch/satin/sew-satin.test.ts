import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenPath, pathOfPolylines } from '../../../src/geometry/flatten.ts';
import { areaOfPath, intersectPaths, offsetPath, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { strokeOutline } from '../../../src/geometry/stroke.ts';
import { splitRegion } from '../../../src/stitch/columns/split-region.ts';
import { FABRICS } from '../../../src/stitch/fabric.ts';
import { ROLE } from '../../../src/stitch/plan.ts';
import type { SatinColumn, SewEnds, Sewn } from '../../../src/stitch/region.ts';
import { type SatinSewing, sewSatin } from '../../../src/stitch/satin/sew-satin.ts';
import { lettersIn } from '../support/letters-of.ts';
import { coverOf, OPTIONS, regionOf } from '../support/regions.ts';

const FREE: SewEnds = { entry: null, exit: null };
const fabricOf = (id: string) => FABRICS.find((fabric) => fabric.id === id) ?? OPTIONS.fabric;

const sew = (column: SatinColumn, more: Partial<SatinSewing> = {}): Sewn =>
  sewSatin(column, { fabric: fabricOf('woven'), ends: FREE, options: OPTIONS, ...more });

/** A straight column from x = 0, its middle on y = 0, as many pairs as millimetres and one. */
const bar = (lengthMm: number, widthMm: number): SatinColumn => {
  const xs = Array.from({ length: lengthMm + 1 }, (_, i) => i);
  const rail = (y: number): Float64Array => Float64Array.from(xs.flatMap((x) => [x, y]));
  return { kind: 'satin', region: 0, left: rail(-widthMm / 2), right: rail(widthMm / 2), closed: false };
};

/** A ring about 0, 0. */
const ring = (innerMm: number, outerMm: number, degrees: number, closed: boolean): SatinColumn => {
  const steps = 120;
  const rail = (r: number): Float64Array =>
    Float64Array.from(
      Array.from({ length: closed ? steps : steps + 1 }, (_, i) => (i / steps) * degrees * (Math.PI / 180)).flatMap((a) => [
        r * Math.cos(a),
        r * Math.sin(a),
      ]),
    );
  return { kind: 'satin', region: 0, left: rail(outerMm), right: rail(innerMm), closed };
};

/** Two straight stretches of 12 mm and a fan about the corner between them. */
const corner = (widthMm: number, degrees: number): SatinColumn => {
  const [fan, steps] = [degrees * (Math.PI / 180), 24];
  const [cos, sin] = [Math.cos(fan), Math.sin(fan)];
  const before = Array.from({ length: 40 }, (_, i) => [-12 + 0.3 * i, 0, 0] as const);
  const turn = Array.from({ length: steps + 1 }, (_, i) => [0, 0, (i / steps) * fan] as const);
  const after = Array.from({ length: 40 }, (_, i) => [0.3 * (i + 1) * cos, 0.3 * (i + 1) * sin, fan] as const);
  const pairs = [...before, ...turn, ...after];
  return {
    kind: 'satin',
    region: 0,
    left: Float64Array.from(pairs.flatMap(([x, y, a]) => [x + widthMm * Math.sin(a), y - widthMm * Math.cos(a)])),
    right: Float64Array.from(pairs.flatMap(([x, y]) => [x, y])),
    closed: false,
  };
};

/** The most thread in a cell of a millimetre, mm. */
const densest = ({ points }: Sewn): number => {
  const cells = new Map<string, number>();
  for (let i = 2; i < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.subarray(i - 2, i + 2);
    const mm = Math.hypot(bx - ax, by - ay);
    const steps = Math.max(1, Math.ceil(mm / 0.05));
    for (let k = 0; k < steps; k += 1) {
      const t = (k + 0.5) / steps;
      const key = `${Math.floor(ax + t * (bx - ax))} ${Math.floor(ay + t * (by - ay))}`;
      cells.set(key, (cells.get(key) ?? 0) + mm / steps);
    }
  }
  return Math.max(...cells.values());
};

type Stitch = { readonly x: number; readonly y: number; readonly role: number; readonly lengthMm: number };

const stitchesOf = ({ points, roles }: Sewn): readonly Stitch[] =>
  Array.from(roles.subarray(1), (role, k) => {
    const i = 2 * (k + 1);
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    return { x, y, role, lengthMm: Math.hypot(x - (points[i - 2] ?? 0), y - (points[i - 1] ?? 0)) };
  });

const satinOf = (sewn: Sewn): readonly Stitch[] => stitchesOf(sewn).filter(({ role }) => role === ROLE.satin);
const underlayOf = (sewn: Sewn): readonly Stitch[] => stitchesOf(sewn).filter(({ role }) => role === ROLE.underlay);

describe('a straight column', () => {
  test.each([
    [3, 12],
    [5, 8],
    [6, 20],
  ])('a ring %i mm wide about a hole of %i mm closes without a hard spot, and without a slit', (widthMm, holeMm) => {
    for (const entry of [
      { x: 0, y: -holeMm },
      { x: holeMm + widthMm, y: 0 },
      { x: -7.3, y: 5.1 },
    ]) {
      const column = ring(holeMm, holeMm + widthMm, 360, true);
      const sewn = sew(column, { ends: { entry, exit: null } });
      expect(densest(sewn)).toBeLessThan(13.5);
      const thread = strokeOutline(pathOfPolylines([{ points: sewn.points, closed: false }]), {
        widthMm: 0.4,
        cap: 'round',
        join: 'round',
        miterLimit: 4,
      });
      const [x = 0, y = 0] = sewn.points.slice(-2);
      const seam = ellipsePath({ x: x - 3, y: y - 3, width: 6, height: 6 });
      const inside = intersectPaths(offsetPath(coverOf(column), -0.2), seam);
      expect(areaOfPath(subtractPaths(inside, thread))).toBeLessThan(0.04);
    }
  });

  test('goes from rail to rail at the pitch, wider by the pull of the cloth', () => {
    for (const [id, pull] of [
      ['woven', 0.15],
      ['leather', 0],
    ] as const) {
      const satin = satinOf(sew(bar(20, 3), { fabric: fabricOf(id) }));
      const upper = satin.filter(({ y }) => y < 0).map(({ x }) => x);
      for (const { y } of satin) expect(Math.abs(Math.abs(y) - 1.5 - pull)).toBeLessThan(1e-6);
      const steps = upper.slice(1).map((x, i) => Math.abs(x - (upper[i] ?? 0)));
      // The last stitch of a column goes straight across its end.
      for (const step of steps.slice(0, -1)) expect(Math.abs(step - 0.4)).toBeLessThan(0.02);
    }
  });

  test('is underlaid by its width: a line, two edges, edges and zigzag', () => {
    const pathOf = (widthMm: number) => underlayOf(sew(bar(20, widthMm)));
    expect(pathOf(1.4).every(({ y }) => Math.abs(y) < 1e-6)).toBe(true);
    const onTowel = underlayOf(sew(bar(20, 1.8), { fabric: fabricOf('towel') })).map(({ y }) => y.toFixed(2));
    expect([...new Set(onTowel)]).toEqual(expect.arrayContaining(['-0.50', '0.50']));
    const edges = new Set(pathOf(3).map(({ y }) => Math.abs(y).toFixed(2)));
    expect([...edges]).toContain('1.10');
    const [thin, wide] = [pathOf(3), pathOf(5)];
    expect(wide.length).toBeGreaterThan(thin.length);
    expect(wide.some(({ lengthMm }) => lengthMm > 3.5)).toBe(true);
    expect(underlayOf(sew(bar(20, 3), { underlay: false }))).toEqual([]);
  });

  test('has a tenth to a quarter of its thread beneath', () => {
    const total = (stitches: readonly Stitch[]): number => stitches.reduce((sum, { lengthMm }) => sum + lengthMm, 0);
    for (const widthMm of [1.6, 2, 2.5, 3, 4, 5, 6.5]) {
      const sewn = sew(bar(30, widthMm));
      const share = total(underlayOf(sewn)) / total(stitchesOf(sewn));
      expect(share, `${widthMm} mm`).toBeGreaterThan(0.1);
      expect(share, `${widthMm} mm`).toBeLessThan(0.25);
    }
  });

  test('is split from 7 mm on, in another place each time', () => {
    const satin = satinOf(sew(bar(20, 10)));
    expect(Math.max(...satin.map(({ lengthMm }) => lengthMm))).toBeLessThanOrEqual(7);
    const inner = satin.filter(({ y }) => Math.abs(y) < 4.5).map(({ y }) => y.toFixed(1));
    expect(new Set(inner).size).toBeGreaterThan(3);
    expect(Math.max(...satinOf(sew(bar(20, 6))).map(({ lengthMm }) => lengthMm))).toBeGreaterThan(6);
  });

  test('of 5.5 to 9 mm has no stitch longer than 7 mm, in any cloth, straight or curved, wherever it begins and ends', () => {
    const longest = ({ points }: Sewn): number =>
      Math.max(
        ...Array.from({ length: points.length / 2 - 1 }, (_, i) =>
          Math.hypot(...[0, 1].map((k) => (points[2 * i + 2 + k] ?? 0) - (points[2 * i + k] ?? 0))),
        ),
      );
    fc.assert(
      fc.property(
        fc.double({ min: 5.5, max: 9, noNaN: true }),
        fc.constantFrom(...FABRICS),
        fc.constantFrom('bar', 'ring', 'arc', 'corner'),
        fc.double({ min: 0.5, max: 12, noNaN: true }),
        fc.double({ min: 30, max: 150, noNaN: true }),
        fc.constantFrom<SewEnds>(FREE, { entry: { x: 0, y: 0 }, exit: { x: 0, y: 0 } }, { entry: { x: 0, y: 0 }, exit: { x: 30, y: 0 } }),
        fc.boolean(),
        (width, fabric, kind, inner, degrees, ends, isOpen) => {
          const column = {
            bar: () => bar(24, width),
            ring: () => ring(inner, inner + width, 360, true),
            arc: () => ring(inner, inner + width, degrees, false),
            corner: () => corner(width, degrees),
          }[kind]();
          expect(longest(sew(column, { fabric, ends, isOpenAt: () => isOpen }))).toBeLessThanOrEqual(7 + 1e-9);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  test('begins and ends where it is asked to', () => {
    const [head, tail] = [
      { x: 0, y: 0 },
      { x: 20, y: 0 },
    ];
    for (const widthMm of [1.5, 3, 5]) {
      for (const entry of [head, tail, null]) {
        for (const exit of [head, tail, null]) {
          const { points } = sew(bar(20, widthMm), { ends: { entry, exit } });
          if (entry) expect(Math.abs((points[0] ?? 0) - entry.x)).toBeLessThan(3);
          if (exit) expect(Math.abs((points.at(-2) ?? 0) - exit.x)).toBeLessThan(0.5);
        }
      }
    }
    expect(sew(bar(20, 3), { reverse: true }).points.at(-2) ?? 99).toBeLessThan(0.5);
  });
});

describe('a bent column', () => {
  test('stays close on the outer side and pulls stitches in on the inner one', () => {
    const satin = satinOf(sew(ring(0.8, 4, 180, false)));
    const radii = satin.map(({ x, y }) => Math.hypot(x, y));
    const outer = satin.filter((_, i) => (radii[i] ?? 0) > 3.5);
    for (const [i, { x, y }] of outer.slice(1).entries()) {
      expect(Math.hypot(x - (outer[i]?.x ?? 0), y - (outer[i]?.y ?? 0))).toBeLessThan(0.5);
    }
    const inner = radii.filter((r) => r < 2.5);
    expect(Math.max(...inner)).toBeGreaterThan(0.9);
    expect(Math.min(...inner)).toBeLessThan(0.7);
    const holes = new Map<string, number>();
    for (const { x, y } of satin) {
      const key = `${Math.round(x * 10)} ${Math.round(y * 10)}`;
      holes.set(key, (holes.get(key) ?? 0) + 1);
    }
    expect(Math.max(...holes.values())).toBeLessThanOrEqual(3);
  });

  test('leaves no wider notches on the outer side of a narrow turn than on a straight way', () => {
    for (const [inner, outer] of [
      [0.7, 2],
      [1.5, 2.6],
      [2, 3.5],
    ] as const) {
      const rim = satinOf(sew(ring(inner, outer, 180, false))).filter(({ x, y }) => Math.hypot(x, y) > outer);
      const gaps = rim.slice(2, -1).map(({ x, y }, i) => Math.hypot(x - (rim[i + 1]?.x ?? x), y - (rim[i + 1]?.y ?? y)));
      for (const gap of gaps) expect(gap).toBeLessThan(1.28 * fabricOf('woven').satinPitchMm);
    }
  });

  test('lays thread alike over its width, however tight the turn', () => {
    for (const innerMm of [0.1, 0.4, 1, 2]) {
      const satin = satinOf(sew(ring(innerMm, innerMm + 3, 180, false)));
      const cells = new Map<number, number>();
      for (const [i, { x, y, lengthMm }] of satin.entries()) {
        const from = satin[i - 1];
        for (let k = 0; from && k < 40; k += 1) {
          const at = (k + 0.5) / 40;
          const key = Math.floor(from.x + (x - from.x) * at) * 1000 + Math.floor(from.y + (y - from.y) * at);
          cells.set(key, (cells.get(key) ?? 0) + lengthMm / 40);
        }
      }
      expect(Math.max(...cells.values()), `${innerMm} mm inside`).toBeLessThan(9);
    }
  });

  test('shows no cloth through a broad turn, however it sharpens and opens', () => {
    const straight = (y: number, from: number, to: number): number[] =>
      Array.from({ length: 20 }, (_, i) => [from + ((to - from) * i) / 19, y]).flat();
    const round = (r: number): number[] =>
      Array.from({ length: 59 }, (_, i) => [r * Math.sin(((i + 1) * Math.PI) / 60), -r * Math.cos(((i + 1) * Math.PI) / 60)]).flat();
    for (const innerMm of [1.5, 2.5, 3.5, 5]) {
      for (const widthMm of [4, 5.5, 6.8]) {
        const rail = (r: number): Float64Array => Float64Array.from([...straight(-r, -12, 0), ...round(r), ...straight(r, 0, -12)]);
        const column: SatinColumn = { kind: 'satin', region: 0, left: rail(innerMm + widthMm), right: rail(innerMm), closed: false };
        const { points } = sew(column, { underlay: false });
        const way = pathOfPolylines([{ points, closed: false }]);
        const thread = strokeOutline(way, { widthMm: 0.4, cap: 'round', join: 'round', miterLimit: 4 });
        const bare = areaOfPath(subtractPaths(offsetPath(coverOf(column), -0.3), unionPaths([thread])));
        expect(bare, `${innerMm} mm inside, ${widthMm} mm wide`).toBeLessThan(0.08);
      }
    }
  });

  test('leaves no slit between a fan about a corner and what follows it', () => {
    for (const widthMm of [4, 6, 8, 10]) {
      for (const degrees of [50, 70, 90]) {
        const column = corner(widthMm, degrees);
        const { points } = sew(column, { underlay: false });
        const thread = strokeOutline(pathOfPolylines([{ points, closed: false }]), {
          widthMm: 0.4,
          cap: 'round',
          join: 'round',
          miterLimit: 4,
        });
        const bare = subtractPaths(offsetPath(coverOf(column), -0.2), unionPaths([thread]));
        const largest = Math.max(
          0,
          ...flattenPath(bare, 0.01).map(({ points: ring }) => areaOfPath(pathOfPolylines([{ points: ring, closed: true }]))),
        );
        expect(largest, `${widthMm} mm, ${degrees} degrees`).toBeLessThan(0.06);
      }
    }
  });

  test('that is a ring starts near the entry and laps over its beginning', () => {
    const { points } = sew(ring(5, 8, 360, true), { ends: { entry: { x: 0, y: 6.5 }, exit: null } });
    expect(Math.hypot(points[0] ?? 0, (points[1] ?? 0) - 6.5)).toBeLessThan(3);
    expect(Math.hypot(points.at(-2) ?? 0, (points.at(-1) ?? 0) - 6.5)).toBeLessThan(3);
  });
});

describe('any column', () => {
  test('has no stitch shorter than 0.5 mm or longer than 12.1 mm', () => {
    const rail = fc.array(fc.tuple(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(rail, rail, fc.boolean(), fc.constantFrom(...FABRICS), (a, b, closed, fabric) => {
        const count = Math.min(a.length, b.length);
        const [left, right] = [a, b].map((points) => Float64Array.from(points.slice(0, count).flat()));
        if (!left || !right) return;
        const sewn = sew({ kind: 'satin', region: 0, left, right, closed }, { fabric });
        expect(sewn.points.length).toBe(2 * sewn.roles.length);
        for (const { lengthMm } of stitchesOf(sewn)) {
          expect(lengthMm).toBeGreaterThanOrEqual(0.5);
          expect(lengthMm).toBeLessThanOrEqual(12.1);
        }
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  test('of letters covers them, keeps to them and has no short or long stitch', async () => {
    for (const [text, family, cap] of [
      ['aegRS&', 'Lora', 20],
      ['Жук', 'Open Sans', 15],
      ['漢', 'Noto Sans JP', 20],
      ['ع', 'Noto Naskh Arabic', 20],
    ] as const) {
      for (const path of await lettersIn(text, family, cap)) {
        const columns = splitRegion(regionOf(path), 0, OPTIONS).parts.filter((part): part is SatinColumn => part.kind === 'satin');
        const sewn = columns.map((column) => sew(column));
        const thread = unionPaths(
          sewn.map(({ points }) =>
            strokeOutline(pathOfPolylines([{ points, closed: false }]), { widthMm: 0.4, cap: 'round', join: 'round', miterLimit: 4 }),
          ),
        );
        const solid = unionPaths(columns.map(coverOf));
        expect(areaOfPath(subtractPaths(solid, thread)) / areaOfPath(solid), `${text} open`).toBeLessThan(0.02);
        expect(areaOfPath(subtractPaths(thread, offsetPath(solid, 0.2 + 0.15 + 0.05))) / areaOfPath(solid), `${text} over`).toBeLessThan(
          0.003,
        );
        for (const { lengthMm } of sewn.flatMap(stitchesOf)) {
          expect(lengthMm).toBeGreaterThanOrEqual(0.5);
          expect(lengthMm).toBeLessThanOrEqual(7.5);
        }
      }
    }
  });

  test('without length or with broken numbers gives nothing', () => {
    const dot = { ...bar(1, 2), left: new Float64Array([1, 1, 1, 1]), right: new Float64Array([1, 3, 1, 3]) };
    expect(sew(dot).points.length).toBe(0);
    expect(sew({ ...bar(2, 2), left: new Float64Array([Number.NaN, 0, 1, 0, Number.NaN, 1]) }).points.length).toBe(0);
  });
});
