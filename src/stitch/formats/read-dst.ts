import { Problem } from '../../model/problem.ts';
import type { Thread } from '../plan.ts';
import { latinText, shownName } from './byte-source.ts';
import { DST_KIND, dstMove } from './dst-record.ts';
import { namelessThread, plainThread } from './nameless-threads.ts';
import { openPlanRecorder, type PlanRecorder, withStops } from './plan-recorder.ts';
import type { StitchReading, StitchWarning } from './read-result.ts';

const HEADER_BYTES = 512;
const HEADER_END = String.fromCharCode(0x1a);
/** So many jumps in a row cut the thread: what machines are usually set to. */
const TRIM_JUMPS = 3;

type Header = { readonly name: string; readonly records: number | null; readonly threads: readonly Thread[] };

const headerOf = (bytes: Uint8Array): Header => {
  const lines = latinText(bytes.subarray(0, HEADER_BYTES))
    .replaceAll(HEADER_END, '\n')
    .split(/[\r\n]/);
  const field = (name: string): string | undefined =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(3)
      .trim();
  const records = /^\d+$/.test(field('ST') ?? '') ? Number(field('ST')) : null;
  const threads = lines.flatMap((line) => {
    const found = /^TC:\s*(#[0-9a-f]{6})\s*,([^,]*),?(.*)$/i.exec(line);
    return found?.[1] ? [plainThread(found[1].toLowerCase(), shownName(found[2] ?? ''), shownName(found[3] ?? ''))] : [];
  });
  return { name: shownName(field('LA') ?? ''), records, threads };
};

/** Records read up to the end mark, and what came by the way. */
type Body = { readonly records: number; readonly sequins: boolean; readonly hasEnd: boolean };

/** @param counted - what the header says: a file that lacks nothing but its end mark is whole, as some on the market do */
const readBody = (bytes: Uint8Array, recorder: PlanRecorder, counted: number | null): Body => {
  let jumps = 0;
  let sequins = false;
  for (let at = HEADER_BYTES; at + 3 <= bytes.length; at += 3) {
    const [b0, b1, b2] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
    const { dx, dy } = dstMove(b0, b1, b2);
    const is = (kind: number): boolean => (b2 & kind) === kind;
    if (is(DST_KIND.end)) return { records: (at - HEADER_BYTES) / 3 + 1, sequins, hasEnd: true };
    const jumped = is(DST_KIND.change) || is(DST_KIND.jump) || is(DST_KIND.sequin);
    jumps = jumped ? jumps + 1 : 0;
    if (!jumped) recorder.stitch(dx, dy);
    else recorder.jump(dx, dy);
    if (is(DST_KIND.change)) {
      recorder.change();
      jumps = 0;
    } else if (is(DST_KIND.sequin)) sequins = true;
    if (jumps === TRIM_JUMPS) recorder.trim();
  }
  const whole = Math.floor((bytes.length - HEADER_BYTES) / 3);
  const left = bytes.subarray(HEADER_BYTES + 3 * whole);
  if (counted === whole + 1 && left.every((byte) => byte === 0)) return { records: counted, sequins, hasEnd: false };
  throw new Problem('stitches.truncated', `expected an end mark (00 00 F3) in a DST file, got none in ${bytes.length} bytes`);
};

/** A DST file as a plan. Three jumps in a row are a trim. Throws Problem `stitches.truncated` and what the recorder throws. */
export const readDst = (bytes: Uint8Array): StitchReading => {
  if (bytes.length < HEADER_BYTES + 3) {
    throw new Problem(
      'stitches.truncated',
      `expected a header of ${HEADER_BYTES} bytes and records in a DST file, got ${bytes.length} bytes`,
    );
  }
  const { name, records, threads } = headerOf(bytes);
  const recorder = openPlanRecorder();
  const body = readBody(bytes, recorder, records);
  const plan = withStops(recorder.finish((block) => threads[block] ?? namelessThread(block)));
  const warnings: StitchWarning[] = [];
  if (threads.length < plan.blocks.length) {
    warnings.push({ code: 'stitches.no-colours', message: 'a DST file names no thread colours; these are stand-ins' });
  }
  if (records !== null && records !== body.records) {
    warnings.push({ code: 'stitches.header', message: `the header counts ${records} records, the file has ${body.records}` });
  }
  if (!body.hasEnd)
    warnings.push({ code: 'stitches.cut-off', message: 'the file lacks its end mark; all the records that it counts are there' });
  if (body.sequins) warnings.push({ code: 'stitches.sequins', message: 'the file drops sequins; they are left out' });
  return { format: 'dst', name, plan, warnings };
};
