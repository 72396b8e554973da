import { Problem } from '../../model/problem.ts';
import type { ColourBlock, Run, StitchPlan, Thread } from '../plan.ts';

/** Takes the commands of a machine file in order and makes the plan of them. Lengths are steps of 0.1 mm, y down. */
export type PlanRecorder = {
  readonly stitch: (dx: number, dy: number) => void;
  readonly jump: (dx: number, dy: number) => void;
  /** The thread is cut: the next stitch starts a run. */
  readonly trim: () => void;
  /** Another thread, or the same after a halt: the next stitch starts a block. */
  readonly change: () => void;
  /** Puts the needle somewhere, without a command. */
  readonly place: (x: number, y: number) => void;
  /** Blocks so far, with the one being sewn. */
  readonly blocks: () => number;
  /** `threads`: one for each block, in order. Throws Problem `stitches.empty` when nothing was sewn. */
  readonly finish: (threads: (block: number) => Thread) => StitchPlan;
};

/** Beyond any machine's memory: what says more is no design. */
const MOST_POINTS = 2_000_000;
const MOST_BLOCKS = 4096;
const FARTHEST_STEPS = 32_000;

type OpenRun = { readonly points: number[]; readonly from: Run['from'] };

const closedRun = ({ points, from }: OpenRun): Run => ({
  points: Float64Array.from(points, (step) => step / 10),
  roles: new Uint8Array(points.length / 2),
  from,
});

export const openPlanRecorder = (): PlanRecorder => {
  const blocks: { readonly runs: OpenRun[]; readonly number: number }[] = [];
  let run: OpenRun | null = null;
  let from: Run['from'] = 'trim';
  let fresh = true;
  let [x, y, count, changes] = [0, 0, 0, 0];
  const place = (toX: number, toY: number): void => {
    [x, y] = [toX, toY];
    if (Math.abs(x) <= FARTHEST_STEPS && Math.abs(y) <= FARTHEST_STEPS) return;
    throw new Problem(
      'stitches.broken',
      `expected a design within ${FARTHEST_STEPS / 10} mm of its start, got a move to ${x / 10}, ${y / 10} mm`,
    );
  };
  const startRun = (): OpenRun => {
    const started: OpenRun = { points: [], from: fresh ? 'trim' : from };
    if (fresh) blocks.push({ runs: [], number: changes });
    blocks.at(-1)?.runs.push(started);
    fresh = false;
    return started;
  };
  return {
    stitch: (dx, dy) => {
      place(x + dx, y + dy);
      run ??= startRun();
      run.points.push(x, y);
      count += 1;
      if (count > MOST_POINTS) throw new Problem('stitches.too-many', `expected at most ${MOST_POINTS} stitches in a file, got more`);
    },
    jump: (dx, dy) => {
      place(x + dx, y + dy);
      if (run) from = 'jump';
      run = null;
    },
    trim: () => {
      from = 'trim';
      run = null;
    },
    change: () => {
      changes += 1;
      if (changes >= MOST_BLOCKS) {
        throw new Problem('stitches.too-many-colours', `expected fewer than ${MOST_BLOCKS} colour changes in a file, got more`);
      }
      run = null;
      fresh = true;
    },
    place: (toX, toY) => {
      run = null;
      place(toX, toY);
    },
    blocks: () => changes + 1,
    finish: (threads) => {
      if (blocks.length === 0) throw new Problem('stitches.empty', 'expected at least one stitch in a stitch file, got none');
      const plan = blocks.map(({ runs, number }): ColourBlock => {
        return { thread: threads(number), runs: runs.map(closedRun), stopAfter: false, note: '' };
      });
      return { blocks: plan };
    },
  };
};

const sameThread = (one: Thread, two: Thread): boolean => one.colour === two.colour && one.code === two.code && one.name === two.name;

/** Two blocks of one thread in a row are what formats have for a stop: said so in the plan. */
export const withStops = ({ blocks }: StitchPlan): StitchPlan => ({
  blocks: blocks.map((block, i) => {
    const next = blocks[i + 1];
    return next && sameThread(block.thread, next.thread) ? { ...block, stopAfter: true } : block;
  }),
});
