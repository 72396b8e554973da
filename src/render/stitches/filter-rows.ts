import type { SubGrid } from './sub-grid.ts';

/** Takes a finished row of pixels: `channels` numbers for each, averaged. */
export type RowSink = (y: number, pixels: Float32Array) => void;

/**
 * Filters rows of fine pixels down to pixels with a tent two pixels wide: its zeros lie where rows of thread would otherwise come back as
 * bands. Rows come from top to bottom; a pixel row is handed on as soon as no finer row reaches it any more.
 */
export class RowFilter {
  readonly #grid: SubGrid;
  readonly #channels: number;
  readonly #sink: RowSink;
  readonly #line: Float32Array;
  readonly #sums: readonly [Float32Array, Float32Array];
  readonly #shares: Float32Array;
  #next = 0;

  constructor(grid: SubGrid, channels: number, sink: RowSink) {
    this.#grid = grid;
    this.#channels = channels;
    this.#sink = sink;
    // One pixel more on both sides takes what the margins give to pixels outside.
    const size = (grid.widthPx + 2) * channels;
    this.#line = new Float32Array(size);
    this.#sums = [new Float32Array(size), new Float32Array(size)];
    const { fine } = grid;
    this.#shares = Float32Array.from({ length: 2 * fine }, (_, i) => Math.max(0, 1 - Math.abs(i + 0.5 - fine) / fine) / fine);
  }

  /** Row `row` of the fine grid, `channels` numbers for each of its pixels; null when it is empty. */
  add(row: number, pixels: Float32Array | null): void {
    const { fine, margin, heightPx } = this.#grid;
    // A row lies in the upper half of the tent of one pixel row and in the lower half of the one before.
    const place = row - margin + fine / 2;
    const y = Math.floor(place / fine);
    const step = place - y * fine;
    while (this.#next < y - 1) this.#emit();
    if (pixels) {
      const line = this.#across(pixels);
      this.#into(y - 1, line, this.#shares[step + fine] ?? 0);
      this.#into(y, line, this.#shares[step] ?? 0);
    }
    if (row === this.#grid.rows - 1) while (this.#next < heightPx) this.#emit();
  }

  #across(pixels: Float32Array): Float32Array {
    const { fine, margin, columns } = this.#grid;
    const channels = this.#channels;
    const line = this.#line;
    line.fill(0);
    for (let column = 0, at = 0; column < columns; column += 1) {
      const place = column - margin + fine / 2;
      const x = Math.floor(place / fine);
      const step = place - x * fine;
      const near = this.#shares[step] ?? 0;
      const far = this.#shares[step + fine] ?? 0;
      let to = x * channels;
      for (let c = 0; c < channels; c += 1, at += 1, to += 1) {
        const value = pixels[at] ?? 0;
        if (value === 0) continue;
        line[to] = (line[to] ?? 0) + value * far;
        line[to + channels] = (line[to + channels] ?? 0) + value * near;
      }
    }
    return line;
  }

  #into(y: number, line: Float32Array, share: number): void {
    if (y < 0 || y >= this.#grid.heightPx || share === 0) return;
    const sum = this.#sums[y % 2 === 0 ? 0 : 1];
    for (let i = 0; i < line.length; i += 1) sum[i] = (sum[i] ?? 0) + (line[i] ?? 0) * share;
  }

  #emit(): void {
    const y = this.#next;
    this.#next += 1;
    if (y >= this.#grid.heightPx) return;
    const sum = this.#sums[y % 2 === 0 ? 0 : 1];
    this.#sink(y, sum.subarray(this.#channels, (this.#grid.widthPx + 1) * this.#channels));
    sum.fill(0);
  }
}
