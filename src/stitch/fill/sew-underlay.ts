import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import { areaOfPath, offsetPath } from '../../geometry/polygons.ts';
import type { Steps } from '../../model/steps.ts';
import type { Fabric } from '../fabric.ts';
import { ROLE } from '../plan.ts';
import type { DigitizeOptions, FillArea } from '../region.ts';
import { fittedPlaces, pointBetween } from '../run/run-points.ts';
import { sewTouredRows, withoutSpurs } from './fill-sewer.ts';
import type { FillShape } from './fill-shape.ts';
import { lengthOfRing } from './nearest-ring.ts';
import { rowFrame } from './row-frame.ts';
import { RowTravel } from './row-travel.ts';
import { type Rows, rowsOf } from './rows.ts';
import { runStitches } from './run-stitches.ts';
import type { StitchTrail } from './stitch-trail.ts';

/** How far the edge run keeps within the outline, and the rows below within that, mm. */
const EDGE_INSET_MM = 0.4;
const ROWS_INSET_MM = 0.7;
/** Rows of underlay lie this far apart, mm: after the trade's 2 to 3. */
const PITCH_MM: Readonly<Record<Fabric['underlay'], number>> = { light: 2.5, normal: 2.2, heavy: 2 };
/** Smaller areas have the edge run alone, mm². */
const SMALL_MM2 = 25;
/** Corners with less row than this are held by the edge run, mm. */
const LEAST_ROWS_MM = 8;
/** Rings shorter than this hold nothing, mm. */
const SHORT_RING_MM = 3;
const EDGE_TOLERANCE_MM = 0.1;
const BORDER_TOLERANCE_MM = 0.04;
/** No stitch along a border is made shorter than this for the sake of a curve, mm. */
const SHORTEST_MM = 0.6;

/** First the edge, then wide rows across the later ones; `cover` are those later rows, which hide all travel. */
export function* sewUnderlay(
  { angleDeg, edge }: FillArea,
  shape: FillShape,
  cover: Rows,
  fabric: Fabric,
  options: DigitizeOptions,
  trail: StitchTrail,
): Steps<void> {
  const travel = new RowTravel(shape.path, cover, new Uint8Array(cover.count));
  const travelTo = (x: number, y: number): void => travel.go(trail, x, y);
  const along = edge ?? offsetPath(shape.path, -EDGE_INSET_MM, 'round', 'nonzero', 0.02);
  sewEdges(along, edge ? borderStitches(options.runStitchMm) : edgeStitches(options.runStitchMm), trail, travelTo);
  yield;
  const inner = offsetPath(shape.path, -ROWS_INSET_MM, 'round', 'nonzero', 0.02);
  if (areaOfPath(inner) < SMALL_MM2) return;
  const all = rowsOf(flattenPath(inner), rowFrame(angleDeg + 90), PITCH_MM[fabric.underlay]);
  if (!all) return;
  const rows = withoutSpurs(all);
  const sewing = { stitchMm: options.fillStitchMm, pullMm: 0, role: ROLE.underlay, travelTo, cover };
  yield* sewTouredRows(rows, trail, sewing, LEAST_ROWS_MM);
}

/** The penetrations along a line (x, y in turn), its start left out. */
type Along = (line: readonly number[]) => readonly number[];

const edgeStitches =
  (stitchMm: number): Along =>
  (line) =>
    runStitches(line, stitchMm, EDGE_TOLERANCE_MM);

/** What one sees between the ends of rows: as much beside the curve as within it. */
const borderStitches =
  (stitchMm: number): Along =>
  (line) => {
    const points = Array.from({ length: line.length / 2 }, (_, i) => ({ x: line[2 * i] ?? 0, y: line[2 * i + 1] ?? 0 }));
    const measure = { stitchMm, toleranceMm: BORDER_TOLERANCE_MM, shortestMm: SHORTEST_MM };
    return fittedPlaces(points, measure, pointBetween)
      .slice(1)
      .flatMap(({ x, y }) => [x, y]);
  };

const sewEdges = (edge: Path, along: Along, trail: StitchTrail, travelTo: (x: number, y: number) => void): void => {
  const rings = flattenPath(edge).map(({ points }) => points);
  const open = rings.filter((points) => lengthOfRing(points) >= SHORT_RING_MM);
  while (open.length > 0) {
    const [at, start] = nearestOn(open, trail);
    const [ring] = open.splice(at, 1);
    if (!ring) return;
    const line = closedFrom(ring, start);
    travelTo(line[0] ?? 0, line[1] ?? 0);
    trail.addAll(along(line), ROLE.underlay);
  }
};

/** The ring, and the point on it, nearest to the needle. */
const nearestOn = (rings: readonly Float64Array[], trail: StitchTrail): readonly [number, number] => {
  let best: readonly [number, number] = [0, 0];
  let nearest = trail.isEmpty ? 0 : Infinity;
  rings.forEach((points, ring) => {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const apart = Math.hypot((points[i] ?? 0) - trail.x, (points[i + 1] ?? 0) - trail.y);
      if (apart < nearest) {
        nearest = apart;
        best = [ring, i];
      }
    }
  });
  return best;
};

const closedFrom = (points: Float64Array, start: number): readonly number[] => [
  ...points.subarray(start),
  ...points.subarray(0, start),
  points[start] ?? 0,
  points[start + 1] ?? 0,
];
