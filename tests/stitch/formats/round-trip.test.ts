import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STITCH_FORMATS, stitchFormatOf } from '../../../src/stitch/formats/formats.ts';
import { readInf, withThreads, writeInf } from '../../../src/stitch/formats/inf.ts';
import { readStitches } from '../../../src/stitch/formats/read-stitches.ts';
import { writePes } from '../../../src/stitch/formats/write-pes.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { carriedPlans, planOf, run, SAMPLE, shapeOf } from './sample-plans.ts';

const START = { name: 'Round trip', origin: { x: 0, y: 0 } };
/** DST and EXP cannot tell a stop from a change. */
const knowsStops = (id: string): boolean => id !== 'dst' && id !== 'exp';
const withoutStops = ({ blocks }: StitchPlan): StitchPlan => ({ blocks: blocks.map((one) => ({ ...one, stopAfter: false })) });

const MACHINES = STITCH_FORMATS.filter(({ id }) => id !== 'json');

describe.each(MACHINES)('$id', ({ id, extension, write, read, carriesColours, maxMoveMm }) => {
  test('gives every plan back point by point, cut by cut, block by block', () => {
    fc.assert(
      fc.property(carriedPlans, (plan) => {
        const back = readStitches(write(plan, START), `a.${extension}`).plan;
        expect(shapeOf(back)).toEqual(shapeOf(knowsStops(id) ? plan : withoutStops(plan)));
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the needle within a step of any plan, and divides what is too long', () => {
    const mm = fc.double({ min: -60, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(mm, mm), { minLength: 2, maxLength: 20 }), (pairs) => {
        const plan = { blocks: [{ ...planOf().blocks[0], runs: [{ ...run([]), points: Float64Array.from(pairs.flat()) }] }] } as StitchPlan;
        const runs = read(write(plan, START)).plan.blocks[0]?.runs ?? [];
        expect(runs.length).toBe(1);
        const points = runs[0]?.points ?? new Float64Array();
        let next = 0;
        for (let i = 0; i < points.length; i += 2) {
          const [x = 0, y = 0] = [points[i], points[i + 1]];
          const [toX = 0, toY = 0] = pairs[next] ?? [];
          if (Math.max(Math.abs(x - toX), Math.abs(y - toY)) < 0.1) next += 1;
          if (i > 0)
            expect(Math.max(Math.abs(x - (points[i - 2] ?? 0)), Math.abs(y - (points[i - 1] ?? 0)))).toBeLessThanOrEqual(12.1 + 1e-9);
        }
        expect(next).toBe(pairs.length);
      }),
      { numRuns: 40 },
    );
  });

  test('cuts nothing where thread is carried, however far', () => {
    const plan = planOf(run([0, 0, 20, 0]), run([1500, -900, 1520, -900], 'jump'));
    const [block] = read(write(plan, START)).plan.blocks;
    expect(block?.runs.map(({ from }) => from).filter((from, i) => i > 0 && from === 'trim')).toEqual([]);
    expect(block?.runs.at(-1)?.points.slice(-4)).toEqual(Float64Array.of(150, -90, 152, -90));
    if (id !== 'dst') expect(block?.runs).toHaveLength(2);
  });

  test('keeps colours as it says', () => {
    const colours = read(write(SAMPLE, START)).plan.blocks.map(({ thread }) => thread.colour);
    const wanted = SAMPLE.blocks.map(({ thread }) => thread.colour);
    if (carriesColours === 'exact') expect(colours).toEqual(wanted);
    else expect(colours).not.toEqual(wanted);
    if (carriesColours === 'nearest') expect([colours[0] === colours[1], colours[1] === colours[2]]).toEqual([true, false]);
  });

  test('starts in the middle of the design when told nothing', () => {
    const [block] = read(write(planOf(run([1000, 1000, 1100, 1060])), { name: 'Far' })).plan.blocks;
    expect(block?.runs[0]?.points).toEqual(Float64Array.of(-5, -3, 5, 3));
  });

  test('gives the same bytes for the same plan', () => {
    expect(write(SAMPLE, START)).toEqual(write(structuredClone(SAMPLE), START));
  });

  test('refuses a plan without stitches and one that is larger than any machine', () => {
    expect(() => write(planOf(), START)).toThrow(expect.objectContaining({ code: 'stitches.empty' }));
    expect(() => write(planOf(run([0, 0, 90_000, 0])), START)).toThrow(expect.objectContaining({ code: 'stitches.too-large' }));
    expect(() => write(planOf(run([0, Number.NaN])), START)).toThrow(expect.objectContaining({ code: 'stitches.too-large' }));
  });

  test('refuses more changes than it can carry, and writes as many', () => {
    const blocks = (count: number): StitchPlan =>
      ({
        blocks: Array.from({ length: count }, (_, i) => ({
          ...SAMPLE.blocks[i % 2 === 0 ? 0 : 2],
          runs: [run([i, 0, i, 9])],
          stopAfter: false,
        })),
      }) as StitchPlan;
    const most = MACHINES.find((one) => one.id === id)?.maxChanges ?? 0;
    expect(read(write(blocks(most + 1), START)).plan.blocks).toHaveLength(most + 1);
    expect(() => write(blocks(most + 2), START)).toThrow(expect.objectContaining({ code: 'stitches.too-many-colours' }));
    expect(maxMoveMm === null || maxMoveMm >= 12.1).toBe(true);
  });
});

describe('a plan as JSON', () => {
  test('comes back whole, with roles, notes and threads', () => {
    const plan: StitchPlan = {
      blocks: SAMPLE.blocks.map((one) => ({
        ...one,
        note: 'under the foam',
        runs: one.runs.map((each) => ({ ...each, roles: each.roles.map((_, i) => i % 6) })),
      })),
    };
    const json = stitchFormatOf('plan.json');
    expect(readStitches(json?.write(plan, START) ?? new Uint8Array())).toEqual({ format: 'json', name: 'Round trip', plan, warnings: [] });
  });
});

describe('colours of EXP', () => {
  test('travel in an INF file beside it', () => {
    const threads = readInf(writeInf(SAMPLE));
    expect(threads.map(({ colour, name }) => [colour, name])).toEqual(SAMPLE.blocks.map(({ thread }) => [thread.colour, thread.name]));
    const exp = stitchFormatOf('exp');
    const bare = readStitches(exp?.write(SAMPLE, START) ?? new Uint8Array(), 'a.exp').plan;
    expect(shapeOf(withThreads(bare, threads))).toEqual(shapeOf(SAMPLE));
  });
});

describe('a background of one thread', () => {
  /** To and fro in rows of 4 mm steps over 300 x 300 mm, in one run. */
  const rows = (count: number) =>
    planOf(
      run(
        Array.from({ length: count }, (_, i) => [
          ((Math.floor(i / 75) % 2 === 0 ? i % 75 : 74 - (i % 75)) - 37) * 40,
          Math.floor(i / 75) - 900,
        ]).flat(),
      ),
    );

  test.each(MACHINES)('of more stitches than a section of PES counts goes into $id and back', ({ extension, write }) => {
    const plan = rows(140_000);
    expect(readStitches(write(plan, START), `a.${extension}`).plan.blocks[0]?.runs[0]?.points).toEqual(plan.blocks[0]?.runs[0]?.points);
  });

  test('goes on in the next section of PES where one is full', () => {
    const count = 140_000;
    const bytes = writePes(rows(count), { ...START, version: 1 });
    const data = new DataView(bytes.buffer, bytes.byteOffset);
    let at = Buffer.from(bytes).indexOf('CSewSeg') + 7;
    const points: string[] = [];
    const counts: number[] = [];
    for (let more = true; more; ) {
      const [own, start] = [data.getUint16(at + 4, true), at + 6];
      counts.push(own);
      for (let i = 0; i < own; i += 1) {
        const point = `${data.getInt16(start + 4 * i, true)},${data.getInt16(start + 4 * i + 2, true)}`;
        if (i > 0 || counts.length === 1) points.push(point);
        else expect(point).toBe(points.at(-1));
      }
      at = start + 4 * own;
      more = data.getUint16(at, true) === 0x8003;
      at += 2;
    }
    expect(counts).toEqual([65_535, 65_535, count - 2 * 65_534]);
    expect(points).toHaveLength(count);
  });

  test('wider than PES reaches is refused by its size in mm', () => {
    const wide = planOf(run([-5000, 0, 5000, 0]));
    expect(() => writePes(wide, { name: 'Wide' })).toThrow(/^expected a design within 409\.4 mm .* for PES, got 1000 mm$/);
  });
});
