import { joinPaths, type Path, PathBuilder, rectPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { subtractPaths } from '../../geometry/polygons.ts';
import { ellipsePath } from '../../geometry/shapes.ts';

const polygon = (...points: readonly (readonly [number, number])[]): Path => {
  const out = new PathBuilder();
  points.forEach(([x, y], i) => {
    if (i === 0) out.moveTo(x, y);
    else out.lineTo(x, y);
  });
  return out.close().finish();
};

/** A triangle in the middle of a disc, left clear. Its tip is set off, as a triangle looks centred by its weight. */
export const playSign = (box: Rect): Path => {
  const { x, y, width, height } = box;
  const [cx, cy, r] = [x + width / 2, y + height / 2, width * 0.24];
  return subtractPaths(ellipsePath(box), polygon([cx - r * 0.72, cy - r], [cx + r * 1.15, cy], [cx - r * 0.72, cy + r]));
};

/** Two arrows and a bar; to the left for the song before. */
export const skipSign = ({ x, y, width, height }: Rect, way: 'back' | 'on'): Path => {
  const at = (part: number): number => (way === 'on' ? x + width * part : x + width * (1 - part));
  const arrow = (from: number, to: number): Path => polygon([at(from), y], [at(to), y + height / 2], [at(from), y + height]);
  const bar = rectPath(way === 'on' ? rectOf(at(0.86), y, width * 0.14, height) : rectOf(x, y, width * 0.14, height));
  return joinPaths([arrow(0, 0.47), arrow(0.42, 0.89), bar]);
};

const ringPath = (box: Rect, outer: number, inner: number): Path => {
  const circle = (share: number): Path =>
    ellipsePath(
      rectOf(box.x + (box.width * (1 - share)) / 2, box.y + (box.height * (1 - share)) / 2, box.width * share, box.height * share),
    );
  return inner === 0 ? circle(outer) : subtractPaths(circle(outer), circle(inner));
};

/** A record: the disc with its grooves left clear, and the label with its hole. */
export const recordSign = (box: Rect): { readonly disc: Path; readonly label: Path } => {
  const edges = [0.98, 0.86, 0.85, 0.74, 0.73, 0.62, 0.61, 0.5, 0.49, 0.38];
  const bands = edges.flatMap((outer, i) => (i % 2 === 0 ? [ringPath(box, outer, edges[i + 1] ?? 0)] : []));
  return { disc: joinPaths(bands), label: ringPath(box, 0.36, 0.06) };
};
