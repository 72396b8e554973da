const paeth = (left: number, up: number, corner: number): number => {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
};

const weight = (row: Uint8Array): number => {
  let sum = 0;
  for (const byte of row) sum += byte < 128 ? byte : 256 - byte;
  return sum;
};

/** Fills `into` with one filtered row: 0 none, 1 left, 2 up, 4 Paeth (PNG, second edition, section 9). */
const filterRow = (filter: number, row: Uint8Array, above: Uint8Array, bytesPerPixel: number, into: Uint8Array): void => {
  for (let i = 0; i < row.length; i += 1) {
    const left = i < bytesPerPixel ? 0 : (row[i - bytesPerPixel] ?? 0);
    const up = above[i] ?? 0;
    const corner = i < bytesPerPixel ? 0 : (above[i - bytesPerPixel] ?? 0);
    const guess = filter === 1 ? left : filter === 2 ? up : filter === 4 ? paeth(left, up, corner) : 0;
    into[i] = (row[i] ?? 0) - guess;
  }
};

/**
 * Rows of 8-bit samples made easier to deflate, as PDF predictor 15 and PNG define it: each row becomes a filter byte and the differences
 * to its neighbours, with the filter that leaves the smallest sum of differences.
 */
export const predictRows = (samples: Uint8Array, widthPx: number, bytesPerPixel: number): Uint8Array => {
  const stride = widthPx * bytesPerPixel;
  const rows = stride === 0 ? 0 : Math.floor(samples.length / stride);
  const out = new Uint8Array(rows * (stride + 1));
  const trial = new Uint8Array(stride);
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < rows; y += 1) {
    const row = samples.subarray(y * stride, (y + 1) * stride);
    const to = out.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    let best = Infinity;
    for (const filter of [0, 1, 2, 4]) {
      filterRow(filter, row, above, bytesPerPixel, trial);
      const sum = weight(trial);
      if (sum >= best) continue;
      best = sum;
      to.set(trial);
      out[y * (stride + 1)] = filter;
    }
    above = row;
  }
  return out;
};
