import { Problem } from '../../model/problem.ts';
import { openByteSource } from './byte-source.ts';
import { namelessThread } from './nameless-threads.ts';
import { openPlanRecorder } from './plan-recorder.ts';
import type { StitchReading } from './read-result.ts';

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

/** An EXP file as a plan. There is no end mark: the file must end after a whole command. Throws Problem `stitches.truncated`, `stitches.broken`. */
export const readExp = (bytes: Uint8Array): StitchReading => {
  const source = openByteSource(bytes);
  const recorder = openPlanRecorder();
  while (source.left() > 0) {
    const x = source.i8('a stitch');
    if (x !== -0x80) {
      recorder.stitch(x, 0 - source.i8('the second half of a stitch'));
      continue;
    }
    const code = source.u8('a command');
    const dx = source.i8('a command');
    const dy = 0 - source.i8('a command');
    if (code === 0x80) recorder.trim();
    else if (code === 0x04) recorder.jump(dx, dy);
    else if (code === 0x02) recorder.stitch(dx, dy);
    else if (code === 0x01) {
      recorder.jump(dx, dy);
      recorder.change();
    } else {
      throw new Problem(
        'stitches.broken',
        `expected command 01, 02, 04 or 80 after 80 in an EXP file, got ${hex(code)} at byte ${source.at() - 3}`,
      );
    }
  }
  const plan = recorder.finish(namelessThread);
  const message = 'an EXP file names no thread colours; these are stand-ins (an INF file beside it would have them)';
  return { format: 'exp', name: '', plan, warnings: [{ code: 'stitches.no-colours', message }] };
};
