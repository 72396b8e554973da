import type { StitchPlan, Thread } from '../plan.ts';
import { type ByteSink, openByteSink } from './byte-sink.ts';
import { DST_LONGEST, dstRecord } from './dst-record.ts';
import { type Lattice, latticeOf } from './lattice.ts';
import { type Move, type MoveRules, movesOf } from './machine-moves.ts';
import { machineName } from './machine-name.ts';
import { requireBlocks } from './require-blocks.ts';
import type { WriteOptions } from './write-options.ts';

export type DstOptions = WriteOptions & {
  /** A jump of no length first, as machines' own files have it; default true. */
  readonly startJump?: boolean;
  /** Colours as TC lines in the header, as many as fit: newer programs read them, machines do not. Default false. */
  readonly colours?: boolean;
};

const HEADER_BYTES = 512;
const MAX_BLOCKS = 256;
/** Three jumps are a trim, so an uncut way has two at most: longer ones set the needle down in between. */
const RULES: MoveRules = { maxJump: DST_LONGEST, landing: 'leg', jumpsInRow: 2 };
/** Jumps that end where they began: machines count them and cut. */
const TRIM: readonly Move[] = [2, -4, 2].map((by) => ({ kind: 'jump', dx: by, dy: by }) as const);

type Body = { readonly records: number; readonly changes: number; readonly x: number; readonly y: number } & Lattice['box'];

/** The records, and what the header says of them. Every place the machine moves to counts, jumps too. */
const writeBody = (lattice: Lattice, startJump: boolean, sink: ByteSink): Body => {
  const body = { records: 0, changes: 0, x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0 };
  const put = (dx: number, dy: number, kind: 'stitch' | 'jump' | 'change' | 'end'): void => {
    sink.byte(...dstRecord(dx, dy, kind));
    body.records += 1;
    body.x += dx;
    body.y += dy;
    body.left = Math.min(body.left, body.x);
    body.right = Math.max(body.right, body.x);
    body.top = Math.min(body.top, body.y);
    body.bottom = Math.max(body.bottom, body.y);
  };
  const go = (move: Move): void => {
    if (move.kind === 'trim') TRIM.forEach(go);
    else if (move.kind !== 'change') put(move.dx, move.dy, move.kind);
    else {
      put(0, 0, 'change');
      body.changes += 1;
    }
  };
  if (startJump) put(0, 0, 'jump');
  for (const move of movesOf(lattice, RULES)) go(move);
  put(0, 0, 'end');
  return body;
};

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${String(Math.abs(value)).padStart(5)}`;
const wide = (value: number, width: number): string => String(value).padStart(width);

const headerLines = (name: string, body: Body): readonly string[] => [
  `LA:${name.padEnd(16)}`,
  `ST:${wide(body.records, 7)}`,
  `CO:${wide(body.changes, 3)}`,
  `+X:${wide(body.right, 5)}`,
  `-X:${wide(-body.left, 5)}`,
  `+Y:${wide(-body.top, 5)}`,
  `-Y:${wide(body.bottom, 5)}`,
  `AX:${signed(body.x)}`,
  `AY:${signed(0 - body.y)}`,
  `MX:${signed(0)}`,
  `MY:${signed(0)}`,
  'PD:******',
];

const colourLine = ({ colour, name, code }: Thread): string =>
  `TC:${colour.toUpperCase()},${machineName(name, 16, ' ')},${code === '' ? '' : machineName(code, 12, '-')}`;

/**
 * A DST file. Unsigned extents from the start and the end point of the header are those of the records, y up; ST counts all records with the
 * end, CO the changes and stops alike. Carries no colours (see `colours`), no stops apart from changes, roles or notes. Throws Problem
 * `stitches.too-many-colours` above 255 changes, and what `latticeOf` throws.
 */
export const writeDst = (plan: StitchPlan, { name, origin, startJump = true, colours = false }: DstOptions): Uint8Array => {
  const lattice = latticeOf(plan, origin ?? null);
  requireBlocks(lattice, MAX_BLOCKS, 'DST');
  const records = openByteSink();
  const body = writeBody(lattice, startJump, records);
  const file = openByteSink();
  for (const line of headerLines(machineName(name, 16, ' -_'), body)) file.latin(`${line}\r`);
  if (colours) {
    for (const { thread } of lattice.blocks) {
      const line = `${colourLine(thread)}\r`;
      if (file.length() + line.length < HEADER_BYTES) file.latin(line);
    }
  }
  file.byte(0x1a);
  file.fill(0x20, HEADER_BYTES - file.length());
  file.bytes(records.done());
  return file.done();
};
