/** How long a ring is (x, y in turn), mm. */
export const lengthOfRing = (points: Float64Array): number => {
  let sum = 0;
  let [px, py] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    sum += Math.hypot((points[i] ?? 0) - px, (points[i + 1] ?? 0) - py);
    [px, py] = [points[i] ?? 0, points[i + 1] ?? 0];
  }
  return sum;
};

export type RingPlace = { readonly x: number; readonly y: number; readonly edge: number; readonly apart: number };

/** The place on a ring nearest to another; `edge` is the point its edge begins with. */
export const nearestOnRing = (points: Float64Array, x: number, y: number): RingPlace => {
  const count = points.length / 2;
  // Plain variables: this loop is most of the work of a border, and an object for every better place was most of the loop.
  let [edge, least] = [0, Infinity];
  let ax = points[0] ?? 0;
  let ay = points[1] ?? 0;
  let [nearX, nearY] = [ax, ay];
  for (let i = 0; i < count; i += 1) {
    const k = i + 1 === count ? 0 : i + 1;
    const bx = points[2 * k] ?? 0;
    const by = points[2 * k + 1] ?? 0;
    const dx = bx - ax;
    const dy = by - ay;
    const long = dx * dx + dy * dy;
    const t = long > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
    const square = (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2;
    if (square < least) {
      least = square;
      edge = i;
      nearX = ax + t * dx;
      nearY = ay + t * dy;
    }
    ax = bx;
    ay = by;
  }
  return { x: nearX, y: nearY, edge, apart: Math.sqrt(least) };
};

/** Edges farther than this beyond the reach are not measured, mm: more than measuring rounds. */
const SURELY_MM = 1e-6;

/** Whether some place of a ring lies nearer than a distance: most edges are told by their boxes alone. */
export const isRingWithin = (points: Float64Array, x: number, y: number, withinMm: number): boolean => {
  const count = points.length / 2;
  const reach = withinMm + SURELY_MM;
  let ax = points[0] ?? 0;
  let ay = points[1] ?? 0;
  for (let i = 0; i < count; i += 1) {
    const k = i + 1 === count ? 0 : i + 1;
    const bx = points[2 * k] ?? 0;
    const by = points[2 * k + 1] ?? 0;
    const isFar =
      (ax - x > reach && bx - x > reach) ||
      (x - ax > reach && x - bx > reach) ||
      (ay - y > reach && by - y > reach) ||
      (y - ay > reach && y - by > reach);
    if (!isFar) {
      const dx = bx - ax;
      const dy = by - ay;
      const long = dx * dx + dy * dy;
      const t = long > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
      if (Math.sqrt((ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2) < withinMm) return true;
    }
    ax = bx;
    ay = by;
  }
  return false;
};
