import type { StitchPlan, Thread } from '../plan.ts';
import { type ByteSink, openByteSink } from './byte-sink.ts';
import { rgbOf } from './inf.ts';
import { type Lattice, type LatticeBlock, latticeOf } from './lattice.ts';
import { type Move, movesOf } from './machine-moves.ts';
import { machineName } from './machine-name.ts';
import { requireBlocks } from './require-blocks.ts';
import type { WriteOptions } from './write-options.ts';

const MAX_BLOCKS = 255;
/** Micrometres in a step: the header's unit. */
const UM = 100;
/** What files of this format say of their maker. */
const PRODUCER = 'Produced by     Software Ltd';
const TRIM = [0x80, 0x03] as const;

const putWide = (sink: ByteSink, text: string): void => {
  sink.u16be(text.length * 2);
  for (let i = 0; i < text.length; i += 1) sink.u16be(text.charCodeAt(i));
};

const putText = (sink: ByteSink, text: string): void => {
  const bytes = new TextEncoder().encode(Array.from(text).slice(0, 64).join(''));
  sink.u16be(bytes.length);
  sink.bytes(bytes);
};

/** A block: its mark, the length of what follows, and that. */
const putBlock = (sink: ByteSink, mark: number, put: () => void): void => {
  sink.byte(0, mark, 0);
  const at = sink.length();
  sink.u32be(0);
  put();
  sink.patchU32(at, sink.length() - at - 4, 'be');
};

const putThread = (sink: ByteSink, thread: Thread): void => {
  sink.byte(1, 0, ...rgbOf(thread), 0, 0, 0, 5, thread.weight);
  putText(sink, thread.code);
  putText(sink, thread.name === '' ? thread.colour : thread.name);
  putText(sink, thread.maker);
};

type At = { readonly x: number; readonly y: number };

const ends = ({ runs }: LatticeBlock): { readonly first: At; readonly last: At } => {
  const [first, last] = [runs[0]?.points, runs.at(-1)?.points];
  return { first: { x: first?.[0] ?? 0, y: first?.[1] ?? 0 }, last: { x: last?.at(-2) ?? 0, y: last?.at(-1) ?? 0 } };
};

/** Some readers overlook a start on an axis through the middle: one step beside it, and back with the first stitch. */
const startOf = ({ x, y }: At, index: number): At =>
  index === 0 && x === 0 && y === 0 ? { x, y } : { x: x === 0 ? 1 : x, y: y === 0 ? 1 : y };

/** A long move sews one stitch of any length: the only way to carry thread that this format has. */
const putLong = (sink: ByteSink, dx: number, dy: number): void => {
  sink.byte(0x80, 0x01);
  sink.u16be(dx);
  sink.u16be(dy);
  sink.byte(0x80, 0x02);
};

/** Stitches of one block from `start`. A way to a run is one move, however far. */
const putStitches = (sink: ByteSink, block: LatticeBlock, start: At, first: At): void => {
  const own = { blocks: [{ ...block, stopAfter: false }], box: { left: 0, top: 0, right: 0, bottom: 0 } };
  let carry: { dx: number; dy: number } | null = null;
  let [cut, opening] = [false, true];
  const go = (move: Move): void => {
    if (move.kind === 'trim') {
      sink.byte(...TRIM);
      cut = true;
    } else if (move.kind === 'jump') carry = { dx: (carry?.dx ?? 0) + move.dx, dy: (carry?.dy ?? 0) + move.dy };
    else if (move.kind === 'stitch') {
      const [dx, dy] = opening ? [first.x - start.x, first.y - start.y] : [move.dx + (carry?.dx ?? 0), move.dy + (carry?.dy ?? 0)];
      const short = Math.max(Math.abs(dx), Math.abs(dy)) <= 127;
      if (short && (carry === null || cut || opening)) sink.byte(dx, dy);
      else putLong(sink, dx, dy);
      carry = null;
      [cut, opening] = [false, false];
    }
  };
  for (const move of movesOf(own, { maxJump: 127, landing: 'full', jumpsInRow: null })) go(move);
  sink.byte(...TRIM);
};

const putColour = (sink: ByteSink, block: LatticeBlock, index: number, middle: At): void =>
  putBlock(sink, 0x05, () => {
    const { first, last } = ends(block);
    const start = startOf(first, index);
    sink.u32be((start.x - middle.x) * UM);
    sink.u32be(0 - (start.y - middle.y) * UM);
    putThread(sink, block.thread);
    sink.u32be((last.x - start.x) * UM);
    sink.u32be(0 - (last.y - start.y) * UM);
    putBlock(sink, 0x01, () => {
      sink.byte(0x0a, 0xf6, 0);
      putStitches(sink, block, start, first);
    });
    sink.byte(0);
  });

const putDesign = (sink: ByteSink, { blocks, box }: Lattice): void =>
  putBlock(sink, 0x03, () => {
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    sink.u32be(middle.x * UM);
    sink.u32be(0 - middle.y * UM);
    sink.byte(0, 0, 0);
    for (const half of [width / -2, width / 2, height / -2, height / 2]) sink.u32be(half * UM);
    sink.u32be(width * UM);
    sink.u32be(height * UM);
    putWide(sink, '');
    sink.byte(0x64, 0x64);
    for (const value of [4096, 0, 0, 4096]) sink.u32be(value);
    sink.latin('xxPP');
    sink.byte(1, 0);
    putWide(sink, PRODUCER);
    sink.u16be(blocks.length);
    for (const [index, block] of blocks.entries()) putColour(sink, block, index, middle);
  });

const stitchCount = ({ blocks }: Lattice): number => {
  let count = 0;
  for (const { runs } of blocks) for (const { points } of runs) count += points.length / 2;
  return count;
};

/**
 * A VP3 file. Carries colour, code, name, maker and weight of each thread; a stop is a change to the same thread. It has no jump: thread that
 * is carried is one long stitch. Throws Problem `stitches.too-many-colours` above 254 changes, and what `latticeOf` throws.
 */
export const writeVp3 = (plan: StitchPlan, { name, origin }: WriteOptions): Uint8Array => {
  const lattice = latticeOf(plan, origin ?? null);
  requireBlocks(lattice, MAX_BLOCKS, 'VP3');
  const { left, top, right, bottom } = lattice.box;
  const sink = openByteSink();
  sink.latin('%vsm%');
  sink.byte(0);
  putWide(sink, PRODUCER);
  putBlock(sink, 0x02, () => {
    putWide(sink, machineName(name, 64, ' -_'));
    for (const value of [right, 0 - top, left, 0 - bottom]) sink.u32be(value * UM);
    sink.u32be(stitchCount(lattice));
    sink.byte(0, lattice.blocks.length, 12, 0, 1);
    putDesign(sink, lattice);
  });
  return sink.done();
};
