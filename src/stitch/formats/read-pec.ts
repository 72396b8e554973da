import { Problem } from '../../model/problem.ts';
import type { StitchPlan, Thread } from '../plan.ts';
import { type ByteSource, latinText, shownName } from './byte-source.ts';
import { namelessThread } from './nameless-threads.ts';
import { openPlanRecorder, type PlanRecorder, withStops } from './plan-recorder.ts';
import type { StitchWarning } from './read-result.ts';

export type PecPart = {
  readonly name: string;
  readonly indices: readonly number[];
  readonly plan: StitchPlan;
  readonly warnings: readonly StitchWarning[];
};

const JUMP = 0x10;
const TRIM = 0x20;
const HEADER_BYTES = 512;

type Value = { readonly steps: number; readonly flags: number };

const packedValue = (first: number, source: ByteSource): Value => {
  if ((first & 0x80) === 0) return { steps: first > 63 ? first - 128 : first, flags: 0 };
  const bits = ((first & 0x0f) << 8) | source.u8('a long move');
  return { steps: bits > 0x7ff ? bits - 0x1000 : bits, flags: first & (JUMP | TRIM) };
};

/** Commands until the end mark. The first jump only leads from the corner of the design to its start. */
const readStitches = (source: ByteSource, recorder: PlanRecorder): void => {
  let first = true;
  for (;;) {
    const byte = source.u8('a stitch or the end mark FF');
    if (byte === 0xff) return;
    if (byte === 0xfe) {
      const [mark] = source.bytes(2, 'a change of colour');
      if (mark !== 0xb0) throw new Problem('stitches.broken', `expected B0 after FE in a PEC part, got ${mark} at byte ${source.at() - 2}`);
      recorder.change();
      continue;
    }
    const x = packedValue(byte, source);
    const y = packedValue(source.u8('the second half of a stitch'), source);
    const flags = x.flags | y.flags;
    if ((flags & TRIM) !== 0) recorder.trim();
    if (flags === 0) recorder.stitch(x.steps, y.steps);
    else if (!first) recorder.jump(x.steps, y.steps);
    first = false;
  }
};

/** The part that machines sew. `pair` turns its thread numbers into threads, one for each block. */
export const readPecPart = (source: ByteSource, pair: (indices: readonly number[]) => readonly Thread[]): PecPart => {
  const start = source.at();
  const label = latinText(source.bytes(19, 'the label of the PEC part'));
  if (!label.startsWith('LA:')) throw new Problem('stitches.broken', 'expected "LA:" at the start of a PEC part, got another');
  source.seek(start + 48, 'the number of colours');
  const count = (source.u8('the number of colours') + 1) & 0xff;
  const indices = [...source.bytes(count, 'thread numbers')];
  source.seek(start + HEADER_BYTES, 'the stitches');
  source.skip(16, 'the header of the stitches');
  const recorder = openPlanRecorder();
  readStitches(source, recorder);
  const threads = pair(indices);
  const plan = withStops(recorder.finish((block) => threads[block] ?? namelessThread(block)));
  const short = indices.length < recorder.blocks();
  const message = `the header has ${indices.length} threads, the stitches change colour ${recorder.blocks() - 1} times`;
  return { name: shownName(label.slice(3)), indices, plan, warnings: short ? [{ code: 'stitches.header', message }] : [] };
};
