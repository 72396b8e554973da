import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import type { Steps } from '../../model/steps.ts';
import { isRingWithin, lengthOfRing, nearestOnRing, type RingPlace } from '../fill/nearest-ring.ts';
import { thinRings } from '../order/thin-rings.ts';
import type { SatinColumn } from '../region.ts';

/** Pairs of the rails lie about this far apart, mm; the outline is looked at so often in between. */
const STEP_MM = 0.8;
const LOOKS = 3;
const TOLERANCE_MM = 0.03;
/** Rings shorter than this hold no border, mm. */
const LEAST_RING_MM = 6;
/** Stitches from both sides of a pointed corner pass its middle by this much, mm. */
const LOCK_MM = 0.25;
const NEAR_MM = 0.04;
const HALVINGS = 7;
const MOST_POINTS = 1200;
/** Rungs around one corner. */
const MOST_FAN = 24;
/** Of an edge, at a step: some milliseconds on busy outlines. */
const PLACES_AT_ONCE = 256;
/** Rungs of full depth on either side of where a border begins. */
const CALM = 8;

/** How far a border reaches beyond the edge and back from it, mm. */
export type BorderReach = { readonly outsideMm: number; readonly insideMm: number };

/**
 * Closed columns along all edges of a shape, holes too: the left rail beyond the edge, the right one within, each pair square to the edge. In
 * corners of cloth the pairs end where those of the other side begin (a mitre), in corners of the hole they turn like a fan.
 */
export function* borderColumns(path: Path, { outsideMm, insideMm }: BorderReach): Steps<readonly SatinColumn[]> {
  const plain = plainPath(path);
  yield;
  const edges = ringsOf(plain);
  const columns: SatinColumn[] = [];
  for (const ring of ringsOf(offsetPath(plain, outsideMm, 'round', 'nonzero', TOLERANCE_MM))) {
    if (lengthOfRing(ring) < LEAST_RING_MM) continue;
    const column = yield* columnAlong(ring, { edges, outsideMm, insideMm });
    if (column) columns.push(column);
  }
  return columns;
}

/** The shape with no more points than a border can follow in good time. */
const plainPath = (path: Path): Path => {
  let plain = path;
  for (let tolerance = TOLERANCE_MM; plain.coords.length > 2 * MOST_POINTS && tolerance < 3; tolerance *= 2) {
    plain = unionPaths([thinRings(path, tolerance)], 'nonzero', TOLERANCE_MM);
  }
  return plain;
};

const ringsOf = (path: Path): readonly Float64Array[] => flattenPath(path, TOLERANCE_MM).map(({ points }) => points);

type Border = BorderReach & { readonly edges: readonly Float64Array[] };

/**
 * A pair of rail places by the place of the outline between them and the way inwards, radians; `deep`: how far it may go. `edge`: the ring of the
 * outline, and the point of it that the place comes after.
 */
type Rung = Point & {
  /** The place beyond the outline. */
  readonly out: Point;
  readonly turn: number;
  readonly deep: number;
  readonly edge: { readonly ring: number; readonly at: number };
};

function* columnAlong(ring: Float64Array, border: Border): Steps<SatinColumn | null> {
  const places = evenly(ring, STEP_MM / LOOKS);
  const rungs: Rung[] = [];
  let gone = 0;
  for (let i = 0; i + 1 < places.length; i += 2) {
    if (i % (2 * PLACES_AT_ONCE) === 0) yield;
    const rung = rungAt(places[i] ?? 0, places[i + 1] ?? 0, border);
    const before = rungs.at(-1);
    gone += 1;
    if (!rung || (before && gone < LOOKS && apart(before, rung) < STEP_MM)) continue;
    if (before) fan(rungs, before, rung, border);
    rungs.push(rung);
    gone = 0;
  }
  const [first, last] = [rungs[0], rungs.at(-1)];
  if (!first || !last || rungs.length < 6) return null;
  fan(rungs, last, first, border);
  const begin = calmPlace(rungs, border.insideMm);
  rungs.push(...rungs.splice(0, begin));
  return {
    kind: 'satin',
    region: 0,
    left: Float64Array.from(rungs.flatMap(({ out }) => [out.x, out.y])),
    right: Float64Array.from(rungs.flatMap((rung) => innerEnd(rung))),
    closed: true,
  };
}

/** Where to begin: away from corners, where threads crowd as it is. */
const calmPlace = (rungs: readonly Rung[], insideMm: number): number => {
  const isCalm = (i: number): boolean => {
    for (let k = -CALM; k <= CALM; k += 1) {
      const rung = rungs[(i + k + rungs.length) % rungs.length];
      if (!rung || rung.deep < insideMm) return false;
    }
    return true;
  };
  return Math.max(
    0,
    rungs.findIndex((_, i) => isCalm(i)),
  );
};

const rungAt = (x: number, y: number, border: Border): Rung | null => {
  const edge = nearestEdge(border.edges, x, y);
  if (edge.apart < 1e-3 || edge.apart > 2 * border.outsideMm) return null;
  const turn = Math.atan2(edge.y - y, edge.x - x);
  return { x: edge.x, y: edge.y, out: { x, y }, turn, deep: depthFrom(edge, turn, border), edge: { ring: edge.ring, at: edge.edge } };
};

/** How far one may go inwards from the outline until another stretch of it is nearer. */
const depthFrom = ({ x, y }: Point, turn: number, { edges, insideMm }: Border): number => {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const isOwn = (deep: number): boolean => !edges.some((ring) => isRingWithin(ring, x + cos * deep, y + sin * deep, deep - NEAR_MM));
  if (isOwn(insideMm)) return insideMm;
  let [own, other] = [0, insideMm];
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = (own + other) / 2;
    if (isOwn(middle)) own = middle;
    else other = middle;
  }
  return Math.min(insideMm, own + LOCK_MM);
};

/** Rungs between two that point far apart from one another: along the edge to the corner between them, around it, and on. */
const fan = (rungs: Rung[], from: Rung, to: Rung, border: Border): void => {
  if (apart(from, to) < 1.5 * STEP_MM) return;
  const corner = cornerBetween(border.edges, from, to);
  const turn = ((to.turn - from.turn + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
  const deep = Math.min(from.deep, to.deep);
  const made: Rung[] = [];
  const along = (a: Rung, b: Rung): void => {
    const [way, arc] = [Math.hypot(b.x - a.x, b.y - a.y), Math.abs(b.turn - a.turn) * deep];
    const parts = Math.min(MOST_FAN, Math.max(1, Math.round(Math.max(way, arc) / STEP_MM)));
    for (let k = 1; k <= parts; k += 1) {
      const mix = (p: number, q: number): number => p + ((q - p) * k) / parts;
      made.push({ ...a, x: mix(a.x, b.x), y: mix(a.y, b.y), turn: mix(a.turn, b.turn), deep: mix(a.deep, b.deep) });
    }
  };
  const arrived = { ...from, ...corner, deep };
  const leaving = { ...arrived, turn: from.turn + turn };
  along(from, arrived);
  along(arrived, leaving);
  along(leaving, { ...to, turn: leaving.turn });
  // The other rail has the corner itself to go round, which is short.
  made.slice(0, -1).forEach((rung, k) => {
    const t = (k + 1) / made.length;
    rungs.push({ ...rung, out: { x: from.out.x + (to.out.x - from.out.x) * t, y: from.out.y + (to.out.y - from.out.y) * t } });
  });
};

/** The point of the outline between two rungs that is farthest from both; the middle between them on a straight stretch. */
const cornerBetween = (edges: readonly Float64Array[], from: Rung, to: Rung): Point => {
  const ring = edges[from.edge.ring] ?? new Float64Array(0);
  const count = ring.length / 2;
  let best = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  let most = Math.hypot(to.x - from.x, to.y - from.y) + 0.1;
  const gap = to.edge.at - from.edge.at;
  if (from.edge.ring !== to.edge.ring || count === 0 || gap === 0) return best;
  const forward = (gap + count) % count <= count / 2;
  const steps = forward ? (gap + count) % count : (count - gap) % count;
  for (let k = 1; k <= Math.min(steps, MOST_FAN); k += 1) {
    const i = ((forward ? from.edge.at + k : from.edge.at + 1 - k) + count) % count;
    const [x, y] = [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0];
    const far = Math.hypot(x - from.x, y - from.y) + Math.hypot(x - to.x, y - to.y);
    if (far > most) [best, most] = [{ x, y }, far];
  }
  return best;
};

const innerEnd = ({ x, y, turn, deep }: Rung): readonly [number, number] => [x + Math.cos(turn) * deep, y + Math.sin(turn) * deep];

/** The larger distance of two rungs, at the outer or at the inner end. */
const apart = (a: Rung, b: Rung): number => {
  const [[cx, cy], [dx, dy]] = [innerEnd(a), innerEnd(b)];
  return Math.max(Math.hypot(b.out.x - a.out.x, b.out.y - a.out.y), Math.hypot(dx - cx, dy - cy));
};

const nearestEdge = (edges: readonly Float64Array[], x: number, y: number): RingPlace & { readonly ring: number } => {
  let best = { x, y, edge: 0, apart: Infinity, ring: 0 };
  edges.forEach((points, ring) => {
    const place = nearestOnRing(points, x, y);
    if (place.apart < best.apart) best = { ...place, ring };
  });
  return best;
};

const evenly = (ring: Float64Array, stepMm: number): readonly number[] => {
  const out: number[] = [];
  const count = ring.length / 2;
  for (let i = 0; i < count; i += 1) {
    const k = (i + 1) % count;
    const [ax, ay, bx, by] = [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0, ring[2 * k] ?? 0, ring[2 * k + 1] ?? 0];
    const parts = Math.max(1, Math.round(Math.hypot(bx - ax, by - ay) / stepMm));
    for (let j = 0; j < parts; j += 1) out.push(ax + ((bx - ax) * j) / parts, ay + ((by - ay) * j) / parts);
  }
  return out;
};
