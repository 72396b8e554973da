import { pathLength } from '../../geometry/measure.ts';
import { isEmptyPath, type Path, transformPath } from '../../geometry/path.ts';
import { areaOfPath, offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import type { Fabric } from '../fabric.ts';
import type { FillArea, SatinColumn, SewPart } from '../region.ts';
import { pullAt } from '../satin/compensate.ts';
import { edgeNear, edgeOfArea, edgeOfColumn } from './border-edge.ts';
import { islandsOf } from './islands.ts';
import { distance, middleOf, pointAt } from './part-shape.ts';
import { boxOfColumns, groundOf, type ThreadGround } from './thread-ground.ts';

/** How far thread reaches beyond the middle of its outermost stitches, the run beneath them helping: at row ends, beside rows, at rails; mm. */
const ROW_END_MM = 0.19;
const ROW_SIDE_MM = 0.17;
const RAIL_MM = 0.195;
/** Blunt ends of columns reach farther than they are told by this much, mm, and from what width on an end is blunt. */
const END_MM = 0.1;
const BLUNT_MM = 0.4;
/** Thin areas stay back by no more than this share of their width a side. */
const THIN_SHARE = 0.22;
/** Columns keep this share of their width, or as much as needs no more room than the thread has within their rails, mm. */
const KEPT_SHARE = 0.6;
const KEPT_MM = 0.32;
/** What is left of an area in pieces smaller than this is dropped, mm². */
const LEAST_FILL_MM2 = 0.6;
const TOLERANCE_MM = 0.015;
/** At the mouth of a stroke that goes on from a rail, thread reaches round the corner so far along it, mm. */
const BESIDE_MM = 0.15;
/** Compensation hangs on what is left of a width: so many rounds find it within a hundredth of a millimetre. */
const ROUNDS = 4;
/** Stitches slanted more than this to their rail are taken as this. */
const MOST_SLANT = 1.8;

/**
 * Draws the edges of parts that lie on earlier thread back by what compensation and the thread's own width will add to them: there no cloth can
 * show, and the border comes to lie where the artwork has it. The run beneath such an edge goes out to it.
 */
export const stayBack = (parts: readonly SewPart[], earlier: Path, fabric: Fabric): readonly SewPart[] => {
  if (isEmptyPath(earlier)) return parts;
  let ground: ThreadGround | null = null;
  return parts.flatMap((part): readonly SewPart[] => {
    if (part.kind === 'run') return [part];
    if (part.kind === 'fill') return fillBack(part, earlier, fabric);
    ground ??= groundOf(earlier, boxOfColumns(parts));
    return [columnBack(part, ground, earlier, fabric.pullMm)];
  });
};

const fillBack = (part: FillArea, earlier: Path, { pullMm }: Fabric): readonly FillArea[] => {
  const most = (THIN_SHARE * 2 * areaOfPath(part.path)) / Math.max(pathLength(part.path), 1e-6);
  const along = Math.min(pullMm + ROW_END_MM, most);
  const across = part.style === 'contour' ? along : Math.min(ROW_SIDE_MM, most);
  // Rows are stretched apart so far that one even offset does for both ways.
  const angle = (part.angleDeg * Math.PI) / 180;
  const [cos, sin, stretch] = [Math.cos(angle), Math.sin(angle), along / across];
  const [own, other] = [part.path, earlier].map((path) => transformPath(path, [cos, -sin * stretch, sin, cos * stretch, 0, 0]));
  if (!own || !other) return [part];
  const left = subtractPaths(own, offsetPath(other, along, 'round', 'nonzero', TOLERANCE_MM), 'nonzero', TOLERANCE_MM);
  const islands = islandsOf(transformPath(left, [cos, sin, -sin / stretch, cos / stretch, 0, 0]));
  const large = islands.filter(({ areaMm2 }) => areaMm2 >= LEAST_FILL_MM2);
  if (large.length === 0) return [part];
  const edge = edgeOfArea(part.path, earlier);
  return large.map(({ path }) => ({ ...part, path, edge: large.length === 1 ? edge : edgeNear(edge, path) }));
};

const columnBack = (column: SatinColumn, ground: ThreadGround, earlier: Path, pullMm: number): SatinColumn => {
  const { left, right, closed } = column;
  const { byLeft, byRight } = backsOf(column, ground, pullMm);
  if (!isAny(byLeft) && !isAny(byRight)) return closed ? column : endsBack(column, ground);
  const isWhole = [byLeft, byRight].every((by) => by.every((share) => share > 0));
  const narrowed = {
    ...column,
    left: drawn(left, right, byLeft),
    right: drawn(right, left, byRight),
    edge: edgeOfColumn(column, earlier, isWhole),
  };
  return closed ? narrowed : endsBack(narrowed, ground);
};

/** An open column with its blunt ends drawn back where they lie on earlier thread. */
const endsBack = (column: SatinColumn, ground: ThreadGround): SatinColumn => {
  const last = column.left.length / 2 - 1;
  if (last < 2) return column;
  const [left, right] = [column.left.slice(), column.right.slice()];
  for (const [end, next] of [
    [0, 1],
    [last, last - 1],
  ] as const) {
    const [at, from] = [middleOf(column, end), middleOf(column, next)];
    const step = distance(at, from);
    if (step < 1e-6 || distance(pointAt(left, end), pointAt(right, end)) < BLUNT_MM) continue;
    const beyond = ground.probeMm / step;
    if (!ground.has(at.x + (at.x - from.x) * beyond, at.y + (at.y - from.y) * beyond)) continue;
    const by = Math.min(0.8, END_MM / step);
    for (const rail of [left, right]) for (const k of [0, 1]) rail[2 * end + k] = mixed(rail[2 * end + k], rail[2 * next + k], by);
  }
  return { ...column, left, right };
};

const mixed = (a = 0, b = 0, t = 0): number => a + (b - a) * t;

/** By what share of the width each place of either rail stays back. */
const backsOf = (
  { left, right, closed }: SatinColumn,
  ground: ThreadGround,
  pullMm: number,
): { readonly byLeft: Float64Array; readonly byRight: Float64Array } => {
  const [byLeft, byRight] = [new Float64Array(left.length / 2), new Float64Array(left.length / 2)];
  for (let i = 0; i < byLeft.length; i += 1) {
    const [a, b] = [pointAt(left, i), pointAt(right, i)];
    const width = distance(a, b);
    if (width < 0.05) continue;
    const beyond = ground.probeMm / width;
    const [dx, dy] = [(a.x - b.x) * beyond, (a.y - b.y) * beyond];
    const onLeft = isBeside(ground, a.x + dx, a.y + dy, dx, dy) ? RAIL_MM * slantAt(left, right, i) : 0;
    const onRight = isBeside(ground, b.x - dx, b.y - dy, dx, dy) ? RAIL_MM * slantAt(right, left, i) : 0;
    if (onLeft + onRight === 0) continue;
    const back = pairBack(width, onLeft, onRight, pullMm);
    byLeft[i] = back.left / width;
    byRight[i] = back.right / width;
  }
  return { byLeft: smoothed(byLeft, closed), byRight: smoothed(byRight, closed) };
};

/** Whether earlier thread lies at a place beside a rail, or so near to it along the rail that a stitch would reach it; (dx, dy) goes across. */
const isBeside = (ground: ThreadGround, x: number, y: number, dx: number, dy: number): boolean => {
  const along = BESIDE_MM / Math.max(Math.hypot(dx, dy), 1e-9);
  return ground.has(x, y) || ground.has(x - along * dy, y + along * dx) || ground.has(x + along * dy, y - along * dx);
};

/**
 * How far the two ends of a pair go back so that compensation, which widens what is left of it, brings them to so much within their rails; an end
 * with nothing to keep to stays. All in mm.
 */
const pairBack = (width: number, onLeft: number, onRight: number, pullMm: number): { readonly left: number; readonly right: number } => {
  const most = width - Math.min(KEPT_SHARE * width, KEPT_MM);
  let [left, right] = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const pull = pullAt(width - left - right, pullMm);
    const [l, r] = [onLeft > 0 ? onLeft + pull : 0, onRight > 0 ? onRight + pull : 0];
    const fits = Math.min(1, most / (l + r));
    [left, right] = [l * fits, r * fits];
  }
  return { left, right };
};

/** How much longer the way is along a stitch than straight away from its rail. */
const slantAt = (rail: Float64Array, other: Float64Array, i: number): number => {
  const [before, after] = [pointAt(rail, Math.max(0, i - 1)), pointAt(rail, Math.min(rail.length / 2 - 1, i + 1))];
  const [a, b] = [pointAt(rail, i), pointAt(other, i)];
  const [dx, dy, sx, sy] = [after.x - before.x, after.y - before.y, b.x - a.x, b.y - a.y];
  const long = Math.hypot(dx, dy) * Math.hypot(sx, sy);
  return long < 1e-9 ? 1 : Math.min(MOST_SLANT, 1 / Math.max(1e-9, Math.abs(dx * sy - dy * sx) / long));
};

/** At least the mean of three neighbours: no step in the edge where the ground changes, and none that stays back less than it has to. */
const smoothed = (values: Float64Array, closed: boolean): Float64Array =>
  values.map((value, i) => {
    const last = values.length - 1;
    const before = values[i > 0 ? i - 1 : closed ? last : 0] ?? value;
    const after = values[i < last ? i + 1 : closed ? 0 : last] ?? value;
    return Math.max(value, (before + value + after) / 3);
  });

const drawn = (rail: Float64Array, other: Float64Array, by: Float64Array): Float64Array =>
  rail.map((value, k) => value + ((other[k] ?? value) - value) * (by[k >> 1] ?? 0));

const isAny = (shares: Float64Array): boolean => shares.some((share) => share > 0);
