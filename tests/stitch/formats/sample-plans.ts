import fc from 'fast-check';
import type { ColourBlock, Run, StitchPlan, Thread } from '../../../src/stitch/plan.ts';

/** Steps of 0.1 mm to a run: x, y in turn. */
export const run = (steps: readonly number[], from: Run['from'] = 'trim'): Run => ({
  points: Float64Array.from(steps, (step) => step / 10),
  roles: new Uint8Array(steps.length / 2),
  from,
});

export const thread = (colour: string, name = `Thread ${colour}`, code = colour.slice(1)): Thread => ({
  colour,
  name,
  code,
  maker: 'Spool',
  weight: 40,
});

export const RED = thread('#c8102e', 'Red', '1147');
export const BLUE = thread('#0057b7', 'Blue', '1076');

export const block = (of: Thread, runs: readonly Run[], stopAfter = false): ColourBlock => ({ thread: of, runs, stopAfter, note: '' });

export const planOf = (...runs: readonly Run[]): StitchPlan => ({ blocks: [block(RED, runs)] });

/** A plan with everything formats treat apart: a carried and a cut way, a stop, a change, far moves. */
export const SAMPLE: StitchPlan = {
  blocks: [
    block(RED, [run([0, 0, 10, 0, 50, 30, 100, 100]), run([300, 50, 320, 80, 350, 50], 'jump'), run([-200, -90, -150, -60])], true),
    block(RED, [run([10, 0, 100, 0, 0, 90])]),
    block(BLUE, [run([0, -40, 0, 60, 20, 80]), run([300, 80, 320, 90], 'jump')]),
  ],
};

/** What a file can say of a plan: no roles, no notes, colours apart. */
export const shapeOf = ({ blocks }: StitchPlan) =>
  blocks.map(({ runs, stopAfter }) => ({
    stopAfter,
    runs: runs.map(({ from, points }) => ({ from, steps: Array.from(points, (mm) => Math.round(mm * 1e6) / 1e5) })),
  }));

/** The longest way between runs that no format has to set the needle down on: two jumps and a stitch of DST. */
const CARRY = 363;

/** Within what PES reaches from its start: a move that would leave it goes the other way. */
const inside = (at: number, by: number): number => (Math.abs(at + by) > 2000 ? at - by : at + by);

const steps = (reach: number) => fc.tuple(fc.integer({ min: -reach, max: reach }), fc.integer({ min: -reach, max: reach }));
const runMoves = fc.record({
  from: fc.constantFrom('trim' as const, 'jump' as const),
  way: steps(CARRY),
  stitches: fc.array(steps(121), { maxLength: 12 }),
});
const blockMoves = fc.record({ stop: fc.boolean(), runs: fc.array(runMoves, { minLength: 1, maxLength: 5 }) });

/** Plans that every format carries point by point: on the lattice, moves within reach, and a stop wherever the thread stays. */
export const carriedPlans: fc.Arbitrary<StitchPlan> = fc.array(blockMoves, { minLength: 1, maxLength: 6 }).map((blocks) => {
  let [x, y] = [0, 0];
  const go = ([dx, dy]: readonly [number, number]): readonly [number, number] => {
    [x, y] = [inside(x, dx), inside(y, dy)];
    return [x, y];
  };
  let colour = 0;
  return {
    blocks: blocks.map(({ stop, runs }, at) => {
      const stopAfter = stop && at < blocks.length - 1;
      const of = thread(`#${(0x1a2b3c * (colour + 1)).toString(16).slice(-6).padStart(6, '0')}`);
      if (!stopAfter) colour += 1;
      const sewn = runs.map(({ from, way, stitches }, i) => run([...go(way), ...stitches.flatMap(go)], i === 0 ? 'trim' : from));
      return block(of, sewn, stopAfter);
    }),
  };
});
