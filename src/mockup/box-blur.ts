/** Means over squares of `2 * radius + 1` cells about every cell of a plane of rows of `wide`; beyond the edge is 0. */
export const boxBlur = (plane: Float32Array, wide: number, radius: number): Float32Array => {
  const across = slide(plane, wide, 1, radius);
  return slide(across, plane.length / wide, wide, radius);
};

/** Running means along lines of `length` cells that lie `step` apart: rows for step 1, else columns of rows of `step` cells. */
const slide = (plane: Float32Array, length: number, step: number, radius: number): Float32Array => {
  const out = new Float32Array(plane.length);
  const lines = plane.length / length;
  const scale = 1 / (2 * radius + 1);
  for (let line = 0; line < lines; line += 1) {
    const first = step === 1 ? line * length : line;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, length); i += 1) sum += plane[first + i * step] ?? 0;
    for (let i = 0; i < length; i += 1) {
      if (i + radius < length) sum += plane[first + (i + radius) * step] ?? 0;
      if (i - radius - 1 >= 0) sum -= plane[first + (i - radius - 1) * step] ?? 0;
      out[first + i * step] = sum * scale;
    }
  }
  return out;
};
