import { describe, expect, it } from 'vitest';
import { joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { subtractPaths, unionPaths } from '../../src/geometry/polygons.ts';
import { defaultOptions, digitize } from '../../src/stitch/digitize.ts';
import { FABRICS } from '../../src/stitch/fabric.ts';
import { islandsOf } from '../../src/stitch/order/islands.ts';
import { ROLE, type StitchPlan } from '../../src/stitch/plan.ts';
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

/** Font, text, height of capitals; scripts whose letters join are one shape. */
const WORDS = [
  ['oswald/Oswald-Bold.ttf', 'PLATEN', 15, false],
  ['playfair-display/PlayfairDisplay-Bold.ttf', 'Stitch', 18, false],
  ['bebas-neue/BebasNeue-Regular.ttf', 'HARBOR', 12, false],
  ['pacifico/Pacifico-Regular.ttf', 'Sea', 16, true],
  ['lora/Lora-Regular.ttf', 'Rgae', 20, false],
  ['noto-sans-jp/NotoSansJP-Regular.ttf', '漢字永語', 20, false],
  ['noto-sans-hebrew/NotoSansHebrew-Bold.ttf', 'שלום', 15, false],
] as const;

/** Thread in cells of a millimetre, mm, that hold one column with what lies beneath it, and no tie or way; rising. */
const singleLayers = ({ blocks }: StitchPlan): readonly number[] => {
  const cells = new Map<number, { mm: number; readonly columns: Set<number> }>();
  let column = 0;
  for (const { points, roles } of blocks.flatMap(({ runs }) => runs)) {
    for (let i = 1; i < roles.length; i += 1) {
      // Ties and ways count as columns of their own.
      if (roles[i] !== ROLE.satin || roles[i - 1] !== ROLE.satin) column += 1;
      const [ax = 0, ay = 0, bx = 0, by = 0] = points.subarray(2 * i - 2, 2 * i + 2);
      const length = Math.hypot(bx - ax, by - ay);
      const steps = Math.max(1, Math.ceil(10 * length));
      for (let k = 0; k < steps; k += 1) {
        const [x, y] = [ax + ((bx - ax) * (k + 0.5)) / steps, ay + ((by - ay) * (k + 0.5)) / steps];
        const key = Math.floor(y) * 4096 + Math.floor(x);
        const cell = cells.get(key) ?? { mm: 0, columns: new Set<number>() };
        cells.set(key, cell);
        cell.mm += length / steps;
        if (roles[i] !== ROLE.underlay) cell.columns.add(column);
      }
    }
  }
  return [...cells.values()]
    .filter(({ columns }) => columns.size === 1)
    .map(({ mm }) => mm)
    .sort((a, b) => a - b);
};

describe('digitize', () => {
  for (const [font, text, capMm, isJoined] of WORDS) {
    it(`sews "${text}" in ${font} as satin, covered, even, without shorts, floats or thread between the letters`, () => {
      const glyphs = letters(font, text, capMm);
      const regions = (isJoined ? [unionPaths(glyphs)] : glyphs).map((path) => region(path, '#204080'));
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
      expect(figures.stitchesPerMm2).toBeLessThan(3.5);
      const single = singleLayers(plan);
      expect(single[Math.floor(0.99 * (single.length - 1))]).toBeLessThan(9);
      expect(single.at(-1)).toBeLessThan(12);
      // Where strokes overlap.
      expect(figures.densityP99).toBeLessThan(10.5);
      expect(figures.densityMax).toBeLessThan(15);
      expect(figures.penetrationsMax).toBeLessThanOrEqual(12);
      expect(figures.sameHoleMax).toBeLessThanOrEqual(3);
      expect(figures.underlayShare).toBeGreaterThan(0.075);
      expect(figures.underlayShare).toBeLessThan(0.25);
      // A cut between shapes, and at most one more for each.
      const shapes = regions.reduce((sum, { path }) => sum + islandsOf(path).length, 0);
      expect(figures.trims).toBeLessThanOrEqual(2 * shapes);
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
      expect(figures.rightColourOnTop).toBeGreaterThan(0.995);
      expect(figures.stitchesPerMm2).toBeLessThan(1.7);
      expect(figures.shortShare).toBeLessThan(0.02);
      expect(figures.overshootShare).toBeLessThan(0.003);
      expect(figures.exposedMm2).toBeLessThan(0.1);
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
      expect(figures.exposedMm2).toBeLessThan(0.1);
      expect(figures.colourChanges).toBe(2);
      expect(figures.rightColourOnTop).toBeGreaterThan(0.995);
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
