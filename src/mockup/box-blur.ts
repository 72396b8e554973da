/** Means over squares of `2 * radius + 1` cells about every cell of a plane of rows of `wide`; beyond the edge is 0. */
export const boxBlur = (plane: Float32Array, wide: number, radius: number): Float32Array => {
  const across = new Float32Array(plane.length);
  const rows = plane.length / wide;
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < rows; y += 1) slideAlong(plane, across, y * wide, wide, radius);
  const out = new Float32Array(plane.length);
  const sums = new Float32Array(wide);
  for (let y = -radius; y < rows; y += 1) {
    const [entering, leaving] = [(y + radius) * wide, (y - radius - 1) * wide];
    if (y + radius < rows) for (let x = 0; x < wide; x += 1) sums[x] = (sums[x] ?? 0) + (across[entering + x] ?? 0);
    if (leaving >= 0) for (let x = 0; x < wide; x += 1) sums[x] = (sums[x] ?? 0) - (across[leaving + x] ?? 0);
    if (y >= 0) for (let x = 0, at = y * wide; x < wide; x += 1, at += 1) out[at] = (sums[x] ?? 0) * scale * scale;
  }
  return out;
};

/** Running sums along a row that starts at `first`. */
const slideAlong = (plane: Float32Array, out: Float32Array, first: number, wide: number, radius: number): void => {
  let sum = 0;
  for (let x = -radius; x < wide; x += 1) {
    if (x + radius < wide) sum += plane[first + x + radius] ?? 0;
    if (x - radius - 1 >= 0) sum -= plane[first + x - radius - 1] ?? 0;
    if (x >= 0) out[first + x] = sum;
  }
};
