import type { Point } from '../../geometry/point.ts';
import { Problem } from '../../model/problem.ts';
import type { Run, StitchPlan, Thread } from '../plan.ts';
import { roundHalfEven, stepsOfRun } from './steps-of-run.ts';

/** A run in steps of 0.1 mm from the start of the design, y down: x, y in turn. */
export type LatticeRun = { readonly points: Int32Array; readonly from: Run['from'] };
export type LatticeBlock = { readonly thread: Thread; readonly runs: readonly LatticeRun[]; readonly stopAfter: boolean };
/** Least box in steps. */
export type LatticeBox = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** A plan as machines count: whole steps of 0.1 mm, no empty runs, no empty blocks. `box` is that of the needle points. */
export type Lattice = { readonly blocks: readonly LatticeBlock[]; readonly box: LatticeBox };

const STEPS_PER_MM = 10;
/** No machine reaches further; keeps every figure of every format within its field. */
const FARTHEST_STEPS = 32_000;

const stepsOf = (run: Run): Int32Array => {
  for (const value of run.points) {
    if (!(Math.abs(value) * STEPS_PER_MM <= FARTHEST_STEPS)) {
      throw new Problem(
        'stitches.too-large',
        `expected coordinates within ${FARTHEST_STEPS / STEPS_PER_MM} mm for a stitch plan, got ${value}`,
      );
    }
  }
  return stepsOfRun(run);
};

const boxOf = (blocks: readonly LatticeBlock[]): LatticeBox => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { runs } of blocks) {
    for (const { points } of runs) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
  }
  return { left, top, right, bottom };
};

/** Without what holds no stitch; a stop after an emptied block goes to the one before. */
const sewnBlocks = (plan: StitchPlan): readonly LatticeBlock[] => {
  const blocks: LatticeBlock[] = [];
  for (const { thread, runs, stopAfter } of plan.blocks) {
    const sewn = runs.filter(({ points }) => points.length >= 2).map((run) => ({ points: stepsOf(run), from: run.from }));
    const before = blocks.at(-1);
    if (sewn.length > 0) blocks.push({ thread, runs: sewn, stopAfter });
    else if (before && stopAfter) blocks[blocks.length - 1] = { ...before, stopAfter };
  }
  return blocks;
};

const shifted = (points: Int32Array, dx: number, dy: number): Int32Array => points.map((value, i) => value - (i % 2 === 0 ? dx : dy));

/**
 * A plan in whole steps from `origin` (mm in the frame of the plan, taken to the lattice; null: the middle of the design, where hoops are
 * centred). Every point is rounded by itself, so that errors never add up (`stepsOfRun`). Throws Problem
 * `stitches.empty` for a plan without stitches and `stitches.too-large` beyond 3.2 m or for numbers that are none.
 */
export const latticeOf = (plan: StitchPlan, origin: Point | null): Lattice => {
  const blocks = sewnBlocks(plan);
  if (blocks.length === 0) throw new Problem('stitches.empty', 'expected at least one stitch for a machine file, got an empty plan');
  const box = boxOf(blocks);
  const x = origin === null ? roundHalfEven((box.left + box.right) / 2) : roundHalfEven(origin.x * STEPS_PER_MM);
  const y = origin === null ? roundHalfEven((box.top + box.bottom) / 2) : roundHalfEven(origin.y * STEPS_PER_MM);
  return {
    blocks: blocks.map((block) => ({ ...block, runs: block.runs.map((run) => ({ ...run, points: shifted(run.points, x, y) })) })),
    box: { left: box.left - x, top: box.top - y, right: box.right - x, bottom: box.bottom - y },
  };
};
