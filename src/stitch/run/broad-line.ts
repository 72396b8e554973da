import type { Point } from '../../geometry/point.ts';
import { distance, fittedPlaces, type LineStitches, pointBetween } from './run-points.ts';

/** A place on a line and what leads from it to its left edge. */
export type LinePlace = Point & { readonly dx: number; readonly dy: number };

export const leftOf = ({ x, y, dx, dy }: LinePlace): Point => ({ x: x + dx, y: y + dy });
export const rightOf = ({ x, y, dx, dy }: LinePlace): Point => ({ x: x - dx, y: y - dy });

const placeBetween = (a: LinePlace, b: LinePlace, share: number): LinePlace => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
  dx: a.dx + (b.dx - a.dx) * share,
  dy: a.dy + (b.dy - a.dy) * share,
});

/** So far back from its end the other side of a line begins, and ends narrower than the second close themselves, mm. */
const HOOK_MM = 0.75;
const NARROW_MM = 0.07;
/** Sides nearer to one another than this are one line, mm. */
const HAIR_MM = 0.05;

/** Whether its two sides lie apart anywhere. */
export const isBroad = (line: readonly LinePlace[]): boolean => line.some(({ dx, dy }) => 2 * Math.hypot(dx, dy) >= HAIR_MM);

/** Along the middle. */
export const once = (line: readonly LinePlace[], measure: LineStitches): readonly Point[] => fittedPlaces(line, measure, placeBetween);

/** Once there on the left and back on the right side; at the far end a stitch back and forth closes the corner. */
export const thereAndBack = (line: readonly LinePlace[], measure: LineStitches): readonly Point[] => {
  const out = fittedPlaces(line.map(leftOf), measure, pointBetween);
  if (!isBroad(line)) return [...out, ...out.slice(0, -1).reverse()];
  const right = line.map(rightOf);
  const last = line.at(-1);
  const isWide = last !== undefined && 2 * Math.hypot(last.dx, last.dy) > NARROW_MM;
  const back = fittedPlaces([...right].reverse(), measure, pointBetween);
  const hook = isWide ? placeBack(right, HOOK_MM) : null;
  return hook && last ? [...out, hook, ...back] : [...out, ...back];
};

/** The place on a line so far before its end. */
const placeBack = (line: readonly Point[], mm: number): Point | null => {
  let left = mm;
  for (let i = line.length - 1; i > 0; i -= 1) {
    const [a, b] = [line[i], line[i - 1]];
    if (!a || !b) break;
    const length = distance(a, b);
    if (length >= left && length > 0) return pointBetween(a, b, left / length);
    left -= length;
  }
  return null;
};

/** There on one side, back across and there on the other, stitch by stitch, the sides by turns. */
export const stitchByStitch = (line: readonly LinePlace[], measure: LineStitches): readonly Point[] => {
  const places = fittedPlaces(line, measure, placeBetween);
  const [first] = places;
  if (!first) return [];
  const out: Point[] = [leftOf(first)];
  places.slice(1).forEach((to, i) => {
    const from = places[i] ?? first;
    const [near, far] = i % 2 === 0 ? [leftOf, rightOf] : [rightOf, leftOf];
    out.push(near(to), far(from), far(to));
  });
  return out;
};

/** Once around on the left and once on the right side, which begins a little later. */
export const twiceAround = (ring: readonly LinePlace[], measure: LineStitches): readonly Point[] => {
  const left = fittedPlaces(ring.map(leftOf), measure, pointBetween);
  const right = fittedPlaces(begunLater(ring.map(rightOf)), measure, pointBetween);
  return [...left, ...right];
};

/** A ring from a place a little after its beginning once around. */
const begunLater = (ring: readonly Point[]): readonly Point[] => {
  let left = HOOK_MM;
  for (let i = 1; i < ring.length; i += 1) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (!a || !b) break;
    const length = distance(a, b);
    if (length >= left) {
      const start = pointBetween(a, b, left / length);
      return [start, ...ring.slice(i), ...ring.slice(1, i), start];
    }
    left -= length;
  }
  return ring;
};
