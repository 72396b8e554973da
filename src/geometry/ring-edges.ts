import { flattenPath } from './flatten.ts';
import type { Path } from './path.ts';
import { type Rect, rectOf } from './point.ts';

/**
 * The straight edges of closed rings, each from its start (x, y) along the unit vector (dx, dy). The filled side lies to the right of the way,
 * at (-dy, dx), when rings are wound as `unionPaths` winds them.
 */
export type RingEdges = {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly length: Float64Array;
  /** The edges that come before and after on the same ring. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Which of the paths given an edge belongs to, and which ring of them all. */
  readonly owner: Int32Array;
  readonly ring: Int32Array;
};

/** Edges shorter than this have no direction worth a thought, mm. */
const NO_LENGTH_MM = 1e-6;

type Ring = { readonly xs: number[]; readonly ys: number[]; readonly owner: number };

/** The rings of the paths as edges. `flip` walks them backwards: then the unfilled side lies to the right. */
export const ringEdges = (paths: readonly Path[], flip: boolean): RingEdges => {
  const rings = paths.flatMap((path, owner) => ringsOf(path, owner, flip));
  const count = rings.reduce((sum, { xs }) => sum + xs.length, 0);
  const floats = (): Float64Array => new Float64Array(count);
  const ints = (): Int32Array => new Int32Array(count);
  const edges = { count, x: floats(), y: floats(), dx: floats(), dy: floats(), length: floats() };
  const links = { before: ints(), after: ints(), owner: ints(), ring: ints() };
  let at = 0;
  rings.forEach(({ xs, ys, owner }, ring) => {
    const size = xs.length;
    for (let i = 0; i < size; i += 1) {
      const next = i + 1 === size ? 0 : i + 1;
      const [ex, ey] = [(xs[next] ?? 0) - (xs[i] ?? 0), (ys[next] ?? 0) - (ys[i] ?? 0)];
      const length = Math.hypot(ex, ey);
      edges.x[at + i] = xs[i] ?? 0;
      edges.y[at + i] = ys[i] ?? 0;
      edges.dx[at + i] = ex / length;
      edges.dy[at + i] = ey / length;
      edges.length[at + i] = length;
      links.before[at + i] = at + (i === 0 ? size - 1 : i - 1);
      links.after[at + i] = at + next;
      links.owner[at + i] = owner;
      links.ring[at + i] = ring;
    }
    at += size;
  });
  return { ...edges, ...links };
};

const ringsOf = (path: Path, owner: number, flip: boolean): readonly Ring[] =>
  flattenPath(path).flatMap(({ points }): readonly Ring[] => {
    const [xs, ys]: [number[], number[]] = [[], []];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const at = flip ? points.length - 2 - i : i;
      const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
      if (xs.length > 0 && isSame(x, y, xs.at(-1) ?? 0, ys.at(-1) ?? 0)) continue;
      xs.push(x);
      ys.push(y);
    }
    while (xs.length > 1 && isSame(xs[0] ?? 0, ys[0] ?? 0, xs.at(-1) ?? 0, ys.at(-1) ?? 0)) {
      xs.pop();
      ys.pop();
    }
    return xs.length < 3 ? [] : [{ xs, ys, owner }];
  });

const isSame = (ax: number, ay: number, bx: number, by: number): boolean => Math.hypot(ax - bx, ay - by) < NO_LENGTH_MM;

/** Finds edges near a place: a grid of square cells, each with the edges whose boxes touch it. */
export class EdgeGrid {
  readonly #cellMm: number;
  readonly #left: number;
  readonly #top: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #starts: Int32Array;
  readonly #items: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;

  constructor(edges: RingEdges, cellMm: number) {
    const box = boxOf(edges);
    this.#cellMm = Math.max(cellMm, Math.max(box.width, box.height) / MOST_CELLS);
    this.#left = box.x;
    this.#top = box.y;
    this.#columns = Math.floor(box.width / this.#cellMm) + 1;
    this.#rows = Math.floor(box.height / this.#cellMm) + 1;
    this.#starts = new Int32Array(this.#columns * this.#rows + 1);
    this.#stamps = new Int32Array(edges.count);
    this.#eachPlace(edges, (cell) => {
      this.#starts[cell + 1] = (this.#starts[cell + 1] ?? 0) + 1;
    });
    for (let i = 1; i < this.#starts.length; i += 1) this.#starts[i] = (this.#starts[i] ?? 0) + (this.#starts[i - 1] ?? 0);
    this.#items = new Int32Array(this.#starts.at(-1) ?? 0);
    const filled = this.#starts.slice();
    this.#eachPlace(edges, (cell, edge) => {
      const at = filled[cell] ?? 0;
      this.#items[at] = edge;
      filled[cell] = at + 1;
    });
  }

  /** Writes the edges that may come within `reachMm` of a place into `out`; returns how many there are. */
  near(x: number, y: number, reachMm: number, out: Int32Array): number {
    this.#stamp += 1;
    let count = 0;
    const [fromColumn, toColumn] = [this.#column(x - reachMm), this.#column(x + reachMm)];
    const [fromRow, toRow] = [this.#row(y - reachMm), this.#row(y + reachMm)];
    for (let row = fromRow; row <= toRow; row += 1) {
      for (let column = fromColumn; column <= toColumn; column += 1) {
        const cell = row * this.#columns + column;
        const end = this.#starts[cell + 1] ?? 0;
        for (let i = this.#starts[cell] ?? 0; i < end; i += 1) {
          const edge = this.#items[i] ?? 0;
          if (this.#stamps[edge] === this.#stamp) continue;
          this.#stamps[edge] = this.#stamp;
          out[count] = edge;
          count += 1;
        }
      }
    }
    return count;
  }

  #column(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#left) / this.#cellMm)));
  }

  #row(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#top) / this.#cellMm)));
  }

  /** Long edges are walked in steps of one cell, so that a diagonal does not fill the whole grid. */
  #eachPlace(edges: RingEdges, place: (cell: number, edge: number) => void): void {
    for (let edge = 0; edge < edges.count; edge += 1) {
      const [x, y, dx, dy] = [edges.x[edge] ?? 0, edges.y[edge] ?? 0, edges.dx[edge] ?? 0, edges.dy[edge] ?? 0];
      const length = edges.length[edge] ?? 0;
      let last = -1;
      for (let from = 0; from < length; from += this.#cellMm) {
        const to = Math.min(length, from + this.#cellMm);
        const [ax, bx] = order(x + dx * from, x + dx * to);
        const [ay, by] = order(y + dy * from, y + dy * to);
        for (let row = this.#row(ay); row <= this.#row(by); row += 1) {
          for (let column = this.#column(ax); column <= this.#column(bx); column += 1) {
            const cell = row * this.#columns + column;
            if (cell !== last) place(cell, edge);
            last = cell;
          }
        }
      }
    }
  }
}

/** Cells on the longer side at the most. */
const MOST_CELLS = 512;

const order = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a]);

const boxOf = (edges: RingEdges): Rect => boxBetween(edges, 0, edges.count);

const boxBetween = ({ x, y }: RingEdges, from: number, to: number): Rect => {
  if (from >= to) return rectOf(0, 0, 0, 0);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < to; i += 1) {
    left = Math.min(left, x[i] ?? 0);
    right = Math.max(right, x[i] ?? 0);
    top = Math.min(top, y[i] ?? 0);
    bottom = Math.max(bottom, y[i] ?? 0);
  }
  return rectOf(left, top, right - left, bottom - top);
};

/** One ring as a whole; `area` is positive when the ring goes around what lies to its right. */
export type RingFacts = { readonly box: Rect; readonly area: number; readonly perimeter: number };

export const ringsOfEdges = (edges: RingEdges): readonly RingFacts[] => {
  const facts: RingFacts[] = [];
  let from = 0;
  while (from < edges.count) {
    let to = from;
    let [area, perimeter] = [0, 0];
    while (to < edges.count && edges.ring[to] === edges.ring[from]) {
      const [ax, ay] = [(edges.x[to] ?? 0) - (edges.x[from] ?? 0), (edges.y[to] ?? 0) - (edges.y[from] ?? 0)];
      const length = edges.length[to] ?? 0;
      area += (length * (ax * (edges.dy[to] ?? 0) - ay * (edges.dx[to] ?? 0))) / 2;
      perimeter += length;
      to += 1;
    }
    facts.push({ box: boxBetween(edges, from, to), area, perimeter });
    from = to;
  }
  return facts;
};
