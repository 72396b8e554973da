import { expect, test } from 'vitest';
import { rotation } from '../../../src/geometry/affine.ts';
import { rectPath, transformPath } from '../../../src/geometry/path.ts';
import { angleBetween, fillAngle } from '../../../src/stitch/fill/fill-angle.ts';
import { disc } from './fill-shapes.ts';

const bar = rectPath({ x: 5, y: 5, width: 60, height: 10 });

test('rows lie across the longer side of a shape', () => {
  expect(fillAngle(bar, [])).toBe(90);
  for (const turn of [10, 35, 80, 130])
    expect(angleBetween(fillAngle(transformPath(bar, rotation(turn)), []), 90 + turn)).toBeLessThan(0.1);
});

test('a round shape has rows on the slant', () => {
  expect(fillAngle(disc(30, 30, 30), [])).toBe(45);
});

test('rows keep 30 degrees from those of neighbours while these leave room', () => {
  for (const taken of [[90], [90, 60], [90, 120], [0, 90], [90, 60, 120]]) {
    const angle = fillAngle(bar, taken);
    for (const other of taken) expect(angleBetween(angle, other)).toBeGreaterThanOrEqual(30);
  }
});

test('among neighbours in all directions rows go as far from each as can be', () => {
  const taken = [0, 30, 45, 60, 90, 120, 135, 150, 15, 165, 75];
  const angle = fillAngle(bar, taken);
  expect(Math.min(...taken.map((other) => angleBetween(angle, other)))).toBeCloseTo(15, 6);
});

test('neighbours in all directions still get an angle', () => {
  expect(Number.isFinite(fillAngle(bar, [0, 20, 40, 60, 80, 100, 120, 140, 160]))).toBe(true);
});
