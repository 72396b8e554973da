import type { Point } from '../../geometry/point.ts';
import type { Steps } from '../../model/steps.ts';
import { type DistanceGrid, distanceGrid } from '../field/distance-grid.ts';
import { gridTravel } from '../field/grid-travel.ts';
import { ROLE } from '../plan.ts';
import { contourRings } from './contour-rings.ts';
import { contourTree } from './contour-tree.ts';
import { walkContours } from './contour-walk.ts';
import type { FillShape } from './fill-shape.ts';
import type { RingGauge } from './ring-gauge.ts';
import { runStitches } from './run-stitches.ts';
import type { StitchTrail } from './stitch-trail.ts';

/** Travel stitches, how closely they follow their way, and from what length a move is travel, mm. */
const TRAVEL_MM = 3;
const TOLERANCE_MM = 0.12;
const NEAR_MM = 1.2;

/**
 * Rings along the outlines and holes, ring within ring, and seams between them, all in one line that begins and ends on the outline near `exit`
 * (or near the needle), so that the only way is the one there, beneath what follows.
 */
export function* sewContour(
  shape: FillShape,
  pitchMm: number,
  pullMm: number,
  stitchMm: number,
  trail: StitchTrail,
  exit: Point | null,
): Steps<void> {
  const rings = yield* contourRings(shape.path, pitchMm / 2 - Math.min(pullMm, pitchMm / 2), pitchMm);
  const near = exit ?? (trail.isEmpty ? { x: 0, y: 0 } : { x: trail.x, y: trail.y });
  const tree = contourTree(rings, pitchMm, stitchMm, near);
  const grid = distanceGrid(shape.path);
  // The tree nearest to the exit comes last.
  for (const root of tree.roots.toReversed()) {
    const gauge = tree.gauges[root];
    if (!gauge) continue;
    const start = nearestPoint(gauge, near);
    travelTo(grid, trail, gauge.points[2 * start] ?? 0, gauge.points[2 * start + 1] ?? 0);
    yield* walkContours(tree, root, gauge.arcs[start] ?? 0, trail);
  }
}

const nearestPoint = ({ points }: RingGauge, { x, y }: Point): number => {
  let [best, nearest] = [0, Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const apart = Math.hypot((points[i] ?? 0) - x, (points[i + 1] ?? 0) - y);
    if (apart < nearest) [best, nearest] = [i / 2, apart];
  }
  return best;
};

const travelTo = (grid: DistanceGrid | null, trail: StitchTrail, x: number, y: number): void => {
  if (trail.isEmpty || Math.hypot(x - trail.x, y - trail.y) <= NEAR_MM) {
    trail.add(x, y, ROLE.top);
    return;
  }
  const way = grid ? gridTravel(grid, trail, { x, y }, null) : null;
  trail.addAll(runStitches(way ?? [trail.x, trail.y, x, y], TRAVEL_MM, TOLERANCE_MM), ROLE.travel);
};
