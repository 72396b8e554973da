import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../src/model/problem.ts';
import { STITCH_FORMATS } from '../../src/stitch/formats/formats.ts';
import { readStitches } from '../../src/stitch/formats/read-stitches.ts';
import { stitchFacts } from '../../src/stitch/formats/stitch-facts.ts';
import { SAMPLE } from '../stitch/formats/sample-plans.ts';
import { threeColourPatch } from '../support/sample-plans.ts';

/** `PLATEN_FUZZ_SECONDS=60 npx vitest run tests/hostile/machine-files.test.ts` looks longer, at other files each time. */
const SECONDS = Number(process.env.PLATEN_FUZZ_SECONDS ?? 0);
const LIMITS = SECONDS > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: SECONDS * 1000 } : { numRuns: 150, seed: 11 };

const MACHINE_FORMATS = STITCH_FORMATS.filter(({ id }) => id !== 'json');
const place = fc.double({ min: 0, max: 1, noNaN: true });
/** What counts and commands of these formats are made of. */
const telling = fc.constantFrom(0, 1, 2, 3, 4, 8, 0x10, 0x20, 0x7d, 0x7e, 0x7f, 0x80, 0x90, 0xb0, 0xc3, 0xf3, 0xfe, 0xff);

const damage = fc.record({
  writes: fc.array(fc.tuple(place, telling), { maxLength: 8 }),
  words: fc.array(fc.tuple(place, fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff), fc.boolean()), { maxLength: 3 }),
  moved: fc.option(fc.tuple(place, place, fc.integer({ min: 1, max: 400 }))),
  doubled: fc.option(fc.tuple(place, fc.integer({ min: 1, max: 64 }), fc.integer({ min: 2, max: 40 }))),
  cut: fc.option(place, { freq: 3 }),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

const damaged = (file: Uint8Array, { writes, words, moved, doubled, cut }: Damage): Uint8Array => {
  let bytes: Buffer = Buffer.from(file);
  // Half of it in the head, where lengths are.
  const at = (where: number): number =>
    Math.floor((where < 0.5 ? where * 2 * Math.min(0x180, bytes.length) : where * bytes.length) * 0.9999);
  for (const [where, value] of writes) bytes[at(where)] = value;
  for (const [where, value, isBig] of words) {
    const from = Math.min(at(where), bytes.length - 4);
    if (isBig) bytes.writeUInt32BE(value, from);
    else bytes.writeUInt32LE(value, from);
  }
  if (moved) bytes.copyWithin(at(moved[0]), at(moved[1]), at(moved[1]) + moved[2]);
  if (doubled) {
    const [from, length] = [at(doubled[0]), doubled[1]];
    const stretch = bytes.subarray(from, from + length);
    bytes = Buffer.concat([bytes.subarray(0, from), ...Array.from({ length: doubled[2] }, () => stretch), bytes.subarray(from)]);
  }
  return cut === null ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length));
};

/** Read and in order, or refused in words; what is read can be written again, or says why not. */
const settles = (bytes: Uint8Array, name: string): string => {
  try {
    const { plan } = readStitches(bytes, name);
    const { widthMm, heightMm, stitches } = stitchFacts(plan);
    if (![widthMm, heightMm].every((mm) => Number.isFinite(mm) && mm < 6500)) throw new Error(`out of bounds: ${widthMm} x ${heightMm}`);
    if (stitches > 2_000_000) throw new Error('too many stitches');
    for (const { write } of MACHINE_FORMATS) written(() => write(plan, { name: 'Again' }));
    return 'read';
  } catch (error) {
    if (!isProblem(error)) throw error;
    return error.code;
  }
};

const written = (write: () => Uint8Array): void => {
  try {
    write();
  } catch (error) {
    if (!isProblem(error)) throw error;
  }
};

describe.each(MACHINE_FORMATS)('a damaged $id file', ({ extension, write }) => {
  const files = [SAMPLE, threeColourPatch()].map((plan) => write(plan, { name: 'Logo' }));

  it(
    'is read or refused, and what is read can be written in every format',
    () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(fc.constantFrom(...files), damage, (file, how) => {
          seen.add(settles(damaged(file, how), `a.${extension}`));
        }),
        LIMITS,
      );
      expect(seen.size).toBeGreaterThan(1);
      for (const code of seen) expect(code).toMatch(/^(?:read|stitches\.[a-z-]+)$/);
    },
    20_000 + SECONDS * 1100,
  );
});

/** 10 MB of one command after a sound head. */
const endless = (id: string, command: readonly number[]): Uint8Array => {
  const head: Readonly<Record<string, number>> = { dst: 512, jef: 0x74 + 8 * 3, xxx: 0x100, exp: 0 };
  const whole = MACHINE_FORMATS.find((format) => format.id === id)?.write(SAMPLE, { name: 'Logo' }) ?? new Uint8Array();
  const start = whole.subarray(0, head[id] ?? 0);
  const body = new Uint8Array(10_000_000).map((_, i) => command[i % command.length] ?? 0);
  return Buffer.concat([start, body]);
};

describe('ten megabytes', () => {
  it.each([
    ['dst', 'jumps', [0, 0, 0x83]],
    ['dst', 'changes', [0, 0, 0xc3]],
    ['dst', 'stitches in one place', [0, 0, 0x03]],
    ['exp', 'jumps', [0x80, 4, 1, 1, 0x80, 4, 0xff, 0xff]],
    ['exp', 'cuts', [0x80, 0x80, 7, 0]],
    ['exp', 'stitches to and fro', [1, 1, 0xff, 0xff]],
    ['jef', 'jumps', [0x80, 2, 0, 0]],
    ['jef', 'changes', [0x80, 1, 0, 0]],
    ['xxx', 'jumps', [0x7f, 1, 0, 0]],
    ['xxx', 'long moves to and fro', [0x7d, 1, 0, 1, 0, 0x7d, 0xff, 0xff, 0xff, 0xff]],
  ] as const)('of %s %s are refused', (id, _, command) => {
    expect(settles(endless(id, command), `a.${id}`)).toMatch(/^stitches\./);
  });
});
