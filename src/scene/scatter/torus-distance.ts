import type { Point } from '../../geometry/point.ts';

/**
 * A grid whose right edge meets its left one and whose bottom meets its top, with the distance of every cell to what is taken, as far as
 * `reach` cells: farther away all is the same.
 */
export class TorusDistance {
  readonly columns: number;
  readonly rows: number;
  readonly reach: number;
  /** Squared distances in cells; `reach` squared at most. */
  readonly #squared: Float64Array;

  constructor(columns: number, rows: number, reach: number) {
    this.columns = columns;
    this.rows = rows;
    this.reach = reach;
    this.#squared = new Float64Array(columns * rows).fill(reach * reach);
  }

  /** Distance of a cell (whole numbers, anywhere) to the nearest one that is taken. */
  at(x: number, y: number): number {
    return Math.sqrt(this.#squared[this.#wrapped(y, this.rows) * this.columns + this.#wrapped(x, this.columns)] ?? 0);
  }

  /** Between two points, the short way round. */
  between(a: Point, b: Point): number {
    const [dx, dy] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
    return Math.hypot(Math.min(dx, this.columns - dx), Math.min(dy, this.rows - dy));
  }

  /** Takes cells (x, y pairs, anywhere): what lies within reach of them is measured anew. */
  take(cells: Int32Array): void {
    let [left, top, right, bottom] = [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (let i = 0; i + 1 < cells.length; i += 2) {
      const [x, y] = [cells[i] ?? 0, cells[i + 1] ?? 0];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
    if (right < left) return;
    [left, top] = [left - this.reach, top - this.reach];
    const [width, height] = [right + this.reach - left + 1, bottom + this.reach - top + 1];
    const field = new Float64Array(width * height).fill(FAR);
    for (let i = 0; i + 1 < cells.length; i += 2) field[((cells[i + 1] ?? 0) - top) * width + (cells[i] ?? 0) - left] = 0;
    measure(field, width, height);
    for (let y = 0; y < height; y += 1) {
      const row = this.#wrapped(top + y, this.rows) * this.columns;
      for (let x = 0; x < width; x += 1) {
        const i = row + this.#wrapped(left + x, this.columns);
        this.#squared[i] = Math.min(this.#squared[i] ?? 0, field[y * width + x] ?? FAR);
      }
    }
  }

  #wrapped(at: number, count: number): number {
    return ((at % count) + count) % count;
  }
}

/** Farther than any grid is wide, squared; infinity would spoil the sums. */
const FAR = 1e12;

/** Squared distances to the cells that are 0: exact, by lower envelopes of parabolas (Felzenszwalb and Huttenlocher 2012). */
const measure = (field: Float64Array, width: number, height: number): void => {
  const longest = Math.max(width, height);
  const room: Room = { line: new Float64Array(longest), places: new Int32Array(longest), bounds: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x += 1) envelope(field, x, width, height, room);
  for (let y = 0; y < height; y += 1) envelope(field, y * width, 1, width, room);
};

type Room = { readonly line: Float64Array; readonly places: Int32Array; readonly bounds: Float64Array };

const envelope = (field: Float64Array, start: number, step: number, count: number, { line, places, bounds }: Room): void => {
  for (let q = 0; q < count; q += 1) line[q] = field[start + q * step] ?? FAR;
  const meeting = (q: number, p: number): number => ((line[q] ?? 0) + q * q - ((line[p] ?? 0) + p * p)) / (2 * q - 2 * p);
  let k = 0;
  places[0] = 0;
  bounds[0] = Number.NEGATIVE_INFINITY;
  for (let q = 1; q < count; q += 1) {
    let meet = meeting(q, places[k] ?? 0);
    while (meet <= (bounds[k] ?? 0)) {
      k -= 1;
      meet = meeting(q, places[k] ?? 0);
    }
    k += 1;
    places[k] = q;
    bounds[k] = meet;
  }
  bounds[k + 1] = Number.POSITIVE_INFINITY;
  k = 0;
  for (let q = 0; q < count; q += 1) {
    while ((bounds[k + 1] ?? 0) < q) k += 1;
    const place = places[k] ?? 0;
    field[start + q * step] = Math.min(FAR, (q - place) ** 2 + (line[place] ?? 0));
  }
};
