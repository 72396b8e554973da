import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';

/** Neighbours' rows differ by this at least, degrees, so that light tells them apart. */
const APART_DEG = 30;
/** Where they cannot, less than this looks like one fill. */
const TELLING_DEG = 12;
/** A shape is taken for round, without an axis of its own, when its spread in two directions differs by less than this factor. */
const ROUND_RATIO = 1.25;
/** For round shapes: along neither the cloth's grain nor its cross. */
const ROUND_ANGLE_DEG = 45;
/** What the angle is turned by, in this order, until it is apart from all neighbours. */
const TURNS_DEG = [0, 30, -30, 45, -45, 60, -60, 75, -75, 90];

/**
 * The direction of rows for a shape, degrees clockwise from the x axis, 0 up to 180: across its main axis (that of its second moments), so that
 * rows are short, and at least 30 degrees from the angles in `taken` where these leave room.
 */
export const fillAngle = (path: Path, taken: readonly number[]): number => {
  const wanted = naturalAngle(path);
  const apart = (angle: number): number => Math.min(90, ...taken.map((other) => angleBetween(angle, other)));
  const best = (angles: readonly number[]): number =>
    angles.find((angle) => apart(angle) >= APART_DEG - 1e-9) ??
    angles.reduce((one, other) => (apart(other) > apart(one) + 1e-9 ? other : one), wanted);
  const turned = best(TURNS_DEG.map((turn) => wrap(wanted + turn)));
  return apart(turned) >= TELLING_DEG ? turned : best([turned, ...between(taken)]);
};

/** Just far enough from each of some directions, and in the middle between any two beside one another. */
const between = (taken: readonly number[]): readonly number[] => {
  const sorted = taken.map(wrap).toSorted((a, b) => a - b);
  return sorted.flatMap((angle, i) => {
    const next = sorted[i + 1] ?? (sorted[0] ?? 0) + 180;
    return [wrap(angle + APART_DEG), wrap(angle - APART_DEG), wrap((angle + next) / 2)];
  });
};

/** Between two directions without arrow, 0 to 90 degrees. */
export const angleBetween = (a: number, b: number): number => {
  const turn = wrap(a - b);
  return Math.min(turn, 180 - turn);
};

const wrap = (degrees: number): number => (Math.round((((degrees % 180) + 180) % 180) * 10) / 10) % 180;

const naturalAngle = (path: Path): number => {
  const { xx, xy, yy } = secondMoments(path);
  const spread = Math.hypot(xx - yy, 2 * xy);
  const [large, small] = [xx + yy + spread, xx + yy - spread];
  if (!(large > 0) || large < ROUND_RATIO * ROUND_RATIO * small) return ROUND_ANGLE_DEG;
  return wrap((Math.atan2(2 * xy, xx - yy) * 90) / Math.PI + 90);
};

/** About the centroid, by the edges of the rings (Green's theorem), holes counted off. */
const secondMoments = (path: Path): { readonly xx: number; readonly xy: number; readonly yy: number } => {
  let [area, mx, my, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  const [ox = 0, oy = 0] = path.coords;
  for (const { points } of flattenPath(path, 0.05)) {
    let [px, py] = [(points[points.length - 2] ?? 0) - ox, (points[points.length - 1] ?? 0) - oy];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [(points[i] ?? 0) - ox, (points[i + 1] ?? 0) - oy];
      const cross = px * y - x * py;
      area += cross / 2;
      mx += (cross * (px + x)) / 6;
      my += (cross * (py + y)) / 6;
      xx += (cross * (px * px + px * x + x * x)) / 12;
      yy += (cross * (py * py + py * y + y * y)) / 12;
      xy += (cross * (px * y + 2 * px * py + 2 * x * y + x * py)) / 24;
      [px, py] = [x, y];
    }
  }
  if (area === 0) return { xx: 0, xy: 0, yy: 0 };
  const [cx, cy] = [mx / area, my / area];
  return { xx: xx / area - cx * cx, xy: xy / area - cx * cy, yy: yy / area - cy * cy };
};
