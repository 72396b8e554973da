import type { Point } from '../../geometry/point.ts';
import type { RegionMesh } from '../../geometry/region-mesh.ts';
import { nextEdge, previousEdge } from '../../geometry/triangulation.ts';
import { outlineBeyond } from './banks.ts';
import { capOf } from './caps.ts';
import { type Rung, rungsOf } from './rungs.ts';

/** Directions tried for the narrow way across a lump. */
const DIRECTIONS = 36;

/** Rungs of a piece without limbs (a point, a square): along its longer way, ends shaped as those of strokes. */
export const lumpRungs = (mesh: RegionMesh, lump: number): readonly Rung[] => {
  const e = 3 * lump;
  const closed = (): boolean => false;
  const corners = [e, nextEdge(e), previousEdge(e)].flatMap((side) => outlineBeyond(mesh, side, closed));
  const across = narrowWay(corners);
  const ring = densened(corners);
  // The outline keeps the inside on its right: seen along (across.y, -across.x) the left bank is the one with the least place.
  const leftmost = middleSpot(ring, across, -1);
  const turnedRing = [...ring.slice(leftmost), ...ring.slice(0, leftmost)];
  const rightmost = middleSpot(turnedRing, across, 1);
  const [first] = turnedRing;
  if (!first || rightmost === 0) return [];
  const ahead = capOf(turnedRing.slice(0, rightmost + 1));
  const behind = capOf([...turnedRing.slice(rightmost), first]);
  const last = turnedRing[rightmost] ?? first;
  const left = [...[...behind.right].reverse(), first, ...ahead.left];
  const right = [...[...behind.left].reverse(), last, ...ahead.right];
  return rungsOf({ left, right, facing: facingEvenly(left, right, across), closed: false });
};

/** Sides of the ring are cut into parts no longer than this share of its size, so that a bank can begin in the middle of one. */
const PART_SHARE = 0.12;
/** Spots within this share of the lump's width of its edge are on its edge. */
const EDGE_SHARE = 0.03;

const densened = (ring: readonly Point[]): readonly Point[] => {
  const [xs, ys] = [ring.map(({ x }) => x), ring.map(({ y }) => y)];
  const most = PART_SHARE * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    const parts = Math.max(1, Math.ceil(Math.hypot(q.x - p.x, q.y - p.y) / most));
    return Array.from({ length: parts }, (_, k): Point => ({ x: p.x + ((q.x - p.x) * k) / parts, y: p.y + ((q.y - p.y) * k) / parts }));
  });
};

/** The spot on one edge of the lump that is nearest to halfway along it. */
const middleSpot = (ring: readonly Point[], across: Point, side: 1 | -1): number => {
  const out = ring.map((p) => side * (p.x * across.x + p.y * across.y));
  const along = ring.map((p) => p.x * across.y - p.y * across.x);
  const [high, low] = [Math.max(...out), Math.min(...out)];
  const centre = (Math.max(...along) + Math.min(...along)) / 2;
  let best = -1;
  out.forEach((place, i) => {
    if (place < high - EDGE_SHARE * (high - low)) return;
    if (best < 0 || Math.abs((along[i] ?? 0) - centre) < Math.abs((along[best] ?? 0) - centre)) best = i;
  });
  return best;
};

/** The direction in which the ring is narrowest. */
const narrowWay = (ring: readonly Point[]): Point => {
  let best: Point = { x: 1, y: 0 };
  let least = Infinity;
  for (let k = 0; k < DIRECTIONS; k += 1) {
    const way = { x: Math.cos((k * Math.PI) / DIRECTIONS), y: Math.sin((k * Math.PI) / DIRECTIONS) };
    let [low, high] = [Infinity, -Infinity];
    for (const p of ring) {
      low = Math.min(low, p.x * way.x + p.y * way.y);
      high = Math.max(high, p.x * way.x + p.y * way.y);
    }
    // By a hair, so that rounding does not choose among equals.
    if (high - low < least * (1 - 1e-6)) [least, best] = [high - low, way];
  }
  return best;
};

const STEPS = 24;

/** Pairs at equal places along the lump. */
const facingEvenly = (left: readonly Point[], right: readonly Point[], across: Point): readonly (readonly [number, number])[] => {
  const along = (p: Point): number => p.x * across.y - p.y * across.x;
  const [ofLeft, ofRight] = [progress(left, along), progress(right, along)];
  return Array.from({ length: STEPS + 1 }, (_, i): readonly [number, number] => [ofLeft(i / STEPS), ofRight(i / STEPS)]);
};

/** Length along a bank at a share of its way; steps back count as none. */
const progress = (bank: readonly Point[], along: (p: Point) => number): ((share: number) => number) => {
  let [length, reached] = [0, along(bank[0] ?? { x: 0, y: 0 })];
  const marks = bank.map((p, i) => {
    const before = bank[i - 1];
    length += before ? Math.hypot(p.x - before.x, p.y - before.y) : 0;
    reached = Math.max(reached, along(p));
    return { length, reached };
  });
  const [low, high] = [marks[0]?.reached ?? 0, marks.at(-1)?.reached ?? 0];
  return (share) => {
    if (share >= 1) return length;
    const goal = low + share * (high - low);
    const next = marks.findIndex((mark) => mark.reached >= goal);
    const [a, b] = [marks[Math.max(0, next - 1)], marks[Math.max(0, next)]];
    if (!a || !b) return 0;
    const span = b.reached - a.reached;
    return a.length + (span > 0 ? (goal - a.reached) / span : 0) * (b.length - a.length);
  };
};
