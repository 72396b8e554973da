import { distance } from '../run/run-points.ts';
import { across, type Pair, widthOf } from './column-ruler.ts';

/** Stitches that end on one rail lie about so many pitches apart on the inside of a turn, measured anywhere across the column. */
const EVEN_PITCHES = 0.82;
/** One that is too near counts as much as so many that are as much too far. */
const NEAR_COUNTS = 2;
/** Farther apart than a thread is wide cloth comes to light between them: as many even ones, and what those beyond count. */
const OPEN_EVEN = 1.05 / EVEN_PITCHES;
const OPEN_COUNTS = 10;
/** Looked at across the column at these steps of its width, so deep and no deeper. */
const LEVEL = 0.05;
const LEVELS = 13;
/** What stops short of its rail does so by this much at least, mm; every second one by a level more, so that their ends make no line. */
const SLIGHT_MM = 0.35;
const STAGGER_LEVELS = 1;
/** No stitch is shortened below this, mm. */
const LEAST_STITCH_MM = 0.75;
/** Places farther apart than so many even ones have nothing to do with each other. */
const FAR = 4;
/** Slanted stitches still go somewhere. */
const LEAST_ADVANCE = 0.4;

/**
 * How far from their rail the stitches that end on it stop short, as shares of their length: on the inside of a turn only so many go on, from level to
 * level, that thread lies alike over the whole width. Those which do are chosen all together, as evenly as they come, for what one crowds another
 * one could leave bare. `pairs` have the rail on their left.
 */
export const shortenings = (pairs: readonly Pair[], pitchMm: number): readonly number[] => {
  const evenMm = EVEN_PITCHES * pitchMm;
  const shares = pairs.map(() => Infinity);
  const last = pairs.length - 1;
  for (let level = 0; level < LEVELS; level += 1) {
    const reaching = shares.map((share, i) => share < Infinity || i === 0 || i === last);
    const reaches = evenly(marksAt(pairs, level * LEVEL), reaching, evenMm);
    reaches.forEach((reach, i) => {
      if (reach && shares[i] === Infinity) shares[i] = shareOf(pairs[i], level);
    });
    if (reaches.every(Boolean)) return shares;
  }
  let short = 0;
  return shares.map((share, i) => {
    if (share < Infinity) return share;
    short += 1;
    return shareOf(pairs[i], LEVELS + (short % 2) * STAGGER_LEVELS);
  });
};

const shareOf = (pair: Pair | undefined, level: number): number => {
  if (level === 0) return 0;
  const widthMm = Math.max(pair ? widthOf(pair) : 0, 1e-6);
  return Math.max(0, Math.min(Math.max(level * LEVEL, SLIGHT_MM / widthMm), 1 - LEAST_STITCH_MM / widthMm));
};

/** How far stitches have come at a level, at right angles to them and back where they turn on a spot, mm. */
const marksAt = (pairs: readonly Pair[], share: number): Float64Array => {
  const marks = new Float64Array(pairs.length);
  for (let k = 1; k < pairs.length; k += 1) {
    const [a, b] = [pairs[k - 1], pairs[k]];
    if (a && b) marks[k] = (marks[k - 1] ?? 0) + advanceAt(a, b, share);
  }
  return marks;
};

const advanceAt = (a: Pair, b: Pair, share: number): number => {
  const [from, to] = [across(a, share), across(b, share)];
  const whole = distance(from, to);
  const [ux, uy] = [b.right.x - b.left.x, b.right.y - b.left.y];
  const width = Math.hypot(ux, uy);
  if (width < 1e-6) return whole;
  const off = ((to.x - from.x) * uy - (to.y - from.y) * ux) / width;
  // Forward is where the middle goes.
  const ahead = (b.left.x + b.right.x - a.left.x - a.right.x) * uy - (b.left.y + b.right.y - a.left.y - a.right.y) * ux;
  return (off * ahead < 0 ? -1 : 1) * Math.max(Math.abs(off), LEAST_ADVANCE * whole);
};

/** Which of some places on a line to keep, those that are held in any case, so that they lie as near to `evenMm` apart as they can. */
const evenly = (marks: Float64Array, held: readonly boolean[], evenMm: number): readonly boolean[] => {
  const count = marks.length;
  const [costs, from] = [new Float64Array(count), new Int32Array(count)];
  for (let k = 1; k < count; k += 1) {
    costs[k] = Infinity;
    for (let j = k - 1; j >= 0; j -= 1) {
      const mm = (marks[k] ?? 0) - (marks[j] ?? 0);
      const cost = (costs[j] ?? 0) + unevenness(mm, evenMm);
      if (cost < (costs[k] ?? 0)) [costs[k], from[k]] = [cost, j];
      if (held[j] || mm > FAR * evenMm) break;
    }
  }
  const kept = held.map(() => false);
  for (let k = count - 1; k > 0; k = from[k] ?? 0) kept[k] = true;
  kept[0] = true;
  return kept;
};

const unevenness = (mm: number, evenMm: number): number => {
  const off = Math.max(mm, 0) / evenMm - 1;
  const open = Math.max(0, mm / evenMm - OPEN_EVEN);
  return off < 0 ? NEAR_COUNTS * off * off : off * off + OPEN_COUNTS * open * open;
};
