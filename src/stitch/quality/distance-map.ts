const SQRT2 = Math.SQRT2;

/**
 * For each pixel the distance in pixels to the nearest one where `seeds` is 1, up to `most`; row-major. Two passes over eight neighbours: true
 * along rows, columns and diagonals, at most 8 % too long between.
 */
export const distanceMap = (width: number, height: number, seeds: Uint8Array, most: number): Float32Array => {
  const map = new Float32Array(width * height);
  for (let at = 0; at < map.length; at += 1) map[at] = seeds[at] === 1 ? 0 : most;
  for (let y = 1; y < height; y += 1) {
    for (let x = 1; x < width - 1; x += 1) relax(map, y * width + x, -1, -width - 1, -width, -width + 1);
  }
  for (let y = height - 2; y >= 0; y -= 1) {
    for (let x = width - 2; x > 0; x -= 1) relax(map, y * width + x, 1, width + 1, width, width - 1);
  }
  return map;
};

const relax = (map: Float32Array, at: number, side: number, corner: number, straight: number, other: number): void => {
  let least = map[at] ?? 0;
  if (least === 0) return;
  const a = (map[at + side] ?? 0) + 1;
  const b = (map[at + straight] ?? 0) + 1;
  const c = (map[at + corner] ?? 0) + SQRT2;
  const d = (map[at + other] ?? 0) + SQRT2;
  if (a < least) least = a;
  if (b < least) least = b;
  if (c < least) least = c;
  if (d < least) least = d;
  map[at] = least;
};
