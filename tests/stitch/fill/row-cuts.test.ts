import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutsOfRow } from '../../../src/stitch/fill/row-cuts.ts';

test('no stitch of a row is shorter than a quarter of the wanted length nor much longer than it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -200, max: 200, noNaN: true }),
      fc.double({ min: 1, max: 300, noNaN: true }),
      fc.nat(500),
      (from, long, line) => {
        const places = [from, ...cutsOfRow(from, from + long, line, 4), from + long];
        for (let i = 1; i < places.length; i += 1) {
          const stitch = (places[i] ?? 0) - (places[i - 1] ?? 0);
          expect(stitch).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(stitch).toBeLessThanOrEqual(4.5 + 1e-9);
        }
      },
    ),
  );
});

test('holes of neighbouring rows lie apart', () => {
  const [one, other] = [cutsOfRow(0, 100, 0, 4), cutsOfRow(0, 100, 1, 4)];
  const nearest = Math.min(...one.slice(2, -2).map((u) => Math.min(...other.slice(2, -2).map((v) => Math.abs(u - v)))));
  expect(nearest).toBeGreaterThan(1.5);
});
