import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { type Plane, planeOf } from './plane.ts';

/** Sample rows in a pixel; across, coverage is exact. */
const ROWS = 4;

/** How much of each pixel the path fills (nonzero), 0..1; the path is in pixels of the plane. */
export const fillPlane = (path: Path, width: number, height: number): Plane => {
  const out = planeOf(width, height);
  const lines = flattenPath(path, 0.1);
  const crossings: { x: number; way: number }[] = [];
  for (let row = 0; row < height * ROWS; row += 1) {
    const y = (row + 0.5) / ROWS;
    crossings.length = 0;
    for (const { points } of lines) {
      let [ax, ay] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [bx, by] = [points[i] ?? 0, points[i + 1] ?? 0];
        if (ay <= y !== by <= y) crossings.push({ x: ax + ((y - ay) / (by - ay)) * (bx - ax), way: by > ay ? 1 : -1 });
        [ax, ay] = [bx, by];
      }
    }
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach(({ x, way }, i) => {
      winding += way;
      const end = crossings[i + 1]?.x;
      if (winding !== 0 && end !== undefined) addSpan(out, Math.floor(row / ROWS), x, end);
    });
  }
  return out;
};

const addSpan = ({ width, values }: Plane, y: number, from: number, to: number): void => {
  const [start, end] = [Math.max(0, from), Math.min(width, to)];
  for (let x = Math.floor(start); x < end; x += 1) {
    const i = y * width + x;
    values[i] = Math.min(1, (values[i] ?? 0) + (Math.min(end, x + 1) - Math.max(start, x)) / ROWS);
  }
};
