import { colourFromHex } from '../../colour/colour.ts';
import { Problem } from '../../model/problem.ts';
import type { StitchPlan, Thread } from '../plan.ts';
import { openByteSink } from './byte-sink.ts';
import { latinText, openByteSource, shownName } from './byte-source.ts';
import { machineName } from './machine-name.ts';
import { hexOfRgb, plainThread } from './nameless-threads.ts';
import { withStops } from './plan-recorder.ts';

const MAX_THREADS = 1024;
/** Bytes of a record without its two texts and their ends. */
const RECORD_BYTES = 9;

/** Red, green and blue of a thread, 0 to 255. Throws Problem `stitches.invalid-plan` for a colour that is not "#rrggbb". */
export const rgbOf = ({ colour }: Thread): readonly [number, number, number] => {
  const found = colourFromHex(colour);
  if (!found) throw new Problem('stitches.invalid-plan', `expected a colour "#rrggbb" for a thread, got "${colour}"`);
  return [Math.round(found.r * 255), Math.round(found.g * 255), Math.round(found.b * 255)];
};

const detailText = (text: string): string => (text === '' ? 'Unknown' : machineName(text, 48, ' -_.'));

/** The colours of an EXP file, to lie beside it under the same name with the ending "inf": one record for each block of the plan. */
export const writeInf = (plan: StitchPlan): Uint8Array => {
  const sink = openByteSink();
  const sewn = plan.blocks.filter(({ runs }) => runs.some(({ points }) => points.length >= 2));
  sink.u32be(1);
  sink.u32be(8);
  sink.u32be(0);
  sink.u32be(sewn.length);
  for (const [index, { thread }] of sewn.entries()) {
    const name = detailText(thread.name === '' ? thread.code : thread.name);
    const chart = detailText(thread.maker);
    sink.u16be(RECORD_BYTES + name.length + chart.length + 2);
    sink.u16be(index);
    sink.byte(...rgbOf(thread));
    sink.u16be(index + 1);
    sink.latin(name);
    sink.byte(0);
    sink.latin(chart);
    sink.byte(0);
  }
  sink.patchU32(8, sink.length() - 12, 'be');
  return sink.done();
};

/** The threads of an INF file in sewing order. Throws Problem `stitches.truncated` or `stitches.broken`. */
export const readInf = (bytes: Uint8Array): readonly Thread[] => {
  const source = openByteSource(bytes);
  source.skip(12, 'the header of an INF file');
  const count = source.u32be('the number of threads');
  if (count > MAX_THREADS) {
    throw new Problem('stitches.broken', `expected at most ${MAX_THREADS} threads in an INF file, got ${count}`);
  }
  return Array.from({ length: count }, () => {
    const length = source.u16be('the length of a thread');
    if (length < RECORD_BYTES) {
      throw new Problem('stitches.broken', `expected at least ${RECORD_BYTES} bytes for a thread of an INF file, got ${length}`);
    }
    const record = source.bytes(length - 2, 'a thread');
    const text = shownName(latinText(record.subarray(7)));
    return plainThread(hexOfRgb(record[2] ?? 0, record[3] ?? 0, record[4] ?? 0), text === 'Unknown' ? '' : text);
  });
};

/** The plan with the threads of a file beside it; blocks beyond them keep theirs. Equal threads in a row mean a stop. */
export const withThreads = ({ blocks }: StitchPlan, threads: readonly Thread[]): StitchPlan =>
  withStops({ blocks: blocks.map((block, i) => ({ ...block, thread: threads[i] ?? block.thread })) });
