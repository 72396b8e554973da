import type { Steps } from '../../model/steps.ts';
import type { Fabric } from '../fabric.ts';
import { ROLE } from '../plan.ts';
import type { DigitizeOptions, FillArea, SewEnds, Sewn } from '../region.ts';
import { darnGaps } from './darn-gaps.ts';
import { enter, sewAllRows, withoutSpurs } from './fill-sewer.ts';
import { type FillShape, fillShape } from './fill-shape.ts';
import { rowFrame } from './row-frame.ts';
import { RowTravel } from './row-travel.ts';
import { type Rows, rowsOf } from './rows.ts';
import { sewContour } from './sew-contour.ts';
import { sewUnderlay } from './sew-underlay.ts';
import { StitchTrail } from './stitch-trail.ts';

export type FillSewing = { readonly fabric: Fabric; readonly ends: SewEnds; readonly options: DigitizeOptions };

/** An entry farther from the area than this is not of it, mm. */
const NEAR_MM = 1;

/** More thread than this over finished rows, and the area is sewn the other way round if that is better, mm. */
const SEEN_MM = 1;

const NOTHING: Sewn = { points: new Float64Array(0), roles: new Uint8Array(0) };

/**
 * The stitches of an area, underlay first: rows (tatami) or rings (contour) in one thread without a cut. Starts at `ends.entry` when it lies
 * in the area, and ends at the row end (the place of the outer ring) nearest to `ends.exit`. Areas that hold no stitch give none; so do those
 * larger than any hoop. Separate outer rings are sewn one after the other with a straight way between: better give them one by one.
 */
export function* sewFill(area: FillArea, { fabric, ends, options }: FillSewing): Steps<Sewn> {
  const shape = fillShape(area.path);
  const all = shape && rowsOf(shape.rings, rowFrame(area.angleDeg), fabric.fillPitchMm);
  if (!shape || !all || all.count === 0) return NOTHING;
  const rows = withoutSpurs(all);
  const first = yield* attempt(area, shape, rows, { fabric, ends, options }, false);
  if (first.seenMm < SEEN_MM) return first.sewn;
  const other = yield* attempt(area, shape, rows, { fabric, ends, options }, true);
  return other.seenMm < first.seenMm ? other.sewn : first.sewn;
}

/** One way of sewing the area, and how much thread had to be led over finished rows; `isBack`: its pieces from their other ends. */
function* attempt(
  area: FillArea,
  shape: FillShape,
  rows: Rows,
  { fabric, ends, options }: FillSewing,
  isBack: boolean,
): Steps<{ readonly sewn: Sewn; readonly seenMm: number }> {
  const trail = new StitchTrail();
  enter(rows, trail, ends.entry, NEAR_MM);
  yield* sewUnderlay(area, shape, rows, fabric, options, trail);
  if (area.style === 'contour') {
    yield* sewContour(shape, fabric.fillPitchMm, fabric.pullMm, options.fillStitchMm, trail, ends.exit);
    yield;
    return { sewn: darnGaps(shape.path, trail.finish()), seenMm: 0 };
  }
  const sewn = new Uint8Array(rows.count);
  const travel = new RowTravel(shape.path, rows, sewn);
  const travelTo = (x: number, y: number, fromRow: number, toRow: number): void => travel.go(trail, x, y, fromRow, toRow);
  const sewing = { stitchMm: options.fillStitchMm, pullMm: fabric.pullMm, role: ROLE.top, travelTo, cover: null };
  yield* sewAllRows(rows, sewn, trail, sewing, ends.exit, isBack);
  return { sewn: trail.finish(), seenMm: travel.seenMm };
}
