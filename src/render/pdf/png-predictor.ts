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

const subInto = (to: Uint8Array, row: Uint8Array, bytesPerPixel: number): void => {
  to.set(row.subarray(0, bytesPerPixel), 1);
  for (let i = bytesPerPixel; i < row.length; i += 1) to[i + 1] = (row[i] ?? 0) - (row[i - bytesPerPixel] ?? 0);
};

/** `paeth` without a branch: which neighbour is nearest cannot be foreseen, and every wrong guess of the processor costs more than the sum. */
const paethInto = (to: Uint8Array, row: Uint8Array, above: Uint8Array, bytesPerPixel: number): void => {
  // Left of the first pixel all is 0, and the pixel above is then always the nearest guess.
  for (let i = 0; i < bytesPerPixel; i += 1) to[i + 1] = (row[i] ?? 0) - (above[i] ?? 0);
  for (let i = bytesPerPixel, j = 0; i < row.length; i += 1, j += 1) {
    const up = above[i] ?? 0;
    const corner = above[j] ?? 0;
    let near = row[j] ?? 0;
    let distance = Math.abs(up - corner);
    const toUp = Math.abs(near - corner);
    const toCorner = Math.abs(near + up - 2 * corner);
    // All ones when the other neighbour is nearer, else 0: `x ^ ((x ^ y) & mask)` is y or x.
    const upIsNearer = (toUp - distance) >> 31;
    near ^= (near ^ up) & upIsNearer;
    distance ^= (distance ^ toUp) & upIsNearer;
    near ^= (near ^ corner) & ((toCorner - distance) >> 31);
    to[i + 1] = (row[i] ?? 0) - near;
  }
};

const filterInto = (to: Uint8Array, filter: Filter, row: Uint8Array, above: Uint8Array, bytesPerPixel: number): void => {
  to[0] = filter;
  if (filter === 0) to.set(row, 1);
  else if (filter === 1) subInto(to, row, bytesPerPixel);
  else if (filter === 2) for (let i = 0; i < row.length; i += 1) to[i + 1] = (row[i] ?? 0) - (above[i] ?? 0);
  else paethInto(to, row, above, bytesPerPixel);
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
