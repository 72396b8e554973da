import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  about,
  applyToPoint,
  determinant,
  IDENTITY,
  invert,
  multiply,
  rotation,
  scaling,
  stretch,
  translation,
} from '../../src/geometry/affine.ts';
import { containsRect, inflate, intersectionOf, rectOf, unionOf } from '../../src/geometry/point.ts';
import { mmToPt, mmToPx, pixelsFor, ptToMm, pxToMm, quantizeMm } from '../../src/geometry/units.ts';

const anyPart = fc.double({ min: -10, max: 10, noNaN: true });
const anyAffine = fc.tuple(anyPart, anyPart, anyPart, anyPart, anyPart, anyPart);

describe('affine maps', () => {
  test('the last map given is applied first', () => {
    const map = multiply(translation(10, 0), scaling(2), rotation(90));
    expect(applyToPoint(map, { x: 1, y: 0 })).toEqual({ x: 10, y: 2 });
  });

  test('a map after its inverse leaves points alone', () => {
    fc.assert(
      fc.property(
        anyAffine.filter((map) => Math.abs(determinant(map)) > 0.01),
        anyPart,
        anyPart,
        (map, x, y) => {
          const back = applyToPoint(multiply(invert(map), map), { x, y });
          expect(back.x).toBeCloseTo(x, 5);
          expect(back.y).toBeCloseTo(y, 5);
        },
      ),
    );
  });

  test('multiplying is applying one after the other', () => {
    fc.assert(
      fc.property(anyAffine, anyAffine, anyPart, anyPart, (outer, inner, x, y) => {
        const once = applyToPoint(multiply(outer, inner), { x, y });
        const twice = applyToPoint(outer, applyToPoint(inner, { x, y }));
        expect(once.x).toBeCloseTo(twice.x, 6);
        expect(once.y).toBeCloseTo(twice.y, 6);
      }),
    );
  });

  test('quarter turns are exact and run clockwise on a y-down page', () => {
    expect(applyToPoint(rotation(90), { x: 1, y: 0 })).toEqual({ x: 0, y: 1 });
    expect(rotation(-90)).toEqual(rotation(270));
    expect(multiply(rotation(90), rotation(270)).map((part) => part + 0)).toEqual(IDENTITY);
  });

  test('a map about a centre leaves the centre', () => {
    expect(applyToPoint(about({ x: 3, y: 4 }, scaling(7)), { x: 3, y: 4 })).toEqual({ x: 3, y: 4 });
  });

  test('stretch tells how long the unit vectors become', () => {
    const { x, y } = stretch(multiply(rotation(33), scaling(2, 3)));
    expect([x, y].map((length) => Math.round(length * 1e9) / 1e9)).toEqual([2, 3]);
  });

  test('a flat map has no inverse', () => {
    expect(() => invert(scaling(1, 0))).toThrow('expected an invertible affine');
  });
});

describe('boxes', () => {
  test('boxes unite, meet and hold each other', () => {
    const [a, b] = [rectOf(0, 0, 10, 10), rectOf(5, 5, 10, 10)];
    expect(unionOf(a, b)).toEqual(rectOf(0, 0, 15, 15));
    expect(unionOf(null, b)).toEqual(b);
    expect(intersectionOf(a, b)).toEqual(rectOf(5, 5, 5, 5));
    expect(intersectionOf(a, rectOf(10, 0, 5, 5))).toBeNull();
    expect(containsRect(a, rectOf(1, 1, 9, 9))).toBe(true);
    expect(containsRect(a, rectOf(1, 1, 9.1, 9))).toBe(false);
    expect(containsRect(a, rectOf(1, 1, 9.1, 9), 0.2)).toBe(true);
  });

  test('a box deflated past its middle has no size', () => {
    expect(inflate(rectOf(0, 0, 4, 10), -3)).toMatchObject({ width: 0, height: 4 });
  });
});

describe('units', () => {
  test('an inch is 25.4 mm, 72 points and as many pixels as the resolution says', () => {
    expect(mmToPt(25.4)).toBeCloseTo(72, 12);
    expect(ptToMm(72)).toBeCloseTo(25.4, 12);
    expect(mmToPx(25.4, 300)).toBeCloseTo(300, 12);
    expect(pxToMm(300, 300)).toBeCloseTo(25.4, 12);
    expect([pixelsFor(381, 300), pixelsFor(0.0001, 300)]).toEqual([4500, 1]);
  });

  test('thousandths of a millimetre have no negative zero', () => {
    expect(Object.is(quantizeMm(-0.0001), 0)).toBe(true);
    expect(quantizeMm(1.23456)).toBe(1.235);
  });
});
