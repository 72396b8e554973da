import { describe, expect, it } from 'vitest';
import { rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { ROLE, type Run, type StitchPlan } from '../../../src/stitch/plan.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { options, region, square } from '../order/hand-work.ts';

const rows = (x: number, y: number, side: number, pitch: number, role: number = ROLE.top): Run => {
  const points: number[] = [];
  const count = Math.round(side / pitch);
  for (let k = 0; k <= count; k += 1) {
    const [a, b] = k % 2 === 0 ? [x, x + side] : [x + side, x];
    for (let i = 0; i <= 5; i += 1) points.push(a + ((b - a) * i) / 5, y + (side * k) / count);
  }
  return { points: Float64Array.from(points), roles: new Uint8Array(points.length / 2).fill(role), from: 'trim' };
};

const thread = (colour: string) => ({ colour, name: '', code: '', maker: '', weight: 40 as const });

const plan = (...blocks: (readonly [string, readonly Run[]])[]): StitchPlan => ({
  blocks: blocks.map(([colour, runs]) => ({ thread: thread(colour), runs, stopAfter: false, note: '' })),
});

describe('measureQuality', () => {
  it('tells the thread of all colours together, and of each for itself', () => {
    const regions = [square(0, 0, 20, '#000000'), square(0, 0, 20, '#ffffff')];
    const report = measureQuality(plan(['#000000', [rows(0, 0, 20, 0.35)]], ['#ffffff', [rows(0, 0, 20, 0.35)]]), regions, options());
    expect(report.layerDensityP99).toBeGreaterThan(2.5);
    expect(report.layerDensityP99).toBeLessThan(4.5);
    expect(report.densityP99).toBeCloseTo(2 * report.layerDensityP99, 1);
    expect(report.layerDensityMax).toBeLessThan(report.densityMax);
  });

  it('finds a square covered that is sewn closely', () => {
    const report = measureQuality(plan(['#000000', [rows(0, 0, 20, 0.35)]]), [square(0, 0, 20, '#000000')], options());
    expect(report.areaMm2).toBeCloseTo(400, -1);
    expect(report.coverage).toBeGreaterThan(0.99);
    expect(report.rightColourOnTop).toBeGreaterThan(0.99);
    expect(report.overshootMm2).toBe(0);
    expect(report.gaps).toBe(0);
    expect(report.densityP99).toBeGreaterThan(2);
    expect(report.densityP99).toBeLessThan(4.1);
    expect(report.trims).toBe(0);
  });

  it('finds half of it bare when rows lie 0.8 mm apart', () => {
    const report = measureQuality(plan(['#000000', [rows(0, 0, 20, 0.8)]]), [square(0, 0, 20, '#000000')], options());
    expect(report.coverage).toBeGreaterThan(0.45);
    expect(report.coverage).toBeLessThan(0.6);
  });

  it('tells how large the largest open place is', () => {
    const two = plan(['#000000', [rows(0, 0, 20, 0.35), rows(30, 0, 20, 0.35)]]);
    const report = measureQuality(two, [region(rectPath(rectOf(0, 0, 50, 20)), '#000000')], options());
    expect(report.gaps).toBe(1);
    expect(report.largestGapMm2).toBeGreaterThan(9 * 19);
    expect(report.largestGapMm2).toBeLessThan(10 * 20);
  });

  it('tells what stays covered when rows draw in at both ends, by 0.2 mm or what the cloth is known for', () => {
    const black = plan(['#000000', [rows(0, 0, 20, 0.35)]]);
    const pulled = (pullMm: number): number =>
      measureQuality(black, [square(0, 0, 20, '#000000')], { fabric: { ...options().fabric, pullMm } }).pulledCoverage;
    // Half a thread lies beyond the needle holes at the ends of rows.
    expect(pulled(0)).toBeGreaterThan(0.99);
    expect(pulled(0.1)).toBe(pulled(0.2));
    expect(pulled(0.5)).toBeCloseTo(1 - (2 * 0.3) / 20, 1);
    expect(pulled(0.5)).toBeLessThan(0.975);
  });

  it('tells the colour on top from the colour below', () => {
    const art = [square(0, 0, 20, '#000000'), square(5, 5, 10, '#ffffff')];
    const right = plan(['#000000', [rows(0, 0, 20, 0.35)]], ['#ffffff', [rows(5, 5, 10, 0.35)]]);
    const wrong = plan(['#ffffff', [rows(5, 5, 10, 0.35)]], ['#000000', [rows(0, 0, 20, 0.35)]]);
    expect(measureQuality(right, art, options()).rightColourOnTop).toBeGreaterThan(0.96);
    expect(measureQuality(wrong, art, options()).rightColourOnTop).toBeLessThan(0.8);
  });

  it('sees cloth where colours only touch, and none where they overlap', () => {
    const art = [square(0, 0, 20, '#ffffff'), square(20, 0, 20, '#000000')];
    const touching = plan(['#ffffff', [rows(0, 0, 20, 0.35)]], ['#000000', [rows(20, 0, 20, 0.35)]]);
    const trapped = plan(['#ffffff', [rows(0, 0, 20.6, 0.35)]], ['#000000', [rows(20, 0, 20, 0.35)]]);
    expect(measureQuality(trapped, art, options()).exposedMm2).toBe(0);
    const bare = plan(['#ffffff', [rows(-0.3, 0, 20, 0.35)]], ['#000000', [rows(20, 0, 20, 0.35)]]);
    expect(measureQuality(bare, art, options()).exposedMm2).toBeGreaterThan(1);
    expect(measureQuality(touching, art, options()).exposedMm2).toBeLessThan(1);
  });

  it('measures thread outside the artwork and holes inside', () => {
    const art = [square(0, 0, 20, '#000000')];
    const beyond = measureQuality(plan(['#000000', [rows(0, 0, 20, 0.35), line(20, 10, 30, 10)]]), art, options());
    expect(beyond.overshootMaxMm).toBeGreaterThan(7);
    expect(beyond.overshootMm2).toBeGreaterThan(3.5);
    expect(beyond.trims).toBe(1);
    expect(measureQuality(plan(['#000000', [rows(0, 0, 10, 0.35)]]), art, options()).gaps).toBe(1);
  });

  it('knows whether a way is hidden', () => {
    const art = [square(0, 0, 20, '#000000')];
    const way = line(2, 2, 18, 18, ROLE.travel);
    expect(measureQuality(plan(['#000000', [way, rows(0, 0, 20, 0.35)]]), art, options()).travelHidden).toBeGreaterThan(0.99);
    expect(measureQuality(plan(['#000000', [rows(0, 0, 20, 0.35), way]]), art, options()).travelHidden).toBe(0);
  });

  it('counts short and long stitches, holes and floats', () => {
    const art = [square(0, 0, 20, '#000000')];
    const runs: Run[] = [
      run([0, 0, 0.4, 0, 0.6, 0, 9, 0], [ROLE.top, ROLE.top, ROLE.top, ROLE.top]),
      { ...run([9, 12, 9.5, 12], [ROLE.top, ROLE.top]), from: 'jump' },
    ];
    const report = measureQuality(plan(['#000000', runs]), art, options());
    expect(report).toMatchObject({ stitches: 4, shortShare: 0.5, tinyStitches: 1, longStitches: 1, floats: 1, trims: 0, sameHoleMax: 1 });
    expect(report.longestMm).toBeCloseTo(8.4);
  });

  it('asks for satin in narrow places and for underlay in wide ones', () => {
    const art = [region(rectPath(rectOf(0, 0, 30, 4)), '#000000')];
    const satin = Array.from({ length: 76 }, (_, i) => [i * 0.4, 0, i * 0.4, 4]).flat();
    const sewn = run(satin, new Array(152).fill(ROLE.satin));
    expect(measureQuality(plan(['#000000', [sewn]]), art, options())).toMatchObject({ underlaid: 0 });
    const report = measureQuality(plan(['#000000', [line(0, 2, 30, 2, ROLE.underlay), sewn]]), art, options());
    expect(report.underlaid).toBe(1);
    expect(report.satinShare).toBeGreaterThan(0.95);
  });

  it('measures an empty plan without an artwork', () => {
    expect(measureQuality({ blocks: [] }, [], options())).toMatchObject({ stitches: 0, coverage: 1, trims: 0, colourChanges: 0 });
  });
});

const run = (points: readonly number[], roles: readonly number[]): Run => ({
  points: Float64Array.from(points),
  roles: Uint8Array.from(roles),
  from: 'trim',
});

const line = (x1: number, y1: number, x2: number, y2: number, role: number = ROLE.top): Run => run([x1, y1, x2, y2], [role, role]);
