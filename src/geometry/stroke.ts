import { type CorneredPolyline, FLATTEN_TOLERANCE_MM, flattenWithCorners } from './flatten.ts';
import { EMPTY_PATH, type Path, PathBuilder } from './path.ts';

export type StrokeCap = 'butt' | 'round' | 'square';
export type StrokeJoin = 'miter' | 'round' | 'bevel';

/** How a line is drawn with a pen, in the terms of SVG. `miterLimit` is the longest miter in multiples of the width, 1 or more. */
export type StrokeStyle = {
  readonly widthMm: number;
  readonly cap: StrokeCap;
  readonly join: StrokeJoin;
  readonly miterLimit: number;
};

/** Points closer than this are one point: below any device, above the noise of the arithmetic. */
const COINCIDENT_MM = 1e-7;

/** One polyline without repeated points, and the unit direction and length of each of its pieces. */
type Spine = {
  readonly closed: boolean;
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly corner: Uint8Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly length: Float64Array;
};

const spineOf = ({ points, corners, closed }: CorneredPolyline): Spine => {
  const size = corners.length;
  const [x, y, corner] = [new Float64Array(size), new Float64Array(size), new Uint8Array(size)];
  let count = 0;
  for (let i = 0; i < size; i++) {
    const [px, py] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    if (count > 0 && Math.hypot(px - (x[count - 1] ?? 0), py - (y[count - 1] ?? 0)) <= COINCIDENT_MM) continue;
    [x[count], y[count], corner[count]] = [px, py, corners[i] ?? 1];
    count += 1;
  }
  while (closed && count > 1 && Math.hypot((x[0] ?? 0) - (x[count - 1] ?? 0), (y[0] ?? 0) - (y[count - 1] ?? 0)) <= COINCIDENT_MM)
    count -= 1;
  const [dx, dy, length] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const next = i + 1 === count ? 0 : i + 1;
    const [ex, ey] = [(x[next] ?? 0) - (x[i] ?? 0), (y[next] ?? 0) - (y[i] ?? 0)];
    const span = Math.hypot(ex, ey);
    [dx[i], dy[i], length[i]] = span > 0 ? [ex / span, ey / span, span] : [1, 0, 0];
  }
  return { closed, count, x, y, corner, dx, dy, length };
};

/** Lays the outline down: one closed contour at a time, all wound so that overlaps add up and never cancel. */
class Pen {
  readonly #out = new PathBuilder();
  readonly #style: StrokeStyle;
  readonly #half: number;
  /** The widest turn one straight piece of a round may span and still stay within the tolerance. */
  readonly #step: number;
  #begun = false;

  constructor(style: StrokeStyle, toleranceMm: number) {
    this.#style = style;
    this.#half = style.widthMm / 2;
    this.#step = 2 * Math.acos(Math.max(0, 1 - Math.min(1, toleranceMm / this.#half)));
  }

  finish(): Path {
    return this.#out.finish();
  }

  stroke(spine: Spine): void {
    if (spine.count === 0) return;
    if (spine.count === 1) this.#dot(spine.x[0] ?? 0, spine.y[0] ?? 0);
    else if (spine.closed && spine.count > 2) {
      this.#ring(spine, 1);
      this.#ring(spine, -1);
    } else this.#open(spine);
  }

  /** A sub-path without length: SVG draws its caps as if it ran to the right. */
  #dot(x: number, y: number): void {
    if (this.#style.cap === 'butt') return;
    this.#cap(x, y, 1, 0);
    this.#cap(x, y, -1, 0);
    this.#close();
  }

  #ring(spine: Spine, side: 1 | -1): void {
    for (let k = 0; k < spine.count; k++) {
      const i = side === 1 ? k : spine.count - 1 - k;
      const before = i === 0 ? spine.count - 1 : i - 1;
      if (side === 1) this.#turn(spine, i, before, i, 1);
      else this.#turn(spine, i, i, before, -1);
    }
    this.#close();
  }

  #open(spine: Spine): void {
    const { count, closed } = spine;
    const last = count - 1;
    // A closed sub-path of two points runs there and back: stroke it so, with a join at the far end and one at the start.
    if (closed) {
      this.#turn(spine, 0, 1, 0, 1);
      this.#turn(spine, 1, 0, 1, 1);
      this.#close();
      return;
    }
    for (let i = 1; i < last; i++) this.#turn(spine, i, i - 1, i, 1);
    this.#cap(spine.x[last] ?? 0, spine.y[last] ?? 0, spine.dx[last - 1] ?? 1, spine.dy[last - 1] ?? 0);
    for (let i = last - 1; i > 0; i--) this.#turn(spine, i, i, i - 1, -1);
    this.#cap(spine.x[0] ?? 0, spine.y[0] ?? 0, -(spine.dx[0] ?? 1), -(spine.dy[0] ?? 0));
    this.#close();
  }

  /**
   * The outline around point `i`, on the left of the way that comes along piece `from` and leaves along piece `to`; with `way` -1 the
   * pieces are walked backwards.
   */
  #turn(spine: Spine, i: number, from: number, to: number, way: 1 | -1): void {
    const [x, y] = [spine.x[i] ?? 0, spine.y[i] ?? 0];
    const [ax, ay] = [way * (spine.dx[from] ?? 1), way * (spine.dy[from] ?? 0)];
    const [bx, by] = [way * (spine.dx[to] ?? 1), way * (spine.dy[to] ?? 0)];
    const turn = Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
    // Straight back has no inner side, whichever sign the rounding gives it.
    const angle = turn <= 1e-9 - Math.PI ? Math.PI : turn;
    const room = Math.min(spine.length[from] ?? 0, spine.length[to] ?? 0) / 2;
    // The outline runs on the left, (y, -x) of the way: a turn to the left (negative on a y-down page) is the inner side.
    if (angle >= 0) this.#outer(x, y, ax, ay, bx, by, angle, (spine.corner[i] ?? 1) === 1 ? this.#style.join : 'round');
    else this.#inner(x, y, ax, ay, bx, by, angle, room);
  }

  #inner(x: number, y: number, ax: number, ay: number, bx: number, by: number, angle: number, room: number): void {
    const half = this.#half;
    const back = half * Math.tan(-angle / 2);
    if (back <= room) {
      this.#to(x + half * ay - back * ax, y - half * ax - back * ay);
      return;
    }
    // Too tight for one inner corner: going through the point itself keeps every part of the area wound the same way.
    this.#to(x + half * ay, y - half * ax);
    this.#to(x, y);
    this.#to(x + half * by, y - half * bx);
  }

  #outer(x: number, y: number, ax: number, ay: number, bx: number, by: number, angle: number, join: StrokeJoin): void {
    const half = this.#half;
    const cosHalf = Math.cos(angle / 2);
    const pointed = join === 'miter' && cosHalf > 1e-9 && 1 / cosHalf <= this.#style.miterLimit;
    if (pointed || (join === 'round' && angle <= this.#step)) {
      const ahead = half * Math.tan(angle / 2);
      this.#to(x + half * ay + ahead * ax, y - half * ax + ahead * ay);
      return;
    }
    this.#to(x + half * ay, y - half * ax);
    if (join === 'round') this.#arc(x, y, ay, -ax, angle);
    this.#to(x + half * by, y - half * bx);
  }

  /** The end of a line at (x, y) that leaves along (dx, dy), from its left side around to its right. */
  #cap(x: number, y: number, dx: number, dy: number): void {
    const half = this.#half;
    const out = this.#style.cap === 'square' ? half : 0;
    this.#to(x + half * dy + out * dx, y - half * dx + out * dy);
    if (this.#style.cap === 'round') this.#arc(x, y, dy, -dx, Math.PI);
    this.#to(x - half * dy + out * dx, y + half * dx + out * dy);
  }

  /** The points between the ends of an arc that begins at the unit vector (ux, uy) and turns clockwise by `angle`. */
  #arc(x: number, y: number, ux: number, uy: number, angle: number): void {
    const pieces = Math.max(1, Math.ceil(angle / this.#step));
    for (let i = 1; i < pieces; i++) {
      const [cos, sin] = [Math.cos((angle * i) / pieces), Math.sin((angle * i) / pieces)];
      this.#to(x + this.#half * (ux * cos - uy * sin), y + this.#half * (ux * sin + uy * cos));
    }
  }

  #to(x: number, y: number): void {
    if (this.#begun) this.#out.lineTo(x, y);
    else this.#out.moveTo(x, y);
    this.#begun = true;
  }

  #close(): void {
    if (this.#begun) this.#out.close();
    this.#begun = false;
  }
}

const requireStyle = ({ widthMm, miterLimit }: StrokeStyle): void => {
  if (!Number.isFinite(widthMm) || widthMm < 0) throw new RangeError(`expected a width of 0 mm or more for a stroke, got ${widthMm}`);
  if (!(miterLimit >= 1)) throw new RangeError(`expected a miter limit of 1 or more for a stroke, got ${miterLimit}`);
};

/**
 * The area a stroke paints, as an outline to fill nonzero. Caps, joins and dots of sub-paths without length are as SVG 2 (13.5)
 * defines them; curves and rounds stay within `toleranceMm`. Contours may overlap where the stroke crosses itself, all wound the same way:
 * pass the result to `unionPaths` where a single outline is needed (cutting). Throws RangeError for a negative width, a miter limit
 * below 1, or coordinates that are not finite.
 */
export const strokeOutline = (path: Path, style: StrokeStyle, toleranceMm: number = FLATTEN_TOLERANCE_MM): Path => {
  requireStyle(style);
  const lines = flattenWithCorners(path, toleranceMm);
  if (style.widthMm === 0) return EMPTY_PATH;
  const pen = new Pen(style, toleranceMm);
  for (const line of lines) pen.stroke(spineOf(line));
  return pen.finish();
};
