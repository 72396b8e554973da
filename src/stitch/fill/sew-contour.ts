import type { Point } from '../../geometry/point.ts';
import type { Steps } from '../../model/steps.ts';
import { cellAt, type DistanceGrid, distanceGrid } from '../field/distance-grid.ts';
import { gridTravel } from '../field/grid-travel.ts';
import { ROLE } from '../plan.ts';
import { type ContourRing, contourRings, nearestOnRing } from './contour-rings.ts';
import { contourSeams } from './contour-seams.ts';
import type { FillShape } from './fill-shape.ts';
import { runStitches } from './run-stitches.ts';
import { StitchTrail } from './stitch-trail.ts';

/** Rings are followed as closely as this, mm. */
const TOLERANCE_MM = 0.06;
/** Between places of a ring that are moved outwards to the next, mm. */
const STEP_MM = 0.5;
/** Travel stitches, and from what length a move is travel, mm. */
const TRAVEL_MM = 3;
const NEAR_MM = 1.2;
/** Lines beneath the rings, mm. */
const SEAM_MM = 2.5;
const SEAM_TOLERANCE_MM = 0.12;

/**
 * Rings from the inside out, so that all travel to a new middle lies under rings to come; rings with one ring inside them are one spiral. The
 * outermost begins near `exit`, and so it ends there. First of all come lines along what the rings will leave bare.
 */
export function* sewContour(
  shape: FillShape,
  pitchMm: number,
  pullMm: number,
  stitchMm: number,
  trail: StitchTrail,
  exit: Point | null,
): Steps<void> {
  const grid = distanceGrid(shape.path);
  // The longest ring is the outline that holds the others: it comes last.
  const rings = contourRings(shape.path, pitchMm / 2 - Math.min(pullMm, pitchMm / 2), pitchMm).toSorted(
    (a, b) => a.points.length - b.points.length,
  );
  const trial = new StitchTrail();
  if (!trail.isEmpty) trial.add(trail.x, trail.y, ROLE.travel);
  const rehearsal = new ContourSewer(grid, stitchMm, pitchMm, trial, exit);
  for (const ring of rings) yield* rehearsal.sew(ring);
  const sewer = new ContourSewer(grid, stitchMm, pitchMm, trail, exit);
  for (const seam of contourSeams(shape.path, trial.finish())) sewer.follow(seam);
  for (const ring of rings) yield* sewer.sew(ring);
}

class ContourSewer {
  readonly #grid: DistanceGrid | null;
  readonly #taken: Uint8Array | null;
  readonly #stitchMm: number;
  readonly #pitchMm: number;
  readonly #trail: StitchTrail;
  readonly #exit: Point | null;

  constructor(grid: DistanceGrid | null, stitchMm: number, pitchMm: number, trail: StitchTrail, exit: Point | null) {
    this.#grid = grid;
    this.#taken = grid ? new Uint8Array(grid.depth.length) : null;
    this.#stitchMm = stitchMm;
    this.#pitchMm = pitchMm;
    this.#trail = trail;
    this.#exit = exit;
  }

  /** A line beneath the rings to come. */
  follow(line: readonly number[]): void {
    this.#travelTo(line[0] ?? 0, line[1] ?? 0);
    this.#trail.addAll(runStitches(line, SEAM_MM, SEAM_TOLERANCE_MM), ROLE.top);
  }

  /** A ring after all inside it. Chains of single rings are walked, not recursed into; forks are as deep as the shape is branched. */
  *sew(outermost: ContourRing): Steps<void> {
    const chain = [outermost];
    for (let ring = outermost; ring.inner.length === 1; ) {
      const [only] = ring.inner;
      if (!only) break;
      chain.push(only);
      ring = only;
    }
    for (const inner of chain.at(-1)?.inner ?? []) yield* this.sew(inner);
    yield* this.#spiral(chain.reverse());
  }

  *#spiral(chain: readonly ContourRing[]): Steps<void> {
    const [first] = chain;
    if (!first) return;
    const from = this.#exit ?? (this.#trail.isEmpty ? { x: first.points[0] ?? 0, y: first.points[1] ?? 0 } : this.#trail);
    let start = nearestOnRing(first.points, from.x, from.y);
    const line: number[] = [];
    for (const [i, { points }] of chain.entries()) {
      yield;
      const next = chain[i + 1];
      const samples = aroundFrom(points, start.edge, start.x, start.y);
      if (next) moveOutwards(samples, next.points);
      for (const value of samples) line.push(value);
      start = nearestOnRing(next?.points ?? points, samples.at(-2) ?? 0, samples.at(-1) ?? 0);
    }
    this.#travelTo(line[0] ?? 0, line[1] ?? 0);
    this.#trail.addAll(runStitches(line, this.#stitchMm, TOLERANCE_MM), ROLE.top);
    this.#take(line);
  }

  #travelTo(x: number, y: number): void {
    const trail = this.#trail;
    if (trail.isEmpty || Math.hypot(x - trail.x, y - trail.y) <= NEAR_MM) {
      trail.add(x, y, ROLE.top);
      return;
    }
    const way = this.#grid ? (gridTravel(this.#grid, trail, { x, y }, this.#taken) ?? gridTravel(this.#grid, trail, { x, y }, null)) : null;
    trail.addAll(runStitches(way ?? [trail.x, trail.y, x, y], TRAVEL_MM, TOLERANCE_MM * 2), ROLE.travel);
  }

  /** Marks cells that thread lies on. */
  #take(line: readonly number[]): void {
    const [grid, taken] = [this.#grid, this.#taken];
    if (!grid || !taken) return;
    const reach = Math.floor(this.#pitchMm / 2 / grid.cellMm);
    for (let i = 0; i + 1 < line.length; i += 2) {
      const cell = cellAt(grid, line[i] ?? 0, line[i + 1] ?? 0);
      for (let dy = -reach; dy <= reach; dy += 1) taken.fill(1, cell + dy * grid.columns - reach, cell + dy * grid.columns + reach + 1);
    }
  }
}

/** Once around from a place, in small steps, back to it. */
const aroundFrom = (points: Float64Array, edge: number, x: number, y: number): number[] => {
  const count = points.length / 2;
  const out = [x, y];
  let [px, py] = [x, y];
  for (let k = 1; k <= count + 1; k += 1) {
    const i = (edge + k) % count;
    const [qx, qy] = k === count + 1 ? [x, y] : [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const parts = Math.max(1, Math.ceil(Math.hypot(qx - px, qy - py) / STEP_MM));
    for (let j = 1; j <= parts; j += 1) out.push(px + ((qx - px) * j) / parts, py + ((qy - py) * j) / parts);
    [px, py] = [qx, qy];
  }
  return out;
};

/** Bends a ring so that its end arrives on the next one: by the share of the way gone, towards the nearest place there. */
const moveOutwards = (samples: number[], outer: Float64Array): void => {
  let total = 0;
  for (let i = 2; i < samples.length; i += 2) total += stepAt(samples, i);
  let gone = 0;
  let [px, py] = [samples[0] ?? 0, samples[1] ?? 0];
  for (let i = 2; i + 1 < samples.length; i += 2) {
    const [x, y] = [samples[i] ?? 0, samples[i + 1] ?? 0];
    gone += Math.hypot(x - px, y - py);
    [px, py] = [x, y];
    const near = nearestOnRing(outer, x, y);
    const t = total > 0 ? gone / total : 0;
    samples[i] = x + (near.x - x) * t;
    samples[i + 1] = y + (near.y - y) * t;
  }
};

const stepAt = (samples: readonly number[], i: number): number =>
  Math.hypot((samples[i] ?? 0) - (samples[i - 2] ?? 0), (samples[i + 1] ?? 0) - (samples[i - 1] ?? 0));
