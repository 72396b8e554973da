import { isProblem, Problem } from '../../model/problem.ts';
import type { Thread } from '../plan.ts';
import { type ByteSource, latinText, openByteSource, shownName, utf8Text } from './byte-source.ts';
import { hexOfRgb } from './nameless-threads.ts';
import { PEC_THREADS } from './pec-threads.ts';
import { readPecPart } from './read-pec.ts';
import type { StitchReading } from './read-result.ts';

const MAX_THREADS = 1024;

/** Bytes to pass over after the texts of the header, by version: after each but the last comes a text, after the last the patterns. */
const GAPS: Readonly<Record<string, readonly number[]>> = {
  '0050': [24, 24],
  '0055': [24, 24],
  '0056': [24, 24],
  '0060': [36, 24],
  '0070': [36, 24],
  '0080': [38, 26],
  '0090': [14, 30, 34],
  '0100': [14, 38, 34],
};

const textOf = (source: ByteSource): string => shownName(utf8Text(source.bytes(source.u8('a text'), 'a text')));

const threadOf = (source: ByteSource): Thread => {
  const code = textOf(source);
  const [r, g, b] = [source.u8('a colour'), source.u8('a colour'), source.u8('a colour')];
  source.skip(5, 'a thread');
  const name = textOf(source);
  const maker = textOf(source);
  textOf(source);
  return { colour: hexOfRgb(r, g, b), name, code, maker, weight: 40 };
};

type Header = { readonly name: string; readonly threads: readonly Thread[] };

/** Name and true colours of versions 5 to 10; others keep them elsewhere or have none. */
const headerOf = (source: ByteSource, version: string): Header => {
  const gaps = GAPS[version];
  if (!gaps) return { name: '', threads: [] };
  source.skip(4, 'the header');
  const name = textOf(source);
  for (let text = 0; text < 4; text += 1) textOf(source);
  for (const [at, gap] of gaps.entries()) {
    source.skip(gap, 'the header');
    if (at < gaps.length - 1) textOf(source);
  }
  const patterns = [source.u16le('patterns'), source.u16le('patterns'), source.u16le('patterns')];
  if (patterns.some((count) => count !== 0)) return { name, threads: [] };
  const count = source.u16le('the number of threads');
  if (count > MAX_THREADS) {
    throw new Problem('stitches.broken', `expected at most ${MAX_THREADS} threads in a PES file, got ${count}`);
  }
  return { name, threads: Array.from({ length: count }, () => threadOf(source)) };
};

/** What machines sew stands apart from this header, so a fault in it costs only the names and true colours. */
const headerOrNone = (source: ByteSource, version: string): Header & { readonly fault: string | null } => {
  try {
    return { ...headerOf(source, version), fault: null };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { name: '', threads: [], fault: error.message };
  }
};

/** True colours pair with blocks one to one, or, when there are fewer, with thread numbers in order of appearance. */
const pairThreads = (indices: readonly number[], threads: readonly Thread[]): readonly Thread[] => {
  const numbered = (index: number): Thread => PEC_THREADS.threads[index % 65] ?? PEC_THREADS.threads[20] ?? threadMissing();
  if (threads.length >= indices.length) return threads.slice(0, indices.length);
  const known = new Map<number, Thread>();
  return indices.map((index) => {
    const thread = known.get(index) ?? threads[known.size] ?? numbered(index);
    known.set(index, thread);
    return thread;
  });
};

const threadMissing = (): never => {
  throw new Problem('stitches.broken', 'expected a thread number of the PEC table, got another');
};

/** A PES file of any version, or a bare PEC file, as a plan: from the part that machines sew. Throws Problem `stitches.…`. */
export const readPes = (bytes: Uint8Array): StitchReading => {
  const source = openByteSource(bytes);
  const magic = latinText(source.bytes(8, 'the mark of a PES file'));
  const bare = magic === '#PEC0001';
  let header: ReturnType<typeof headerOrNone> = { name: '', threads: [], fault: null };
  if (!bare) {
    if (!/^#PES\d{4}$/.test(magic))
      throw new Problem('stitches.broken', 'expected "#PES" and a version at the start of a PES file, got another');
    const offset = source.u32le('the place of the PEC part');
    header = headerOrNone(source, magic.slice(4));
    source.seek(offset, 'the PEC part');
  }
  const { name, indices, plan, warnings } = readPecPart(source, (found) => pairThreads(found, header.threads));
  const nearest = header.threads.length === 0;
  return {
    format: bare ? 'pec' : 'pes',
    name: header.name === '' ? name : header.name,
    plan,
    warnings: [
      ...warnings,
      ...(header.fault === null ? [] : [{ code: 'stitches.header' as const, message: `the header cannot be read: ${header.fault}` }]),
      ...(nearest && indices.length > 0
        ? [
            {
              code: 'stitches.nearest-colours' as const,
              message: 'this file knows its threads by number only; the true colours may be others',
            },
          ]
        : []),
    ],
  };
};
