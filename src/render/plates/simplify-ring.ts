/**
 * A closed ring (x, y, x, y …) with fewer points: none of those left out lies farther than `stray` from the lines that are left. Douglas and
 * Peucker 1973, between the first point and the one farthest from it.
 */
export const simplifyRing = (ring: Float64Array, stray: number): Float64Array => {
  const count = ring.length >> 1;
  if (count < 4) return ring;
  const keep = new Uint8Array(count + 1);
  const far = farthestFrom(ring, count);
  keep[0] = 1;
  keep[far] = 1;
  const spans = [0, far, far, count];
  while (spans.length > 0) {
    const to = spans.pop() ?? 0;
    const from = spans.pop() ?? 0;
    const split = farthestBetween(ring, count, from, to, stray);
    if (split < 0) continue;
    keep[split] = 1;
    spans.push(from, split, split, to);
  }
  let kept = 0;
  const out = new Float64Array(ring.length);
  for (let i = 0; i < count; i++) {
    if (keep[i] === 0) continue;
    out[kept++] = ring[2 * i] ?? 0;
    out[kept++] = ring[2 * i + 1] ?? 0;
  }
  return out.slice(0, kept);
};

const farthestFrom = (ring: Float64Array, count: number): number => {
  let [best, far] = [0, -1];
  for (let i = 1; i < count; i++) {
    const distance = ((ring[2 * i] ?? 0) - (ring[0] ?? 0)) ** 2 + ((ring[2 * i + 1] ?? 0) - (ring[1] ?? 0)) ** 2;
    if (distance > far) [best, far] = [i, distance];
  }
  return best;
};

/** The point between two others that strays most from the line between them; -1 when none strays too far. The ring goes on at `count`. */
const farthestBetween = (ring: Float64Array, count: number, from: number, to: number, stray: number): number => {
  const end = to % count;
  const ax = ring[2 * from] ?? 0;
  const ay = ring[2 * from + 1] ?? 0;
  const dx = (ring[2 * end] ?? 0) - ax;
  const dy = (ring[2 * end + 1] ?? 0) - ay;
  const length = Math.hypot(dx, dy);
  let best = -1;
  let far = stray;
  for (let i = from + 1; i < to; i++) {
    const px = (ring[2 * i] ?? 0) - ax;
    const py = (ring[2 * i + 1] ?? 0) - ay;
    const distance = length > 0 ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py);
    if (distance > far) {
      best = i;
      far = distance;
    }
  }
  return best;
};
