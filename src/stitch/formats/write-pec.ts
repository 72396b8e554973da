import { Problem } from '../../model/problem.ts';
import type { ByteSink } from './byte-sink.ts';
import { openByteSink } from './byte-sink.ts';
import type { Lattice } from './lattice.ts';
import { type Move, type MoveRules, movesOf } from './machine-moves.ts';
import { machineName } from './machine-name.ts';
import { PEC_PICTURE, pecPicture } from './pec-picture.ts';

const FAR = 2047;
const RULES: MoveRules = { maxJump: FAR, landing: 'full', jumpsInRow: null };
const JUMP = 0x10;
const TRIM = 0x20;
const HEADER_BYTES = 512;
const MAX_BODY = 0xffffff;

/** Two bytes: 1, three flags, twelve bits. */
const putLong = (sink: ByteSink, value: number, flag: number): void => {
  const bits = (value & 0xfff) | 0x8000 | (flag << 8);
  sink.byte(bits >> 8, bits & 0xff);
};

/** One byte when it fits in seven bits; -64 and 63 are left out, since some readers take them for others. */
const putShort = (sink: ByteSink, value: number): void => {
  if (value > -64 && value < 63) sink.byte(value & 0x7f);
  else putLong(sink, value, 0);
};

const putJump = (sink: ByteSink, dx: number, dy: number, flag: number): void => {
  putLong(sink, dx, flag);
  putLong(sink, dy, flag);
};

/** The stitches of the machine's part, without the way from the corner of the design that comes first. */
export const pecStitches = (lattice: Lattice): Uint8Array => {
  const sink = openByteSink();
  let second = true;
  let flag = JUMP;
  let cut = false;
  const go = (move: Move): void => {
    if (move.kind === 'trim') {
      [flag, cut] = [TRIM, true];
    } else if (move.kind === 'change') {
      sink.byte(0xfe, 0xb0, second ? 2 : 1);
      second = !second;
      flag = TRIM;
    } else if (move.kind === 'jump') {
      putJump(sink, move.dx, move.dy, flag);
      cut = false;
    } else {
      if (cut) putJump(sink, 0, 0, TRIM);
      putShort(sink, move.dx);
      putShort(sink, move.dy);
      [flag, cut] = [JUMP, false];
    }
  };
  for (const move of movesOf(lattice, RULES)) go(move);
  sink.byte(0xff);
  return sink.done();
};

/** @throws Problem `stitches.too-large` for a design that the numbers of PEC cannot reach */
export const requireReach = ({ left, top, right, bottom }: Lattice['box']): void => {
  const reach = Math.max(Math.abs(left), Math.abs(top), right - left, bottom - top);
  if (reach <= FAR * 2 && Math.max(Math.abs(left), Math.abs(top)) <= FAR) return;
  throw new Problem(
    'stitches.too-large',
    `expected a design within ${(FAR * 2) / 10} mm and no more than ${FAR / 10} mm from its start for PES, got ${reach / 10} mm`,
  );
};

/**
 * The part of a PES file that machines sew: name, thread numbers, stitches, a picture of the whole and one of each block. `indices` are the
 * thread numbers, one for each block. The design is within `requireReach`. Throws Problem `stitches.too-large` for too many stitches.
 */
export const putPec = (sink: ByteSink, lattice: Lattice, indices: readonly number[], name: string): void => {
  const { box, blocks } = lattice;
  const start = sink.length();
  sink.latin(`LA:${machineName(name, 8).padEnd(16)}\r`);
  sink.fill(0x20, 12);
  sink.byte(0xff, 0, PEC_PICTURE.stride, PEC_PICTURE.height);
  sink.fill(0x20, 12);
  sink.byte(indices.length - 1, ...indices);
  sink.fill(0x20, start + HEADER_BYTES - sink.length());
  const stitches = pecStitches(lattice);
  const length = 20 + stitches.length;
  if (length > MAX_BODY) throw new Problem('stitches.too-large', `expected at most ${MAX_BODY} bytes of stitches for PES, got ${length}`);
  sink.byte(0, 0, length & 0xff, (length >> 8) & 0xff, length >> 16, 0x31, 0xff, 0xf0);
  sink.u16le(box.right - box.left);
  sink.u16le(box.bottom - box.top);
  sink.u16le(0x1e0);
  sink.u16le(0x1b0);
  putJump(sink, 0 - box.left, 0 - box.top, JUMP);
  sink.bytes(stitches);
  sink.bytes(pecPicture(blocks, box, 4));
  for (const block of blocks) sink.bytes(pecPicture([block], box, 4));
};
