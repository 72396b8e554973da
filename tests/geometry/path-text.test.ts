import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOfPath, type Path, PathBuilder } from '../../src/geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../../src/geometry/path-text.ts';
import { anyPath } from './arbitrary-path.ts';

const again = (d: string): string => pathToSvg(pathFromSvg(d));

describe('writing', () => {
  test('numbers are rounded to thousandths and carry no trailing zeros', () => {
    const path = new PathBuilder().moveTo(1.5, -0.0004).lineTo(0.12345, -2).lineTo(-0.5, 1e6).close().finish();
    expect(pathToSvg(path)).toBe('M1.5 0L0.123 -2L-0.5 1000000Z');
  });

  test('an empty path is empty text, and back', () => {
    expect(pathToSvg(new PathBuilder().finish())).toBe('');
    expect(pathFromSvg(' \n').verbs).toHaveLength(0);
  });

  test('a coordinate that is not finite is refused', () => {
    expect(() => pathToSvg(new PathBuilder().moveTo(Number.NaN, 0).finish())).toThrow(RangeError);
  });

  test('any path comes back within half a thousandth, and its text comes back to the letter', () => {
    fc.assert(
      fc.property(anyPath, fc.double({ min: -1, max: 1, noNaN: true }), (path, shift) => {
        const moved: Path = { verbs: path.verbs, coords: path.coords.map((value) => value + shift) };
        const text = pathToSvg(moved);
        const back = pathFromSvg(text);
        expect(back.verbs).toEqual(moved.verbs);
        back.coords.forEach((value, i) => {
          expect(Math.abs(value - (moved.coords[i] ?? Number.NaN))).toBeLessThan(0.000501);
        });
        expect(pathToSvg(back)).toBe(text);
      }),
    );
  });
});

describe('reading', () => {
  test.each([
    ['relative lines', 'm10 20l5-5h3v4H1V2z', 'M10 20L15 15L18 15L18 19L1 19L1 2Z'],
    ['arguments after M as lines', 'M1 2 3 4 5 6m1 1 2 2', 'M1 2L3 4L5 6M6 7L8 9'],
    ['numbers run together', 'M.5.5-1-1L1e1.5', 'M0.5 0.5L-1 -1L10 0.5'],
    ['exponents and signs', 'M+1e-1,-2E+1', 'M0.1 -20'],
    ['smooth cubics mirror the last control', 'M0 0C0 5 5 5 5 0S10-5 10 0', 'M0 0C0 5 5 5 5 0C5 -5 10 -5 10 0'],
    ['smooth cubics after a line start at the point', 'M0 0L5 0S10-5 10 0', 'M0 0L5 0C5 0 10 -5 10 0'],
    ['quadratics raised to cubics', 'M0 0Q3 6 6 0', 'M0 0C2 4 4 4 6 0'],
    ['smooth quadratics mirror the last control', 'M0 0q3 6 6 0t6 0', 'M0 0C2 4 4 4 6 0C8 -4 10 -4 12 0'],
    ['a draw after Z begins at the old start', 'M1 1h4v4zl2 2', 'M1 1L5 1L5 5ZM1 1L3 3'],
    ['a relative move after Z counts from the old start', 'M1 1h4v4zm2 2h1', 'M1 1L5 1L5 5ZM3 3L4 3'],
    ['a second Z as nothing', 'M1 1h4zz', 'M1 1L5 1Z'],
    ['arcs without a radius as lines', 'M0 0A0 5 0 0 1 10 10', 'M0 0L10 10'],
    ['arcs that go nowhere as nothing', 'M1 1A5 5 0 1 1 1 1L2 2', 'M1 1L2 2'],
  ])('%s', (_, d, expected) => {
    expect(again(d)).toBe(expected);
  });

  test('arc flags may stand against each other and their neighbours', () => {
    expect(again('M0 0a5 5 0 0110 0')).toBe(again('M0 0 A 5, 5, 0, 0, 1, 10, 0'));
    expect(again('M0 0a5 5 0 11.5.5 5 5 0 0010 0')).toBe(again('M0 0a5 5 0 1 1 .5 .5a5 5 0 0 0 10 0'));
  });

  test('a half circle ends where it says and stays on the circle', () => {
    const box = boundsOfPath(pathFromSvg('M0 0A5 5 0 0 1 10 0'));
    expect(box?.y).toBeCloseTo(-5, 2);
    expect(box?.height).toBeCloseTo(5, 2);
    expect(boundsOfPath(pathFromSvg('M0 0A5 5 0 0 0 10 0'))?.y).toBeCloseTo(0, 9);
  });

  test('radii too small for their ends grow until they reach', () => {
    expect(again('M0 0A1 1 0 0 1 10 0')).toBe(again('M0 0A5 5 0 0 1 10 0'));
  });

  test('an arc goes the long way around when asked', () => {
    const box = boundsOfPath(pathFromSvg('M10 0A10 10 0 1 1 0 10'));
    expect(box?.width).toBeCloseTo(20, 2);
  });

  test.each([
    ['10 10', 'a path command at offset 0'],
    ['L1 1', 'begin with M'],
    ['M1', 'a number at offset 2'],
    ['M1 1,', 'a number at offset 5'],
    ['M,1 1', 'a number at offset 1'],
    ['M1,,1', 'a number at offset 3'],
    ['M1 1X', 'a path command at offset 4'],
    ['M1 1Z5', 'a path command at offset 5'],
    ['M1 1L5 5 6', 'a number at offset 10'],
    ['M1 1A5 5 0 2 0 1 1', 'an arc flag, 0 or 1, at offset 11'],
    ['M1e999 1', 'a finite number at offset 1'],
    ['M1 1L- 1', 'a number at offset 5'],
    ['M1 1toString', 'a number at offset 5'],
    ['constructor', 'begin with M'],
  ])('%s is refused with the place and what was expected', (d, expected) => {
    expect(() => pathFromSvg(d)).toThrow(RangeError);
    expect(() => pathFromSvg(d)).toThrow(expected);
  });

  test('numbers that overflow together are refused', () => {
    expect(() => pathFromSvg('M1e308 0l1e308 0')).toThrow('expected finite coordinates');
    expect(() => pathFromSvg('M0 0A1e308 1e300 0 0 1 1e5 1e5')).toThrow(RangeError);
  });

  test('any text either reads as a finite path or throws RangeError', () => {
    const letters = fc.array(fc.constantFrom(...'MmLlHhVvCcSsQqTtAaZz0123456789.-+eE, \n#'), { maxLength: 40 });
    fc.assert(
      fc.property(letters, (chars) => {
        try {
          const path = pathFromSvg(`M0 0${chars.join('')}`);
          expect(path.coords.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
