import { describe, expect, test } from 'vitest';
import { boundsOfPath, EMPTY_PATH, transformPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { areaOfPath } from '../../../src/geometry/polygons.ts';
import { ellipsePath, linePath, starPath } from '../../../src/geometry/shapes.ts';
import { type NestPiece, nestPieces } from '../../../src/render/vector/nest-pieces.ts';

const PIECES: readonly NestPiece[] = Array.from({ length: 24 }, (_, i) => {
  const box = rectOf(100 - 40 * i, 17 * i, 20 + ((i * 31) % 60), 15 + ((i * 17) % 90));
  return { id: `p${i}`, path: i % 2 === 0 ? ellipsePath(box) : starPath(box, 5, 0.5) };
});

describe('nestPieces', () => {
  test.each([true, false])('brings every piece onto the roll, apart from the others (turned: %s)', (rotate) => {
    const nest = nestPieces(PIECES, { rollWidthMm: 200, gapMm: 4, rotate });
    expect(nest.placed.map(({ id }) => id).sort()).toEqual(PIECES.map(({ id }) => id).sort());
    const boxes = nest.placed.map(({ id, at }) => boundsOfPath(transformPath(PIECES.find((one) => one.id === id)?.path ?? EMPTY_PATH, at)));
    boxes.forEach((a, i) => {
      if (!a) throw new Error('a placed piece has an outline');
      expect(Math.min(a.x, a.y)).toBeGreaterThan(-1e-6);
      expect(a.x + a.width).toBeLessThan(200 + 1e-6);
      expect(a.y + a.height).toBeLessThan(nest.heightMm + 1e-6);
      for (const b of boxes.slice(i + 1)) {
        const apart = b ? Math.max(b.x - a.x - a.width, a.x - b.x - b.width, b.y - a.y - a.height, a.y - b.y - b.height) : 0;
        expect(apart).toBeGreaterThan(4 - 1e-6);
      }
    });
    expect(nest.utilisation).toBeGreaterThan(0.75);
  });

  test('turns pieces without changing their shape or side', () => {
    const wide: NestPiece = { id: 'wide', path: starPath(rectOf(5, 5, 90, 30), 5, 0.4) };
    const { placed, heightMm } = nestPieces([wide], { rollWidthMm: 40, gapMm: 2, rotate: true });
    const [{ at } = { at: [1, 0, 0, 1, 0, 0] as const }] = placed;
    expect(at[0] * at[3] - at[1] * at[2]).toBe(1);
    expect(areaOfPath(transformPath(wide.path, at))).toBeCloseTo(areaOfPath(wide.path), 3);
    expect(heightMm).toBeGreaterThan(80);
  });

  test('names what the roll cannot take, and leaves out what is nothing', () => {
    const pieces = [
      { id: 'line', path: linePath({ x: 0, y: 0 }, { x: 30, y: 0 }) },
      { id: 'nothing', path: EMPTY_PATH },
      { id: 'huge', path: ellipsePath(rectOf(0, 0, 500, 300)) },
    ];
    const nest = nestPieces(pieces, { rollWidthMm: 200, gapMm: 2, rotate: true });
    expect([nest.placed.map(({ id }) => id), nest.tooLarge]).toEqual([['line'], ['huge']]);
    expect(nestPieces([], { rollWidthMm: 200, gapMm: 2, rotate: true })).toEqual({ placed: [], heightMm: 0, utilisation: 0, tooLarge: [] });
  });
});
