import type { Lattice, LatticeRun } from './lattice.ts';
import { roundHalfEven } from './steps-of-run.ts';

/** One command of a machine; lengths in steps of 0.1 mm, y down, from where the needle is. A jump moves without a stitch. */
export type Move =
  | { readonly kind: 'stitch' | 'jump'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'trim' }
  | { readonly kind: 'change'; readonly stop: boolean };

export type MoveRules = {
  /** Longest jump per axis, steps. */
  readonly maxJump: number;
  /**
   * How the needle comes down after a cut: 'leg', the last leg of the way is a stitch; 'full', jumps go all the way and a stitch of no
   * length follows.
   */
  readonly landing: 'leg' | 'full';
  /** More jumps than this in a row would be taken for a trim, so the needle is set down between; null where trims have a code. */
  readonly jumpsInRow: number | null;
};

/** Longest stitch per axis in every format, steps: what all machines take. */
const MAX_STITCH = 121;

type Step = { readonly dx: number; readonly dy: number };

/** A way in equal legs of at most `longest` per axis, at least `least` of them: whole steps, no drift. */
const legsOf = (dx: number, dy: number, longest: number, least: number): readonly Step[] => {
  const count = Math.max(least, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / longest));
  const at = (whole: number, leg: number): number => roundHalfEven((whole * leg) / count);
  return Array.from({ length: count }, (_, leg) => ({ dx: at(dx, leg + 1) - at(dx, leg), dy: at(dy, leg + 1) - at(dy, leg) }));
};

const STITCH_HERE: Move = { kind: 'stitch', dx: 0, dy: 0 };

/** To the first point of a run with the thread cut: any number of jumps will do. */
const afterCut = (dx: number, dy: number, { maxJump, landing }: MoveRules): readonly Move[] => {
  if (dx === 0 && dy === 0) return [STITCH_HERE];
  const legs = legsOf(dx, dy, maxJump, 1);
  if (landing === 'full') return [...legs.map((leg) => ({ kind: 'jump' as const, ...leg })), STITCH_HERE];
  return legs.map((leg, i) => ({ kind: i === legs.length - 1 ? ('stitch' as const) : ('jump' as const), ...leg }));
};

/** To the first point of a run with the thread carried: at least one jump, so that readers see no stitch. */
const carried = (dx: number, dy: number, { maxJump, jumpsInRow }: MoveRules): readonly Move[] => {
  const legs = legsOf(dx, dy, maxJump, 2);
  const down = (leg: number): boolean => leg === legs.length - 1 || (jumpsInRow !== null && leg % (jumpsInRow + 1) === jumpsInRow);
  return legs.map((leg, i) => ({ kind: down(i) ? ('stitch' as const) : ('jump' as const), ...leg }));
};

/** The stitches of a run after its first point; those that are too long for a machine in equal parts. */
function* sewn({ points }: LatticeRun): Generator<Move> {
  for (let i = 2; i + 1 < points.length; i += 2) {
    const dx = (points[i] ?? 0) - (points[i - 2] ?? 0);
    const dy = (points[i + 1] ?? 0) - (points[i - 1] ?? 0);
    if (Math.abs(dx) <= MAX_STITCH && Math.abs(dy) <= MAX_STITCH) yield { kind: 'stitch', dx, dy };
    else for (const leg of legsOf(dx, dy, MAX_STITCH, 1)) yield { kind: 'stitch', ...leg };
  }
}

/**
 * What a machine does, in order, for a plan on the lattice; the needle starts at 0, 0. The first run of a block needs no trim: machines
 * cut the thread at a change of colour.
 */
export function* movesOf({ blocks }: Lattice, rules: MoveRules): Generator<Move> {
  let [x, y] = [0, 0];
  for (const [index, { runs }] of blocks.entries()) {
    const before = blocks[index - 1];
    if (before) yield { kind: 'change', stop: before.stopAfter };
    for (const [at, run] of runs.entries()) {
      const [dx, dy] = [(run.points[0] ?? 0) - x, (run.points[1] ?? 0) - y];
      const uncut = at > 0 && run.from === 'jump';
      if (at > 0 && !uncut) yield { kind: 'trim' };
      yield* uncut ? carried(dx, dy, rules) : afterCut(dx, dy, rules);
      yield* sewn(run);
      x = run.points.at(-2) ?? 0;
      y = run.points.at(-1) ?? 0;
    }
  }
}
