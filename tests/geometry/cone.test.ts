import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConeBand,
  coneBand,
  diameterAt,
  type Frustum,
  sheetArc,
  sheetBounds,
  sheetOutline,
  slantOf,
  toArt,
  toSheet,
} from '../../src/geometry/cone.ts';
import { flattenPath } from '../../src/geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../src/geometry/path.ts';
import { type Point, rectOf } from '../../src/geometry/point.ts';

/** A slim steel tumbler, a paper cup, and a bowl that widens downwards. */
const VESSELS: readonly (readonly [string, Frustum])[] = [
  ['tumbler', { topDiameterMm: 71.12, bottomDiameterMm: 66.04, heightMm: 205 }],
  ['cup', { topDiameterMm: 90, bottomDiameterMm: 60, heightMm: 135 }],
  ['bell', { topDiameterMm: 60, bottomDiameterMm: 84, heightMm: 70 }],
];

const lengthOf = (path: Path): number =>
  flattenPath(path, 0.0005).reduce((sum, { points }) => {
    let length = 0;
    for (let i = 2; i < points.length; i += 2)
      length += Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0));
    return sum + length;
  }, 0);

/** A band that goes all the way round, from `fromTop` down. */
const around = (frustum: Frustum, fromTop: number, heightMm: number) => {
  const widthMm = Math.PI * diameterAt(frustum, fromTop + heightMm / 2);
  const band = coneBand(frustum, { widthMm, heightMm }, fromTop);
  if (!band) throw new Error('expected a cone');
  return { band, widthMm };
};

/** Centre and radius of the circle through three points. */
const circleOf = (a: Point, b: Point, c: Point) => {
  const d = 2 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y));
  const [aa, bb, cc] = [a, b, c].map(({ x, y }) => x * x + y * y);
  const x = ((aa ?? 0) * (b.y - c.y) + (bb ?? 0) * (c.y - a.y) + (cc ?? 0) * (a.y - b.y)) / d;
  const y = ((aa ?? 0) * (c.x - b.x) + (bb ?? 0) * (a.x - c.x) + (cc ?? 0) * (b.x - a.x)) / d;
  return { x, y, radius: Math.hypot(a.x - x, a.y - y) };
};

describe('a wall laid flat', () => {
  it.each(VESSELS)('of a %s is as long at both edges as the vessel is round there', (_, frustum) => {
    const heightMm = slantOf(frustum);
    const { band, widthMm } = around(frustum, 0, heightMm);
    const top = lengthOf(sheetArc(band, { x: 0, y: 0 }, widthMm));
    const bottom = lengthOf(sheetArc(band, { x: 0, y: heightMm }, widthMm));
    expect(Math.abs(top - Math.PI * frustum.topDiameterMm)).toBeLessThan(0.05);
    expect(Math.abs(bottom - Math.PI * frustum.bottomDiameterMm)).toBeLessThan(0.05);
    expect(Math.abs(lengthOf(sheetArc(band, { x: 0, y: heightMm / 2 }, widthMm)) - widthMm)).toBeLessThan(0.01);
  });

  it.each(VESSELS)(
    'of a %s keeps lines across the art on circles about one centre, and lines down it straight and as long',
    (_, frustum) => {
      const heightMm = slantOf(frustum) - 10;
      const { band, widthMm } = around(frustum, 5, heightMm);
      const circles = [0, heightMm / 3, heightMm].map((y) => {
        const at = (x: number): Point => toSheet(band, { x, y });
        const circle = circleOf(at(0), at(widthMm / 2), at(widthMm));
        for (let i = 0; i <= 20; i += 1) {
          const { x, y: down } = at((widthMm * i) / 20);
          expect(Math.abs(Math.hypot(x - circle.x, down - circle.y) - circle.radius)).toBeLessThan(1e-6);
        }
        return circle;
      });
      const [first] = circles;
      for (const circle of circles) expect(Math.hypot(circle.x - (first?.x ?? 0), circle.y - (first?.y ?? 0))).toBeLessThan(1e-6);
      for (const x of [0, widthMm / 5, widthMm]) {
        const [p, q] = [toSheet(band, { x, y: 0 }), toSheet(band, { x, y: heightMm })];
        expect(Math.abs(Math.hypot(p.x - q.x, p.y - q.y) - heightMm)).toBeLessThan(1e-9);
      }
    },
  );

  it.each(VESSELS)('of a %s is outlined by cubics that stay on its circles within a thousandth of a millimetre', (_, frustum) => {
    const heightMm = slantOf(frustum);
    const { band, widthMm } = around(frustum, 0, heightMm);
    const outline = sheetOutline(band, rectOf(0, 0, widthMm, heightMm));
    for (const { points } of flattenPath(outline, 0.0005))
      for (let i = 0; i < points.length; i += 2) {
        const { x, y } = toArt(band, { x: points[i] ?? 0, y: points[i + 1] ?? 0 });
        const off = Math.min(Math.abs(y), Math.abs(y - heightMm), Math.abs(x), Math.abs(x - widthMm));
        expect(off).toBeLessThan(0.001);
      }
    const [box, measured] = [sheetBounds(band, rectOf(0, 0, widthMm, heightMm)), boundsOfPath(outline)];
    for (const key of ['x', 'y', 'width', 'height'] as const) expect(box[key]).toBeCloseTo(measured?.[key] ?? 0, 3);
  });

  it('has its arcs highest in their middle when the upper end is the wider one, and lowest when it is not', () => {
    const rise = ({ band, widthMm }: { readonly band: ConeBand; readonly widthMm: number }): number =>
      toSheet(band, { x: 0, y: 0 }).y - toSheet(band, { x: widthMm / 2, y: 0 }).y;
    const [cup, bell] = [VESSELS[1]?.[1], VESSELS[2]?.[1]];
    if (!cup || !bell) throw new Error('expected both');
    expect(rise(around(cup, 0, 100))).toBeGreaterThan(5);
    expect(rise(around(bell, 0, 60))).toBeLessThan(-5);
  });

  it('leads back to the art', () => {
    const length = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...VESSELS), length, length, ([, frustum], x, y) => {
        const { band } = around(frustum, 0, slantOf(frustum));
        const back = toArt(band, toSheet(band, { x: x / 2, y: y / 4 }));
        expect(back.x).toBeCloseTo(x / 2, 6);
        expect(back.y).toBeCloseTo(y / 4, 6);
      }),
    );
  });

  it('is no ring when the vessel is straight, or the band reaches past the tip', () => {
    expect(coneBand({ topDiameterMm: 60, bottomDiameterMm: 20, heightMm: 60 }, { widthMm: 100, heightMm: 95 }, 0)).toBeNull();
    expect(coneBand({ topDiameterMm: 75, bottomDiameterMm: 75, heightMm: 200 }, { widthMm: 235, heightMm: 200 }, 0)).toBeNull();
  });
});
