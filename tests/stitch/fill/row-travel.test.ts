import { describe, expect, it } from 'vitest';
import { flattenPath } from '../../../src/geometry/flatten.ts';
import { offsetPath, pathContainsPoint, subtractPaths } from '../../../src/geometry/polygons.ts';
import { rowFrame } from '../../../src/stitch/fill/row-frame.ts';
import { RowTravel } from '../../../src/stitch/fill/row-travel.ts';
import { rowsOf } from '../../../src/stitch/fill/rows.ts';
import { StitchTrail } from '../../../src/stitch/fill/stitch-trail.ts';
import { ROLE } from '../../../src/stitch/plan.ts';
import { measureStitches } from '../../support/stitch-raster.ts';
import { disc, fillOf, square, WOVEN } from './fill-shapes.ts';

const ring = subtractPaths(disc(30, 30, 30), disc(30, 30, 15));

const setOut = (path: typeof ring, sewnTo: number) => {
  const rows = rowsOf(flattenPath(path, 0.02), rowFrame(0), 0.35);
  if (!rows) throw new Error('expected rows');
  const sewn = Uint8Array.from({ length: rows.count }, (_, i) => ((rows.line[i] ?? 0) * rows.pitchMm < sewnTo ? 1 : 0));
  return { travel: new RowTravel(path, rows, sewn), trail: new StitchTrail() };
};

const lengthOf = ({ points, roles }: ReturnType<StitchTrail['finish']>): number =>
  Array.from(roles).reduce(
    (sum, _, i) =>
      i === 0 ? 0 : sum + Math.hypot((points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0), (points[2 * i + 1] ?? 0) - (points[2 * i - 1] ?? 0)),
    0,
  );

describe('RowTravel', () => {
  it('goes straight where only rows to come are in the way', () => {
    const { travel, trail } = setOut(square(0, 0, 40), 0);
    trail.add(2, 2, ROLE.travel);
    travel.go(trail, 35, 30);
    const way = trail.finish();
    expect(lengthOf(way)).toBeCloseTo(Math.hypot(33, 28), 0);
    expect([...way.roles].every((role) => role === ROLE.travel)).toBe(true);
  });

  it('goes around a hole, not much farther than it must', () => {
    const { travel, trail } = setOut(ring, 0);
    trail.add(7, 30, ROLE.travel);
    travel.go(trail, 53, 30);
    const way = trail.finish();
    const grown = offsetPath(ring, 0.3, 'round');
    for (let i = 0; i < way.roles.length; i += 1)
      expect(pathContainsPoint(grown, { x: way.points[2 * i] ?? 0, y: way.points[2 * i + 1] ?? 0 })).toBe(true);
    expect(lengthOf(way)).toBeLessThan(80);
    expect(travel.seenMm).toBe(0);
  });

  it('does not cross a hole on a way that is almost along the rows', () => {
    const grown = offsetPath(ring, 0.3, 'round');
    for (const drop of [0, 0.1, 0.2, 0.3, 0.5, 1, 2]) {
      const { travel, trail } = setOut(ring, 0);
      trail.add(7, 30, ROLE.travel);
      travel.go(trail, 53, 30 + drop);
      const { points } = trail.finish();
      for (let i = 2; i < points.length; i += 2) {
        const middle = { x: ((points[i] ?? 0) + (points[i - 2] ?? 0)) / 2, y: ((points[i + 1] ?? 0) + (points[i - 1] ?? 0)) / 2 };
        expect(pathContainsPoint(grown, middle), `${drop}`).toBe(true);
      }
    }
  });

  it('keeps off finished rows when there is another way, and says how far it went over them when there is none', () => {
    const above = setOut(ring, 29);
    above.trail.add(7, 31, ROLE.travel);
    above.travel.go(above.trail, 53, 31);
    const ys = above.trail.finish().points.filter((_, i) => i % 2 === 1);
    expect(Math.min(...ys)).toBeGreaterThan(29);
    expect(above.travel.seenMm).toBe(0);
    const closed = setOut(ring, 50);
    closed.trail.add(7, 31, ROLE.travel);
    closed.travel.go(closed.trail, 30, 3);
    expect(closed.travel.seenMm).toBeGreaterThan(20);
  });
});

it('does not slip between two finished rows on the slant', () => {
  let lattice = square(0, 0, 84);
  for (let i = 0; i < 36; i += 1) lattice = subtractPaths(lattice, square(6 + (i % 6) * 13, 6 + Math.floor(i / 6) * 13, 7));
  expect(measureStitches(lattice, fillOf(lattice), WOVEN.pullMm).travelHidden).toBeGreaterThan(0.983);
});
