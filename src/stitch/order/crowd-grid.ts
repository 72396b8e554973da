/** Quarters of a square millimetre; four of them are a square, in four positions half a millimetre apart. */
const PER_MM = 2;
/** Quarters are kept in tiles of so many a side. */
const TILE = 32;
/** Thread is spread over the quarters in steps of this, mm. */
const STEP_MM = 0.1;
/** Designs are smaller than 16 m. */
const HALF = 1024;

/** Machines take needle holes to the nearest of their steps, and with that from one square to the next: half a step, mm. */
const HALF_STEP_MM = 0.05;

type Tile = { readonly holes: Int16Array; readonly stepped: Int16Array; readonly mm: Float32Array };

const HOLES = ({ holes }: Tile, at: number): number => holes[at] ?? 0;
const STEPPED = ({ stepped }: Tile, at: number): number => stepped[at] ?? 0;
const THREAD = ({ mm }: Tile, at: number): number => mm[at] ?? 0;

/**
 * How many needle holes and how much thread lie on each square millimetre, of four positions half a millimetre apart: a crowd on the edge of one
 * square is in the middle of another. Holes are counted where they are planned and where a machine makes them.
 */
export class CrowdGrid {
  readonly #mostHoles: number;
  readonly #tiles = new Map<number, Tile>();
  #lastKey = Number.NaN;
  #last: Tile | null = null;

  constructor(mostHoles: number) {
    this.#mostHoles = mostHoles;
  }

  addRun(points: Float64Array): void {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      this.addHole(x, y, 1);
      if (i > 0) this.addThread(points[i - 2] ?? 0, points[i - 1] ?? 0, x, y, 1);
    }
  }

  /** Counts holes in, or out with -1. */
  addHole(x: number, y: number, by: 1 | -1): void {
    this.#count('holes', x, y, by);
    this.#count('stepped', x + HALF_STEP_MM, y + HALF_STEP_MM, by);
  }

  #count(kind: 'holes' | 'stepped', x: number, y: number, by: 1 | -1): void {
    const [column, row] = [Math.floor(x * PER_MM), Math.floor(y * PER_MM)];
    const at = indexOf(column, row);
    const counts = this.#tile(column, row)[kind];
    counts[at] = (counts[at] ?? 0) + by;
  }

  /** Counts a stitch in, or out with -1. */
  addThread(ax: number, ay: number, bx: number, by: number, sign: 1 | -1): void {
    const long = Math.hypot(bx - ax, by - ay);
    const count = Math.max(1, Math.ceil(long / STEP_MM));
    for (let k = 0; k < count; k += 1) {
      const t = (k + 0.5) / count;
      const [column, row] = [Math.floor((ax + (bx - ax) * t) * PER_MM), Math.floor((ay + (by - ay) * t) * PER_MM)];
      const at = indexOf(column, row);
      const { mm } = this.#tile(column, row);
      mm[at] = (mm[at] ?? 0) + (sign * long) / count;
    }
  }

  /** The most holes on a square that holds the place. */
  holesAt(x: number, y: number): number {
    return Math.max(...this.#holesAbout(x, y));
  }

  /** The most thread on a square that holds the place, mm. */
  threadAt(x: number, y: number): number {
    return Math.max(...this.#squaresAt(x, y, THREAD));
  }

  /** What squares that touch a box hold beyond so much thread: the sum of the squares of what is too much, mm². */
  excessIn(x0: number, y0: number, x1: number, y1: number, mostMm: number): number {
    const [left, right, top, bottom] = [x0, x1, y0, y1].map((v) => Math.floor(v * PER_MM));
    let sum = 0;
    for (let row = (top ?? 0) - 1; row <= (bottom ?? 0); row += 1) {
      let before = this.#pairAt((left ?? 0) - 1, row);
      for (let column = left ?? 0; column <= (right ?? 0) + 1; column += 1) {
        const pair = this.#pairAt(column, row);
        const over = before + pair - mostMm;
        if (over > 0) sum += over * over;
        before = pair;
      }
    }
    return sum;
  }

  /** The thread of a quarter and of the one below it. */
  #pairAt(column: number, row: number): number {
    return THREAD(this.#tile(column, row), indexOf(column, row)) + THREAD(this.#tile(column, row + 1), indexOf(column, row + 1));
  }

  isCrowdedAt(x: number, y: number): boolean {
    return !this.hasRoom(x, y, 0);
  }

  /** Whether a place bears so many holes more. */
  hasRoom(x: number, y: number, more: number): boolean {
    return this.holesAt(x, y) + more <= this.#mostHoles;
  }

  /** What one hole more at a place would cost: on each square that holds it the growth of the square of what is too much. */
  burdenAt(x: number, y: number): number {
    return this.#holesAbout(x, y).reduce((sum, holes) => {
      const over = Math.max(0, holes - this.#mostHoles);
      const then = Math.max(0, holes + 1 - this.#mostHoles);
      return sum + then * then - over * over;
    }, 0);
  }

  /** Whether a place of a run lies where there are too many holes. */
  crowds(points: Float64Array): boolean {
    for (let i = 0; i + 1 < points.length; i += 2) if (this.isCrowdedAt(points[i] ?? 0, points[i + 1] ?? 0)) return true;
    return false;
  }

  /** The holes of the squares that hold a place, as planned and as a machine makes them. */
  #holesAbout(x: number, y: number): readonly number[] {
    return [...this.#squaresAt(x, y, HOLES), ...this.#squaresAt(x + HALF_STEP_MM, y + HALF_STEP_MM, STEPPED)];
  }

  /** The four squares that hold a place. */
  #squaresAt(x: number, y: number, value: (tile: Tile, at: number) => number): readonly [number, number, number, number] {
    const [column, row] = [Math.floor(x * PER_MM), Math.floor(y * PER_MM)];
    const of = (c: number, r: number): number => value(this.#tile(c, r), indexOf(c, r));
    const [middle, up, down] = [of(column, row), of(column, row - 1), of(column, row + 1)];
    const [left, right] = [middle + of(column - 1, row), middle + of(column + 1, row)];
    return [
      left + up + of(column - 1, row - 1),
      right + up + of(column + 1, row - 1),
      left + down + of(column - 1, row + 1),
      right + down + of(column + 1, row + 1),
    ];
  }

  #tile(column: number, row: number): Tile {
    const key = (Math.floor(row / TILE) + HALF) * 2 * HALF + Math.floor(column / TILE) + HALF;
    if (key === this.#lastKey && this.#last) return this.#last;
    let tile = this.#tiles.get(key);
    if (!tile) {
      tile = { holes: new Int16Array(TILE * TILE), stepped: new Int16Array(TILE * TILE), mm: new Float32Array(TILE * TILE) };
      this.#tiles.set(key, tile);
    }
    this.#lastKey = key;
    this.#last = tile;
    return tile;
  }
}

/** What lies on the cloth of all colours, and of the one that is being sewn. */
export type Crowd = { readonly all: CrowdGrid; readonly own: CrowdGrid };

const indexOf = (column: number, row: number): number => (row & (TILE - 1)) * TILE + (column & (TILE - 1));
