import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dstMove } from '../../../src/stitch/formats/dst-record.ts';
import { JEF_THREADS, jefIndices } from '../../../src/stitch/formats/jef-threads.ts';
import { latticeOf } from '../../../src/stitch/formats/lattice.ts';
import { machineName } from '../../../src/stitch/formats/machine-name.ts';
import { pecPicture } from '../../../src/stitch/formats/pec-picture.ts';
import { PEC_THREADS, pecIndices } from '../../../src/stitch/formats/pec-threads.ts';
import { writeDst } from '../../../src/stitch/formats/write-dst.ts';
import { writeJef } from '../../../src/stitch/formats/write-jef.ts';
import { writePes } from '../../../src/stitch/formats/write-pes.ts';
import { writeVp3 } from '../../../src/stitch/formats/write-vp3.ts';
import { writeXxx } from '../../../src/stitch/formats/write-xxx.ts';
import { BLUE, block, carriedPlans, planOf, RED, run, SAMPLE, thread } from './sample-plans.ts';

const START = { name: 'Header', origin: { x: 0, y: 0 } };
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset);

/** What a DST file says of itself, and what its records come to. */
const dstFigures = (file: Uint8Array) => {
  const header = text(file.subarray(0, 512));
  const field = (name: string): number =>
    Number(new RegExp(`(?:^|\r)${name.replace('+', '\\+')}:([+-]?) *(\\d+)\r`).exec(header)?.slice(1).join('') ?? Number.NaN);
  const at = { x: 0, y: 0, right: 0, left: 0, up: 0, down: 0, records: 0, changes: 0, jumps: 0, longestRow: 0 };
  for (let i = 512; i < file.length; i += 3) {
    const [b0 = 0, b1 = 0, b2 = 0] = file.subarray(i, i + 3);
    const { dx, dy } = dstMove(b0, b1, b2);
    at.x += dx;
    at.y += dy;
    at.right = Math.max(at.right, at.x);
    at.left = Math.max(at.left, -at.x);
    at.up = Math.max(at.up, -at.y);
    at.down = Math.max(at.down, at.y);
    at.records += 1;
    if ((b2 & 0xf3) === 0xc3) at.changes += 1;
    at.jumps = (b2 & 0xf3) === 0x83 ? at.jumps + 1 : 0;
    at.longestRow = Math.max(at.longestRow, at.jumps);
  }
  return { header, field, at };
};

describe('the header of DST', () => {
  test('counts the records in the file, its changes, how far it reaches each way and where it ends', () => {
    fc.assert(
      fc.property(carriedPlans, (plan) => {
        const file = writeDst(plan, START);
        const { field, at } = dstFigures(file);
        expect(['ST', 'CO', '+X', '-X', '+Y', '-Y', 'AX', 'AY'].map(field)).toEqual(
          [(file.length - 512) / 3, at.changes, at.right, at.left, at.up, at.down, at.x, 0 - at.y].map((one) => one + 0),
        );
        expect(at.changes).toBe(plan.blocks.length - 1);
      }),
      { numRuns: 60 },
    );
  });

  test('says nothing negative of a design that lies to one side of its start', () => {
    const { field } = dstFigures(writeDst(planOf(run([100, 50, 110, 60])), START));
    expect(['+X', '-X', '+Y', '-Y', 'AX', 'AY'].map(field)).toEqual([110, 0, 0, 60, 110, -60]);
  });

  test('has its fields at the places machines look', () => {
    const { header } = dstFigures(writeDst(SAMPLE, { ...START, name: 'Grüße aus dem Süden' }));
    expect(header.slice(0, 124).split('\r')).toEqual([
      'LA:Grue aus dem Sud',
      'ST:     33',
      'CO:  2',
      '+X:  352',
      '-X:  200',
      '+Y:   90',
      '-Y:  100',
      'AX:+  320',
      'AY:-   90',
      'MX:+    0',
      'MY:+    0',
      'PD:******',
      '',
    ]);
    expect(header.charCodeAt(header.indexOf('PD:') + 10)).toBe(0x1a);
    expect(header.slice(header.indexOf('PD:') + 11)).toMatch(/^ +$/);
  });

  test('never has three jumps in a row where no trim is meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: -3000, max: 3000 }), (x, y) => {
        const file = writeDst(planOf(run([0, 0, 20, 0]), run([x, y, x, y + 9], 'jump')), START);
        expect(dstFigures(file).at.longestRow).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('names colours for programs that read them, when told to', () => {
    const header = text(writeDst(SAMPLE, { ...START, colours: true }).subarray(0, 512));
    expect(header.split('\r').filter((line) => line.startsWith('TC:'))).toEqual([
      'TC:#C8102E,Red,1147',
      'TC:#C8102E,Red,1147',
      'TC:#0057B7,Blue,1076',
    ]);
    const many = { blocks: Array.from({ length: 60 }, (_, i) => block(thread(`#0000${(16 + i).toString(16)}`), [run([i, 0, i, 9])])) };
    expect(writeDst(many, { ...START, colours: true }).indexOf(0x1a)).toBeLessThan(512);
  });
});

describe('other headers', () => {
  test('JEF counts its commands, dates itself the same every time and names the smallest hoop', () => {
    const file = writeJef(planOf(run([0, 0, 100, 0]), run([300, 800])), START);
    const at = view(file);
    expect(text(file.subarray(8, 22))).toBe('20000101000000');
    expect([0, 4, 24, 28].map((offset) => at.getUint32(offset, true))).toEqual([0x74 + 8, 0x14, 1, (file.length - 0x74 - 8) / 2]);
    expect(at.getUint32(32, true)).toBe(0);
    expect(Array.from({ length: 20 }, (_, i) => at.getInt32(36 + 4 * i, true))).toEqual([
      ...[150, 400, 150, 400],
      ...[400, 150, 400, 150],
      ...[-1, -1, -1, -1],
      ...[550, 600, 550, 600],
      ...[480, 150, 480, 150],
    ]);
    expect(text(writeJef(SAMPLE, { ...START, date: '20260102030405' }).subarray(8, 22))).toBe('20260102030405');
    expect(() => writeJef(SAMPLE, { ...START, date: 'today' })).toThrow(/expected 14 digits/);
  });

  test('PES points at its PEC part, which says how long its stitches are and ends with a picture of each block', () => {
    for (const version of [1, 6] as const) {
      const file = writePes(SAMPLE, { ...START, version });
      const pec = view(file).getUint32(8, true);
      expect(text(file.subarray(0, 8))).toBe(version === 6 ? '#PES0060' : '#PES0001');
      expect(text(file.subarray(pec, pec + 20))).toBe('LA:Header          \r');
      expect(file[pec + 48]).toBe(2);
      const length = view(file).getUint32(pec + 514, true) & 0xffffff;
      const pictures = file.subarray(pec + 512 + length);
      expect(file[pec + 512 + length - 1]).toBe(0xff);
      expect(Array.from(pictures.subarray(6, 12))).toEqual([0xf0, 0xff, 0xff, 0xff, 0xff, 0x0f]);
      const tail = version === 6 ? 128 + 3 * (0x90 + 3) + 2 : 0;
      expect(pictures.length).toBe(4 * 228 + tail);
      expect([528, 530].map((at) => view(file).getUint16(pec + at - 8, true))).toEqual([550, 190]);
    }
  });

  test('VP3 says its extents in thousandths of a millimetre, up for plus, and how long each part is', () => {
    const file = writeVp3(SAMPLE, START);
    const at = view(file);
    const start = text(file).indexOf('\u0000\u0002\u0000');
    expect(at.getUint32(start + 3)).toBe(file.length - start - 7);
    const extents = start + 7 + 2 + 2 * 'Header'.length;
    expect([0, 4, 8, 12].map((more) => at.getInt32(extents + more))).toEqual([35_000, 9000, -20_000, -10_000]);
    expect(at.getUint32(extents + 16)).toBe(17);
    expect(file[extents + 21]).toBe(3);
  });

  test('XXX says where its stitches end, how many commands they are and how far they reach', () => {
    const file = writeXxx(SAMPLE, START);
    const at = view(file);
    const end = at.getUint32(0xfc, true);
    expect(Array.from(file.subarray(end, end + 6))).toEqual([0x7f, 0x7f, 2, 0x14, 0, 0]);
    expect(Array.from(file.subarray(end + 6, end + 18))).toEqual([0, 0xc8, 0x10, 0x2e, 0, 0xc8, 0x10, 0x2e, 0, 0x00, 0x57, 0xb7]);
    expect(file.length).toBe(end + 6 + 21 * 4 + 6);
    expect([0x2d, 0x2f, 0x31, 0x33, 0x35, 0x37].map((place) => at.getInt16(place, true))).toEqual([550, 190, 320, -90, 200, 100]);
    expect(at.getUint32(0x27, true)).toBe(3);
  });
});

/** A picture as text: a row a line, # for a dot; without the frame. */
const insideOf = (bits: Uint8Array): readonly string[] =>
  Array.from({ length: 30 }, (_, row) =>
    Array.from({ length: 42 }, (_, column) =>
      ((bits[(row + 4) * 6 + ((column + 3) >> 3)] ?? 0) >> ((column + 3) & 7)) & 1 ? '#' : '.',
    ).join(''),
  );

describe('the pictures of PES', () => {
  const lattice = latticeOf({ blocks: [block(RED, [run([0, 0, 800, 0, 800, 600])]), block(BLUE, [run([0, 600, 0, 600])])] }, null);
  const whole = insideOf(pecPicture(lattice.blocks, lattice.box, 4));

  test('show the design as large as fits, in its proportions, in the middle', () => {
    const dots = whole.flatMap((row, y) => Array.from(row).flatMap((dot, x) => (dot === '#' ? [[x, y] as const] : [])));
    const [xs, ys] = [dots.map(([x]) => x), dots.map(([, y]) => y)];
    expect([Math.max(...ys) - Math.min(...ys), Math.max(...xs) - Math.min(...xs)]).toEqual([29, 39]);
    expect(whole[0]).toMatch(/^\.#{40}\.$/);
    expect(whole[15]).toMatch(/^\.{40}#\.$/);
  });

  test('show each colour at its place', () => {
    const [first, second] = lattice.blocks.map((one) => insideOf(pecPicture([one], lattice.box, 4)));
    expect(second?.join('').replaceAll('.', '')).toBe('#');
    expect(second?.[29]).toMatch(/^\.#/);
    expect(first?.[0]).toBe(whole[0]);
  });
});

describe('names and numbers that machines know', () => {
  test.each([
    ['Grüße, Øre & Co. 12', 16, ' -_', 'Grue re  Co 12'],
    ['../../etc/passwd', 8, '', 'etcpassw'],
    ['日本', 8, '', 'Design'],
    ['   ', 16, ' ', 'Design'],
  ])('the name "%s" becomes what a display can show', (name, length, extra, expected) => {
    expect(machineName(name, length, extra)).toBe(expected);
  });

  test('tables have as many threads as their formats', () => {
    expect([PEC_THREADS.threads.length - 1, JEF_THREADS.threads.length - 1]).toEqual([64, 78]);
  });

  test('a thread gets the number of its own colour', () => {
    expect(pecIndices(PEC_THREADS.threads.slice(1, 43))).toEqual(Array.from({ length: 42 }, (_, i) => i + 1));
    expect(JEF_THREADS.threads.slice(1).flatMap((one) => jefIndices([one]))).toEqual(Array.from({ length: 78 }, (_, i) => i + 1));
  });

  test('threads that are nearly one colour get different numbers, so that the machine halts between them', () => {
    const near = ['#c8102e', '#c8112e', '#c8102f'].map((colour) => thread(colour));
    expect(new Set(pecIndices(near)).size).toBe(3);
    const jef = jefIndices([...near, ...near]);
    expect(jef.every((index, i) => i === 0 || index !== jef[i - 1])).toBe(true);
  });

  test('a stop keeps the thread: the same number in PEC, none in JEF', () => {
    const [red = 0, again, blue] = pecIndices([RED, RED, BLUE]);
    expect([again === red, blue === red]).toEqual([true, false]);
    const jef = jefIndices([RED, RED, RED, BLUE]);
    expect([jef[1], jef[2]]).toEqual([0, jef[0]]);
  });

  test('more threads than PEC knows still differ from one to the next', () => {
    const indices = pecIndices(Array.from({ length: 200 }, (_, i) => thread(`#${(i * 80_000 + 7).toString(16).padStart(6, '0')}`)));
    expect(indices.every((index, i) => index >= 1 && index <= 64 && index !== indices[i - 1])).toBe(true);
  });
});
