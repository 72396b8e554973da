import { inscribedCircle } from './inscribed-circle.ts';
import { type LocalWidth, localWidths, WIDEST_TAPER } from './local-widths.ts';
import type { Path } from './path.ts';
import type { Point } from './point.ts';
import { unionPaths } from './polygons.ts';
import { type RingEdges, ringEdges, ringsOfEdges } from './ring-edges.ts';

/**
 * A place where a shape, or the room between shapes, is narrow: `at` lies in the middle between its two sides. `isEnd` tells the outermost bit of
 * a part that is wider farther in: a serif, the tip of a taper. It comes out blunt; nothing is lost. `lengthMm` is how far the narrow part
 * reaches: a stroke is long, the join of two strokes is not.
 */
export type Narrow = { readonly at: Point; readonly widthMm: number; readonly lengthMm: number; readonly isEnd: boolean };

/** Curves are followed this closely: a quarter of what widths are promised to. */
const TOLERANCE_MM = 0.005;
/** Regions that come this near touch: one curve that two regions share is followed by each with lines of its own. */
const TOUCH_MM = 0.02;

/** How far an end reaches in, in multiples of the least width; and one that widens steadily at the most. */
const END_REACH = 1.5;
const LONGEST_END = 6;
/** Sides less than this from parallel do not meet anywhere near, radians. */
const PARALLEL = 0.05;
/** How far beyond its reckoned point the outline of a taper may end. */
const POINT_SLACK = 1.3;
/** An end must be this much narrower than the part it ends, or it is that part, mm. */
const NARROWER_MM = 0.02;
/** Narrow places nearer to one another than this share of the least width are one. */
const JOIN_SHARE = 0.75;

/**
 * Parts of a region thinner than `minMm`: the narrowest place of each, the narrowest first, true to 0.02 mm. `path` is filled nonzero.
 *
 * A width is the diameter of the largest ball that fits between two sides facing one another. Corners of wide shapes have none and are not
 * found. What lies within one and a half `minMm` of where an outline turns about is told apart as an end, and
 * so is a taper of up to six. Islands that are thin all over count
 * with the largest ball inside them. Throws RangeError unless `minMm` is above 0.
 */
export const narrowParts = (path: Path, minMm: number): readonly Narrow[] => narrowOn(path, minMm, false);

/** Gaps between parts of a region, and holes in it, narrower than `minMm`; as `narrowParts`, of what is not filled. */
export const narrowGaps = (path: Path, minMm: number): readonly Narrow[] => narrowOn(path, minMm, true);

/** Places where two regions come nearer to one another than `minMm` without touching, which begins at 0.02 mm. Throws RangeError unless `minMm` is above 0. */
export const narrowBetween = (a: Path, b: Path, minMm: number): readonly Narrow[] => {
  requireLimit(minMm);
  const regions = [a, b].map((path) => unionPaths([path], 'nonzero', TOLERANCE_MM));
  const found = localWidths(ringEdges(regions, true), minMm, (one, other) => one !== other);
  const apart = found.filter(({ widthMm }) => widthMm > TOUCH_MM);
  return narrowest(clusters(apart, minMm * JOIN_SHARE));
};

const narrowOn = (path: Path, minMm: number, outside: boolean): readonly Narrow[] => {
  requireLimit(minMm);
  const edges = ringEdges([unionPaths([path], 'nonzero', TOLERANCE_MM)], outside);
  const tips = tipsOf(edges, minMm);
  const widths = localWidths(edges, minMm);
  const isAtEnd = (one: LocalWidth): boolean => tips.some((tip) => isWithin(one, tip, endReach(one, minMm)));
  const inner = widths.filter((one) => !isAtEnd(one));
  const runs = clusters(inner, minMm * JOIN_SHARE);
  const whole = [...runs, ...thinIslands(edges, minMm, runs)];
  const ends = clusters(widths.filter(isAtEnd), minMm * JOIN_SHARE).filter((end) => !isPartOf(end, inner, minMm) && !isListed(end, whole));
  return narrowest([...whole, ...ends.map((end) => ({ ...end, isEnd: true }))]);
};

/** How far away an outline may turn about for a place to be part of its end: sides that open meet where their taper says. */
const endReach = ({ widthMm, taper }: LocalWidth, minMm: number): number =>
  minMm * Math.max(END_REACH, taper > PARALLEL ? Math.min(LONGEST_END, (POINT_SLACK * widthMm) / taper / minMm) : 0);

/** Whether an end is no narrower than what it ends. */
const isPartOf = ({ at, widthMm }: Narrow, inner: readonly LocalWidth[], minMm: number): boolean =>
  inner.some((one) => one.widthMm < widthMm + NARROWER_MM && isWithin(one, at, minMm * (LONGEST_END + 1)));

const isListed = ({ at, widthMm }: Narrow, whole: readonly Narrow[]): boolean =>
  whole.some((one) => isWithin(one.at, at, Math.max(widthMm, one.widthMm)));

const requireLimit = (minMm: number): void => {
  if (!(minMm > 0) || !Number.isFinite(minMm)) throw new RangeError(`expected a least width above 0 mm, got ${minMm}`);
};

const narrowest = (found: readonly Narrow[]): readonly Narrow[] =>
  [...found].sort((a, b) => a.widthMm - b.widthMm || a.at.x - b.at.x || a.at.y - b.at.y);

const isWithin = (a: Point, b: Point, mm: number): boolean => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < mm * mm;

/** Where the outline turns about within `spanMm`: the points of tapers, the ends of bars. */
const tipsOf = (edges: RingEdges, spanMm: number): readonly Point[] => {
  const tips: Point[] = [];
  for (let i = 0; i < edges.count; i += 1) {
    let turn = turnAfter(edges, i);
    let span = 0;
    let last = edges.after[i] ?? 0;
    while (turn < Math.PI - WIDEST_TAPER) {
      span += edges.length[last] ?? 0;
      if (span > spanMm) break;
      turn += turnAfter(edges, last);
      last = edges.after[last] ?? 0;
    }
    if (turn >= Math.PI - WIDEST_TAPER) tips.push({ x: edges.x[last] ?? 0, y: edges.y[last] ?? 0 });
  }
  return tips;
};

/** The turn from an edge to the next, radians; positive around a part that sticks out. */
const turnAfter = ({ dx, dy, after }: RingEdges, i: number): number => {
  const next = after[i] ?? 0;
  const [ax, ay, bx, by] = [dx[i] ?? 0, dy[i] ?? 0, dx[next] ?? 0, dy[next] ?? 0];
  return Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
};

/** The narrowest place of every group of places that lie about within `joinMm` of one another: those in cells that touch. */
const clusters = (widths: readonly LocalWidth[], joinMm: number): readonly Narrow[] => {
  const cells = new Map<number, LocalWidth[]>();
  for (const one of widths) {
    const key = cellOf(one, joinMm / 2);
    const cell = cells.get(key);
    if (cell) cell.push(one);
    else cells.set(key, [one]);
  }
  const groups: Narrow[] = [];
  for (const key of [...cells.keys()]) {
    const group = takeGroup(cells, key);
    if (group.length > 0) groups.push(narrowestOf(group));
  }
  return groups;
};

/** All places in a cell and in those that touch it, near and far; they leave the cells. */
const takeGroup = (cells: Map<number, LocalWidth[]>, start: number): readonly LocalWidth[] => {
  const group: LocalWidth[] = [];
  const open = [start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const cell = cells.get(key);
    if (!cell) continue;
    cells.delete(key);
    group.push(...cell);
    for (const across of STEPS) for (const down of STEPS) open.push(key + across * CELLS_APART + down);
  }
  return group;
};

/** Of places that are equally narrow, the one in their middle. */
const narrowestOf = (group: readonly LocalWidth[]): Narrow => {
  const least = group.reduce((width, one) => Math.min(width, one.widthMm), Infinity);
  const equal = group.filter(({ widthMm }) => widthMm < least + EQUAL_MM);
  const [x, y] = [meanOf(equal.map((one) => one.x)), meanOf(equal.map((one) => one.y))];
  const away = (one: LocalWidth): number => (one.x - x) ** 2 + (one.y - y) ** 2;
  const middle = equal.reduce((best, one) => (away(one) < away(best) ? one : best), equal[0] ?? { x, y, widthMm: least, taper: 0 });
  return { at: { x: middle.x, y: middle.y }, widthMm: least, lengthMm: extentOf(group), isEnd: false };
};

const extentOf = (group: readonly LocalWidth[]): number => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of group) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return Math.hypot(right - left, bottom - top);
};

/** Widths that differ by less are equal, mm. */
const EQUAL_MM = 0.002;

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

const cellOf = ({ x, y }: Point, cellMm: number): number => Math.floor(x / cellMm) * CELLS_APART + Math.floor(y / cellMm);

/** More cells than fit into a column of 40 m. */
const CELLS_APART = 2 ** 26;

const STEPS = [-1, 0, 1] as const;

/** Islands that no ball of `minMm` fits into, and in which no narrow place was found. */
const thinIslands = (edges: RingEdges, minMm: number, found: readonly Narrow[]): readonly Narrow[] =>
  ringsOfEdges(edges).flatMap((ring): readonly Narrow[] => {
    // A ball of twice the area through the outline always fits: most islands need no more thought.
    if (ring.area <= 0 || (2 * ring.area) / ring.perimeter >= minMm) return [];
    const { x, y, width, height } = ring.box;
    if (found.some(({ at }) => at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height)) return [];
    const { at, radiusMm } = inscribedCircle(edges, ring.box);
    return 2 * radiusMm < minMm ? [{ at, widthMm: 2 * radiusMm, lengthMm: Math.max(width, height), isEnd: false }] : [];
  });
