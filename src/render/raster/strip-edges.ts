import type { Kernel } from '../kernel/kernel.ts';
import { EDGE_FIELDS, type EdgeList, edgesIn } from './edge-list.ts';

/** Rows of canvas drawn at a time: a strip of a print canvas then stays in the processor's cache. */
export const STRIP_ROWS = 64;
/** Floats of an edge record in the kernel (see coverage.ts there): the host writes six. */
const RECORD = 12;
/** An edge that leaves the canvas sideways becomes at most three: the parts left of it, in it and right of it. */
const MAX_PIECES = 3;

/** Which edges of a list touch which strip: `order` holds edge numbers, those of strip s from starts[s] to starts[s + 1]. */
export type StripIndex = { readonly starts: Int32Array; readonly order: Int32Array };

const firstStrip = (edges: Float64Array, at: number): number => Math.max(0, Math.floor((edges[at + 1] ?? 0) / STRIP_ROWS));

const endStrip = (edges: Float64Array, at: number, strips: number): number =>
  Math.min(strips, Math.ceil((edges[at + 3] ?? 0) / STRIP_ROWS));

/** Sorts the edges of a list (see `edgesIn`) into the strips of a canvas. */
export const indexByStrip = (edges: Float64Array, heightPx: number): StripIndex => {
  const strips = Math.ceil(heightPx / STRIP_ROWS);
  const starts = new Int32Array(strips + 1);
  for (let at = 0; at < edges.length; at += EDGE_FIELDS) {
    const end = endStrip(edges, at, strips);
    for (let strip = firstStrip(edges, at); strip < end; strip++) starts[strip + 1] = (starts[strip + 1] ?? 0) + 1;
  }
  for (let strip = 0; strip < strips; strip++) starts[strip + 1] = (starts[strip + 1] ?? 0) + (starts[strip] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(starts[strips] ?? 0);
  for (let at = 0; at < edges.length; at += EDGE_FIELDS) {
    const end = endStrip(edges, at, strips);
    for (let strip = firstStrip(edges, at); strip < end; strip++) {
      const slot = next[strip] ?? 0;
      order[slot] = at / EDGE_FIELDS;
      next[strip] = slot + 1;
    }
  }
  return { starts, order };
};

/** The most records any strip of these lists can need. */
export const maxStripRecords = (indexes: readonly StripIndex[]): number => {
  let most = 0;
  for (const { starts } of indexes) {
    for (let s = 0; s + 1 < starts.length; s++) most = Math.max(most, (starts[s + 1] ?? 0) - (starts[s] ?? 0));
  }
  return most * MAX_PIECES;
};

/** Bytes of kernel memory for `records` edge records, and for the pieces they are sorted from. */
export const recordBytes = (records: number): number => records * (RECORD + EDGE_FIELDS) * 4;

const NO_PIECES: Float32Array = new Float32Array(0);

/** Writes the edges of one strip into kernel memory: cut to the strip, held to the canvas width, sorted by the row they begin in. */
export class StripEdges {
  readonly #kernel: Kernel;
  readonly #at: number;
  readonly #records: number;
  readonly #widthPx: number;
  /** The strip's edges before they are sorted. They lie in the kernel too: fresh room for every render would bring the collector on. */
  #pieces = NO_PIECES;
  readonly #perRow = new Int32Array(STRIP_ROWS + 2);
  #count = 0;
  #rows = 0;

  /** `at` has room for what `recordBytes` says. */
  constructor(kernel: Kernel, at: number, records: number, widthPx: number) {
    this.#kernel = kernel;
    this.#at = at;
    this.#records = records;
    this.#widthPx = widthPx;
  }

  get address(): number {
    return this.#at;
  }

  /** Returns how many records lie at `address`. */
  load(list: EdgeList, { starts, order }: StripIndex, strip: number, rows: number): number {
    this.#count = 0;
    this.#rows = rows;
    this.#perRow.fill(0);
    const { buffer } = this.#kernel.bytes;
    // Memory that grew since has another buffer.
    if (this.#pieces.buffer !== buffer)
      this.#pieces = new Float32Array(buffer, this.#at + this.#records * RECORD * 4, this.#records * EDGE_FIELDS);
    const edges = edgesIn(this.#kernel, list);
    const top = strip * STRIP_ROWS;
    for (let i = starts[strip] ?? 0; i < (starts[strip + 1] ?? 0); i++) this.#cut(edges, (order[i] ?? 0) * EDGE_FIELDS, top);
    this.#write();
    return this.#count;
  }

  #cut(edges: Float64Array, at: number, top: number): void {
    const ex0 = edges[at] ?? 0;
    const ey0 = (edges[at + 1] ?? 0) - top;
    const ex1 = edges[at + 2] ?? 0;
    const ey1 = (edges[at + 3] ?? 0) - top;
    const direction = edges[at + 4] ?? 0;
    if (direction === 0) {
      this.#addLevel(ex0, ex1, ey0);
      return;
    }
    const slope = (ex1 - ex0) / (ey1 - ey0);
    const y0 = Math.max(ey0, 0);
    const y1 = Math.min(ey1, this.#rows);
    if (!(y0 < y1)) return;
    const x0 = ey0 < 0 ? ex0 - ey0 * slope : ex0;
    const x1 = ey1 > this.#rows ? ex0 + (this.#rows - ey0) * slope : ex1;
    if (Math.min(x0, x1) >= 0 && Math.max(x0, x1) <= this.#widthPx) {
      // Nearly all edges end here. As arguments, every number of them would be garbage.
      const to = this.#count * EDGE_FIELDS;
      const pieces = this.#pieces;
      pieces[to] = x0;
      pieces[to + 1] = y0;
      pieces[to + 2] = x1;
      pieces[to + 3] = y1;
      pieces[to + 4] = direction;
      this.#keepLast();
      return;
    }
    this.#cutAtSides(x0, y0, x1, y1, slope, direction);
  }

  /** What lies beyond the canvas sides runs along them and so keeps its winding. */
  #cutAtSides(x0: number, y0: number, x1: number, y1: number, slope: number, direction: number): void {
    const right = this.#widthPx;
    const yAt = (x: number): number => Math.min(y1, Math.max(y0, y0 + (x - x0) / slope));
    const cuts = slope === 0 ? [] : slope > 0 ? [yAt(0), yAt(right)] : [yAt(right), yAt(0)];
    let y = y0;
    for (const end of [...cuts, y1]) {
      if (end <= y) continue;
      this.#add(this.#hold(x0 + (y - y0) * slope), y, end === y1 ? this.#hold(x1) : this.#hold(x0 + (end - y0) * slope), end, direction);
      y = end;
    }
  }

  #hold(x: number): number {
    return Math.min(this.#widthPx, Math.max(0, x));
  }

  #addLevel(xa: number, xb: number, y: number): void {
    const [x0, x1] = [this.#hold(xa), this.#hold(xb)];
    if (y > 0 && y < this.#rows && x0 !== x1) this.#add(x0, y, x1, y, 0);
  }

  #add(x0: number, y0: number, x1: number, y1: number, direction: number): void {
    this.#pieces.set([x0, y0, x1, y1, direction], this.#count * EDGE_FIELDS);
    this.#keepLast();
  }

  /** Counts the piece that was written behind the others, unless nothing is left of it. */
  #keepLast(): void {
    const at = this.#count * EDGE_FIELDS;
    const top = this.#pieces[at + 1] ?? 0;
    const bottom = this.#pieces[at + 3] ?? 0;
    // Level edges matter only inside a row: between rows nothing needs to know.
    if (top > bottom || (top === bottom && Number.isInteger(top))) return;
    this.#count += 1;
    const row = Math.floor(top) + 1;
    this.#perRow[row] = (this.#perRow[row] ?? 0) + 1;
  }

  #write(): void {
    const next = this.#perRow;
    for (let row = 1; row < next.length; row++) next[row] = (next[row] ?? 0) + (next[row - 1] ?? 0);
    const out = new Float32Array(this.#kernel.bytes.buffer, this.#at, this.#count * RECORD);
    const pieces = this.#pieces;
    for (let i = 0; i < this.#count; i++) {
      const at = i * EDGE_FIELDS;
      const y0 = pieces[at + 1] ?? 0;
      const row = Math.floor(y0);
      const slot = next[row] ?? 0;
      next[row] = slot + 1;
      const x0 = pieces[at] ?? 0;
      const x1 = pieces[at + 2] ?? 0;
      const y1 = pieces[at + 3] ?? 0;
      const to = slot * RECORD;
      out[to] = x0;
      out[to + 1] = y0;
      out[to + 2] = x1;
      out[to + 3] = y1;
      out[to + 4] = y1 > y0 ? (x1 - x0) / (y1 - y0) : 0;
      out[to + 5] = pieces[at + 4] ?? 0;
    }
  }
}
