import type { Steps } from '../../model/steps.ts';
import { STEP_ROWS } from './steps.ts';

/** Squared distances in pixels, row-major: 0 outside, then exact up to `reach`; whatever lies deeper has `reach` squared. */
export type InsideDistances = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly reach: number;
  readonly squares: Uint8Array | Uint16Array;
};

/** Squares up to this reach fit into bytes. */
const BYTE_REACH = 15;
/** And up to this one into two. */
const MOST_REACH = 255;

/**
 * Euclidean distance of every covered pixel from the nearest one that is not, centre to centre; what lies around the canvas is not covered.
 * Columns first, then rows, as in every separable transform (Saito and Toriwaki 1994), but bounded: only pixels within `reach` of an edge cost
 * more than a glance, which is what makes whole print canvases cheap.
 * @param alpha - row-major coverage
 * @param cutoff - coverage up to this is not covered, 0 to 254
 * @param reach - whole pixels, 1 to 255; beyond that distances are not told apart
 */
export function* insideDistances(
  alpha: Uint8Array,
  widthPx: number,
  heightPx: number,
  cutoff: number,
  reach: number,
): Steps<InsideDistances> {
  const bound = Math.min(MOST_REACH, Math.max(1, Math.ceil(reach)));
  const size = widthPx * heightPx;
  const squares = bound <= BYTE_REACH ? new Uint8Array(size) : new Uint16Array(size);
  yield* columnDistances(alpha, squares, widthPx, heightPx, cutoff, bound);
  yield* rowDistances(squares, widthPx, heightPx, bound);
  return { widthPx, heightPx, reach: bound, squares };
}

/** Distance along each column to the nearest uncovered pixel, at most `bound`, in place of the squares. */
function* columnDistances(
  alpha: Uint8Array,
  out: Uint8Array | Uint16Array,
  widthPx: number,
  heightPx: number,
  cutoff: number,
  bound: number,
): Steps<void> {
  const above = new Uint8Array(widthPx);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    if (y % STEP_ROWS === 0) yield;
    for (let x = 0; x < widthPx; x += 1, at += 1) {
      const before = above[x] ?? 0;
      const next = (alpha[at] ?? 0) <= cutoff ? 0 : before < bound ? before + 1 : bound;
      above[x] = next;
      out[at] = next;
    }
  }
  above.fill(0);
  for (let y = heightPx - 1; y >= 0; y -= 1) {
    if (y % STEP_ROWS === 0) yield;
    for (let x = 0, at = y * widthPx; x < widthPx; x += 1, at += 1) {
      const up = out[at] ?? 0;
      const down = (above[x] ?? 0) + 1;
      const least = Math.min(down, up);
      above[x] = least;
      out[at] = least;
    }
  }
}

/** From distances along columns to squared distances in the plane, row by row. */
function* rowDistances(planes: Uint8Array | Uint16Array, widthPx: number, heightPx: number, bound: number): Steps<void> {
  // A pixel of nothing on both sides stands for the world around the canvas.
  const row = new Uint8Array(widthPx + 2);
  for (let y = 0; y < heightPx; y += 1) {
    if (y % STEP_ROWS === 0) yield;
    const start = y * widthPx;
    let covered = 0;
    for (let x = 0; x < widthPx; x += 1) {
      const own = planes[start + x] ?? 0;
      row[x + 1] = own;
      covered |= own;
    }
    if (covered !== 0) settleRow(row, planes, start, widthPx, bound);
  }
}

const settleRow = (row: Uint8Array, planes: Uint8Array | Uint16Array, start: number, widthPx: number, bound: number): void => {
  for (let x = 1; x <= widthPx; x += 1) {
    const own = row[x] ?? 0;
    if (own === 0) continue;
    if (own < bound) {
      planes[start + x - 1] = nearest(row, x, own, bound);
      continue;
    }
    let end = x;
    while (end < widthPx && row[end + 1] === bound) end += 1;
    // Only the ends of a run of deep pixels see anything nearer.
    for (let k = x; k <= end; k += 1) {
      if (k - x >= bound && end - k >= bound) {
        planes.fill(bound * bound, start + k - 1, start + end - bound);
        k = end - bound;
      } else planes[start + k - 1] = nearest(row, k, own, bound);
    }
    x = end;
  }
};

const nearest = (row: Uint8Array, x: number, own: number, bound: number): number => {
  let best = own * own;
  for (let step = 1; step <= bound && step * step < best; step += 1) {
    // Beyond the margin there is nothing either.
    const left = row[x - step] ?? 0;
    const right = row[x + step] ?? 0;
    const low = Math.min(left, right);
    const square = low * low + step * step;
    if (square < best) best = square;
  }
  return best;
};
