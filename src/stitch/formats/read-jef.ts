import { Problem } from '../../model/problem.ts';
import type { Thread } from '../plan.ts';
import { type ByteSource, openByteSource } from './byte-source.ts';
import { JEF_THREADS } from './jef-threads.ts';
import { namelessThread } from './nameless-threads.ts';
import { openPlanRecorder, type PlanRecorder, withStops } from './plan-recorder.ts';
import type { StitchReading, StitchWarning } from './read-result.ts';

const HEADER_BYTES = 0x74;
const MAX_BLOCKS = 1024;
const TRIM_JUMPS = 3;

const readStitches = (source: ByteSource, recorder: PlanRecorder): void => {
  let still = 0;
  for (;;) {
    const x = source.i8('a stitch or the end mark 80 10');
    const second = source.i8('the second half of a stitch');
    if (x !== -0x80) {
      still = 0;
      recorder.stitch(x, 0 - second);
      continue;
    }
    if (second === 0x10) return;
    const [dx, dy] = [source.i8('a command'), 0 - source.i8('a command')];
    if (second === 0x02) {
      recorder.jump(dx, dy);
      still = dx === 0 && dy === 0 ? still + 1 : 0;
      if (still === TRIM_JUMPS) recorder.trim();
    } else if (second === 0x01) {
      recorder.jump(dx, dy);
      recorder.change();
      still = 0;
    } else {
      throw new Problem(
        'stitches.broken',
        `expected command 01, 02 or 10 after 80 in a JEF file, got ${(second & 0xff).toString(16)} at byte ${source.at() - 3}`,
      );
    }
  }
};

/** Thread 0 means that the machine halts and goes on with the one before. */
const threadsOf = (indices: readonly number[]): readonly Thread[] => {
  const threads: Thread[] = [];
  for (const [block, index] of indices.entries()) {
    const entry = index === 0 ? threads.at(-1) : JEF_THREADS.threads[index];
    threads.push(entry ?? namelessThread(block));
  }
  return threads;
};

/** A JEF file as a plan. Three jumps of no length in a row are a trim. Throws Problem `stitches.…`. */
export const readJef = (bytes: Uint8Array): StitchReading => {
  const source = openByteSource(bytes);
  const offset = source.u32le('the place of the stitches');
  source.skip(20, 'the date');
  const count = source.u32le('the number of colours');
  if (count > MAX_BLOCKS) throw new Problem('stitches.broken', `expected at most ${MAX_BLOCKS} colours in a JEF file, got ${count}`);
  source.seek(HEADER_BYTES, 'thread numbers');
  const indices = Array.from({ length: count }, () => source.u32le('thread numbers'));
  source.seek(offset, 'the stitches');
  const recorder = openPlanRecorder();
  readStitches(source, recorder);
  const threads = threadsOf(indices);
  const plan = withStops(recorder.finish((block) => threads[block] ?? namelessThread(block)));
  const warnings: StitchWarning[] = [
    { code: 'stitches.nearest-colours', message: 'a JEF file knows its threads by number only; the true colours may be others' },
  ];
  if (indices.length < recorder.blocks()) {
    const message = `the header has ${indices.length} threads, the stitches change colour ${recorder.blocks() - 1} times`;
    warnings.push({ code: 'stitches.header', message });
  }
  return { format: 'jef', name: '', plan, warnings };
};
