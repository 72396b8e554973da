import type { Steps } from '../../model/steps.ts';
import { ROLE } from '../plan.ts';
import type { ContourTree, RingGate } from './contour-tree.ts';
import type { RingGauge } from './ring-gauge.ts';
import { placeOnRing, ringStitches } from './ring-stitches.ts';
import type { StitchTrail } from './stitch-trail.ts';

/** The two stitches of a gate are as long as this where rings are near, and lie this far apart, mm. */
const GATE_MM = 0.62;
const GATE_APART_MM = 0.1;
/** A gate opens its rings by no more than this, mm, and the inner one by no more than this share. */
const MOST_OPEN_MM = 1.2;
const MOST_OPEN_SHARE = 0.3;
/** Needle places nearer than this are made one, mm. */
const LEAST_MM = 0.52;

/** A ring on the way: begun at `start` mm along it, gone `gone` of `whole` mm, forwards (1) or back (-1). */
type Visit = {
  readonly ring: number;
  readonly start: number;
  readonly way: 1 | -1;
  readonly whole: number;
  readonly gates: readonly RingGate[];
  next: number;
  gone: number;
  /** Where the way goes on, on the ring that this one hangs on. */
  back: number;
};

/**
 * Sews a tree of rings in one line, from a place of its root back to it: along a ring to a gate, through it once around all that hangs there, back
 * beside it, and on. Nothing is sewn twice and no way is needed. Rings one inside the other are gone round in turns.
 */
export function* walkContours(tree: ContourTree, root: number, start: number, trail: StitchTrail): Steps<void> {
  const gauge = tree.gauges[root];
  if (!gauge) return;
  add(trail, placeOnRing(gauge, start));
  const open = [visitOf(tree, root, start, 1, gauge.mm)];
  for (let visit = open.at(-1); visit; visit = open.at(-1)) {
    const gate = visit.gates[visit.next];
    const inner = gate && tree.gauges[gate.child];
    if (!gate || !inner) {
      goOn(tree, visit, visit.whole, trail);
      open.pop();
      const outer = open.at(-1);
      if (outer) resume(tree, outer, trail);
      yield;
      continue;
    }
    visit.next += 1;
    const child = enter(tree, visit, gate, inner, trail);
    if (child) open.push(child);
    else resume(tree, visit, trail);
  }
}

const visitOf = (tree: ContourTree, ring: number, start: number, way: 1 | -1, whole: number): Visit => {
  const gates = (tree.gates[ring] ?? []).toSorted((a, b) => goneAt(tree, ring, start, way, a.at) - goneAt(tree, ring, start, way, b.at));
  return { ring, start, way, whole, gates, next: 0, gone: 0, back: 0 };
};

const goneAt = ({ gauges }: ContourTree, ring: number, start: number, way: 1 | -1, at: number): number => {
  const mm = gauges[ring]?.mm ?? 1;
  return ((((at - start) * way) % mm) + mm) % mm;
};

/** Goes up to a gate and through it; null for a speck, which is only touched. */
const enter = (tree: ContourTree, visit: Visit, gate: RingGate, inner: RingGauge, trail: StitchTrail): Visit | null => {
  const slant = Math.sqrt(Math.max(0.04, GATE_MM * GATE_MM - gate.apart * gate.apart));
  const wide = (GATE_APART_MM * Math.hypot(slant, gate.apart)) / Math.max(gate.apart, 0.05);
  const open = Math.min(wide, MOST_OPEN_MM, inner.mm * MOST_OPEN_SHARE);
  const middle = Math.min(visit.whole, goneAt(tree, visit.ring, visit.start, visit.way, gate.at));
  const leave = Math.max(visit.gone, middle - open / 2);
  visit.back = Math.max(leave, Math.min(visit.whole, middle + open / 2));
  if (leave - visit.gone >= LEAST_MM) goOn(tree, visit, leave, trail);
  if (tree.rings[gate.child]?.kind === 'speck') {
    touch(inner.points, trail);
    return null;
  }
  const along = gate.isAlong ? visit.way : visit.way === 1 ? -1 : 1;
  const first = atCorner(inner, gate.childAt + along * (slant - open / 2));
  add(trail, placeOnRing(inner, first));
  return visitOf(tree, gate.child, first, along === 1 ? -1 : 1, inner.mm - open);
};

/** The corner that is so near that the needle would leave it out, or else the place itself. */
const atCorner = ({ corners, mm }: RingGauge, at: number): number => {
  let [best, least] = [0, LEAST_MM];
  for (const corner of corners) {
    const apart = corner - at - Math.round((corner - at) / mm) * mm;
    if (Math.abs(apart) < Math.abs(least)) [best, least] = [apart, Math.abs(apart)];
  }
  return at + best;
};

/** Sews along a ring up to so many mm of it. */
const goOn = ({ rings, gauges }: ContourTree, visit: Visit, until: number, trail: StitchTrail): void => {
  const gauge = gauges[visit.ring];
  if (!gauge) return;
  const [a, b] = [visit.start + visit.way * visit.gone, visit.start + visit.way * until];
  const places = ringStitches(gauge, Math.min(a, b), Math.max(a, b), rings[visit.ring]?.level ?? 0);
  const count = places.length / 2;
  for (let k = 0; k < count; k += 1) {
    const i = visit.way === 1 ? k : count - 1 - k;
    add(trail, [places[2 * i] ?? 0, places[2 * i + 1] ?? 0]);
  }
  add(trail, placeOnRing(gauge, b));
  visit.gone = until;
};

/** Back on a ring behind a gate. */
const resume = ({ gauges }: ContourTree, visit: Visit, trail: StitchTrail): void => {
  const gauge = gauges[visit.ring];
  visit.gone = visit.whole - visit.back < LEAST_MM ? visit.whole : visit.back;
  if (gauge) add(trail, placeOnRing(gauge, visit.start + visit.way * visit.gone));
};

/** To the far end of a speck. */
const touch = (points: Float64Array, trail: StitchTrail): void => {
  let [far, fx, fy] = [-1, trail.x, trail.y];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const apart = Math.hypot((points[i] ?? 0) - trail.x, (points[i + 1] ?? 0) - trail.y);
    if (apart > far) [far, fx, fy] = [apart, points[i] ?? 0, points[i + 1] ?? 0];
  }
  const longer = far > 0 ? Math.max(1, LEAST_MM / far) : 1;
  add(trail, [trail.x + (fx - trail.x) * longer, trail.y + (fy - trail.y) * longer]);
};

const add = (trail: StitchTrail, [x, y]: readonly [number, number]): void => {
  if (trail.isEmpty || Math.hypot(x - trail.x, y - trail.y) >= LEAST_MM) trail.add(x, y, ROLE.top);
};
