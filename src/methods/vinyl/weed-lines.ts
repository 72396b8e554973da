import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { linePath } from '../../geometry/shapes.ts';

/** Weed lines end this far from the art, and shorter ones are not worth a cut, mm. */
const CLEAR_MM = 1.5;
const SHORTEST_MM = 2;

/** Level cuts across the waste of a weed box, clear of the art, so that it comes off in strips; none for a distance of 0. */
export const weedLines = (art: Path, { x, y, width, height }: Rect, everyMm: number): readonly Path[] => {
  if (everyMm === 0) return [];
  const grown = offsetPath(art, CLEAR_MM);
  const count = Math.ceil(height / everyMm) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => y + ((i + 1) * height) / (count + 1)).flatMap((level) =>
    gaps([x, ...crossings(grown, level), x + width])
      .filter(([from, to]) => to - from >= SHORTEST_MM)
      .map(([from, to]) => linePath({ x: from, y: level }, { x: to, y: level })),
  );
};

/** Where the outlines cross a level, from the left; always an even number. */
const crossings = (path: Path, level: number): readonly number[] =>
  flattenPath(path)
    .flatMap(({ points }) => {
      const found: number[] = [];
      let [px, py] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [qx, qy] = [points[i] ?? 0, points[i + 1] ?? 0];
        if (py > level !== qy > level) found.push(px + ((level - py) / (qy - py)) * (qx - px));
        [px, py] = [qx, qy];
      }
      return found;
    })
    .sort((a, b) => a - b);

const gaps = (ends: readonly number[]): readonly (readonly [from: number, to: number])[] =>
  ends.flatMap((from, i) => (i % 2 === 0 ? [[from, ends[i + 1] ?? from] as const] : []));
