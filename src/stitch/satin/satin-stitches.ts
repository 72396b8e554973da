import type { Point } from '../../geometry/point.ts';
import { distance } from '../run/run-points.ts';
import { closeSlits } from './close-slits.ts';
import { type Advance, across, ColumnRuler, type Pair, widthOf } from './column-ruler.ts';
import { shortenings } from './satin-side.ts';

export type SatinOptions = {
  /** From one stitch on a rail to the next on it in a broad straight column, mm. */
  readonly pitchMm: number;
  /** Stitches longer than this get penetrations in between, mm. */
  readonly splitMm: number;
  /** Whether the ends lie open: then a stitch straight across closes them square. */
  readonly opensFirst: boolean;
  readonly opensLast: boolean;
  /** Whether broad turns are closed on their outer side as well: where other colours end beneath the column. */
  readonly isClose?: boolean;
};

/** Narrow columns need fewer stitches to be covered and bear fewer: up to the first width this much wider apart, from the second on as given. */
const NARROW_MM = 1.2;
const BROAD_MM = 3;
const NARROW_SHARE = 1.2;
/**
 * In turns the outer side lies this much wider apart at the most, so that the inner one is less crowded; cloth would show for long in gentle turns of broad
 * columns, whose inner side is at least this share of the outer one.
 */
const OUTER_SHARE = 1.15;
const GENTLE_SHARE = 0.6;
/** And no notch between two of them is deeper than this, mm: stitches that end so much farther apart close that much later in broad columns. */
const NOTCH_MM = 0.22;
/**
 * On the outer side of columns up to the second width, mm, they lie no wider apart than this many times the pitch, and up to 3 mm and below 1.2 mm a little wider: the notches
 * between their ends grow with the square of what thread leaves open.
 */
const OUTER_MOST = 1.2;
const OUTER_MOST_TO_MM = 2;
const WIDER_PER_MM = 0.15;
const NARROWER_PER_MM = 0.5;
/** Where split stitches are pierced moves from one to the next by these shares of a part, like bricks. */
const BRICKS: readonly number[] = [-0.3, 0.2, -0.1, 0.35];

/** The stitches of a column over and over its rails, from its first pair to its last. */
export const satinStitches = (pairs: readonly Pair[], options: SatinOptions): readonly Point[] => {
  const { pitchMm, splitMm, opensFirst, opensLast, isClose = false } = options;
  const ruler = new ColumnRuler(pairs, (advance) => pitchesIn(advance, pitchMm, isClose));
  // The stitches across the ends stand for one of the others.
  const steps = Math.max(1, Math.floor(2 * ruler.length - 0.5));
  const sewn = Array.from({ length: steps + 1 }, (_, k) => facing(ruler.at((ruler.length * k) / steps), k));
  const [left, right] = [0, 1].map((side) =>
    shortenings(
      sewn.filter((_, k) => k % 2 === side),
      pitchMm,
    ),
  );
  const shares = closeSlits(
    sewn,
    sewn.map((_, k) => (k % 2 === 0 ? left : right)?.[k >> 1] ?? 0),
    pitchMm,
  );
  const out: Point[] = [];
  const [first, last] = [ruler.at(0), ruler.at(ruler.length)];
  if (opensFirst) out.push(first.right);
  for (const [k, pair] of sewn.entries()) {
    const point = across(pair, shares[k] ?? 0);
    const before = out.at(-1);
    if (before) out.push(...piercings(before, point, splitMm, k));
    out.push(point);
  }
  if (!opensLast) return out;
  const close = steps % 2 === 0 ? last.right : last.left;
  const end = out.at(-1);
  if (end) out.push(...piercings(end, close, splitMm, steps + 1));
  out.push(close);
  return out;
};

/** A pair with the rail on its left on which stitch number `k` ends. */
const facing = (pair: Pair, k: number): Pair => (k % 2 === 0 ? pair : { left: pair.right, right: pair.left });

/** How many stitches of one rail lie between two pairs. */
const pitchesIn = ({ outerMm, innerMm, widthMm }: Advance, pitchMm: number, isClose: boolean): number => {
  const gentleShare = isClose ? 0 : GENTLE_SHARE;
  const narrow = Math.min(1, Math.max(0, (BROAD_MM - widthMm) / (BROAD_MM - NARROW_MM)));
  const pitch = pitchMm * (1 + narrow * (NARROW_SHARE - 1));
  const crowding =
    Math.max(outerMm / (widthMm < BROAD_MM || innerMm < gentleShare * outerMm ? outerShare(widthMm) : 1), (outerMm + innerMm) / 2) / pitch;
  const most = OUTER_MOST + WIDER_PER_MM * Math.max(0, widthMm - OUTER_MOST_TO_MM) + NARROWER_PER_MM * Math.max(0, NARROW_MM - widthMm);
  // On other thread no cloth shows in notches, and the cloth has holes enough.
  return widthMm < BROAD_MM && !isClose ? Math.max(crowding, outerMm / (most * pitchMm)) : crowding;
};

/** How much wider apart than a thread stitches may end on the outer side, where notches between them are no deeper than `NOTCH_MM`. */
const outerShare = (widthMm: number): number => {
  const mm = Math.max(widthMm, 2 * NOTCH_MM);
  return Math.min(OUTER_SHARE, mm / (mm - NOTCH_MM));
};

/** Penetrations on the way of a long stitch, in another place each time. */
const piercings = (from: Point, to: Point, splitMm: number, k: number): readonly Point[] => {
  const length = distance(from, to);
  if (length <= splitMm) return [];
  const parts = Math.ceil(length / (0.72 * splitMm));
  // Seen from the left rail, so that stitches there and back make one pattern.
  const brick = (BRICKS[k % BRICKS.length] ?? 0) * (k % 2 === 0 ? -1 : 1);
  return Array.from({ length: parts - 1 }, (_, i) => across({ left: from, right: to }, (i + 1 + brick) / parts));
};

/** The width most of a column has: its median. */
export const usualWidth = (pairs: readonly Pair[]): number => {
  const widths = pairs.map(widthOf).sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
};
