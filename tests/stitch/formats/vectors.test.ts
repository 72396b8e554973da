import { describe, expect, test } from 'vitest';
import { latticeOf } from '../../../src/stitch/formats/lattice.ts';
import { readStitches } from '../../../src/stitch/formats/read-stitches.ts';
import { writeDst } from '../../../src/stitch/formats/write-dst.ts';
import { writeExp } from '../../../src/stitch/formats/write-exp.ts';
import { writeJef } from '../../../src/stitch/formats/write-jef.ts';
import { pecStitches } from '../../../src/stitch/formats/write-pec.ts';
import { writeVp3 } from '../../../src/stitch/formats/write-vp3.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { BLUE, block, planOf, RED, run, shapeOf } from './sample-plans.ts';

const START = { name: 'Vector', origin: { x: 0, y: 0 } };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const spaced = (text: string): string => text.replaceAll(' ', '');

const dstBody = (plan: StitchPlan): string => hex(writeDst(plan, { ...START, startJump: false }).subarray(512));

/** Sequences with known bytes: what goes in, the records of DST after its header, and the whole of EXP. */
const VECTORS: readonly (readonly [name: string, plan: StitchPlan, dst: string, exp: string])[] = [
  ['V1, a stitch right', planOf(run([0, 0, 10, 0])), '000003 050003 0000f3', '0000 0a00'],
  ['V2, a stitch down', planOf(run([0, 0, 0, 10])), '000003 500003 0000f3', '0000 00f6'],
  ['V3, small steps', planOf(run([0, 0, -1, -3, -2, -5])), '000003 028003 428003 0000f3', '0000 ff03 ff02'],
  ['V4, the longest stitch', planOf(run([0, 0, 121, 121, 0, 0])), '000003 555517 aaaa2b 0000f3', '0000 7987 8779'],
  ['V5, mixed weights', planOf(run([0, 0, 40, -41, 81, 13, 77, 9])), '000003 555523 0a2a17 828203 0000f3', '0000 2829 29ca fc04'],
  [
    'V6, a far carried way',
    planOf(run([0, 0]), run([300, 0], 'jump')),
    '000003 090487 090487 090407 0000f3',
    '0000 8004 6400 8004 6400 6400',
  ],
  [
    'V7, a trim',
    planOf(run([0, 0, 10, 0]), run([110, 50, 120, 50])),
    '000003 050003 824183 828283 824183 89a417 050003 0000f3',
    '0000 0a00 8080 0700 8004 64ce 0000 0a00',
  ],
  [
    'V8, a change of colour',
    { blocks: [block(RED, [run([0, 0, 10, 0])]), block(BLUE, [run([10, 20, 20, 20])])] },
    '000003 050003 0000c3 a05003 050003 0000f3',
    '0000 0a00 8001 0000 8004 00ec 0000 0a00',
  ],
  [
    'V9, a stop',
    { blocks: [block(RED, [run([0, 0, 10, 0])], true), block(RED, [run([20, 0])])] },
    '000003 050003 0000c3 050003 0000f3',
    '0000 0a00 8001 0000 8004 0a00 0000',
  ],
  ['V10, a satin', planOf(run([0, 0, 2, 40, 4, 0, 6, 40, 8, 0])), '000003 525103 a2a103 525103 a2a103 0000f3', '0000 02d8 0228 02d8 0228'],
  ['V11, halves of a step to even', planOf(run([0, 0, 10.5, 0.5, 11.5, 1.5])), '000003 050003 824103 0000f3', '0000 0a00 02fe'],
];

describe('known bytes', () => {
  test.each(VECTORS)('%s is written to DST as machines read it', (_, plan, dst) => {
    expect(dstBody(plan)).toBe(spaced(dst));
  });

  test.each(VECTORS)('%s is written to EXP as machines read it', (_, plan, _dst, exp) => {
    expect(hex(writeExp(plan, START))).toBe(spaced(exp));
  });

  test.each([
    ['dst', `${'20'.repeat(512)}000003 050003 020a87 050003 0000f3`],
    ['exp', '0000 0a00 8004 3200 0a00'],
  ])('V12, a jump before a stitch, is read from %s as a carried way', (ending, bytes) => {
    const { plan } = readStitches(Buffer.from(spaced(bytes), 'hex'), `v12.${ending}`);
    expect(shapeOf(plan)).toEqual(shapeOf(planOf(run([0, 0, 10, 0]), run([70, 0], 'jump'))));
  });

  test('a DST file starts with a jump of no length unless told otherwise', () => {
    const file = writeDst(planOf(run([0, 0, 10, 0])), START);
    expect(hex(file.subarray(512))).toBe(spaced('000083 000003 050003 0000f3'));
  });

  test.each([
    ['V4', planOf(run([0, 0, 121, 121, 0, 0])), '0000 8079 8079 8f87 8f87 ff'],
    ['V7', planOf(run([0, 0, 10, 0]), run([110, 50, 120, 50])), '0000 0a00 a064 a032 0000 0a00 ff'],
  ])('%s is written to PEC as machines read it', (_, plan, expected) => {
    expect(hex(pecStitches(latticeOf(plan, START.origin)))).toBe(spaced(expected));
  });

  test('V7 is written to JEF with three jumps of no length for its trim', () => {
    const file = writeJef(planOf(run([0, 0, 10, 0]), run([110, 50, 120, 50])), START);
    expect(hex(file.subarray(0x74 + 8))).toBe(spaced('0000 0a00 8002 0000 8002 0000 8002 0000 8002 64ce 0000 0a00 8010'));
  });

  test('V6 is written to VP3 as one long move with a trim at the end of its block', () => {
    const file = hex(writeVp3(planOf(run([0, 0]), run([300, 0], 'jump')), START));
    expect(file.endsWith(spaced('0af600 0000 8001 012c 0000 8002 8003 00'))).toBe(true);
  });
});
