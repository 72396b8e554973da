import { CLOSE, COORDS_PER_VERB, CUBIC, LINE, MOVE, type Path } from './path.ts';

/** Straight pieces through `points` (x, y pairs). A closed one joins its last point to its first, which is not repeated. */
export type Polyline = { readonly points: Float64Array; readonly closed: boolean };

/**
 * A polyline that remembers which of its points are nodes of the path (1) and which only lie inside a curve (0). `tangents` has four
 * numbers for each node in order: the direction of the curve that arrives (x, y) and of the one that leaves, 0 0 beside a straight line.
 */
export type CorneredPolyline = Polyline & { readonly corners: Uint8Array; readonly tangents: Float64Array };

/** The distance a flattened curve may stray from the true one unless the caller says otherwise: 5 µm, a tenth of a 600 dpi pixel. */
export const FLATTEN_TOLERANCE_MM = 0.005;

/** A cubic is halved at most this often: enough for 5 µm on a curve a kilometre long, and no input makes more than 2^14 pieces of one. */
const MAX_DEPTH = 14;

/** A control point nearer than this to its node gives no direction. */
const NO_LENGTH_MM = 1e-9;

const requireTolerance = (toleranceMm: number): void => {
  if (!(toleranceMm > 0) || !Number.isFinite(toleranceMm)) {
    throw new RangeError(`expected a tolerance above 0 mm for flattening, got ${toleranceMm}`);
  }
};

/** Throws RangeError unless all coordinates are finite. */
export const requireFinitePath = (path: Path): void => {
  const { coords } = path;
  for (let i = 0; i < coords.length; i++) {
    const value = coords[i] ?? 0;
    if (!Number.isFinite(value)) throw new RangeError(`expected finite coordinates for a path, got ${value} at index ${i}`);
  }
};

/** Grows two flat arrays and cuts finished sub-paths out of them: no object per point. */
class Tracer {
  readonly lines: CorneredPolyline[] = [];
  #points = new Float64Array(256);
  #corners = new Uint8Array(128);
  #count = 0;
  #tangents: number[] = [];
  readonly #stack = new Float64Array(7 * (MAX_DEPTH + 2));
  readonly #limit: number;

  constructor(toleranceMm: number) {
    this.#limit = 16 * toleranceMm * toleranceMm;
  }

  add(x: number, y: number, corner: number): void {
    if (2 * this.#count + 2 > this.#points.length) this.#grow();
    this.#points[2 * this.#count] = x;
    this.#points[2 * this.#count + 1] = y;
    this.#corners[this.#count] = corner;
    this.#count += 1;
    if (corner === 1) this.#tangents.push(0, 0, 0, 0);
  }

  /** Flattens the curve and notes its directions at the nodes it joins. */
  curve(path: Path, at: number, x: number, y: number): void {
    const { coords } = path;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = coords.subarray(at, at + 6);
    this.#aim(2, x1 - x, y1 - y, x2 - x, y2 - y, x3 - x, y3 - y);
    this.#cubic(path, at, x, y);
    this.#aim(0, x3 - x2, y3 - y2, x3 - x1, y3 - y1, x3 - x, y3 - y);
  }

  /** Writes the first vector that has a length into the last node, from slot `slot`. */
  #aim(slot: 0 | 2, ...vectors: readonly number[]): void {
    for (let i = 0; i + 1 < vectors.length; i += 2) {
      const [dx, dy] = [vectors[i] ?? 0, vectors[i + 1] ?? 0];
      const length = Math.hypot(dx, dy);
      if (length <= NO_LENGTH_MM) continue;
      const at = this.#tangents.length - 4 + slot;
      this.#tangents[at] = dx / length;
      this.#tangents[at + 1] = dy / length;
      return;
    }
  }

  /**
   * Halves the curve until every piece is flat. The test bounds the distance between curve and chord at equal parameters by the second
   * differences of the control points (a quarter of the longer one), so the tolerance holds everywhere.
   */
  #cubic(path: Path, at: number, startX: number, startY: number): void {
    const { coords } = path;
    const stack = this.#stack;
    const limit = this.#limit;
    let x0 = startX;
    let y0 = startY;
    let x1 = coords[at] ?? 0;
    let y1 = coords[at + 1] ?? 0;
    let x2 = coords[at + 2] ?? 0;
    let y2 = coords[at + 3] ?? 0;
    let x3 = coords[at + 4] ?? 0;
    let y3 = coords[at + 5] ?? 0;
    let depth = 0;
    let top = 0;
    for (;;) {
      const ux = 3 * x1 - 2 * x0 - x3;
      const uy = 3 * y1 - 2 * y0 - y3;
      const vx = 3 * x2 - 2 * x3 - x0;
      const vy = 3 * y2 - 2 * y3 - y0;
      const bend = Math.max(ux * ux, vx * vx) + Math.max(uy * uy, vy * vy);
      if (bend <= limit || depth >= MAX_DEPTH) {
        this.add(x3, y3, top === 0 ? 1 : 0);
        if (top === 0) return;
        top -= 7;
        x0 = x3;
        y0 = y3;
        x1 = stack[top] ?? 0;
        y1 = stack[top + 1] ?? 0;
        x2 = stack[top + 2] ?? 0;
        y2 = stack[top + 3] ?? 0;
        x3 = stack[top + 4] ?? 0;
        y3 = stack[top + 5] ?? 0;
        depth = stack[top + 6] ?? 0;
        continue;
      }
      const mx = (x1 + x2) / 2;
      const my = (y1 + y2) / 2;
      const rx2 = (x2 + x3) / 2;
      const ry2 = (y2 + y3) / 2;
      const rx1 = (mx + rx2) / 2;
      const ry1 = (my + ry2) / 2;
      x1 = (x0 + x1) / 2;
      y1 = (y0 + y1) / 2;
      x2 = (x1 + mx) / 2;
      y2 = (y1 + my) / 2;
      depth += 1;
      stack[top] = rx1;
      stack[top + 1] = ry1;
      stack[top + 2] = rx2;
      stack[top + 3] = ry2;
      stack[top + 4] = x3;
      stack[top + 5] = y3;
      stack[top + 6] = depth;
      top += 7;
      x3 = (x2 + rx1) / 2;
      y3 = (y2 + ry1) / 2;
    }
  }

  /** Ends the running sub-path; one that only moved (and was not closed) draws nothing and is dropped. */
  end(closed: boolean): void {
    let count = this.#count;
    const tangents = this.#tangents;
    if (closed && count > 1 && this.#points[0] === this.#points[2 * count - 2] && this.#points[1] === this.#points[2 * count - 1]) {
      // The last point is the first: drop it, but keep how the path arrived there.
      count -= 1;
      const [arriveX = 0, arriveY = 0] = tangents.splice(-4);
      [tangents[0], tangents[1]] = [arriveX, arriveY];
    }
    if (count > 1 || closed) {
      const corners = this.#corners.slice(0, count);
      this.lines.push({ points: this.#points.slice(0, 2 * count), corners, tangents: Float64Array.from(tangents), closed });
    }
    this.#count = 0;
    this.#tangents = [];
  }

  get pending(): boolean {
    return this.#count > 0;
  }

  #grow(): void {
    const points = new Float64Array(this.#points.length * 2);
    points.set(this.#points);
    this.#points = points;
    const corners = new Uint8Array(this.#corners.length * 2);
    corners.set(this.#corners);
    this.#corners = corners;
  }
}

/** As `flattenPath`, with the corners marked: what a stroke needs to tell joins from the inside of curves. */
export const flattenWithCorners = (path: Path, toleranceMm: number): readonly CorneredPolyline[] => {
  requireTolerance(toleranceMm);
  requireFinitePath(path);
  const tracer = new Tracer(toleranceMm);
  const { coords } = path;
  let at = 0;
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const verb of path.verbs) {
    if (verb === CLOSE) {
      if (tracer.pending) tracer.end(true);
      [x, y] = [startX, startY];
      continue;
    }
    const count = COORDS_PER_VERB[verb] ?? 0;
    if (verb === MOVE) {
      if (tracer.pending) tracer.end(false);
      startX = coords[at] ?? 0;
      startY = coords[at + 1] ?? 0;
    }
    if (verb !== MOVE && !tracer.pending) tracer.add(x, y, 1);
    if (verb === CUBIC) tracer.curve(path, at, x, y);
    x = coords[at + count - 2] ?? 0;
    y = coords[at + count - 1] ?? 0;
    if (verb === MOVE || verb === LINE) tracer.add(x, y, 1);
    at += count;
  }
  if (tracer.pending) tracer.end(false);
  return tracer.lines;
};

/**
 * The path as polylines, one a sub-path, nowhere farther than `toleranceMm` from the true curve. Points of the path are kept exactly.
 * Sub-paths that only move are dropped; a closed one does not repeat its first point. Throws RangeError for coordinates that are not
 * finite and for a tolerance that is not above 0.
 */
export const flattenPath = (path: Path, toleranceMm: number = FLATTEN_TOLERANCE_MM): readonly Polyline[] =>
  flattenWithCorners(path, toleranceMm).map(({ points, closed }) => ({ points, closed }));

/** A path of straight lines through the polylines. */
export const pathOfPolylines = (lines: readonly Polyline[]): Path => {
  const points = lines.reduce((sum, line) => sum + line.points.length, 0);
  const verbs = new Uint8Array(points / 2 + lines.filter((line) => line.closed).length);
  const coords = new Float64Array(points);
  let v = 0;
  let c = 0;
  for (const line of lines) {
    const count = line.points.length / 2;
    coords.set(line.points, c);
    c += line.points.length;
    verbs.fill(LINE, v, v + count);
    verbs[v] = MOVE;
    v += count;
    if (line.closed) verbs[v++] = CLOSE;
  }
  return { verbs, coords };
};
