import { describe, expect, it } from 'vitest';
import { boundsOfPath, EMPTY_PATH, joinPaths, type Path, rectPath } from '../../../src/geometry/path.ts';
import { inflate, type Rect, rectOf } from '../../../src/geometry/point.ts';
import { offsetPath, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { isOutline } from '../../../src/stitch/order/is-outline.ts';
import { lettersIn } from '../support/letters-of.ts';

const about = (letters: Path, mm: number): Path => subtractPaths(offsetPath(letters, mm), letters);

const boxOf = (path: Path): Rect => boundsOfPath(path) ?? rectOf(0, 0, 0, 0);

describe('an outline about letters', () => {
  it.each(['Oswald', 'Pacifico', 'Playfair Display'])('is told from what they lie on: %s', async (family) => {
    const letters = unionPaths([joinPaths(await lettersIn('Rocket', family, 15))]);
    for (const mm of [0.8, 1.6, 2.5]) expect(isOutline(about(letters, mm), letters), `${mm} mm`).toBe(true);
    expect(isOutline(about(letters, 6), letters)).toBe(false);
    const label = subtractPaths(rectPath(inflate(boxOf(letters), 2)), letters);
    expect(isOutline(label, letters)).toBe(false);
  });

  it('is none where it is wider on one side, or ends', async () => {
    const letters = unionPaths([joinPaths(await lettersIn('HE', 'Oswald', 15))]);
    const { x, y, height } = boxOf(letters);
    const half = subtractPaths(about(letters, 2), rectPath(rectOf(x - 5, y - 5, 8, height + 10)));
    expect(isOutline(half, letters)).toBe(false);
    expect(isOutline(EMPTY_PATH, letters)).toBe(false);
    expect(isOutline(letters, EMPTY_PATH)).toBe(false);
  });
});
