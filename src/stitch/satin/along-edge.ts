import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { distance, fittedPlaces, pointBetween } from '../run/run-points.ts';

/** Rings shorter than this hold nothing, mm. */
const SHORT_RING_MM = 1.2;
/** This run is the edge one sees between the stitches of the column: how far it may cut a curve, mm. */
const TOLERANCE_MM = 0.04;
/** No stitch is shorter than the first; aimed at is the second, so that none has to be left out where a curve begins. mm. */
const LEAST_MM = 0.51;
const WANTED_MM = 0.72;
/** Turns sharper than this are corners, radians, and those nearer than this to where the run would begin are its beginning, mm. */
const CORNER = (40 * Math.PI) / 180;
const CORNER_REACH_MM = 0.45;
/** A place after a corner is looked for in such steps, mm. */
const STEP_MM = 0.05;
/** Rings are looked at this often for the place where two come nearest, mm. */
const SAMPLE_MM = 0.4;

/**
 * Penetrations around the rings of an edge from the place nearest to `from` back to it. Inner rings are visited from where they come nearest to the
 * others: there the way is over the column and not over what it leaves open.
 */
export const alongEdge = (edge: Path, from: Point, stitchMm: number): readonly Point[] => {
  const open = flattenPath(edge)
    .map(({ points }) => sampled(points))
    .filter((ring) => lengthOf(ring) >= SHORT_RING_MM);
  const nearest = open.map((ring) => closest([from], ring)).reduce((best, one, k, all) => (one.mm < (all[best]?.mm ?? 0) ? k : best), 0);
  const [first] = open.splice(nearest, 1);
  if (!first) return [];
  let line = closedFrom(first, cornerNear(first, closest([from], first).j));
  while (open.length > 0) {
    const ways = open.map((ring) => closest(line, ring));
    const best = ways.reduce((least, way, k) => (way.mm < (ways[least]?.mm ?? 0) ? k : least), 0);
    const [ring] = open.splice(best, 1);
    const { i, j } = ways[best] ?? { i: 0, j: 0 };
    if (!ring) break;
    line = [...line.slice(0, i + 1), ...closedFrom(ring, j), ...line.slice(i)];
  }
  return spaced(fittedPlaces(line, { stitchMm, toleranceMm: TOLERANCE_MM, shortestMm: WANTED_MM }, pointBetween));
};

/**
 * Where corners lie too near to one another for a stitch, the second is passed: the needle goes down farther on towards the next place, or else the
 * way there would lead past the column.
 */
const spaced = (points: readonly Point[]): readonly Point[] => {
  const out = points.slice(0, 1);
  points.slice(1).forEach((point, i) => {
    const last = out.at(-1) ?? point;
    if (distance(last, point) >= LEAST_MM) {
      out.push(point);
      return;
    }
    const next = points[i + 2];
    const farther = next && farEnough(last, point, next);
    if (farther) out.push(farther);
    else if (!next && out.length > 1) out[out.length - 1] = point;
  });
  return out;
};

/** The first place from one point to the next that lies a stitch from `last`, and as far from the next. */
const farEnough = (last: Point, from: Point, to: Point): Point | null => {
  const steps = Math.floor(distance(from, to) / STEP_MM);
  for (let k = 1; k < steps; k += 1) {
    const place = pointBetween(from, to, k / steps);
    if (distance(last, place) >= LEAST_MM) return distance(place, to) >= LEAST_MM ? place : null;
  }
  return null;
};

/** The sharpest corner of a ring about one of its places, or that place: what begins beside a corner would cut it. */
const cornerNear = (ring: readonly Point[], at: number): number => {
  let [best, sharpest] = [at, CORNER];
  const count = ring.length;
  for (const way of [1, -1]) {
    let mm = 0;
    for (let k = 0; k < count && mm <= CORNER_REACH_MM; k += 1) {
      const i = (at + way * k + count) % count;
      const [a, b, c] = [ring[(i + count - 1) % count], ring[i], ring[(i + 1) % count]];
      const next = ring[(i + way + count) % count];
      if (!a || !b || !c || !next) break;
      const turn = Math.abs(
        Math.atan2((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x), (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)),
      );
      if (turn > sharpest + 1e-6) [best, sharpest] = [i, turn];
      mm += distance(b, next);
    }
  }
  return best;
};

const closedFrom = (ring: readonly Point[], start: number): readonly Point[] => [...ring.slice(start), ...ring.slice(0, start + 1)];

const sampled = (points: Float64Array): readonly Point[] => {
  const out: Point[] = [];
  const count = points.length / 2;
  for (let i = 0; i < count; i += 1) {
    const k = (i + 1) % count;
    const [ax, ay, bx, by] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, points[2 * k] ?? 0, points[2 * k + 1] ?? 0];
    const parts = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / SAMPLE_MM));
    for (let part = 0; part < parts; part += 1) out.push({ x: ax + ((bx - ax) * part) / parts, y: ay + ((by - ay) * part) / parts });
  }
  return out;
};

const lengthOf = (ring: readonly Point[]): number => ring.reduce((sum, point, i) => sum + distance(ring.at(i - 1) ?? point, point), 0);

/** Where two lines of places come nearest. */
const closest = (line: readonly Point[], ring: readonly Point[]): { readonly i: number; readonly j: number; readonly mm: number } => {
  let best = { i: 0, j: 0, mm: Infinity };
  line.forEach((a, i) => {
    ring.forEach((b, j) => {
      const mm = distance(a, b);
      if (mm < best.mm) best = { i, j, mm };
    });
  });
  return best;
};
