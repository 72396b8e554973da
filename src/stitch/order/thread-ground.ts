import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { inflate, type Rect } from '../../geometry/point.ts';
import type { SewPart } from '../region.ts';
import { scanRings } from './scan-rings.ts';

/** Where thread lies already. `probeMm`: how far beside an edge one has to ask so that the answer does not hang on rounding. */
export type ThreadGround = { readonly probeMm: number; readonly has: (x: number, y: number) => boolean };

const CELL_MM = 0.08;
/** Large pieces get coarser cells. */
const MOST_CELLS = 1_000_000;
const MARGIN_MM = 1;
const BESIDE_MM = 0.1;

/** The ground that a path makes within a box and a millimetre about it. */
export const groundOf = (path: Path, box: Rect): ThreadGround => {
  const { x, y, width, height } = inflate(box, MARGIN_MM);
  const step = Math.max(CELL_MM, Math.sqrt((width * height) / MOST_CELLS));
  const frame = { x0: x, y0: y, step, columns: Math.ceil(width / step), rows: Math.ceil(height / step) };
  const cells = new Uint8Array(frame.columns * frame.rows);
  const rings = flattenPath(path, 0.02).map(({ points }) => points);
  scanRings(rings, frame, (row, from, to) => cells.fill(1, row * frame.columns + from, row * frame.columns + to));
  const has = (px: number, py: number): boolean => {
    const [column, row] = [Math.floor((px - x) / step), Math.floor((py - y) / step)];
    return column >= 0 && row >= 0 && column < frame.columns && row < frame.rows && cells[row * frame.columns + column] === 1;
  };
  return { probeMm: BESIDE_MM + step / 2, has };
};

/** The box of all columns among the parts; empty without any. */
export const boxOfColumns = (parts: readonly SewPart[]): Rect => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) {
    if (part.kind !== 'satin') continue;
    for (const rail of [part.left, part.right]) {
      for (let i = 0; i + 1 < rail.length; i += 2) {
        left = Math.min(left, rail[i] ?? 0);
        right = Math.max(right, rail[i] ?? 0);
        top = Math.min(top, rail[i + 1] ?? 0);
        bottom = Math.max(bottom, rail[i + 1] ?? 0);
      }
    }
  }
  return right < left ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
};
