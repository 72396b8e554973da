import { Problem } from '../../model/problem.ts';
import type { Thread } from '../plan.ts';
import { type ByteSource, openByteSource, shownName, utf8Text } from './byte-source.ts';
import { hexOfRgb, namelessThread } from './nameless-threads.ts';
import { openPlanRecorder, type PlanRecorder, withStops } from './plan-recorder.ts';
import type { StitchReading } from './read-result.ts';

const MAX_BLOCKS = 1024;
/** Micrometres in a step of 0.1 mm. */
const UM = 100;
const WEIGHTS: readonly Thread['weight'][] = [30, 40, 60, 75];

const wideText = (source: ByteSource): string =>
  shownName(new TextDecoder('utf-16be').decode(source.bytes(source.u16be('a text'), 'a text')));

const textOf = (source: ByteSource): string => shownName(utf8Text(source.bytes(source.u16be('a text'), 'a text')));

/** The mark of a block; gives where the block ends. */
const openBlock = (source: ByteSource, mark: number, what: string): number => {
  const [zero, found, end] = source.bytes(3, what);
  if (zero !== 0 || found !== mark || end !== 0) {
    throw new Problem('stitches.broken', `expected 00 0${mark} 00 for ${what} of a VP3 file, got another mark at byte ${source.at() - 3}`);
  }
  const length = source.u32be(what);
  if (length > source.left()) {
    throw new Problem('stitches.truncated', `expected ${length} bytes for ${what} of a VP3 file, got ${source.left()}`);
  }
  return source.at() + length;
};

const threadOf = (source: ByteSource): Thread => {
  const colours = source.u8('the colours of a thread');
  source.skip(1, 'a thread');
  let colour = '#000000';
  for (let i = 0; i < colours; i += 1) {
    const [r = 0, g = 0, b = 0] = source.bytes(6, 'a colour');
    if (i === 0) colour = hexOfRgb(r, g, b);
  }
  source.skip(1, 'a thread');
  const said = source.u8('the weight of a thread');
  const code = textOf(source);
  const name = textOf(source);
  const weight = WEIGHTS.find((one) => one === said) ?? 40;
  return { colour, code, name: name === colour ? '' : name, maker: textOf(source), weight };
};

const readStitches = (source: ByteSource, end: number, recorder: PlanRecorder): void => {
  while (source.at() + 1 < end) {
    const x = source.i8('a stitch');
    const y = source.i8('a stitch');
    if (x !== -0x80) recorder.stitch(x, y);
    else if (y === 0x03) recorder.trim();
    else if (y === 0x01) {
      recorder.jump(source.i16be('a long move'), source.i16be('a long move'));
      recorder.stitch(0, 0);
      source.skip(2, 'the end of a long move');
    } else if (y !== 0x02) {
      throw new Problem(
        'stitches.broken',
        `expected command 01, 02 or 03 after 80 in a VP3 file, got ${y & 0xff} at byte ${source.at() - 2}`,
      );
    }
  }
};

type Middle = { readonly x: number; readonly y: number };

const readColour = (source: ByteSource, middle: Middle, recorder: PlanRecorder): Thread => {
  const blockEnd = openBlock(source, 0x05, 'a colour');
  const [x, y] = [source.i32be('a start') + middle.x, source.i32be('a start') + middle.y];
  recorder.place(Math.round(x / UM), 0 - Math.round(y / UM));
  const thread = threadOf(source);
  source.skip(8, 'the shift of a colour');
  const end = openBlock(source, 0x01, 'stitches');
  source.skip(3, 'the mark of stitches');
  if (end > blockEnd)
    throw new Problem('stitches.broken', `expected stitches within their colour (to byte ${blockEnd}), got to byte ${end}`);
  readStitches(source, end, recorder);
  source.seek(blockEnd, 'the end of a colour');
  return thread;
};

/** A VP3 file (its first design) as a plan. A long move carries the thread. Throws Problem `stitches.…`. */
export const readVp3 = (bytes: Uint8Array): StitchReading => {
  const source = openByteSource(bytes);
  source.skip(6, 'the mark of a VP3 file');
  wideText(source);
  openBlock(source, 0x02, 'the file');
  const name = wideText(source);
  source.skip(25, 'the header');
  openBlock(source, 0x03, 'the design');
  const middle = { x: source.i32be('the middle'), y: source.i32be('the middle') };
  source.skip(27, 'the size of the design');
  wideText(source);
  source.skip(24, 'the design');
  wideText(source);
  const count = source.u16be('the number of colours');
  if (count > MAX_BLOCKS) throw new Problem('stitches.broken', `expected at most ${MAX_BLOCKS} colours in a VP3 file, got ${count}`);
  const recorder = openPlanRecorder();
  const threads: Thread[] = [];
  for (let block = 0; block < count; block += 1) {
    if (block > 0) recorder.change();
    threads.push(readColour(source, middle, recorder));
  }
  return { format: 'vp3', name, plan: withStops(recorder.finish((block) => threads[block] ?? namelessThread(block))), warnings: [] };
};
