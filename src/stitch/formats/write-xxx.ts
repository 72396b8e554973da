import type { StitchPlan } from '../plan.ts';
import { openByteSink } from './byte-sink.ts';
import { rgbOf } from './inf.ts';
import { type Lattice, latticeOf } from './lattice.ts';
import { type MoveRules, movesOf } from './machine-moves.ts';
import { requireBlocks } from './require-blocks.ts';
import type { WriteOptions } from './write-options.ts';

/** Bytes from 125 up are commands. */
const RULES: MoveRules = { maxJump: 123, landing: 'leg', jumpsInRow: null };
/** Slots of the colour table. */
const MAX_BLOCKS = 21;
const COMMAND = 0x7f;

const commandsOf = (lattice: Lattice): { readonly bytes: Uint8Array; readonly count: number } => {
  const sink = openByteSink();
  let count = 0;
  for (const move of movesOf(lattice, RULES)) {
    count += 1;
    if (move.kind === 'trim') sink.byte(COMMAND, 0x03, 0, 0);
    else if (move.kind === 'change') sink.byte(COMMAND, 0x08, 0, 0);
    else if (move.kind === 'jump') sink.byte(COMMAND, 0x01, move.dx, 0 - move.dy);
    else sink.byte(move.dx, 0 - move.dy);
  }
  return { bytes: sink.done(), count };
};

const lastPoint = ({ blocks }: Lattice): readonly [number, number] => {
  const points = blocks.at(-1)?.runs.at(-1)?.points;
  return [points?.at(-2) ?? 0, points?.at(-1) ?? 0];
};

/**
 * An XXX file. Carries the colour of each thread, no name, code or maker; a stop is a change to the same colour. Throws Problem
 * `stitches.too-many-colours` above 20 changes, and what `latticeOf` throws.
 */
export const writeXxx = (plan: StitchPlan, { origin }: WriteOptions): Uint8Array => {
  const lattice = latticeOf(plan, origin ?? null);
  requireBlocks(lattice, MAX_BLOCKS, 'XXX');
  const { left, top, right, bottom } = lattice.box;
  const [endX, endY] = lastPoint(lattice);
  const { bytes, count } = commandsOf(lattice);
  const sink = openByteSink();
  sink.fill(0, 0x17);
  sink.u32le(count);
  sink.fill(0, 0x0c);
  sink.u32le(lattice.blocks.length);
  sink.u16le(0);
  for (const value of [right - left, bottom - top, endX, 0 - endY, 0 - left, bottom]) sink.u16le(value);
  sink.fill(0, 0xf2 - sink.length());
  sink.u16le(0x20);
  sink.fill(0, 8);
  sink.u32le(0x100 + bytes.length);
  sink.bytes(bytes);
  sink.byte(COMMAND, COMMAND, 0x02, 0x14, 0, 0);
  for (const { thread } of lattice.blocks) sink.byte(0, ...rgbOf(thread));
  sink.fill(0, 4 * (MAX_BLOCKS - lattice.blocks.length));
  sink.byte(0, 0xff, 0xff, 0xff, 0, 1);
  return sink.done();
};
