import { describe, expect, it } from 'vitest';
import { joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { subtractPaths, unionPaths } from '../../src/geometry/polygons.ts';
import { defaultOptions, digitize } from '../../src/stitch/digitize.ts';
import { FABRICS } from '../../src/stitch/fabric.ts';
import { ROLE } from '../../src/stitch/plan.ts';
import { measureQuality } from '../../src/stitch/quality/measure-quality.ts';
import type { DigitizeOptions, StitchRegion } from '../../src/stitch/region.ts';
import { letters } from './letters.ts';
import { region, square } from './order/hand-work.ts';

const optionsFor = (id: string): DigitizeOptions => {
  const fabric = FABRICS.find((one) => one.id === id);
  if (!fabric) throw new Error(`expected a fabric called ${id}`);
  return defaultOptions(fabric);
};

const WOVEN = optionsFor('woven');

const polar = (cx: number, cy: number, corners: number, radius: (k: number) => number): Path => {
  const builder = new PathBuilder();
  for (let k = 0; k < corners; k += 1) {
    const angle = (2 * Math.PI * k) / corners - Math.PI / 2;
    const [x, y] = [cx + radius(k) * Math.cos(angle), cy + radius(k) * Math.sin(angle)];
    if (k === 0) builder.moveTo(x, y);
    else builder.lineTo(x, y);
  }
  return unionPaths([builder.close().finish()]);
};

const disc = (cx: number, cy: number, r: number): Path => polar(cx, cy, 180, () => r);
const star = (cx: number, cy: number, r: number): Path => polar(cx, cy, 10, (k) => (k % 2 === 0 ? r : 0.45 * r));

/** A ring, a field, and a star and a word on it: knocked out or painted over one another. */
const logo = (knockedOut: boolean): readonly StitchRegion[] => {
  const word = joinPaths(letters('oswald/Oswald-Bold.ttf', 'PLATEN', 10).map((path) => transformPath(path, [1, 0, 0, 1, 22, 50])));
  const white = joinPaths([star(40, 28, 18), word]);
  const [ring, field] = [disc(40, 40, 40), disc(40, 40, 33)];
  return [
    region(knockedOut ? subtractPaths(ring, field) : ring, '#e8c020'),
    region(knockedOut ? subtractPaths(field, white) : field, '#203870'),
    region(white, '#f8f8f8'),
  ];
};

const WORDS = [
  ['oswald/Oswald-Bold.ttf', 'PLATEN', 15],
  ['playfair-display/PlayfairDisplay-Bold.ttf', 'Stitch', 18],
  ['bebas-neue/BebasNeue-Regular.ttf', 'HARBOR', 12],
  ['pacifico/Pacifico-Regular.ttf', 'Sea', 16],
] as const;

describe('digitize', () => {
  for (const [font, text, capMm] of WORDS) {
    it(`sews "${text}" in ${font} as satin, covered, without shorts, floats or thread between the letters`, () => {
      const regions = letters(font, text, capMm).map((path) => region(path, '#204080'));
      const { plan } = digitize(regions, WOVEN);
      const figures = measureQuality(plan, regions, WOVEN);
      expect(figures.coverage).toBeGreaterThan(0.985);
      expect(figures.shortShare).toBeLessThan(0.02);
      expect(figures.floats).toBe(0);
      expect(figures.longStitches).toBe(0);
      expect(figures.gaps).toBe(0);
      expect(figures.satinShare).toBeGreaterThan(0.9);
      expect(figures.overshootShare).toBeLessThan(0.003);
      expect(figures.underlaid).toBe(1);
      expect(figures.travelHidden).toBeGreaterThan(0.85);
      expect(figures.travelShare).toBeLessThan(0.1);
      expect(figures.stitchesPerMm2).toBeLessThan(4.6);
      // A cut between letters, and at most one more for each.
      expect(figures.trims).toBeLessThanOrEqual(2 * regions.length);
    });
  }

  for (const knockedOut of [false, true]) {
    it(`sews a logo of three colours ${knockedOut ? 'knocked out' : 'in layers'} in three blocks that overlap where they meet`, () => {
      const regions = logo(knockedOut);
      const { plan, remarks } = digitize(regions, WOVEN);
      const figures = measureQuality(plan, regions, WOVEN);
      expect(remarks).toEqual([]);
      expect(figures.colourChanges).toBe(2);
      expect(figures.coverage).toBeGreaterThan(0.998);
      expect(figures.rightColourOnTop).toBeGreaterThan(0.99);
      expect(figures.stitchesPerMm2).toBeLessThan(1.7);
      expect(figures.shortShare).toBeLessThan(0.02);
      expect(figures.overshootShare).toBeLessThan(0.003);
      expect(figures.exposedMm2).toBeLessThan(0.25);
      expect(figures.gaps).toBe(0);
      expect(figures.travelShare).toBeLessThan(0.05);
      expect(figures.travelHidden).toBeGreaterThan(0.98);
      expect(figures.underlayShare).toBeGreaterThan(0.15);
      expect(figures.underlayShare).toBeLessThan(0.25);
      expect(figures.longStitches).toBe(0);
      expect(figures.trims).toBeLessThanOrEqual(8);
      expect(figures.underlaid).toBe(1);
      expect(figures.floats).toBe(0);
    });
  }

  it.each([
    ['a disc', disc(30, 30, 30), 0.01],
    ['a ring', subtractPaths(disc(30, 30, 30), disc(30, 30, 18)), 0.05],
    ['a star', star(30, 30, 30), 0.055],
  ])('fills %s in one thread, closed up to the edge, with hidden ways', (_, path, travel) => {
    const regions = [region(path, '#204080')];
    const { plan } = digitize(regions, WOVEN);
    const figures = measureQuality(plan, regions, WOVEN);
    expect(plan.blocks.flatMap(({ runs }) => runs).length).toBe(1);
    expect(figures.coverage).toBeGreaterThan(0.998);
    expect(figures.gaps).toBe(0);
    expect(figures.travelShare).toBeLessThan(travel);
    expect(figures.travelHidden).toBeGreaterThan(0.98);
    expect(figures.densityMax).toBeLessThan(12);
    expect(figures.penetrationsMax).toBeLessThanOrEqual(12);
    expect(figures.overshootShare).toBeLessThan(0.003);
    expect(figures.stitchesPerMm2).toBeLessThan(1.7);
  });

  it('lays colours that only touch over one another, so that a shift of 0.3 mm shows no cloth', () => {
    const columns = ['#008c45', '#f4f5f0', '#cd212a'].map((colour, i) => region(rectPath(rectOf(20 * i, 0, 20, 40)), colour));
    const bars = Array.from({ length: 5 }, (_, i) =>
      region(rectPath(rectOf(0, 4 * i, 50, 4)), ['#ff0000', '#ffffff', '#0000ff'][i % 3] ?? ''),
    );
    for (const regions of [columns, bars]) {
      const figures = measureQuality(digitize(regions, WOVEN).plan, regions, WOVEN);
      expect(figures.exposedMm2).toBeLessThan(0.2);
      expect(figures.colourChanges).toBe(2);
      expect(figures.rightColourOnTop).toBeGreaterThan(0.98);
    }
  });

  it('sews every fabric, and goes farther out on those that draw in more', () => {
    const regions = [square(0, 0, 20, '#000000')];
    const reach = FABRICS.map((fabric) => {
      const { plan } = digitize(regions, defaultOptions(fabric));
      return Math.max(...(plan.blocks[0]?.runs.flatMap(({ points }) => [...points]) ?? []));
    });
    const [woven, towel] = ['woven', 'towel'].map((id) => reach[FABRICS.findIndex((fabric) => fabric.id === id)] ?? 0);
    expect(towel).toBeGreaterThan((woven ?? 0) + 0.2);
  });

  it('holds no stitch under the least but ties, and none a machine cannot take', () => {
    const { plan } = digitize(logo(false), WOVEN);
    for (const { points, roles } of plan.blocks.flatMap(({ runs }) => runs)) {
      for (let i = 1; i < roles.length; i += 1) {
        const [dx, dy] = [(points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0), (points[2 * i + 1] ?? 0) - (points[2 * i - 1] ?? 0)];
        if (roles[i] !== ROLE.tie) expect(Math.hypot(dx, dy)).toBeGreaterThanOrEqual(WOVEN.minStitchMm - 1e-6);
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(12.1);
      }
    }
  });

  it('gives the same plan for the same regions', () => {
    expect(digitize(logo(true), WOVEN)).toEqual(digitize(logo(true), WOVEN));
  });

  it('survives hostile shapes and tells what it left out', () => {
    const spiky = polar(0, 0, 3000, (k) => (k % 2 === 0 ? 20 : 19.2));
    const crossed = new PathBuilder().moveTo(0, 0).lineTo(30, 20).lineTo(30, 0).lineTo(0, 20).close().finish();
    const hair = rectPath(rectOf(0, 30, 40, 0.05));
    const speck = rectPath(rectOf(50, 0, 0.02, 0.02));
    const paths = [spiky, crossed, crossed, hair, speck, joinPaths([])];
    const { plan, remarks } = digitize(
      paths.map((path) => region(path, '#000000')),
      WOVEN,
    );
    expect(plan.blocks.length).toBe(1);
    expect(remarks.filter(({ code }) => code === 'stitch.skipped').map(({ region: index }) => index)).toContain(4);
    for (const { points } of plan.blocks.flatMap(({ runs }) => runs)) expect(points.every(Number.isFinite)).toBe(true);
  });

  it('stops when it is told to', () => {
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    expect(() => digitize([square(0, 0, 5, '#000000')], { ...WOVEN, signal: abort.signal })).toThrow('enough');
  });
});
