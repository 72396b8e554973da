import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { intersectionOf } from '../../geometry/point.ts';
import { areaOfPath, intersectPaths } from '../../geometry/polygons.ts';
import type { SeenLayer } from './under-layers.ts';

/** Less than this comes from rounding where two shapes only meet, mm2. */
const LEAST_AREA = 0.5;
/** Art of more colours is refused by every shop; to compare all pairs of it would only take long. */
const MOST_LAYERS = 12;

/**
 * Layers in the order in which hands lay them, the lowest first: one that shows on top of another comes after it, whatever was painted first.
 * A name in navy before a number in navy on gold would else have the gold laid last, as a ring around the number. Where each lies on the other
 * the larger area decides; layers that do not touch stay in their order.
 */
export const fromBelow = <L extends SeenLayer>(layers: readonly L[]): readonly L[] => {
  if (layers.length < 2 || layers.length > MOST_LAYERS) return layers;
  const below = layers.map((lower) => layers.map((upper) => (lower === upper ? 0 : common(lower.whole, upper.seen))));
  const isBelow = (lower: number, upper: number): boolean => (below[lower]?.[upper] ?? 0) > (below[upper]?.[lower] ?? 0) + LEAST_AREA;
  const left = [...layers.keys()];
  const order: number[] = [];
  while (left.length > 0) {
    const free = left.findIndex((one) => !left.some((other) => isBelow(other, one)));
    // In a ring of layers that lie on one another none is free: then the order of painting is as good as any.
    order.push(...left.splice(Math.max(free, 0), 1));
  }
  return order.flatMap((i) => layers[i] ?? []);
};

const common = (a: Path, b: Path): number => {
  const [boxA, boxB] = [boundsOfPath(a), boundsOfPath(b)];
  return boxA && boxB && intersectionOf(boxA, boxB) ? areaOfPath(intersectPaths(a, b)) : 0;
};
