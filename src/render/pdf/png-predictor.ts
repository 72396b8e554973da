/** Pixels between the ones that are tried when the filter of a row is chosen: a prime, so that stripes do not fool it. */
const SAMPLE_STEP = 7;

type Filter = 0 | 1 | 2 | 4;
const FILTERS: readonly Filter[] = [2, 1, 4, 0];

const paeth = (left: number, up: number, corner: number): number => {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
};

/** What a filter expects at byte `i` of a row (PNG, second edition, section 9). Bytes left of the row count as 0. */
const guess = (filter: Filter, row: Uint8Array, above: Uint8Array, bytesPerPixel: number, i: number): number => {
  if (filter === 0) return 0;
  if (filter === 2) return above[i] ?? 0;
  const left = i < bytesPerPixel ? 0 : (row[i - bytesPerPixel] ?? 0);
  if (filter === 1) return left;
  return paeth(left, above[i] ?? 0, i < bytesPerPixel ? 0 : (above[i - bytesPerPixel] ?? 0));
};

const bestFilter = (row: Uint8Array, above: Uint8Array, bytesPerPixel: number): Filter => {
  let best: Filter = 2;
  let least = Infinity;
  for (const filter of FILTERS) {
    let sum = 0;
    for (let i = 0; i < row.length; i += bytesPerPixel * SAMPLE_STEP) {
      const difference = ((row[i] ?? 0) - guess(filter, row, above, bytesPerPixel, i)) & 255;
      sum += difference < 128 ? difference : 256 - difference;
    }
    if (sum >= least) continue;
    least = sum;
    best = filter;
  }
  return best;
};

const filterInto = (to: Uint8Array, filter: Filter, row: Uint8Array, above: Uint8Array, bytesPerPixel: number): void => {
  to[0] = filter;
  if (filter === 0) to.set(row, 1);
  else if (filter === 2) for (let i = 0; i < row.length; i += 1) to[i + 1] = (row[i] ?? 0) - (above[i] ?? 0);
  else for (let i = 0; i < row.length; i += 1) to[i + 1] = (row[i] ?? 0) - guess(filter, row, above, bytesPerPixel, i);
};

/**
 * Makes rows of 8-bit samples easier to deflate, as PDF predictor 15 and PNG define it: each row becomes a filter byte and the differences
 * to its neighbours, with the filter that leaves the smallest differences at a sample of pixels. Takes a picture band by band, from the top.
 */
export class RowPredictor {
  readonly #stride: number;
  readonly #bytesPerPixel: number;
  #above: Uint8Array;

  constructor(widthPx: number, bytesPerPixel: number) {
    this.#stride = widthPx * bytesPerPixel;
    this.#bytesPerPixel = bytesPerPixel;
    this.#above = new Uint8Array(this.#stride);
  }

  /** The next rows, whole. */
  predict(band: Uint8Array): Uint8Array {
    const stride = this.#stride;
    const rows = Math.floor(band.length / stride);
    const out = new Uint8Array(rows * (stride + 1));
    for (let y = 0; y < rows; y += 1) {
      const row = band.subarray(y * stride, (y + 1) * stride);
      const to = out.subarray(y * (stride + 1), (y + 1) * (stride + 1));
      filterInto(to, bestFilter(row, this.#above, this.#bytesPerPixel), row, this.#above, this.#bytesPerPixel);
      this.#above = row;
    }
    return out;
  }
}
