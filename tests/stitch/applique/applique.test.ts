import { describe, expect, it } from 'vitest';
import { EMPTY_PATH, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { offsetPath, pathContainsPoint, subtractPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath, starPath } from '../../../src/geometry/shapes.ts';
import { atOnce } from '../../../src/model/steps.ts';
import { borderColumns } from '../../../src/stitch/applique/border-columns.ts';
import { zigzagLine } from '../../../src/stitch/applique/zigzag-line.ts';
import { defaultOptions, digitize } from '../../../src/stitch/digitize.ts';
import { FABRICS } from '../../../src/stitch/fabric.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';
import { PATCH, type PatchWork, type StitchRegion } from '../../../src/stitch/region.ts';
import { region, square } from '../order/hand-work.ts';

const star = starPath(rectOf(0, 0, 60, 60), 5, 0.45);
const disc = ellipsePath(rectOf(0, 0, 40, 40));
const woven = FABRICS.find(({ id }) => id === 'woven');
if (!woven) throw new Error('expected a fabric');
const OPTIONS = defaultOptions(woven);

const patch = (path: StitchRegion['path'], colour: string, work: Partial<PatchWork> = {}): StitchRegion => ({
  ...region(path, colour),
  stitch: 'applique',
  patch: { ...PATCH, ...work },
});

describe('borderColumns', () => {
  it.each([
    ['a disc', disc],
    ['a star', star],
    ['a frame', subtractPaths(rectPath(rectOf(0, 0, 60, 50)), rectPath(rectOf(15, 15, 30, 20)))],
  ])('run along all edges of %s, outside and within by what is asked', (_, path) => {
    const [wide, narrow] = [offsetPath(path, 0.7, 'round'), offsetPath(path, 0.3, 'round')];
    const core = offsetPath(path, -3.1, 'round');
    const columns = atOnce(borderColumns(path, { outsideMm: 0.4, insideMm: 3 }));
    expect(columns.length).toBe(path.verbs.filter((verb) => verb === 0).length);
    for (const { left, right, closed } of columns) {
      expect(closed).toBe(true);
      expect(left.length).toBe(right.length);
      for (let i = 0; i < left.length; i += 2) {
        const [outer, inner] = [
          { x: left[i] ?? 0, y: left[i + 1] ?? 0 },
          { x: right[i] ?? 0, y: right[i + 1] ?? 0 },
        ];
        expect(pathContainsPoint(wide, outer)).toBe(true);
        expect(pathContainsPoint(narrow, outer)).toBe(false);
        expect(pathContainsPoint(core, inner)).toBe(false);
        expect(Math.hypot(outer.x - inner.x, outer.y - inner.y)).toBeLessThan(4.8);
      }
    }
  });

  it('end at the middle of a pointed corner, from either side', () => {
    const [column] = atOnce(borderColumns(rectPath(rectOf(0, 0, 40, 40)), { outsideMm: 0.4, insideMm: 3 }));
    if (!column) throw new Error('expected a column');
    for (let i = 0; i < column.right.length; i += 2) {
      const [x, y] = [column.right[i] ?? 0, column.right[i + 1] ?? 0];
      // Square to the nearest side, never past the diagonal by more than the lock.
      const [ox, oy] = [column.left[i] ?? 0, column.left[i + 1] ?? 0];
      if (oy < 0 && ox > 0.5 && ox < 20) expect(y).toBeLessThan(Math.min(3, x) + 0.3);
    }
  });

  it('follow outlines of very many points', () => {
    const builder = new PathBuilder();
    for (let i = 0; i < 12_000; i += 1) {
      const [angle, radius] = [(2 * Math.PI * i) / 12_000, i % 2 === 0 ? 100 : 100.3];
      const place = [150 + radius * Math.cos(angle), 150 + radius * Math.sin(angle)] as const;
      if (i === 0) builder.moveTo(...place);
      else builder.lineTo(...place);
    }
    const [column] = atOnce(borderColumns(builder.close().finish(), { outsideMm: 0.4, insideMm: 3 }));
    expect(column?.left.length).toBeGreaterThan(1000);
  });

  it('gives nothing for nothing', () => {
    expect(atOnce(borderColumns(EMPTY_PATH, { outsideMm: 0.4, insideMm: 3 }))).toEqual([]);
  });
});

describe('zigzagLine', () => {
  it('closes, and takes turns outside and inside the edge at the pitch', () => {
    const [line] = atOnce(zigzagLine(disc, { widthMm: 2.4, pitchMm: 1.2, outsideMm: 0.4 }));
    if (!line) throw new Error('expected a line');
    const radii = Array.from(line.roles, (_, i) => Math.hypot((line.points[2 * i] ?? 0) - 20, (line.points[2 * i + 1] ?? 0) - 20));
    radii.forEach((radius, i) => {
      expect(radius).toBeCloseTo(i % 2 === 0 ? 20.4 : 18, 0);
    });
    expect([line.points[0], line.points[1]]).toEqual([line.points.at(-2), line.points.at(-1)]);
    // The way round halfway between the rails, at a stitch each 1.2 mm.
    expect((radii.length - 1) / 2).toBeCloseTo((2 * Math.PI * 19.2) / 1.2, -1);
  });
});

describe('a patch', () => {
  it('is placed, laid, tacked, trimmed and bordered, with a halt where hands are needed', () => {
    const { plan, remarks } = digitize([patch(star, '#1565c0')], OPTIONS);
    expect(remarks).toEqual([]);
    expect(plan.blocks.map(({ stopAfter, note }) => [stopAfter, note])).toEqual([
      [true, 'Appliqué: lay the patch'],
      [true, 'Appliqué: trim the patch'],
      [false, 'Appliqué: border'],
    ]);
    const figures = measureQuality(plan, [patch(star, '#1565c0')], OPTIONS);
    expect(figures.colourChanges).toBe(0);
    expect(figures.overshootShare).toBeLessThan(0.003);
  });

  it('of cut twill goes on without a halt to trim, under an open zigzag', () => {
    const { plan } = digitize([patch(disc, '#1565c0', { border: 'zigzag', borderMm: 2.5, trimStop: false })], OPTIONS);
    expect(plan.blocks.map(({ stopAfter }) => stopAfter)).toEqual([true, false]);
    const satin = digitize([patch(disc, '#1565c0', { trimStop: false })], OPTIONS).plan;
    const count = (of: typeof plan): number => of.blocks.flatMap(({ runs }) => runs).reduce((sum, { roles }) => sum + roles.length, 0);
    expect(count(plan)).toBeLessThan(0.6 * count(satin));
  });

  it('is whole beneath what lies on it, and leaves out what lies beneath', () => {
    const regions = [square(-10, -10, 80, '#222222'), patch(star, '#1565c0'), square(25, 25, 8, '#ffffff')];
    const { plan } = digitize(regions, OPTIONS);
    expect(plan.blocks.map(({ thread }) => thread.colour)).toEqual(['#222222', '#1565c0', '#1565c0', '#1565c0', '#ffffff']);
    const hidden = plan.blocks[0]?.runs.some(({ points }) =>
      points.some((x, i) => i % 2 === 0 && Math.hypot(x - 30, (points[i + 1] ?? 0) - 30) < 8),
    );
    expect(hidden).toBe(false);
  });

  it('on a patch comes after it', () => {
    const { plan } = digitize([patch(rectPath(rectOf(0, 0, 80, 80)), '#1565c0'), patch(disc, '#1565c0')], OPTIONS);
    expect(plan.blocks.filter(({ note }) => note.includes('lay')).length).toBe(2);
  });

  it('that its border would hide is sewn as thread, and told', () => {
    const { plan, remarks } = digitize([patch(rectPath(rectOf(0, 0, 30, 5)), '#1565c0')], OPTIONS);
    expect(remarks.map(({ code }) => code)).toEqual(['patch.small']);
    expect(plan.blocks.map(({ stopAfter }) => stopAfter)).toEqual([false]);
  });
});
