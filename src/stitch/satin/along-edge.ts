import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { runStitches } from '../fill/run-stitches.ts';
import { distance } from '../run/run-points.ts';

/** The thread leaves the line by no more than this, and rings shorter than this hold nothing, mm. */
const TOLERANCE_MM = 0.025;
const SHORT_RING_MM = 1.2;
/** Stitches shorter than this are joined to the one before, mm. */
const LEAST_MM = 0.55;
/** Sharper turns are corners, radians. */
const CORNER = (40 * Math.PI) / 180;
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
  let line = closedFrom(first, closest([from], first).j);
  while (open.length > 0) {
    const ways = open.map((ring) => closest(line, ring));
    const best = ways.reduce((least, way, k) => (way.mm < (ways[least]?.mm ?? 0) ? k : least), 0);
    const [ring] = open.splice(best, 1);
    const { i, j } = ways[best] ?? { i: 0, j: 0 };
    if (!ring) break;
    line = [...line.slice(0, i + 1), ...closedFrom(ring, j), ...line.slice(i)];
  }
  return line.slice(0, 1).concat(betweenCorners(line).flatMap((stretch) => stitchesOf(stretch, stitchMm)));
};

/** A line in stretches without corners: the needle goes down at each. */
const betweenCorners = (line: readonly Point[]): readonly (readonly Point[])[] => {
  const knots = line.flatMap((point, i) => {
    const [a, b] = [line[i - 1], line[i + 1]];
    if (!a || !b) return [];
    const [ux, uy, vx, vy] = [point.x - a.x, point.y - a.y, b.x - point.x, b.y - point.y];
    return Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)) > CORNER ? [i] : [];
  });
  return [...knots, line.length - 1].map((to, k) => line.slice(knots[k - 1] ?? 0, to + 1));
};

const stitchesOf = (line: readonly Point[], stitchMm: number): readonly Point[] => {
  const flat = runStitches(
    line.flatMap(({ x, y }) => [x, y]),
    stitchMm,
    TOLERANCE_MM,
  );
  const out = Array.from({ length: flat.length / 2 }, (_, i) => ({ x: flat[2 * i] ?? 0, y: flat[2 * i + 1] ?? 0 }));
  // The corner outweighs the place before it.
  const [before, corner] = out.slice(-2);
  if (before && corner && distance(before, corner) < LEAST_MM) out.splice(-2, 1);
  return out;
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
