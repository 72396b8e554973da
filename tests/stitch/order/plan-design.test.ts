import { describe, expect, it } from 'vitest';
import { type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { subtractPaths } from '../../../src/geometry/polygons.ts';
import { ROLE, type StitchPlan } from '../../../src/stitch/plan.ts';
import { handWork, options, planned, region, square } from './hand-work.ts';

const colours = ({ blocks }: StitchPlan): string[] => blocks.map(({ thread }) => thread.colour);

const boxOf = ({ blocks }: StitchPlan, block: number): readonly number[] => {
  const points = blocks[block]?.runs.flatMap((run) => [...run.points]) ?? [];
  const [xs, ys] = [points.filter((_, i) => i % 2 === 0), points.filter((_, i) => i % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((mm) => Math.round(mm * 100) / 100);
};

describe('planDesign', () => {
  it('sews interleaved squares of three colours in three blocks, light before dark', () => {
    const squares = Array.from({ length: 12 }, (_, i) => square(i * 12, 0, 8, ['#101010', '#ffffff', '#c02020'][i % 3] ?? ''));
    const { plan, remarks } = planned(squares, options(), handWork);
    expect(colours(plan)).toEqual(['#ffffff', '#c02020', '#101010']);
    expect(plan.blocks.map(({ runs }) => runs.length)).toEqual([4, 4, 4]);
    expect(remarks).toEqual([]);
  });

  it('keeps what lies on top for later even when it is light', () => {
    const { plan } = planned([square(0, 0, 30, '#000000'), square(10, 10, 10, '#ffffff')], options(), handWork);
    expect(colours(plan)).toEqual(['#000000', '#ffffff']);
  });

  it('sews what fills a hole after what is around it', () => {
    const frame = subtractPaths(rectPath(rectOf(0, 0, 30, 30)), rectPath(rectOf(10, 10, 10, 10)));
    const { plan } = planned([square(10, 10, 10, '#ffffff'), region(frame, '#000000')], options(), handWork);
    expect(colours(plan)).toEqual(['#000000', '#ffffff']);
  });

  it('goes on under a later neighbour by the trap and nowhere else', () => {
    const { plan } = planned([square(0, 0, 20, '#000000'), square(20, 0, 20, '#ffffff')], options(), handWork);
    expect(colours(plan)).toEqual(['#ffffff', '#000000']);
    const [left, top, right, bottom] = boxOf(plan, 0);
    expect(left).toBeCloseTo(19.4, 1);
    expect([top, right]).toEqual([0, 40]);
    expect(bottom).toBeGreaterThan(19.6);
    // The later one has its rows along the border: it stays back by the edge of its thread alone.
    expect(boxOf(plan, 1)[2]).toBeCloseTo(19.83, 1);
  });

  it('leaves no thread beneath the middle of a large later area', () => {
    const areas: Path[] = [];
    const spy = {
      ...handWork,
      split: (r: Parameters<typeof handWork.split>[0], i: number, o: Parameters<typeof handWork.split>[2]) => {
        areas.push(r.path);
        return handWork.split(r, i, o);
      },
    };
    planned([square(0, 0, 40, '#ffffff'), square(10, 10, 20, '#000000'), square(2, 2, 1.5, '#000000')], options(), spy);
    const [first] = areas;
    // One ring outside and one around the hole; the small square makes none.
    expect(first?.verbs.filter((verb) => verb === 0).length).toBe(2);
  });

  it('cuts the thread between letters, however near', () => {
    const { plan } = planned([square(0, 0, 5, '#000000'), square(5.5, 0, 5, '#000000')], options(), handWork);
    expect(plan.blocks[0]?.runs.map(({ from }) => from)).toEqual(['trim', 'trim']);
  });

  it('ties every thread in and off with three small stitches', () => {
    const { plan } = planned([square(0, 0, 5, '#000000')], options(), handWork);
    const run = plan.blocks[0]?.runs[0];
    if (!run) throw new Error('expected a run');
    const { roles, points } = run;
    expect([...roles.slice(0, 4), ...roles.slice(-3)]).toEqual(Array.from({ length: 7 }, () => ROLE.tie));
    for (const i of [1, 2, 3, roles.length - 3, roles.length - 2, roles.length - 1]) {
      const mm = Math.hypot((points[2 * i] ?? 0) - (points[2 * i - 2] ?? 0), (points[2 * i + 1] ?? 0) - (points[2 * i - 1] ?? 0));
      expect(mm).toBeGreaterThan(0.59);
      expect(mm).toBeLessThan(0.81);
    }
  });

  it('sews caps from the middle outwards', () => {
    const row = Array.from({ length: 5 }, (_, i) => square(i * 10, 0, 6, '#000000'));
    const { plan } = planned(row, options({ order: 'cap' }), handWork);
    const starts = plan.blocks[0]?.runs.map(({ points }) => Math.round(Math.min(...points.filter((_, i) => i % 2 === 0)) / 10));
    expect(starts).toEqual([2, 3, 4, 1, 0]);
  });

  it('tells of shapes that hold no stitch and sews the others', () => {
    const bow = new PathBuilder().moveTo(0, 0).lineTo(10, 10).lineTo(10, 0).lineTo(0, 10).close().finish();
    const nothing = new PathBuilder().moveTo(0, 0).lineTo(10, 0).close().finish();
    const far = { verbs: bow.verbs, coords: bow.coords.map((mm) => mm * 1e9) };
    const lost = { verbs: bow.verbs, coords: bow.coords.map(() => Number.NaN) };
    const regions = [bow, nothing, far, lost, rectPath(rectOf(0, 0, 0.1, 0.1))].map((path) => region(path, '#000000'));
    const { plan, remarks } = planned(regions, options(), handWork);
    expect(remarks.map(({ code, region: index }) => [code, index])).toEqual([1, 2, 3, 4].map((index) => ['stitch.skipped', index]));
    expect(plan.blocks[0]?.runs.length).toBe(2);
  });

  it('sews one of two equal shapes and tells of the other', () => {
    const { plan, remarks } = planned([square(0, 0, 5, '#ff0000'), square(0, 0, 5, '#000000')], options(), handWork);
    expect(colours(plan)).toEqual(['#000000']);
    expect(remarks.map(({ region: index }) => index)).toEqual([0]);
  });

  it('stops when it is told to', () => {
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    expect(() => planned([square(0, 0, 5, '#000000')], options({ signal: abort.signal }), handWork)).toThrow('enough');
  });

  it('gives the same plan for the same regions', () => {
    const squares = Array.from({ length: 9 }, (_, i) => square((i * 7) % 31, (i * 11) % 29, 8, ['#000000', '#ffffff'][i % 2] ?? ''));
    expect(planned(squares, options(), handWork)).toEqual(planned(squares, options(), handWork));
  });
});
