import type { Point } from '../../geometry/point.ts';
import type { Steps } from '../../model/steps.ts';
import { cellAt, type DistanceGrid, distanceGrid } from '../field/distance-grid.ts';
import { gridTravel } from '../field/grid-travel.ts';
import { ROLE } from '../plan.ts';
import { type ContourPlan, contourPlan, holds } from './contour-plan.ts';
import { type ContourRing, contourRings, nearestBetween, nearestOnRing } from './contour-rings.ts';
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
/** Ways over finished rings are so many times as long. */
const TOLL = 15;
/** Lines beneath the rings, mm. */
const SEAM_MM = 2.5;
const SEAM_TOLERANCE_MM = 0.12;

/**
 * Rings as `contourPlan` orders them, so that all travel lies under rings to come; rings with one ring inside them are one spiral. The outermost
 * begins near `exit`, and so it ends there. First of all come lines along what the rings will leave bare.
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
  const rings = contourRings(shape.path, pitchMm / 2 - Math.min(pullMm, pitchMm / 2), pitchMm);
  const holes = rings.filter(({ isHole }) => isHole);
  const plans = rings
    .filter(({ isHole }) => !isHole)
    .map((outline) =>
      contourPlan(
        outline,
        holes.filter((hole) => holds(outline, hole)),
      ),
    );
  const trial = new StitchTrail();
  if (!trail.isEmpty) trial.add(trail.x, trail.y, ROLE.travel);
  // Laid out once: what the rings leave bare is known only where they stay as they are.
  const rehearsal = new ContourSewer(null, stitchMm, pitchMm, trial, exit);
  for (const plan of plans) yield* rehearsal.sew(plan);
  const sewer = new ContourSewer(grid, stitchMm, pitchMm, trail, exit);
  for (const seam of contourSeams(shape.path, trial.finish())) sewer.follow(seam);
  for (const line of rehearsal.lines) {
    yield;
    sewer.around(line);
  }
}

class ContourSewer {
  /** What `sew` laid out. */
  readonly lines: (readonly number[])[] = [];
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

  /** All of an outline, ending on it. */
  *sew(plan: ContourPlan): Steps<void> {
    yield* this.#within(plan);
    yield* this.#spiral(plan.chain, this.#exit);
  }

  /** What lies within an outline; each ends where it is nearest to what comes next, which is not yet sewn. */
  *#within({ inner, holes, chain }: ContourPlan): Steps<void> {
    const left = new Set(inner);
    for (let plan = this.#nearest(left); plan; ) {
      left.delete(plan);
      yield* this.#within(plan);
      const next = this.#nearest(left);
      yield* this.#spiral(plan.chain, towards(plan.chain, next?.chain.at(-1) ?? holes[0]?.at(-1) ?? chain[0]));
      plan = next;
    }
    for (const rings of holes) yield* this.#spiral(rings, towards(rings, chain[0]));
  }

  #nearest(plans: ReadonlySet<ContourPlan>): ContourPlan | null {
    const { x, y } = this.#trail.isEmpty ? { x: 0, y: 0 } : this.#trail;
    let [best, least]: [ContourPlan | null, number] = [null, Infinity];
    for (const plan of plans) {
      const [px = 0, py = 0] = plan.chain[0]?.points ?? [];
      const apart = Math.hypot(px - x, py - y);
      if (apart < least) [best, least] = [plan, apart];
    }
    return best;
  }

  *#spiral(chain: readonly ContourRing[], exit: Point | null): Steps<void> {
    const [first] = chain;
    if (!first) return;
    const from = exit ?? (this.#trail.isEmpty ? { x: first.points[0] ?? 0, y: first.points[1] ?? 0 } : this.#trail);
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
    this.lines.push(line);
    this.around(line);
  }

  /** A spiral of rings. */
  around(line: readonly number[]): void {
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
    const way = this.#grid ? gridTravel(this.#grid, trail, { x, y }, this.#taken, TOLL) : null;
    trail.addAll(runStitches(way ?? [trail.x, trail.y, x, y], TRAVEL_MM, TOLERANCE_MM * 2), ROLE.travel);
  }

  /** Marks cells that thread lies on. */
  #take(line: readonly number[]): void {
    const [grid, taken] = [this.#grid, this.#taken];
    if (!grid || !taken) return;
    const reach = Math.round(this.#pitchMm / 2 / grid.cellMm);
    for (let i = 2; i + 1 < line.length; i += 2) {
      const [ax, ay, bx, by] = [line[i - 2] ?? 0, line[i - 1] ?? 0, line[i] ?? 0, line[i + 1] ?? 0];
      const parts = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / grid.cellMm));
      for (let k = 0; k <= parts; k += 1) {
        const cell = cellAt(grid, ax + ((bx - ax) * k) / parts, ay + ((by - ay) * k) / parts);
        for (let dy = -reach; dy <= reach; dy += 1) taken.fill(1, cell + dy * grid.columns - reach, cell + dy * grid.columns + reach + 1);
      }
    }
  }
}

/** The place of `next` that is nearest to the end of a chain. */
const towards = (chain: readonly ContourRing[], next: ContourRing | undefined): Point | null => {
  const end = chain.at(-1);
  return end && next ? nearestBetween(end.points, next.points) : null;
};

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
