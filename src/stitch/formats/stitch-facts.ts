import type { ColourBlock, Run, StitchPlan, Thread } from '../plan.ts';

/** mm in the frame of the plan. */
export type StitchExtents = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

export type BlockFacts = {
  readonly thread: Thread;
  readonly stitches: number;
  /** Upper thread, mm: stitches and carried ways, without what a cut wastes. */
  readonly threadMm: number;
  readonly stopAfter: boolean;
  readonly note: string;
};

export type StitchFacts = {
  /** Times the needle goes down. */
  readonly stitches: number;
  /** Ways with the thread uncut. */
  readonly jumps: number;
  /** Cuts within a colour; machines also cut where the colour changes. */
  readonly trims: number;
  readonly changes: number;
  readonly stops: number;
  readonly extents: StitchExtents;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly longestStitchMm: number;
  readonly threadMm: number;
  readonly blocks: readonly BlockFacts[];
  /** Estimate: see `MACHINE_PACE`. */
  readonly minutes: number;
};

/** An assumption for estimates: a common machine at its working speed, as shops reckon. */
export const MACHINE_PACE = { stitchesPerMinute: 750, secondsPerTrim: 6, secondsPerChange: 12, secondsPerStop: 30 } as const;

type Length = { readonly sum: number; readonly longest: number };

const lengthOf = ({ points }: Run): Length => {
  let [sum, longest] = [0, 0];
  for (let i = 2; i + 1 < points.length; i += 2) {
    const length = Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0));
    sum += length;
    longest = Math.max(longest, length);
  }
  return { sum, longest };
};

const carriedMm = (before: Run | undefined, { from, points }: Run): number =>
  before && from === 'jump'
    ? Math.hypot((points[0] ?? 0) - (before.points.at(-2) ?? 0), (points[1] ?? 0) - (before.points.at(-1) ?? 0))
    : 0;

const sewnRuns = ({ runs }: ColourBlock): readonly Run[] => runs.filter(({ points }) => points.length >= 2);

const extentsOf = (runs: readonly Run[]): StitchExtents => {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { points } of runs) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return runs.length === 0 ? { left: 0, top: 0, right: 0, bottom: 0 } : box;
};

const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.reduce((sum, one) => sum + (is(one) ? 1 : 0), 0);

const blockFacts = (block: ColourBlock): BlockFacts => {
  const runs = sewnRuns(block);
  const { thread, stopAfter, note } = block;
  const threadMm = runs.reduce((sum, run, i) => sum + lengthOf(run).sum + carriedMm(runs[i - 1], run), 0);
  return { thread, stitches: runs.reduce((sum, { points }) => sum + points.length / 2, 0), threadMm, stopAfter, note };
};

/** What a plan costs and covers. A plan without stitches gives zeros. */
export const stitchFacts = (plan: StitchPlan): StitchFacts => {
  const sewn = plan.blocks.filter((block) => sewnRuns(block).length > 0);
  const blocks = sewn.map(blockFacts);
  const later = sewn.flatMap((block) => sewnRuns(block).slice(1));
  const runs = sewn.flatMap(sewnRuns);
  const stitches = blocks.reduce((sum, block) => sum + block.stitches, 0);
  const stops = count(blocks.slice(0, -1), ({ stopAfter }) => stopAfter);
  const [trims, changes] = [count(later, ({ from }) => from === 'trim'), Math.max(0, blocks.length - 1 - stops)];
  const extents = extentsOf(runs);
  const { stitchesPerMinute, secondsPerTrim, secondsPerChange, secondsPerStop } = MACHINE_PACE;
  return {
    stitches,
    jumps: later.length - trims,
    trims,
    changes,
    stops,
    extents,
    widthMm: extents.right - extents.left,
    heightMm: extents.bottom - extents.top,
    longestStitchMm: runs.reduce((longest, run) => Math.max(longest, lengthOf(run).longest), 0),
    threadMm: blocks.reduce((sum, { threadMm }) => sum + threadMm, 0),
    blocks,
    minutes: stitches / stitchesPerMinute + (trims * secondsPerTrim + changes * secondsPerChange + stops * secondsPerStop) / 60,
  };
};
