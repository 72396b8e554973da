import type { Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import type { Fabric } from '../fabric.ts';
import { MAX_MOVE_MM, ROLE, type Role } from '../plan.ts';
import type { DigitizeOptions, SatinColumn, SewEnds, Sewn } from '../region.ts';
import { distance } from '../run/run-points.ts';
import { SewTrail } from '../run/sew-trail.ts';
import { ColumnRuler, middleOf, type Pair, pairsOf, widthOf } from './column-ruler.ts';
import { withoutPush, withPull } from './compensate.ts';
import { capStitches } from './puff-caps.ts';
import { satinStitches, usualWidth } from './satin-stitches.ts';
import { centreOf, seamOf, underlayPasses } from './satin-underlay.ts';

export type SatinSewing = {
  readonly fabric: Fabric;
  /** Where the needle comes from and goes on to; null where it does not matter. */
  readonly ends: SewEnds;
  readonly options: Pick<DigitizeOptions, 'satinToMm' | 'minStitchMm'>;
  /** False for columns over foam and for those that lie on others; left out: by width and cloth. */
  readonly underlay?: boolean;
  /** Whether cloth lies open at a place: an end that faces one is closed straight across. Left out: everywhere. */
  readonly isOpenAt?: (place: Point) => boolean;
  /** True closes open ends with caps, for columns over foam. */
  readonly caps?: boolean;
  /** True sews an open column from its last pair to its first whatever the ends say. */
  readonly reverse?: boolean;
};

/** Closed columns go on over their beginning by this much of their longer rail, mm: one stitch, for the push of the cloth closes them further. */
const LAP_MM = 0.35;
/** An entry nearer to the end than this is at the end, mm. */
const NEAR_END_MM = 0.6;
/** So far before its end a column is open or meets another one, mm. */
const LOOK_MM = 0.35;
/** Stitches longer than this are too long for a machine in any direction, mm. */
const LONGEST_MM = MAX_MOVE_MM - 0.1;

/**
 * The stitches of a satin column in one thread: underlay first, then satin from rail to rail towards the exit. Starts at the end nearest to the
 * entry (a closed column at the pair nearest to it) and ends at the end nearest to the exit; when both are one end, the underlay goes out and
 * the satin comes back. Rails move out by the pull of the cloth, ends in by its push. A column without length gives no stitch.
 */
export const sewSatin = (column: SatinColumn, sewing: SatinSewing): Sewn => {
  const { fabric, options, underlay = true } = sewing;
  const splitMm = Math.min(options.satinToMm, LONGEST_MM);
  // The way from underlay to satin and places left out make stitches longer as well.
  const trail = new SewTrail(options.minStitchMm, splitMm);
  const given = pairsOf(column).filter(isSound);
  if (given.length < 2) return trail.finish();
  const laid = column.closed ? ringFrom(given, sewing.ends.entry) : withoutPush(given, fabric.pushMm, ...openEnds(given, sewing));
  if (new ColumnRuler(laid).length < options.minStitchMm) return trail.finish();
  const way = column.closed ? { pairs: laid, satinReturns: false } : directed(laid, sewing, underlay && goesOut(laid, fabric));
  if (underlay) sewUnderlay(way.pairs, column.edge ?? null, column.closed, way.satinReturns, fabric, sewing.ends.entry, trail);
  else if (way.satinReturns) add(trail, centreOf(way.pairs), ROLE.travel);
  const drawn = column.closed ? lapped(way.pairs) : way.satinReturns ? [...way.pairs].reverse() : way.pairs;
  const satin = withPull(drawn, fabric, column.edge !== undefined);
  const [opensFirst, opensLast] = column.closed ? [false, false] : openEnds(satin, sewing);
  if (sewing.caps && !column.closed) sewCaps(satin, opensFirst, opensLast, 2 * fabric.satinPitchMm, trail);
  add(
    trail,
    satinStitches(satin, { pitchMm: fabric.satinPitchMm, splitMm, opensFirst, opensLast, isClose: column.edge !== undefined }),
    ROLE.satin,
  );
  return trail.finish();
};

const openEnds = (pairs: readonly Pair[], sewing: SatinSewing): readonly [boolean, boolean] => [
  isOpenEnd(pairs, sewing),
  isOpenEnd([...pairs].reverse(), sewing),
];

/** Whether the first end of a column lies on the edge of its shape. */
const isOpenEnd = (pairs: readonly Pair[], { isOpenAt }: SatinSewing): boolean => {
  const [end] = pairs;
  const back = end && pairs.find((pair) => distance(middleOf(pair), middleOf(end)) > LOOK_MM);
  if (!isOpenAt || !end || !back) return true;
  const [from, to] = [middleOf(back), middleOf(end)];
  const share = LOOK_MM / distance(from, to);
  return isOpenAt({ x: to.x + share * (to.x - from.x), y: to.y + share * (to.y - from.y) });
};

/** Caps at the open ends, that of the far one first: the satin begins where the last one was sewn. */
const sewCaps = (pairs: readonly Pair[], first: boolean, last: boolean, pitchMm: number, trail: SewTrail): void => {
  const far = last ? capStitches([...pairs].reverse(), pitchMm) : [];
  if (far.length > 0) {
    add(trail, centreOf(pairs), ROLE.travel);
    add(trail, far, ROLE.satin);
    add(trail, [...centreOf(pairs)].reverse(), ROLE.travel);
  }
  if (first) add(trail, capStitches(pairs, pitchMm), ROLE.satin);
};

const add = (trail: SewTrail, points: readonly Point[], role: Role): void => {
  for (const point of points) trail.add(point, role);
};

const isSound = ({ left, right }: Pair): boolean => Number.isFinite(left.x + left.y + right.x + right.y);

/** A closed column from the pair nearest to the entry once around. */
const ringFrom = (pairs: readonly Pair[], entry: Point | null): readonly Pair[] => {
  const away = (pair: Pair | undefined): number => (entry && pair ? distance(middleOf(pair), entry) : 0);
  const nearest = pairs.reduce((best, pair, i) => (away(pair) < away(pairs[best]) ? i : best), 0);
  const turned = [...pairs.slice(nearest), ...pairs.slice(0, nearest)];
  const [first] = turned;
  return first ? [...turned, first] : pairs;
};

/** A ring from where its underlay ends, and a bit more than once around. */
const lapped = (ring: readonly Pair[]): readonly Pair[] => {
  const ruler = new ColumnRuler(ring);
  const from = seamOf(ruler);
  const start = ruler.at(from);
  const after = ring.filter((_, i) => ruler.markOf(i) > from);
  const before = ring.filter((_, i) => i > 0 && ruler.markOf(i) < from);
  const once = [start, ...after, ...before, start];
  let lap = 0;
  for (let i = 1; i < once.length - 1 && lap < LAP_MM; i += 1) {
    const [a, b] = [once[i - 1], once[i]];
    if (!a || !b) break;
    once.push(b);
    lap += Math.max(distance(a.left, b.left), distance(a.right, b.right));
  }
  return once;
};

type Way = { readonly pairs: readonly Pair[]; readonly satinReturns: boolean };

/**
 * The column from where the needle comes in, and whether its satin has to end there as well. Where an end is free, it is the one to which no way
 * beneath has to lead.
 */
const directed = (pairs: readonly Pair[], { ends: { entry, exit }, reverse }: SatinSewing, isOut: boolean): Way => {
  const [head, tail] = [pairs[0], pairs.at(-1)];
  if (!head || !tail) return { pairs, satinReturns: false };
  const [a, b] = [middleOf(head), middleOf(tail)];
  const nearsTail = (place: Point): boolean => distance(place, b) < distance(place, a);
  const endsAtTail = reverse === undefined ? (exit ? nearsTail(exit) : null) : !reverse;
  const startsAtTail = entry ? nearsTail(entry) : endsAtTail === null ? false : endsAtTail === isOut;
  const satinReturns = endsAtTail === null ? isOut : endsAtTail === startsAtTail;
  return { pairs: startsAtTail ? [...pairs].reverse().map(({ left, right }) => ({ left: right, right: left })) : pairs, satinReturns };
};

/** Whether the underlay of an open column ends at its other end. */
const goesOut = (pairs: readonly Pair[], fabric: Fabric): boolean =>
  underlayPasses(pairs, usualWidth(pairs), fabric, false, null).filter(({ returns }) => !returns).length % 2 === 1;

/** Underlay from the first pair on, ending where the satin is to begin. */
const sewUnderlay = (
  pairs: readonly Pair[],
  edge: Path | null,
  closed: boolean,
  satinReturns: boolean,
  fabric: Fabric,
  entry: Point | null,
  trail: SewTrail,
): void => {
  const [first] = pairs;
  if (!first) return;
  leadIn(pairs, entry, trail);
  const passes = underlayPasses(pairs, usualWidth(pairs), fabric, closed, edge);
  const isOut = !closed && passes.filter(({ returns }) => !returns).length % 2 === 1;
  for (const { points } of passes) add(trail, points, ROLE.underlay);
  if (closed || isOut === satinReturns) return;
  // The satin begins at the other end: there beneath it.
  const middle = centreOf(pairs);
  add(trail, isOut ? [...middle].reverse() : middle, ROLE.underlay);
};

/** From an entry in the middle of an open column to its end, along its middle. */
const leadIn = (pairs: readonly Pair[], entry: Point | null, trail: SewTrail): void => {
  if (!entry) return;
  const [first] = pairs;
  const nearest = pairs.reduce(
    (best, pair, i) => (distance(middleOf(pair), entry) < distance(middleOf(pairs[best] ?? pair), entry) ? i : best),
    0,
  );
  const at = pairs[nearest];
  if (!first || !at || distance(middleOf(at), middleOf(first)) < Math.max(NEAR_END_MM, widthOf(first))) return;
  if (distance(middleOf(at), entry) > Math.max(1, widthOf(at))) return;
  add(trail, [...centreOf(pairs.slice(0, nearest + 1))].reverse(), ROLE.underlay);
};
