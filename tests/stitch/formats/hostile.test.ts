import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../../src/model/problem.ts';
import { STITCH_FORMATS } from '../../../src/stitch/formats/formats.ts';
import { readInf, writeInf } from '../../../src/stitch/formats/inf.ts';
import { MAX_STITCH_FILE_BYTES, readStitches } from '../../../src/stitch/formats/read-stitches.ts';
import { SAMPLE } from './sample-plans.ts';

const START = { name: 'Hostile', origin: { x: 0, y: 0 } };

/** Either a plan in which all is in order, or a Problem of stitches that says what was expected. */
const settles = (read: () => unknown): string => {
  try {
    read();
    return 'read';
  } catch (error) {
    if (!isProblem(error)) throw error;
    expect(error.code).toMatch(/^stitches\./);
    expect(error.message).toMatch(/^expected .+, got /);
    return error.code;
  }
};

const soundPlan = (bytes: Uint8Array, name: string): void => {
  const { plan } = readStitches(bytes, name);
  expect(plan.blocks.length).toBeGreaterThan(0);
  for (const { runs } of plan.blocks) {
    for (const { points, roles } of runs) {
      if (points.length !== 2 * roles.length || points.length === 0 || !points.every(Number.isFinite))
        throw new Error('a run is out of order');
    }
  }
};

const changed = (bytes: Uint8Array, edits: readonly (readonly [number, number])[]): Uint8Array => {
  const copy = bytes.slice();
  for (const [at, value] of edits) copy[at % copy.length] = value;
  return copy;
};

const byte = fc.integer({ min: 0, max: 255 });

describe.each(STITCH_FORMATS)('a hostile $id file', ({ id, extension, write, read }) => {
  const whole = write(SAMPLE, START);
  const name = `a.${extension}`;

  test('cut at any place is a Problem or a whole plan, never half a design of a format with an end mark', () => {
    const ends = Array.from({ length: whole.length }, (_, end) => settles(() => soundPlan(whole.subarray(0, end), name)));
    const readUpTo = ends.map((end, at) => (end === 'read' ? at : -1)).filter((at) => at >= 0);
    for (const at of readUpTo) {
      if (id !== 'exp') expect(read(whole.subarray(0, at)).plan.blocks).toHaveLength(SAMPLE.blocks.length);
    }
    expect(new Set(ends)).toContain(id === 'json' ? 'stitches.broken' : 'stitches.truncated');
  });

  test('with bytes changed anywhere is a Problem or a plan in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), byte), { minLength: 1, maxLength: 6 }), (edits) => {
        settles(() => soundPlan(changed(whole, edits), name));
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test('of random bytes, alone or after its own start, is a Problem or a plan in order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(whole.length), (noise, keep) => {
        settles(() => read(noise));
        settles(() => soundPlan(Buffer.concat([whole.subarray(0, keep), noise]), name));
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});

const patched = (id: string, at: number, bytes: readonly number[]): Uint8Array => {
  const whole = STITCH_FORMATS.find((format) => format.id === id)?.write(SAMPLE, START) ?? new Uint8Array();
  whole.set(bytes, at);
  return whole;
};

describe('lies in headers', () => {
  const HUGE = [0xff, 0xff, 0xff, 0x7f];

  test.each([
    ['a JEF file of two milliards of colours', patched('jef', 24, HUGE), 'a.jef', 'stitches.broken'],
    ['a JEF file whose stitches lie beyond its end', patched('jef', 0, HUGE), 'a.jef', 'stitches.unknown-format'],
    ['an XXX file of 65,535 colours', patched('xxx', 0x27, [0xff, 0xff]), 'a.xxx', 'stitches.broken'],
    ['a PES file whose PEC part lies beyond its end', patched('pes', 8, HUGE), 'a.pes', 'stitches.broken'],
    ['a PES file whose PEC part is its own start', patched('pes', 8, [0, 0, 0, 0]), 'a.pes', 'stitches.broken'],
    ['a VP3 file whose first part is longer than the file', patched('vp3', 67, HUGE), 'a.vp3', 'stitches.truncated'],
    ['a file of nothing', new Uint8Array(), 'a.exp', 'stitches.empty'],
    ['a file of nothing known', new Uint8Array(700).fill(0x41), 'a.bin', 'stitches.unknown-format'],
    ['a file larger than any machine takes', new Uint8Array(MAX_STITCH_FILE_BYTES + 1), 'a.exp', 'stitches.too-large'],
  ])('%s is refused', (_, bytes, name, code) => {
    expect(settles(() => readStitches(bytes, name === 'a.jef' && code === 'stitches.unknown-format' ? 'a.bin' : name))).toBe(code);
  });

  test('an EXP file that walks off for ever is refused before it fills memory', () => {
    expect(settles(() => readStitches(new Uint8Array(4_000_000).fill(0x7f), 'a.exp'))).toBe('stitches.broken');
  });

  test('an EXP file that only changes colour is refused', () => {
    expect(
      settles(() =>
        readStitches(
          new Uint8Array(400_000).map((_, i) => [0x80, 1, 0, 0][i % 4] ?? 0),
          'a.exp',
        ),
      ),
    ).toBe('stitches.too-many-colours');
  });

  test('a DST file without its end mark is half a design and refused, unless all the records it counts are there', () => {
    const whole = patched('dst', 0, []);
    const { plan } = readStitches(whole);
    for (const missing of [1, 2, 3]) {
      const { plan: read, warnings } = readStitches(whole.subarray(0, -missing));
      expect([read, warnings.map(({ code }) => code)]).toEqual([plan, ['stitches.no-colours', 'stitches.cut-off']]);
    }
    for (const missing of [4, 5, 6, 9]) expect(settles(() => readStitches(whole.subarray(0, -missing)))).toBe('stitches.truncated');
    const uncounted = patched('dst', 20, [...Buffer.from('ST:       ')]);
    expect(settles(() => readStitches(uncounted.subarray(0, -1)))).toBe('stitches.truncated');
  });

  test('a DST file that miscounts its records is read, with a warning', () => {
    const { warnings } = readStitches(patched('dst', 20, [...Buffer.from('ST:    999')]), 'a.dst');
    expect(warnings.map(({ code }) => code)).toContain('stitches.header');
  });

  test('a PES file with a broken header is sewn all the same, in the nearest colours', () => {
    const { plan, warnings } = readStitches(patched('pes', 95, [255, 255]), 'a.pes');
    expect(warnings.map(({ code }) => code)).toEqual(['stitches.header', 'stitches.nearest-colours']);
    expect(plan.blocks).toHaveLength(SAMPLE.blocks.length);
  });

  test('bytes decide over a wrong file name', () => {
    for (const id of ['dst', 'pes', 'jef', 'vp3', 'xxx']) expect(readStitches(patched(id, 0, []), 'wrong.exp').format).toBe(id);
  });
});

describe('names in strangers’ files', () => {
  test('lose what would steer a terminal or turn text round', () => {
    const evil = 'Lo\u001b[2J\u202Ego\r\n';
    const dst = patched('dst', 3, [...Buffer.from('Lo\u001b[2Jgo       ', 'latin1')]);
    const json = STITCH_FORMATS.find(({ id }) => id === 'json')?.write(SAMPLE, { name: evil }) ?? new Uint8Array();
    expect([readStitches(dst).name, readStitches(json).name]).toEqual(['Lo[2Jgo', 'Lo[2Jgo']);
  });
});

describe('a hostile INF file', () => {
  test('of random bytes or cut short is a Problem or threads', () => {
    const whole = writeInf(SAMPLE);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), byte), { maxLength: 5 }), fc.nat(whole.length), (edits, end) => {
        settles(() => readInf(changed(whole, edits).subarray(0, end)));
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});
