import type { Point } from '../../geometry/point.ts';

/** A grid whose right edge meets its left one and whose bottom meets its top, with the distance of every cell to what is taken. */
export class TorusDistance {
  readonly columns: number;
  readonly rows: number;
  /** Squared distances in cells; infinite while nothing is taken. */
  readonly #squared: Float64Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#squared = new Float64Array(columns * rows).fill(Number.POSITIVE_INFINITY);
  }

  /** Distance of the cell in which a point (cells, anywhere) lies to the nearest one that is taken. */
  at(x: number, y: number): number {
    return Math.sqrt(
      this.#squared[this.#wrapped(Math.floor(y), this.rows) * this.columns + this.#wrapped(Math.floor(x), this.columns)] ?? 0,
    );
  }

  /** Between two points, the short way round. */
  between(a: Point, b: Point): number {
    const [dx, dy] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
    return Math.hypot(Math.min(dx, this.columns - dx), Math.min(dy, this.rows - dy));
  }

  /** Takes cells (x, y pairs, anywhere) and measures all others anew: exact, by lower envelopes of parabolas (Felzenszwalb 2012). */
  take(cells: Int32Array): void {
    const { columns, rows } = this;
    const field = new Float64Array(columns * rows).fill(FAR);
    for (let i = 0; i + 1 < cells.length; i += 2)
      field[this.#wrapped(cells[i + 1] ?? 0, rows) * columns + this.#wrapped(cells[i] ?? 0, columns)] = 0;
    for (let x = 0; x < columns; x += 1) envelope(field, x, columns, rows);
    for (let y = 0; y < rows; y += 1) envelope(field, y * columns, 1, columns);
    for (let i = 0; i < field.length; i += 1) this.#squared[i] = Math.min(this.#squared[i] ?? 0, field[i] ?? 0);
  }

  #wrapped(at: number, count: number): number {
    return ((at % count) + count) % count;
  }
}

/** Farther than any grid is wide, squared; infinity would spoil the sums. */
const FAR = 1e12;

/** One line of the distance transform, laid out three times so that its ends meet. */
const envelope = (field: Float64Array, start: number, step: number, count: number): void => {
  const length = 3 * count;
  const value = (q: number): number => field[start + (q % count) * step] ?? FAR;
  const places = new Int32Array(length);
  const bounds = new Float64Array(length + 1);
  let k = 0;
  bounds[0] = Number.NEGATIVE_INFINITY;
  bounds[1] = Number.POSITIVE_INFINITY;
  for (let q = 1; q < length; q += 1) {
    let meet = meeting(q, places[k] ?? 0, value);
    while (meet <= (bounds[k] ?? 0)) {
      k -= 1;
      meet = meeting(q, places[k] ?? 0, value);
    }
    k += 1;
    places[k] = q;
    bounds[k] = meet;
    bounds[k + 1] = Number.POSITIVE_INFINITY;
  }
  const out = new Float64Array(count);
  k = 0;
  for (let q = 0; q < 2 * count; q += 1) {
    while ((bounds[k + 1] ?? 0) < q) k += 1;
    const place = places[k] ?? 0;
    if (q >= count) out[q - count] = Math.min(FAR, (q - place) ** 2 + value(place));
  }
  for (let i = 0; i < count; i += 1) field[start + i * step] = out[i] ?? FAR;
};

const meeting = (q: number, p: number, value: (q: number) => number): number => (value(q) + q * q - (value(p) + p * p)) / (2 * q - 2 * p);
