import type { StitchPlan, Thread } from '../plan.ts';
import { type ByteSink, openByteSink } from './byte-sink.ts';
import { rgbOf } from './inf.ts';
import { type Lattice, type LatticeRun, latticeOf } from './lattice.ts';
import { machineName } from './machine-name.ts';
import { pecIndices } from './pec-threads.ts';
import { requireBlocks } from './require-blocks.ts';
import type { WriteOptions } from './write-options.ts';
import { putPec, requireReach } from './write-pec.ts';

export type PesOptions = WriteOptions & {
  /** 6 carries true colours, codes and names of threads; 1 is read by every program, and has the nearest of 64 colours. Default 6. */
  readonly version?: 1 | 6;
};

/** One below what its count byte could say: 255 means none. */
const MAX_BLOCKS = 255;
/** Sewing fields of the usual frames, mm. */
const HOOPS = [
  [100, 100],
  [130, 180],
  [160, 260],
  [200, 300],
  [240, 360],
] as const;
const SECTION_END = 0x8003;
const EXTRA_BYTES = 0x90;

const putText = (sink: ByteSink, text: string): void => {
  const bytes = new TextEncoder().encode(text);
  const end = cutAt(bytes, 255);
  sink.byte(end);
  sink.bytes(bytes.subarray(0, end));
};

/** Not within a character. */
const cutAt = (bytes: Uint8Array, most: number): number => {
  let end = Math.min(bytes.length, most);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
};

const hoopOf = ({ left, top, right, bottom }: Lattice['box']): readonly [number, number] =>
  HOOPS.find(([width, height]) => right - left <= width * 10 && bottom - top <= height * 10) ?? [240, 360];

const putThread = (sink: ByteSink, thread: Thread): void => {
  putText(sink, thread.code);
  sink.byte(...rgbOf(thread), 0);
  sink.u32le(10);
  putText(sink, thread.name);
  putText(sink, thread.maker);
  putText(sink, '');
};

const putHeader6 = (sink: ByteSink, { blocks, box }: Lattice, name: string): void => {
  const [width, height] = hoopOf(box);
  sink.u16le(width === 100 ? 0 : 1);
  sink.latin('02');
  putText(sink, name);
  for (let text = 0; text < 4; text += 1) putText(sink, '');
  for (const value of [0, 0, width, height, 0, 200, 200, 100, 100, 100, 7, 19, 1, 1, 0, 100, 1, 0]) sink.u16le(value);
  putText(sink, '');
  for (const value of [1, 0, 0, 1, 0, 0]) sink.f32le(value);
  for (const patterns of [0, 0, 0]) sink.u16le(patterns);
  sink.u16le(blocks.length);
  for (const { thread } of blocks) putThread(sink, thread);
  sink.u16le(1);
};

type Section = { readonly uncut: boolean; readonly colour: number; readonly points: readonly (readonly [number, number])[] };

const pairsOf = ({ points }: LatticeRun, { left, bottom }: Lattice['box']): readonly (readonly [number, number])[] =>
  Array.from({ length: points.length / 2 }, (_, i) => [(points[2 * i] ?? 0) - left, (points[2 * i + 1] ?? 0) - bottom]);

/** More points than a section can count go on in another that begins where it ends. */
const MOST_POINTS = 65_535;

const partsOf = (points: Section['points']): readonly Section['points'][] => {
  const parts: Section['points'][] = [points.slice(0, MOST_POINTS)];
  for (let at = MOST_POINTS; at < points.length; at += MOST_POINTS - 1) parts.push(points.slice(at - 1, at - 1 + MOST_POINTS));
  return parts;
};

/** Runs and the ways between them, as design programs draw them: from the lower left corner of the design. */
const sectionsOf = ({ blocks, box }: Lattice, colours: readonly number[]): readonly Section[] => {
  const sections: Section[] = [];
  for (const [index, { runs }] of blocks.entries()) {
    const colour = colours[index] ?? 0;
    for (const [at, run] of runs.entries()) {
      const points = pairsOf(run, box);
      const [from, to] = [sections.at(-1)?.points.at(-1), points[0]];
      if (at > 0 && from && to) sections.push({ uncut: true, colour, points: [from, to] });
      sections.push(...partsOf(points).map((part) => ({ uncut: false, colour, points: part })));
    }
  }
  return sections;
};

const putBox = (sink: ByteSink, { left, top, right, bottom }: Lattice['box'], sections: number): void => {
  const [width, height] = [right - left, bottom - top];
  sink.fill(0, 16);
  for (const value of [1, 0, 0, 1, 350 + 650 - width / 2, 100 + 900 + height / 2]) sink.f32le(value);
  for (const value of [1, 0, 0, width, height, 0, 0, 0, 0, sections]) sink.u16le(value);
};

/** The objects that design programs show. Gives the places where the colour changes. */
const putObjects = (sink: ByteSink, lattice: Lattice, colours: readonly number[]): readonly (readonly [number, number])[] => {
  const sections = sectionsOf(lattice, colours);
  sink.u16le(7);
  sink.latin('CEmbOne');
  putBox(sink, lattice.box, sections.length);
  sink.u16le(0xffff);
  sink.u16le(0);
  sink.u16le(7);
  sink.latin('CSewSeg');
  for (const [at, { uncut, colour, points }] of sections.entries()) {
    if (at > 0) sink.u16le(SECTION_END);
    for (const value of [uncut ? 1 : 0, colour, points.length]) sink.u16le(value);
    for (const pair of points) pair.forEach(sink.u16le);
  }
  const changes = sections.flatMap(({ colour }, at) => (sections[at - 1]?.colour === colour ? [] : [[at, colour] as const]));
  sink.u16le(changes.length);
  for (const change of changes) change.forEach(sink.u16le);
  sink.u32le(0);
  return changes;
};

/** What version 6 has after the machine's part: thread numbers again, and true colours. */
const putTail6 = (sink: ByteSink, { blocks }: Lattice, indices: readonly number[]): void => {
  const start = sink.length();
  sink.byte(indices.length - 1, ...indices);
  sink.fill(0x20, Math.max(0, start + 128 - sink.length()));
  sink.fill(0, EXTRA_BYTES * blocks.length);
  for (const { thread } of blocks) {
    const [r, g, b] = rgbOf(thread);
    sink.byte(b, g, r);
  }
  sink.u16le(0);
};

/**
 * A PES file, version 6 or 1, with the part that machines sew and its pictures. Version 6 carries colour, code, name and maker of each
 * thread; version 1 the nearest of 64. A stop is a change to the same thread. Throws Problem `stitches.too-many-colours` above 254 changes,
 * `stitches.too-large` above 409 mm, and what `latticeOf` throws.
 */
export const writePes = (plan: StitchPlan, { name, origin, version = 6 }: PesOptions): Uint8Array => {
  const lattice = latticeOf(plan, origin ?? null);
  requireBlocks(lattice, MAX_BLOCKS, 'PES');
  requireReach(lattice.box);
  const indices = pecIndices(lattice.blocks.map(({ thread }) => thread));
  const sink = openByteSink();
  sink.latin(version === 6 ? '#PES0060' : '#PES0001');
  sink.u32le(0);
  if (version === 6) putHeader6(sink, lattice, machineName(name, 64, ' -_'));
  else for (const value of [1, hoopOf(lattice.box)[0] === 100 ? 0 : 1, 1]) sink.u16le(value);
  sink.u16le(0xffff);
  sink.u16le(0);
  const changes = putObjects(sink, lattice, version === 6 ? lattice.blocks.map((_, block) => block) : indices);
  if (version === 6) {
    sink.u32le(0);
    sink.u32le(0);
    for (const at of changes.keys()) {
      sink.u32le(at);
      sink.u32le(0);
    }
  }
  sink.patchU32(8, sink.length(), 'le');
  putPec(sink, lattice, indices, name);
  if (version === 6) putTail6(sink, lattice, indices);
  return sink.done();
};
