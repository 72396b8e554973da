import type { Point } from '../../geometry/point.ts';
import { RingIndex, ringForest } from './contour-links.ts';
import type { ContourRing } from './contour-rings.ts';
import { type RingGauge, ringGauge } from './ring-gauge.ts';

/** Where the way leaves a ring for another: mm along both, how far apart they are there, and whether both run the same way there. */
export type RingGate = {
  readonly child: number;
  readonly at: number;
  readonly childAt: number;
  readonly apart: number;
  readonly isAlong: boolean;
};

/** Rings as measured for sewing and the gates from each to those that hang on it; `roots` hang on none. */
export type ContourTree = {
  readonly rings: readonly ContourRing[];
  readonly gauges: readonly RingGauge[];
  readonly gates: readonly (readonly RingGate[])[];
  readonly roots: readonly number[];
};

/** Gates of a ring keep this far apart, and from corners, where there is room, mm. */
const ROOM_MM = 2.4;
const CORNER_ROOM_MM = 1.2;
/** What a millimetre of missing room costs against a millimetre of a longer gate. */
const ROOM_COST = 0.15;
const CORNER_COST = 0.4;
/** Outlines and holes are followed more closely than what lies within, mm. */
const EDGE_TOLERANCE_MM = 0.04;
const TOLERANCE_MM = 0.1;
/** Where a needle place is left out the next stitch is longer by as much, mm. */
const SLACK_MM = 0.25;

/** Hangs all rings that are neighbours on one another, each tree on a ring along the outline: the one nearest to a place. */
export const contourTree = (rings: readonly ContourRing[], pitchMm: number, stitchMm: number, near: Point): ContourTree => {
  const index = new RingIndex(rings, pitchMm);
  const gauges = rings.map(({ points, level }) => ringGauge(points, stitchMm - SLACK_MM, level === 0 ? EDGE_TOLERANCE_MM : TOLERANCE_MM));
  const neighbours: number[][] = rings.map(() => []);
  for (const { a, b } of ringForest(rings, index)) {
    neighbours[a]?.push(b);
    neighbours[b]?.push(a);
  }
  const gates: RingGate[][] = rings.map(() => []);
  const taken: number[][] = rings.map(() => []);
  const seen = new Uint8Array(rings.length);
  const roots: number[] = [];
  for (let root = nextRoot(rings, seen, near); root >= 0; root = nextRoot(rings, seen, near)) {
    roots.push(root);
    seen[root] = 1;
    const open = [root];
    for (let k = 0; k < open.length; k += 1) {
      const ring = open[k] ?? 0;
      for (const child of neighbours[ring] ?? []) {
        if (seen[child] === 1) continue;
        seen[child] = 1;
        open.push(child);
        const gate = bestGate(gauges, index, ring, child, taken);
        gates[ring]?.push(gate);
        taken[ring]?.push(gate.at);
        taken[child]?.push(gate.childAt);
      }
    }
  }
  return { rings, gauges, gates, roots };
};

/** The ring not yet seen with the least level, of those the nearest. */
const nextRoot = (rings: readonly ContourRing[], seen: Uint8Array, { x, y }: Point): number => {
  let [best, level, nearest] = [-1, Infinity, Infinity];
  for (const [i, ring] of rings.entries()) {
    if (seen[i] === 1 || ring.kind !== 'ring' || ring.level > level) continue;
    let apart = Infinity;
    for (let k = 0; k + 1 < ring.points.length; k += 2)
      apart = Math.min(apart, Math.hypot((ring.points[k] ?? 0) - x, (ring.points[k + 1] ?? 0) - y));
    if (ring.level < level || apart < nearest) [best, level, nearest] = [i, ring.level, apart];
  }
  return best;
};

/** A short gate with room beside it on both rings. */
const bestGate = (
  gauges: readonly RingGauge[],
  index: RingIndex,
  ring: number,
  child: number,
  taken: readonly (readonly number[])[],
): RingGate => {
  const [own, other] = [gauges[ring], gauges[child]];
  let best: RingGate = { child, at: 0, childAt: 0, apart: Infinity, isAlong: true };
  if (!own || !other) return best;
  let least = Infinity;
  for (let i = 0; i + 1 < other.points.length; i += 2) {
    const [x, y] = [other.points[i] ?? 0, other.points[i + 1] ?? 0];
    let [nearest, found] = [Infinity, -1];
    index.near(x, y, child, (near, at, apart) => {
      if (near === ring && apart < nearest) [nearest, found] = [apart, at];
    });
    if (found < 0) continue;
    const { at, apart } = placeBeside(own, found / 2, x, y);
    const childAt = other.arcs[i / 2] ?? 0;
    const cost = apart + (missing(own, at, taken[ring] ?? []) + missing(other, childAt, taken[child] ?? []));
    if (cost >= least) continue;
    least = cost;
    best = { child, at, childAt, apart, isAlong: runAlong(own, found, other, i) };
  }
  return best;
};

const missing = ({ corners, mm }: RingGauge, at: number, taken: readonly number[]): number => {
  const room = (other: number): number => {
    const apart = Math.abs(other - at) % mm;
    return Math.min(apart, mm - apart);
  };
  let sum = 0;
  for (const other of taken) sum += Math.max(0, ROOM_MM - room(other));
  let least = CORNER_ROOM_MM;
  for (const corner of corners) least = Math.min(least, room(corner));
  return ROOM_COST * sum + CORNER_COST * (CORNER_ROOM_MM - least);
};

/** The nearest place on the two edges that meet in a point. */
const placeBeside = ({ points, arcs, mm }: RingGauge, i: number, x: number, y: number): { readonly at: number; readonly apart: number } => {
  const count = points.length / 2;
  let best = { at: 0, apart: Infinity };
  for (const from of [(i + count - 1) % count, i]) {
    const next = (from + 1) % count;
    const [ax, ay] = [points[2 * from] ?? 0, points[2 * from + 1] ?? 0];
    const [dx, dy] = [(points[2 * next] ?? 0) - ax, (points[2 * next + 1] ?? 0) - ay];
    const long = dx * dx + dy * dy;
    const t = long > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
    const apart = Math.hypot(ax + t * dx - x, ay + t * dy - y);
    if (apart < best.apart) best = { at: ((arcs[from] ?? 0) + t * Math.sqrt(long)) % mm, apart };
  }
  return best;
};

const runAlong = (a: RingGauge, i: number, b: RingGauge, k: number): boolean => {
  const way = ({ points }: RingGauge, at: number): readonly [number, number] => {
    const [before, after] = [(at + points.length - 2) % points.length, (at + 2) % points.length];
    return [(points[after] ?? 0) - (points[before] ?? 0), (points[after + 1] ?? 0) - (points[before + 1] ?? 0)];
  };
  const [[ax, ay], [bx, by]] = [way(a, i), way(b, k)];
  return ax * bx + ay * by >= 0;
};
