import fc from 'fast-check';
import { type Path, PathBuilder } from '../../src/geometry/path.ts';

/** Millimetres on the 0.001 lattice within a placement-sized sheet. */
export const anyMm = fc.integer({ min: -300_000, max: 300_000 }).map((thousandths) => thousandths / 1000);

const step = fc.oneof(
  fc.tuple(anyMm, anyMm).map((to) => ({ kind: 'line' as const, to })),
  fc.tuple(anyMm, anyMm, anyMm, anyMm, anyMm, anyMm).map((to) => ({ kind: 'cubic' as const, to })),
);

const subPath = fc.record({ start: fc.tuple(anyMm, anyMm), steps: fc.array(step, { minLength: 1, maxLength: 6 }), closed: fc.boolean() });

export const anyPath: fc.Arbitrary<Path> = fc.array(subPath, { maxLength: 3 }).map((parts) => {
  const out = new PathBuilder();
  for (const { start, steps, closed } of parts) {
    out.moveTo(...start);
    for (const { kind, to } of steps) {
      if (kind === 'line') out.lineTo(...to);
      else out.cubicTo(...to);
    }
    if (closed) out.close();
  }
  return out.finish();
});

/** A convex polygon of 3 to 12 corners on an ellipse. */
export const anyConvex: fc.Arbitrary<Path> = fc
  .record({
    angles: fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 12 }),
    rx: fc.integer({ min: 5, max: 100 }),
    ry: fc.integer({ min: 5, max: 100 }),
    reversed: fc.boolean(),
  })
  .map(({ angles, rx, ry, reversed }) => {
    const out = new PathBuilder();
    const turns = angles.toSorted((a, b) => (reversed ? b - a : a - b)).map((angle) => (angle * Math.PI) / 180);
    turns.forEach((turn, i) => {
      if (i === 0) out.moveTo(rx * Math.cos(turn), ry * Math.sin(turn));
      else out.lineTo(rx * Math.cos(turn), ry * Math.sin(turn));
    });
    return out.close().finish();
  });

/** A polygon of straight edges that may cross itself. */
export const anyPolygon: fc.Arbitrary<Path> = fc.array(fc.tuple(anyMm, anyMm), { minLength: 3, maxLength: 12 }).map((points) => {
  const out = new PathBuilder();
  points.forEach(([x, y], i) => {
    if (i === 0) out.moveTo(x, y);
    else out.lineTo(x, y);
  });
  return out.close().finish();
});
