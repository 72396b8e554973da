import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../src/intake/sniff.ts';
import { looksLikeDst, looksLikeExp, looksLikeJef, looksLikeXxx } from '../../src/model/machine-file-shape.ts';
import { STITCH_FORMATS, stitchFormatOf } from '../../src/stitch/formats/formats.ts';
import type { StitchPlan } from '../../src/stitch/plan.ts';
import { SAMPLE } from '../stitch/formats/sample-plans.ts';
import { threeColourPatch } from '../support/sample-plans.ts';

const bytesAs = (id: string, plan: StitchPlan): Uint8Array => stitchFormatOf(id)?.write(plan, { name: 'Logo' }) ?? new Uint8Array();
/** Small, and far larger than the head of a file. */
const PLANS = [SAMPLE, threeColourPatch()];
const HEAD = 4096;
const SHAPES = { dst: looksLikeDst, jef: looksLikeJef, xxx: looksLikeXxx, exp: looksLikeExp } as const;

describe('what machine files look like', () => {
  it('is known from the first 4 kB of every format but EXP', () => {
    for (const plan of PLANS) {
      for (const { id } of STITCH_FORMATS.filter((format) => format.id !== 'json' && format.id !== 'exp'))
        expect(sniff(bytesAs(id, plan).subarray(0, HEAD)), id).toBe('stitches');
      expect(sniff(bytesAs('exp', plan).subarray(0, HEAD))).toBeNull();
    }
  });

  it.each(['dst', 'jef', 'xxx', 'exp'] as const)('tells %s from the other formats', (id) => {
    for (const plan of PLANS) {
      for (const other of STITCH_FORMATS.filter((format) => format.id !== 'json'))
        if (other.id === id || id !== 'exp')
          expect([other.id, SHAPES[id](bytesAs(other.id, plan).subarray(0, HEAD))]).toEqual([other.id, other.id === id]);
    }
  });

  it('is not that of words, pages, archives and empty files', () => {
    const texts = [
      '',
      'LA:',
      'LA: weather in Los Angeles',
      `LA:${' '.repeat(600)}`,
      `LA:x\rST:  1\r${' '.repeat(900)}`,
      'plain words',
      '<html></html>',
    ];
    const files = [
      ...texts.map((text) => new Uint8Array(Buffer.from(text, 'latin1'))),
      new Uint8Array(5000),
      new Uint8Array(5000).fill(255),
    ];
    for (const bytes of files) {
      expect(sniff(bytes)).not.toBe('stitches');
      for (const looks of [looksLikeDst, looksLikeJef, looksLikeXxx]) expect(looks(bytes)).toBe(false);
    }
    for (const text of texts) expect(looksLikeExp(new Uint8Array(Buffer.from(text, 'latin1')))).toBe(false);
  });

  it('is not that of noise, and looking never throws', () => {
    let state = 7;
    const noise = (): Uint8Array =>
      new Uint8Array(4096).map(() => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state >>> 24;
      });
    for (let i = 0; i < 200; i += 1) {
      const bytes = noise();
      for (const id of ['dst', 'jef', 'xxx', 'exp'] as const) expect([id, SHAPES[id](bytes)]).toEqual([id, false]);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => Object.values(SHAPES).every((looks) => typeof looks(bytes) === 'boolean')),
      { seed: 7 },
    );
  });

  it('holds for heads cut anywhere', () => {
    const bytes = bytesAs('exp', threeColourPatch());
    for (let length = 8; length < 400; length += 1) expect(looksLikeExp(bytes.subarray(0, length)), `${length}`).toBe(true);
  });
});
