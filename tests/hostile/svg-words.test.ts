import { describe, expect, it } from 'vitest';
import { readSvg } from '../../src/intake/read-svg.ts';
import { isProblem } from '../../src/model/problem.ts';
import { SVG_CASES } from '../intake/svg-cases.ts';

const WORDS = [
  '1e309',
  '-1',
  'NaN',
  'url(#k)',
  'none',
  '0',
  '1e-30',
  '100%',
  'matrix(0 0 0 0 0 0)',
  '9999999',
  '9e6 9e6',
  'scale(1e6 1e-6)',
  '1e6',
];

describe('a wrong word in any attribute', () => {
  it.each(Object.entries(SVG_CASES))('of %s is read or refused with a Problem', async (_, text) => {
    let count = 0;
    for (const hit of text.matchAll(/="([^"]{0,60})"/g)) {
      for (const word of WORDS) {
        const changed = `${text.slice(0, hit.index)}="${word}"${text.slice(hit.index + hit[0].length)}`;
        const outcome = await readSvg(Buffer.from(changed)).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(isProblem(outcome), `${word} for ${hit[0]}: ${outcome.message}`).toBe(true);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(WORDS.length);
  });
});
