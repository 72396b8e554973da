import { Problem } from '../../model/problem.ts';
import type { Thread } from '../plan.ts';
import { type ByteSource, openByteSource } from './byte-source.ts';
import { hexOfRgb, namelessThread, plainThread } from './nameless-threads.ts';
import { openPlanRecorder, type PlanRecorder, withStops } from './plan-recorder.ts';
import type { StitchReading, StitchWarning } from './read-result.ts';

const HEADER_BYTES = 0x100;
const MAX_BLOCKS = 1024;

const isChange = (code: number): boolean => code === 0x08 || (code >= 0x0a && code <= 0x17);

/** One command that starts with 7F; true at the end mark. */
const command = (source: ByteSource, recorder: PlanRecorder): boolean => {
  const code = source.u8('a command');
  const [dx, dy] = [source.i8('a command'), 0 - source.i8('a command')];
  if (code === 0x7f || code === 0x18) return true;
  if (code === 0x01) recorder.jump(dx, dy);
  else if (code === 0x03) {
    recorder.trim();
    recorder.jump(dx, dy);
  } else if (isChange(code)) recorder.change();
  else {
    throw new Problem(
      'stitches.broken',
      `expected command 01, 03, 08 or 7F after 7F in an XXX file, got ${code.toString(16)} at byte ${source.at() - 3}`,
    );
  }
  return false;
};

const readStitches = (source: ByteSource, recorder: PlanRecorder): void => {
  for (;;) {
    const x = source.i8('a stitch or the end mark 7F 7F');
    if (x === 0x7d || x === 0x7e) {
      const dx = source.i16le('a long move');
      recorder.jump(dx, 0 - source.i16le('a long move'));
    } else if (x !== 0x7f) recorder.stitch(x, 0 - source.i8('the second half of a stitch'));
    else if (command(source, recorder)) return;
  }
};

const threadsOf = (source: ByteSource, count: number): readonly Thread[] => {
  if (source.left() < 2 + 4 * count) return [];
  source.skip(2, 'the colours');
  return Array.from({ length: count }, () => {
    const [, r = 0, g = 0, b = 0] = source.bytes(4, 'a colour');
    return plainThread(hexOfRgb(r, g, b));
  });
};

/** An XXX file as a plan. Throws Problem `stitches.…`. */
export const readXxx = (bytes: Uint8Array): StitchReading => {
  const source = openByteSource(bytes);
  source.skip(0x27, 'the header');
  const count = source.u16le('the number of colours');
  if (count > MAX_BLOCKS) throw new Problem('stitches.broken', `expected at most ${MAX_BLOCKS} colours in an XXX file, got ${count}`);
  source.skip(HEADER_BYTES - source.at(), 'the header');
  const recorder = openPlanRecorder();
  readStitches(source, recorder);
  const threads = threadsOf(source, count);
  const plan = withStops(recorder.finish((block) => threads[block] ?? namelessThread(block)));
  const warnings: StitchWarning[] = [];
  if (threads.length < recorder.blocks()) {
    const message = `the file has ${threads.length} colours for ${recorder.blocks()} threads; the rest are stand-ins`;
    warnings.push({ code: 'stitches.no-colours', message });
  }
  return { format: 'xxx', name: '', plan, warnings };
};
