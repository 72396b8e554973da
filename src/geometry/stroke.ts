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

/** One polyline without repeated points; directions are unit vectors. */
type Spine = {
  readonly closed: boolean;
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly corner: Uint8Array;
  /** Direction and length of the piece that leaves each point. */
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly length: Float64Array;
  /** Four numbers a point: how the path truly arrives and leaves, 0 0 where its pieces say so themselves. */
  readonly tangents: Float64Array;
};

const isNear = (ax: number, ay: number, bx: number, by: number): boolean => Math.hypot(ax - bx, ay - by) <= COINCIDENT_MM;

type Points = { x: Float64Array; y: Float64Array; corner: Uint8Array; tangents: Float64Array; count: number };

/** Merges runs of coincident points: the first keeps its arrival, and takes the leaving of the last. */
const mergePoints = ({ points, corners, tangents: nodes, closed }: CorneredPolyline): Points => {
  const size = corners.length;
  const [x, y, corner, tangents] = [new Float64Array(size), new Float64Array(size), new Uint8Array(size), new Float64Array(4 * size)];
  let count = 0;
  let node = 0;
  for (let i = 0; i < size; i++) {
    const [px, py, isCorner] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, corners[i] === 1];
    const four = isCorner ? nodes.subarray(4 * node, 4 * node + 4) : NO_TANGENTS;
    if (isCorner) node += 1;
    const last = count - 1;
    if (count > 0 && isNear(px, py, x[last] ?? 0, y[last] ?? 0)) {
      if (isCorner) tangents.set(four.subarray(2), 4 * last + 2);
      if (isCorner) corner[last] = 1;
      continue;
    }
    [x[count], y[count], corner[count]] = [px, py, isCorner ? 1 : 0];
    tangents.set(four, 4 * count);
    count += 1;
  }
  while (closed && count > 1 && isNear(x[0] ?? 0, y[0] ?? 0, x[count - 1] ?? 0, y[count - 1] ?? 0)) {
    count -= 1;
    tangents.copyWithin(0, 4 * count, 4 * count + 2);
  }
  return { x, y, corner, tangents, count };
};

const NO_TANGENTS = new Float64Array(4);

const spineOf = (line: CorneredPolyline): Spine => {
  const { x, y, corner, tangents, count } = mergePoints(line);
  const [dx, dy, length] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const next = i + 1 === count ? 0 : i + 1;
    const [ex, ey] = [(x[next] ?? 0) - (x[i] ?? 0), (y[next] ?? 0) - (y[i] ?? 0)];
    const span = Math.hypot(ex, ey);
    [dx[i], dy[i], length[i]] = span > 0 ? [ex / span, ey / span, span] : [1, 0, 0];
  }
  return { closed: line.closed, count, x, y, corner, dx, dy, length, tangents };
};

type Vector = readonly [x: number, y: number];

/** The clockwise turn from one direction to another; straight back counts as clockwise, whichever sign the rounding gives it. */
const turnBetween = ([ax, ay]: Vector, [bx, by]: Vector): number => {
  const turn = Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  return turn <= 1e-9 - Math.PI ? Math.PI : turn;
};

const flip = ([x, y]: Vector): Vector => [-x, -y];

/** The direction of piece `i`. */
const pieceOf = ({ dx, dy }: Spine, i: number): Vector => [dx[i] ?? 1, dy[i] ?? 0];

/** How the path truly arrives at point `i` (slot 0) or leaves it (slot 2), and the piece itself where nothing is noted. */
const tangentOf = ({ tangents }: Spine, i: number, slot: 0 | 2, piece: Vector): Vector => {
  const [x = 0, y = 0] = tangents.subarray(4 * i + slot, 4 * i + slot + 2);
  return x === 0 && y === 0 ? piece : [x, y];
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
    this.#cap(x, y, [1, 0]);
    this.#cap(x, y, [-1, 0]);
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
    this.#end(spine, last, last - 1, 1);
    for (let i = last - 1; i > 0; i--) this.#turn(spine, i, i, i - 1, -1);
    this.#end(spine, 0, 0, -1);
    this.#close();
  }

  /** The cap on point `i`, which piece `piece` runs into (backwards when `way` is -1). */
  #end(spine: Spine, i: number, piece: number, way: 1 | -1): void {
    const [x, y, length] = [spine.x[i] ?? 0, spine.y[i] ?? 0, spine.length[piece] ?? 0];
    const forward = pieceOf(spine, piece);
    const chord = way === 1 ? forward : flip(forward);
    const tangent = way === 1 ? tangentOf(spine, i, 0, forward) : flip(tangentOf(spine, i, 2, forward));
    this.#link(x, y, chord, tangent, length);
    this.#cap(x, y, tangent);
    this.#link(x, y, flip(tangent), flip(chord), length);
  }

  /**
   * The outline around point `i`, on the left of the way that comes along piece `from` and leaves along piece `to`; with `way` -1 the
   * pieces are walked backwards.
   */
  #turn(spine: Spine, i: number, from: number, to: number, way: 1 | -1): void {
    const [x, y] = [spine.x[i] ?? 0, spine.y[i] ?? 0];
    const [chordIn, chordOut] = [pieceOf(spine, from), pieceOf(spine, to)];
    const [u, v] = way === 1 ? [chordIn, chordOut] : [flip(chordIn), flip(chordOut)];
    const [lengthIn, lengthOut] = [spine.length[from] ?? 0, spine.length[to] ?? 0];
    const room = Math.min(lengthIn, lengthOut) / 2;
    if (spine.corner[i] !== 1) {
      this.#bend(x, y, u, v, room);
      return;
    }
    const arrive = way === 1 ? tangentOf(spine, i, 0, chordIn) : flip(tangentOf(spine, i, 2, chordIn));
    const leave = way === 1 ? tangentOf(spine, i, 2, chordOut) : flip(tangentOf(spine, i, 0, chordOut));
    const angle = turnBetween(arrive, leave);
    // The outline runs on the left, (y, -x) of the way: a turn to the left (negative on a y-down page) is the inner side.
    if (angle < 0) {
      this.#bend(x, y, u, v, room);
      return;
    }
    this.#link(x, y, u, arrive, lengthIn);
    this.#outer(x, y, arrive, leave, angle, this.#style.join);
    this.#link(x, y, leave, v, lengthOut);
  }

  /** A turn with nothing to join: inside a curve, or on the inner side of a corner. */
  #bend(x: number, y: number, u: Vector, v: Vector, room: number): void {
    const angle = turnBetween(u, v);
    if (angle >= 0) {
      this.#outer(x, y, u, v, angle, 'round');
      return;
    }
    const back = this.#half * Math.tan(-angle / 2);
    if (back <= room) {
      const [ux, uy] = u;
      this.#to(x + this.#half * uy - back * ux, y - this.#half * ux - back * uy);
    } else this.#through(x, y, u, v);
  }

  /** Too tight for one inner corner: going through the point itself keeps every part of the area wound the same way. */
  #through(x: number, y: number, u: Vector, v: Vector): void {
    this.#beside(x, y, u);
    this.#to(x, y);
    this.#beside(x, y, v);
  }

  /**
   * The little turn between the true direction of a curve at its node and the first straight piece that stands for it. Mostly it is
   * smaller than the tolerance and takes no point; in curves tighter than the pen it is a turn like any other.
   */
  #link(x: number, y: number, u: Vector, v: Vector, length: number): void {
    const angle = turnBetween(u, v);
    const covered = this.#half * Math.abs(Math.sin(angle)) <= length / 2;
    if (Math.abs(angle) <= this.#step && (angle >= 0 || covered)) return;
    if (angle < 0) {
      this.#through(x, y, u, v);
      return;
    }
    this.#outer(x, y, u, v, angle, 'round');
  }

  #outer(x: number, y: number, u: Vector, v: Vector, angle: number, join: StrokeJoin): void {
    const half = this.#half;
    const cosHalf = Math.cos(angle / 2);
    const pointed = join === 'miter' && cosHalf > 1e-9 && 1 / cosHalf <= this.#style.miterLimit;
    if (pointed || (join === 'round' && angle <= this.#step)) {
      const ahead = half * Math.tan(angle / 2);
      this.#to(x + half * u[1] + ahead * u[0], y - half * u[0] + ahead * u[1]);
      return;
    }
    this.#beside(x, y, u);
    if (join === 'round') this.#arc(x, y, u[1], -u[0], angle);
    this.#beside(x, y, v);
  }

  /** The end of a line at (x, y) that leaves along the vector, from its left side around to its right. */
  #cap(x: number, y: number, [dx, dy]: Vector): void {
    const out = this.#style.cap === 'square' ? this.#half : 0;
    this.#beside(x + out * dx, y + out * dy, [dx, dy]);
    if (this.#style.cap === 'round') this.#arc(x, y, dy, -dx, Math.PI);
    this.#beside(x + out * dx, y + out * dy, [-dx, -dy]);
  }

  /** The outline point on the left of a way through (x, y). */
  #beside(x: number, y: number, [dx, dy]: Vector): void {
    this.#to(x + this.#half * dy, y - this.#half * dx);
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
