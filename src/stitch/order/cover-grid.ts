import { type Point, type Rect, unionOf } from '../../geometry/point.ts';
import type { RunLine, SewPart } from '../region.ts';
import { pointAt, ringsOfPart } from './part-shape.ts';
import { type GridFrame, scanRings } from './scan-rings.ts';

const CELL_MM = 0.25;
/** Large pieces get a coarser grid. */
const MOST_CELLS = 1_000_000;

/** Which places will be covered by parts still to be sewn: what goes there now will not be seen. */
export class CoverGrid {
  readonly frame: GridFrame;
  /** How many of the parts to come cover each cell, row by row. */
  readonly cover: Uint16Array;
  /** 1 where any part covers the cell, sewn or not. */
  readonly land: Uint8Array;
  readonly #cells: readonly Int32Array[];
  readonly #sets: (ReadonlySet<number> | undefined)[] = [];

  constructor(parts: readonly SewPart[], mostCells = MOST_CELLS) {
    this.frame = frameOf(parts, mostCells);
    this.cover = new Uint16Array(this.frame.columns * this.frame.rows);
    this.#cells = parts.map((part) => this.#rasterise(part));
    for (const cells of this.#cells) for (const cell of cells) this.cover[cell] = (this.cover[cell] ?? 0) + 1;
    this.land = new Uint8Array(this.cover.length);
    for (let cell = 0; cell < this.land.length; cell += 1) if (this.cover[cell] !== 0) this.land[cell] = 1;
  }

  cellsOf(part: number): Int32Array {
    return this.#cells[part] ?? new Int32Array(0);
  }

  /** Whether the part covers the cell. */
  covers(part: number, cell: number): boolean {
    let cells = this.#sets[part];
    if (!cells) {
      cells = new Set(this.cellsOf(part));
      this.#sets[part] = cells;
    }
    return cells.has(cell);
  }

  /** Takes a part away: it is sewn, and covers no longer what comes. */
  remove(part: number): void {
    for (const cell of this.cellsOf(part)) this.cover[cell] = (this.cover[cell] ?? 1) - 1;
  }

  restore(part: number): void {
    for (const cell of this.cellsOf(part)) this.cover[cell] = (this.cover[cell] ?? 0) + 1;
  }

  /** The cell a place lies in, or -1. */
  cellAt({ x, y }: Point): number {
    const { x0, y0, step, columns, rows } = this.frame;
    const [column, row] = [Math.floor((x - x0) / step), Math.floor((y - y0) / step)];
    return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
  }

  isCovered(point: Point): boolean {
    return (this.cover[this.cellAt(point)] ?? 0) > 0;
  }

  /** Whether parts, sewn or not, lie all along the straight line between two places. */
  isLandBetween(from: Point, to: Point): boolean {
    const samples = Math.max(4, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / this.frame.step) * 2);
    for (let k = 1; k < samples; k += 1) {
      const cell = this.cellAt({ x: from.x + ((to.x - from.x) * k) / samples, y: from.y + ((to.y - from.y) * k) / samples });
      if (this.land[cell] !== 1) return false;
    }
    return true;
  }

  /** Whether parts, sewn or not, cover a place and all about it. */
  isInland(point: Point): boolean {
    const cell = this.cellAt(point);
    if (cell < 0) return false;
    for (let row = -1; row <= 1; row += 1) {
      const middle = cell + row * this.frame.columns;
      if (this.land[middle - 1] !== 1 || this.land[middle] !== 1 || this.land[middle + 1] !== 1) return false;
    }
    return true;
  }

  middleOf(cell: number): Point {
    const { x0, y0, step, columns } = this.frame;
    return { x: x0 + ((cell % columns) + 0.5) * step, y: y0 + (Math.floor(cell / columns) + 0.5) * step };
  }

  /** The covered cell nearest to the point within `reachMm`, or -1. */
  nearestCovered(point: Point, reachMm: number): number {
    const { x0, y0, step, columns, rows } = this.frame;
    const reach = Math.ceil(reachMm / step);
    const [middle, line] = [Math.floor((point.x - x0) / step), Math.floor((point.y - y0) / step)];
    let [best, bestMm] = [-1, reachMm];
    for (let row = Math.max(0, line - reach); row <= Math.min(rows - 1, line + reach); row += 1) {
      for (let column = Math.max(0, middle - reach); column <= Math.min(columns - 1, middle + reach); column += 1) {
        if ((this.cover[row * columns + column] ?? 0) === 0) continue;
        const mm = Math.hypot(x0 + (column + 0.5) * step - point.x, y0 + (row + 0.5) * step - point.y);
        if (mm < bestMm) [best, bestMm] = [row * columns + column, mm];
      }
    }
    return best;
  }

  #rasterise(part: SewPart): Int32Array {
    const { columns } = this.frame;
    if (part.kind === 'run') return Int32Array.from(new Set(threadsOf(part).flatMap((points) => [...this.#alongLine(points)])));
    let [cells, count] = [new Int32Array(1024), 0];
    scanRings(ringsOfPart(part), this.frame, (row, from, to) => {
      if (count + to - from > cells.length) {
        const more = new Int32Array(2 * (count + to - from));
        more.set(cells);
        cells = more;
      }
      for (let column = from; column < to; column += 1, count += 1) cells[count] = row * columns + column;
    });
    return cells.slice(0, count);
  }

  #alongLine(points: Float64Array): Set<number> {
    const cells = new Set<number>();
    const { step } = this.frame;
    for (let i = 0; i + 1 < points.length / 2; i += 1) {
      const [a, b] = [pointAt(points, i), pointAt(points, i + 1)];
      const samples = Math.max(1, Math.ceil((Math.hypot(b.x - a.x, b.y - a.y) / step) * 2));
      for (let k = 0; k <= samples; k += 1) {
        const cell = this.cellAt({ x: a.x + ((b.x - a.x) * k) / samples, y: a.y + ((b.y - a.y) * k) / samples });
        if (cell >= 0) cells.add(cell);
      }
    }
    return cells;
  }
}

/** The lines along which thread lies. */
const threadsOf = ({ points, sides }: RunLine): readonly Float64Array[] =>
  sides ? [points, points.map((place, i) => place + (sides[i] ?? 0)), points.map((place, i) => place - (sides[i] ?? 0))] : [points];

const boxOfPoints = (points: Float64Array): Rect | null => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    left = Math.min(left, points[i] ?? 0);
    right = Math.max(right, points[i] ?? 0);
    top = Math.min(top, points[i + 1] ?? 0);
    bottom = Math.max(bottom, points[i + 1] ?? 0);
  }
  return right < left ? null : { x: left, y: top, width: right - left, height: bottom - top };
};

const frameOf = (parts: readonly SewPart[], mostCells: number): GridFrame => {
  const lines = parts.flatMap((part) => (part.kind === 'run' ? [part.points] : [...ringsOfPart(part)]));
  const box = lines.reduce<Rect | null>((sum, points) => unionOf(sum, boxOfPoints(points)), null) ?? { x: 0, y: 0, width: 0, height: 0 };
  const step = Math.max(CELL_MM, Math.sqrt((box.width * box.height) / mostCells));
  const frame = { x0: box.x - step, y0: box.y - step, step };
  return { ...frame, columns: Math.ceil(box.width / step) + 3, rows: Math.ceil(box.height / step) + 3 };
};
