/**
 * Four inks (0..1) with their sum held at or below `maxInk` (3 is 300 %): C, M and Y shrink alike and K stays, because K carries the
 * drawing and the three others only deepen it.
 */
export const clampInk = (inks: readonly number[], maxInk: number): readonly number[] => {
  const [c = 0, m = 0, y = 0, k = 0] = inks;
  const colour = c + m + y;
  if (colour + k <= maxInk || colour === 0) return inks;
  const keep = Math.max(0, maxInk - k) / colour;
  return [c * keep, m * keep, y * keep, k];
};
