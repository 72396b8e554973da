import { contoursOf } from '../../geometry/contours.ts';
import { flattenPath, type Polyline } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { containsRect, type Point, type Rect } from '../../geometry/point.ts';

/** One contour of a layer, with straight lines to measure it by. */
export type Contour = { readonly path: Path; readonly line: Polyline };

/** An outline with all that lies within it, in working order: what is inside comes first. */
export type ContourGroup = readonly Contour[];

type Placed = Contour & { readonly box: Rect; readonly start: Point; readonly end: Point };

/** Measuring may be coarse: order and nesting do not hang on hundredths. */
const MEASURE_TOLERANCE_MM = 0.02;

/**
 * The contours in the order a machine should run them: inner ones before those around them, so that nothing is cut from a piece that
 * already lies loose; a piece is finished before the next; the next is the nearest to where the tool stands. The same paths give the same
 * order. `from` is where the tool stands first.
 */
export const orderContours = (paths: readonly Path[], from: Point): readonly ContourGroup[] => {
  const contours = paths.flatMap(contoursOf).flatMap(placed);
  const insiders = insidersOf(contours);
  const within = new Set(insiders.flat());
  const open = contours.flatMap((_, i): readonly OpenGroup[] => {
    const group = [...(insiders[i] ?? []), i];
    return within.has(i) ? [] : [{ group, starts: ready(group, insiders).flatMap((one) => contours[one]?.start ?? []) }];
  });
  const groups: ContourGroup[] = [];
  let at = from;
  while (open.length > 0) {
    const [next] = open.splice(nearestGroup(open, at), 1);
    const ordered = orderGroup(next?.group ?? [], insiders, contours, at);
    at = ordered.at(-1)?.end ?? at;
    groups.push(ordered);
  }
  return groups;
};

/** A piece that waits, by the indices of its contours, and where the tool may begin on it. */
type OpenGroup = { readonly group: readonly number[]; readonly starts: readonly Point[] };

/** Asked once for every piece about all that are left, so without a list in between. */
const nearestGroup = (open: readonly OpenGroup[], { x, y }: Point): number => {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [i, { starts }] of open.entries()) {
    for (const start of starts) {
      const away = (start.x - x) ** 2 + (start.y - y) ** 2;
      if (away < least) [best, least] = [i, away];
    }
  }
  return best;
};

/** For each contour those within it, found among those that begin between its left and right. */
const insidersOf = (contours: readonly Placed[]): readonly (readonly number[])[] => {
  const fromLeft = contours.map((contour, index) => ({ contour, index })).sort((a, b) => a.contour.box.x - b.contour.box.x);
  const found: (readonly number[])[] = [];
  fromLeft.forEach(({ contour: outer, index: own }, i) => {
    let first = i;
    while ((fromLeft[first - 1]?.contour.box.x ?? Number.NEGATIVE_INFINITY) === outer.box.x) first -= 1;
    const inner: number[] = [];
    for (let k = first; k < fromLeft.length; k += 1) {
      const { contour, index } = fromLeft[k] ?? { contour: outer, index: own };
      if (contour.box.x > outer.box.x + outer.box.width) break;
      if (contour !== outer && lies(contour, outer)) inner.push(index);
    }
    found[own] = inner.sort((a, b) => a - b);
  });
  return found;
};

const placed = (path: Path): readonly Placed[] => {
  const box = boundsOfPath(path);
  const [line] = flattenPath(path, MEASURE_TOLERANCE_MM);
  if (!box || !line) return [];
  const start = { x: line.points[0] ?? 0, y: line.points[1] ?? 0 };
  const end = line.closed ? start : { x: line.points.at(-2) ?? 0, y: line.points.at(-1) ?? 0 };
  return [{ path, line, box, start, end }];
};

const orderGroup = (
  group: readonly number[],
  insiders: readonly (readonly number[])[],
  contours: readonly Placed[],
  from: Point,
): readonly Placed[] => {
  const left = [...group];
  const out: Placed[] = [];
  let at = from;
  while (left.length > 0) {
    const free = ready(left, insiders);
    // Two contours that lie in each other are copies; then the first is as good as any.
    const next = free[indexOfLeast(free, (i) => reach(contours[i], at))] ?? left[0] ?? 0;
    left.splice(left.indexOf(next), 1);
    const contour = contours[next];
    if (!contour) continue;
    out.push(contour);
    at = contour.end;
  }
  return out;
};

/** Those of a group with nothing of it left inside them. */
const ready = (group: readonly number[], insiders: readonly (readonly number[])[]): readonly number[] => {
  const waiting = new Set(group);
  return group.filter((i) => !(insiders[i] ?? []).some((inner) => waiting.has(inner)));
};

const reach = (contour: Placed | undefined, { x, y }: Point): number =>
  contour ? Math.hypot(contour.start.x - x, contour.start.y - y) : Number.POSITIVE_INFINITY;

/** The first of the least; 0 for an empty list. */
const indexOfLeast = <T>(list: readonly T[], measure: (one: T) => number): number => {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  list.forEach((one, i) => {
    const value = measure(one);
    if (value < least) [best, least] = [i, value];
  });
  return best;
};

/** Whether a contour lies within another; of two equal ones neither does. */
const lies = (inner: Placed, outer: Placed): boolean => {
  if (!outer.line.closed || !containsRect(outer.box, inner.box)) return false;
  if (outer.box.width * outer.box.height <= inner.box.width * inner.box.height) return false;
  const [points, last] = [inner.line.points, inner.line.points.length];
  // Half way along the first piece: its ends may lie on the other outline.
  const x = ((points[0] ?? 0) + (points[2 % last] ?? 0)) / 2;
  const y = ((points[1] ?? 0) + (points[3 % last] ?? 0)) / 2;
  return holds(outer.line.points, x, y);
};

const holds = (points: Float64Array, x: number, y: number): boolean => {
  let inside = false;
  let [px, py] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [qx, qy] = [points[i] ?? 0, points[i + 1] ?? 0];
    if (py > y !== qy > y && x < px + ((y - py) / (qy - py)) * (qx - px)) inside = !inside;
    [px, py] = [qx, qy];
  }
  return inside;
};
