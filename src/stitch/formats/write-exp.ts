import type { StitchPlan } from '../plan.ts';
import { openByteSink } from './byte-sink.ts';
import { latticeOf } from './lattice.ts';
import { type MoveRules, movesOf } from './machine-moves.ts';
import { requireBlocks } from './require-blocks.ts';
import type { WriteOptions } from './write-options.ts';

const RULES: MoveRules = { maxJump: 127, landing: 'full', jumpsInRow: null };
const MAX_BLOCKS = 256;

/**
 * An EXP file: pairs of signed bytes, y up, without header or end mark. Colours go into a file beside it: `writeInf`. Carries no name.
 * Throws Problem `stitches.too-many-colours` above 255 changes, and what `latticeOf` throws.
 */
export const writeExp = (plan: StitchPlan, { origin }: WriteOptions): Uint8Array => {
  const lattice = latticeOf(plan, origin ?? null);
  requireBlocks(lattice, MAX_BLOCKS, 'EXP');
  const sink = openByteSink();
  for (const move of movesOf(lattice, RULES)) {
    if (move.kind === 'trim') sink.byte(0x80, 0x80, 0x07, 0x00);
    else if (move.kind === 'change') sink.byte(0x80, 0x01, 0x00, 0x00);
    else if (move.kind === 'jump') sink.byte(0x80, 0x04, move.dx, 0 - move.dy);
    else sink.byte(move.dx, 0 - move.dy);
  }
  return sink.done();
};
