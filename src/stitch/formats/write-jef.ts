import { Problem } from '../../model/problem.ts';
import type { StitchPlan } from '../plan.ts';
import { type ByteSink, openByteSink } from './byte-sink.ts';
import { jefIndices } from './jef-threads.ts';
import { type Lattice, latticeOf } from './lattice.ts';
import { type MoveRules, movesOf } from './machine-moves.ts';
import { requireBlocks } from './require-blocks.ts';
import type { WriteOptions } from './write-options.ts';

export type JefOptions = WriteOptions & {
  /** "YYYYMMDDhhmmss"; default: a fixed one, so that equal plans give equal bytes. */
  readonly date?: string;
};

const RULES: MoveRules = { maxJump: 127, landing: 'full', jumpsInRow: null };
const MAX_BLOCKS = 256;
const HEADER_BYTES = 0x74;
const FIXED_DATE = '20000101000000';
/** Number in the file, width and height, steps; the smallest that fits is named. */
const HOOPS = [
  { id: 1, width: 500, height: 500 },
  { id: 0, width: 1100, height: 1100 },
  { id: 3, width: 1260, height: 1100 },
  { id: 2, width: 1400, height: 2000 },
  { id: 4, width: 2000, height: 2000 },
] as const;
const LARGEST = 4;
/** Whose margins the header has, in this order. */
const MARGINS = [0, 1, 2, 3] as const;

const stitchesOf = (lattice: Lattice): Uint8Array => {
  const sink = openByteSink();
  for (const move of movesOf(lattice, RULES)) {
    if (move.kind === 'trim') for (let jump = 0; jump < 3; jump += 1) sink.byte(0x80, 0x02, 0, 0);
    else if (move.kind === 'change') sink.byte(0x80, 0x01, 0, 0);
    else if (move.kind === 'jump') sink.byte(0x80, 0x02, move.dx, 0 - move.dy);
    else sink.byte(move.dx, 0 - move.dy);
  }
  sink.byte(0x80, 0x10);
  return sink.done();
};

/** Half extents, then what is left of each hoop at each side, or -1 where it is too small. */
const putRoom = (sink: ByteSink, { left, top, right, bottom }: Lattice['box']): void => {
  const [halfX, halfY] = [Math.ceil((right - left) / 2), Math.ceil((bottom - top) / 2)];
  for (const half of [halfX, halfY, halfX, halfY]) sink.u32le(half);
  for (const id of MARGINS) {
    const hoop = HOOPS.find((one) => one.id === id);
    const [x, y] = [(hoop?.width ?? 0) / 2 - halfX, (hoop?.height ?? 0) / 2 - halfY];
    const fits = x >= 0 && y >= 0;
    for (const margin of [x, y, x, y]) sink.u32le(fits ? margin : -1);
  }
};

const dateOf = (date: string): string => {
  if (/^\d{14}$/.test(date)) return date;
  throw new Problem('stitches.invalid-plan', `expected 14 digits (YYYYMMDDhhmmss) for the date of a JEF file, got "${date.slice(0, 32)}"`);
};

/**
 * A JEF file. Carries the nearest of 78 colours, no name. A stop is a change to thread 0, a trim three jumps of no length. Throws Problem
 * `stitches.too-many-colours` above 255 changes, and what `latticeOf` throws.
 */
export const writeJef = (plan: StitchPlan, { origin, date = FIXED_DATE }: JefOptions): Uint8Array => {
  const lattice = latticeOf(plan, origin ?? null);
  requireBlocks(lattice, MAX_BLOCKS, 'JEF');
  const indices = jefIndices(lattice.blocks.map(({ thread }) => thread));
  const stitches = stitchesOf(lattice);
  const { left, top, right, bottom } = lattice.box;
  const sink = openByteSink();
  sink.u32le(HEADER_BYTES + 8 * indices.length);
  sink.u32le(0x14);
  sink.latin(dateOf(date));
  sink.byte(0, 0);
  sink.u32le(indices.length);
  sink.u32le(stitches.length / 2);
  sink.u32le(HOOPS.find(({ width, height }) => right - left <= width && bottom - top <= height)?.id ?? LARGEST);
  putRoom(sink, lattice.box);
  for (const index of indices) sink.u32le(index);
  for (let block = 0; block < indices.length; block += 1) sink.u32le(0x0d);
  sink.bytes(stitches);
  return sink.done();
};
