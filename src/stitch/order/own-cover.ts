import { ROLE } from '../plan.ts';

/** Stitches are kept in squares so wide, mm. */
const SQUARE_MM = 1.5;
/** How closely ways are looked at, mm. */
const LOOK_MM = 0.2;
/** The edges of a thread lie so far from its middle, mm; hidden where the middle of other thread comes so near. */
const EDGE_MM = 0.2;
const COVERED_MM = 0.24;
const HALF = 16_384;

const ASIDE = [
  [0, 0],
  [EDGE_MM, 0],
  [-EDGE_MM, 0],
  [0, EDGE_MM],
  [0, -EDGE_MM],
] as const;

/** Where the satin and the rows of a run lie, for what is sewn beneath them. */
export class OwnCover {
  readonly #points: readonly number[];
  readonly #squares = new Map<number, number[]>();

  constructor(points: readonly number[], roles: readonly number[]) {
    this.#points = [...points];
    for (let k = 1; k < roles.length; k += 1) if (roles[k] === ROLE.top || roles[k] === ROLE.satin) this.#keep(k);
  }

  /** Whether stitches after number `from` lie over the whole width of a thread from place to place of a way. */
  hides(way: readonly number[], from: number): boolean {
    for (let i = 2; i + 1 < way.length; i += 2) {
      const [ax, ay, bx, by] = [way[i - 2] ?? 0, way[i - 1] ?? 0, way[i] ?? 0, way[i + 1] ?? 0];
      const count = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / LOOK_MM));
      for (let k = 0; k <= count; k += 1) {
        const [x, y] = [ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count];
        for (const [dx, dy] of ASIDE) if (!this.#isUnder(x + dx, y + dy, from)) return false;
      }
    }
    return true;
  }

  #isUnder(x: number, y: number, from: number): boolean {
    const near = this.#squares.get(keyOf(Math.floor(x / SQUARE_MM), Math.floor(y / SQUARE_MM))) ?? [];
    for (let n = near.length - 1; n >= 0; n -= 1) {
      const k = near[n] ?? 0;
      if (k <= from) return false;
      const at = 2 * k;
      if (
        offLine(x, y, this.#points[at - 2] ?? 0, this.#points[at - 1] ?? 0, this.#points[at] ?? 0, this.#points[at + 1] ?? 0) <= COVERED_MM
      )
        return true;
    }
    return false;
  }

  #keep(k: number): void {
    const [ax = 0, ay = 0, bx = 0, by = 0] = this.#points.slice(2 * k - 2, 2 * k + 2);
    const [left, right] = [squareOf(Math.min(ax, bx) - COVERED_MM), squareOf(Math.max(ax, bx) + COVERED_MM)];
    const [top, bottom] = [squareOf(Math.min(ay, by) - COVERED_MM), squareOf(Math.max(ay, by) + COVERED_MM)];
    for (let row = top; row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) {
        const key = keyOf(column, row);
        const kept = this.#squares.get(key);
        if (kept) kept.push(k);
        else this.#squares.set(key, [k]);
      }
  }
}

const squareOf = (mm: number): number => Math.floor(mm / SQUARE_MM);
const keyOf = (column: number, row: number): number => (row + HALF) * 2 * HALF + column + HALF;

/** How far a place lies from a stitch. */
export const offLine = (x: number, y: number, ax: number, ay: number, bx: number, by: number): number => {
  const [dx, dy, px, py] = [bx - ax, by - ay, x - ax, y - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
  return Math.hypot(px - t * dx, py - t * dy);
};
