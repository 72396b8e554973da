import type { Affine } from './affine.ts';
import { type Rect, rectOf } from './point.ts';
import { quantizeMm } from './units.ts';

/** The four things a path may do. Quadratics and arcs are turned into cubics where they enter. */
export const MOVE = 0;
export const LINE = 1;
export const CUBIC = 2;
export const CLOSE = 3;

/** How many coordinates (x and y counted apart) a verb takes, indexed by verb. */
export const COORDS_PER_VERB: readonly number[] = [2, 2, 6, 0];

/**
 * Outlines as two flat arrays: `verbs` (MOVE, LINE, CUBIC, CLOSE) and `coords` (x, y pairs in verb order).
 * Every sub-path begins with MOVE. Numbers are finite. Paths are values: never write into the arrays of a finished path.
 */
export type Path = { readonly verbs: Uint8Array; readonly coords: Float64Array };

export const EMPTY_PATH: Path = { verbs: new Uint8Array(0), coords: new Float64Array(0) };

export const isEmptyPath = (path: Path): boolean => path.coords.length === 0;

/** Collects a path step by step; `finish()` gives the value. */
export class PathBuilder {
  readonly #verbs: number[] = [];
  readonly #coords: number[] = [];
  #x = 0;
  #y = 0;
  #startX = 0;
  #startY = 0;

  moveTo(x: number, y: number): this {
    [this.#startX, this.#startY] = [x, y];
    return this.#add(MOVE, x, y);
  }

  lineTo(x: number, y: number): this {
    return this.#add(LINE, x, y);
  }

  cubicTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): this {
    return this.#add(CUBIC, x1, y1, x2, y2, x, y);
  }

  /** Degree-raised to a cubic: the same curve, exactly. */
  quadraticTo(cx: number, cy: number, x: number, y: number): this {
    const [sx, sy] = [this.#x, this.#y];
    return this.cubicTo(sx + (2 / 3) * (cx - sx), sy + (2 / 3) * (cy - sy), x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y), x, y);
  }

  close(): this {
    this.#verbs.push(CLOSE);
    [this.#x, this.#y] = [this.#startX, this.#startY];
    return this;
  }

  append(path: Path): this {
    forEachStep(path, (verb, at) => {
      if (verb === CLOSE) this.close();
      else if (verb === MOVE) this.moveTo(path.coords[at] ?? 0, path.coords[at + 1] ?? 0);
      else this.#add(verb, ...path.coords.subarray(at, at + (COORDS_PER_VERB[verb] ?? 0)));
    });
    return this;
  }

  finish(): Path {
    return { verbs: Uint8Array.from(this.#verbs), coords: Float64Array.from(this.#coords) };
  }

  #add(verb: number, ...coords: readonly number[]): this {
    this.#verbs.push(verb);
    this.#coords.push(...coords);
    this.#x = coords.at(-2) ?? 0;
    this.#y = coords.at(-1) ?? 0;
    return this;
  }
}

export const transformPath = (path: Path, [a, b, c, d, e, f]: Affine): Path => {
  const coords = new Float64Array(path.coords.length);
  for (let i = 0; i + 1 < coords.length; i += 2) {
    const x = path.coords[i] ?? 0;
    const y = path.coords[i + 1] ?? 0;
    coords[i] = a * x + c * y + e;
    coords[i + 1] = b * x + d * y + f;
  }
  return { verbs: path.verbs, coords };
};

/** The path with every coordinate on the 0.001 mm lattice that a scene promises. */
export const quantizePath = (path: Path): Path => ({ verbs: path.verbs, coords: path.coords.map(quantizeMm) });

export const joinPaths = (paths: readonly Path[]): Path => {
  const verbs = new Uint8Array(paths.reduce((sum, path) => sum + path.verbs.length, 0));
  const coords = new Float64Array(paths.reduce((sum, path) => sum + path.coords.length, 0));
  let v = 0;
  let c = 0;
  for (const path of paths) {
    verbs.set(path.verbs, v);
    coords.set(path.coords, c);
    v += path.verbs.length;
    c += path.coords.length;
  }
  return { verbs, coords };
};

export const rectPath = ({ x, y, width, height }: Rect): Path =>
  new PathBuilder()
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineTo(x + width, y + height)
    .lineTo(x, y + height)
    .close()
    .finish();

const cubicExtremes = (p0: number, p1: number, p2: number, p3: number): number[] => {
  const a = -p0 + 3 * p1 - 3 * p2 + p3;
  const b = 2 * (p0 - 2 * p1 + p2);
  const c = p1 - p0;
  const roots = Math.abs(a) < 1e-12 ? [-c / b] : [0, 1].map((sign) => (-b + (sign ? 1 : -1) * Math.sqrt(b * b - 4 * a * c)) / (2 * a));
  return roots
    .filter((t) => t > 0 && t < 1)
    .map((t) => (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t ** 2 * p2 + t ** 3 * p3);
};

/** The tight box of the outline itself (control points do not count), or null for an empty path. */
export const boundsOfPath = (path: Path): Rect | null => {
  const { coords } = path;
  if (coords.length === 0) return null;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const seeX = (x: number): void => {
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
  };
  const seeY = (y: number): void => {
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  };
  let at = 0;
  let [px, py] = [0, 0];
  for (const verb of path.verbs) {
    const count = COORDS_PER_VERB[verb] ?? 0;
    if (count === 0) continue;
    const [x, y] = [coords[at + count - 2] ?? 0, coords[at + count - 1] ?? 0];
    seeX(x);
    seeY(y);
    if (verb === CUBIC) {
      // One by one: a view of the array for each curve made most of the garbage of a preview.
      const x1 = coords[at] ?? 0;
      const y1 = coords[at + 1] ?? 0;
      const x2 = coords[at + 2] ?? 0;
      const y2 = coords[at + 3] ?? 0;
      if (x1 < minX || x1 > maxX || x2 < minX || x2 > maxX) for (const v of cubicExtremes(px, x1, x2, x)) seeX(v);
      if (y1 < minY || y1 > maxY || y2 < minY || y2 > maxY) for (const v of cubicExtremes(py, y1, y2, y)) seeY(v);
    }
    [px, py] = [x, y];
    at += count;
  }
  return rectOf(minX, minY, maxX - minX, maxY - minY);
};

/** Calls back once a step with the verb and the index of its first coordinate: the one loop other modules build on. */
export const forEachStep = (path: Path, step: (verb: number, at: number) => void): void => {
  let at = 0;
  for (const verb of path.verbs) {
    step(verb, at);
    at += COORDS_PER_VERB[verb] ?? 0;
  }
};
