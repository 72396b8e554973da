import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import { type Rung, rungsOf } from './rungs.ts';

/** The two lines a stroke goes on along from its last rung, each beginning at it. */
export type EndLines = { readonly left: readonly Point[]; readonly right: readonly Point[] };

/** How far rungs lie apart before they are evened out, mm. */
const STEP_MM = 0.3;

/**
 * Rungs of a stroke that another one cuts off at an acute slant: they stay across its way and grow shorter towards the point, where turning them
 * into the cut would be a fan about its near end. `way` is the direction of the stroke, a unit vector. Begins with the rung both lines begin at.
 */
export const pointedRungs = ({ left, right }: EndLines, way: Point): readonly Rung[] => {
  const [one, other] = [placesOf(left, way), placesOf(right, way)];
  const [from, to] = [Math.max(one[0]?.ahead ?? 0, other[0]?.ahead ?? 0), Math.max(one.at(-1)?.ahead ?? 0, other.at(-1)?.ahead ?? 0)];
  const steps = Math.max(1, Math.ceil((to - from) / STEP_MM));
  const facing: (readonly [number, number])[] = [[0, 0]];
  for (let k = 1; k <= steps; k += 1) {
    const ahead = from + ((to - from) * k) / steps;
    facing.push(k < steps ? [lengthTo(one, ahead), lengthTo(other, ahead)] : [one.at(-1)?.along ?? 0, other.at(-1)?.along ?? 0]);
  }
  return rungsOf({ left, right, facing, closed: false });
};

/** How far along a line its points are, and how far ahead on the way it has come until then. */
type Place = { readonly along: number; readonly ahead: number };

const placesOf = (line: readonly Point[], way: Point): readonly Place[] => {
  let [along, ahead] = [0, -Infinity];
  return line.map((point, i) => {
    const before = line[i - 1];
    along += before ? distance(before, point) : 0;
    ahead = Math.max(ahead, point.x * way.x + point.y * way.y);
    return { along, ahead };
  });
};

const lengthTo = (places: readonly Place[], ahead: number): number => {
  const next = places.findIndex((place) => place.ahead > ahead);
  if (next < 0) return places.at(-1)?.along ?? 0;
  const [a, b] = [places[next - 1], places[next]];
  return a && b ? a.along + ((ahead - a.ahead) / (b.ahead - a.ahead)) * (b.along - a.along) : 0;
};
