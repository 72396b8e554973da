import { flattenPath, type Polyline } from './flatten.ts';
import type { Path } from './path.ts';
import { previousEdge, Triangulation } from './triangulation.ts';

/**
 * The inside of a region as triangles whose corners all lie on its outline. Half-edges are numbered three a triangle (see `nextEdge`) and run with
 * the inside on their right as a reader sees it; `twins` is -1 along the outline.
 */
export type RegionMesh = {
  /** Corners, mm. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly starts: Int32Array;
  readonly twins: Int32Array;
};

/** Steps of the lattice that corners lie on, mm; coarser for what is larger than 300 mm. */
const STEP_MM = 1e-5;
const MOST_STEPS = 2 ** 25;
/** Outline pieces that their triangle's apex sees wider than 26 degrees are halved: then chords lie nearly across. */
const WIDEST_COSINE = Math.cos((26 * Math.PI) / 180);
/** Pieces of an outline are never halved below this share of area by perimeter (a quarter of the usual stroke) ... */
const SHORTEST_SHARE = 0.25;
/** ... nor below, nor kept above these, mm. */
const SHORTEST_MM = 0.002;
const SHORTEST_AT_MOST_MM = 0.25;
/** Hostile shapes stop being refined here. */
const MOST_CORNERS = 60_000;
const MOST_ROUNDS = 16;

/**
 * Triangles of a welded region (as `unionPaths` gives it): Delaunay's within the outline, with the outline refined until triangles span it
 * from side to side.
 */
export const regionMesh = (solid: Path): RegionMesh => {
  const rings = flattenPath(solid);
  const frame = frameOf(rings);
  if (!frame) return { x: new Float64Array(0), y: new Float64Array(0), starts: new Int32Array(0), twins: new Int32Array(0) };
  const mesh = new Triangulation(frame.size);
  buildWalls(mesh, rings, frame);
  refine(mesh, Math.min(SHORTEST_AT_MOST_MM, Math.max(SHORTEST_MM, SHORTEST_SHARE * thicknessOf(rings))) / frame.stepMm);
  return compact(mesh, insideOf(mesh), frame);
};

type Frame = { readonly left: number; readonly top: number; readonly stepMm: number; readonly size: number };

const frameOf = (rings: readonly Polyline[]): Frame | null => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of rings) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      left = Math.min(left, points[i] ?? 0);
      right = Math.max(right, points[i] ?? 0);
      top = Math.min(top, points[i + 1] ?? 0);
      bottom = Math.max(bottom, points[i + 1] ?? 0);
    }
  }
  if (!(right > left && bottom > top)) return null;
  const extent = Math.max(right - left, bottom - top);
  const stepMm = Math.max(STEP_MM, extent / MOST_STEPS);
  return { left, top, stepMm, size: Math.ceil(extent / stepMm) };
};

/** Area by perimeter, mm: half the width of what is all stroke. */
const thicknessOf = (rings: readonly Polyline[]): number => {
  let [area, perimeter] = [0, 0];
  for (const { points } of rings) {
    let [px, py] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      area += (px * y - x * py) / 2;
      perimeter += Math.hypot(x - px, y - py);
      [px, py] = [x, y];
    }
  }
  return perimeter > 0 ? Math.abs(area) / perimeter : 0;
};

type Spot = { readonly x: number; readonly y: number; readonly key: number; readonly ring: number; readonly place: number };

const buildWalls = (mesh: Triangulation, rings: readonly Polyline[], frame: Frame): void => {
  const spots: Spot[] = [];
  rings.forEach(({ points }, ring) => {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const x = Math.round(((points[i] ?? 0) - frame.left) / frame.stepMm);
      const y = Math.round(((points[i + 1] ?? 0) - frame.top) / frame.stepMm);
      spots.push({ x, y, key: hilbertKey(x / frame.size, y / frame.size), ring, place: i / 2 });
    }
  });
  const numbers = rings.map(({ points }) => new Int32Array(points.length / 2));
  // Neighbours one after the other: then every point is found within a few steps of the one before.
  spots.sort((a, b) => a.key - b.key || a.ring - b.ring || a.place - b.place);
  for (const { x, y, ring, place } of spots) {
    const list = numbers[ring];
    if (list) list[place] = mesh.add(x, y);
  }
  for (const list of numbers) {
    let from = list.at(-1) ?? 0;
    for (const to of list) {
      if (from !== to) mesh.addWall(from, to);
      from = to;
    }
  }
};

const HILBERT_SIDE = 1024;

/** How far along Hilbert's curve a place of the unit square lies. */
const hilbertKey = (u: number, v: number): number => {
  let x = Math.min(HILBERT_SIDE - 1, Math.floor(u * HILBERT_SIDE));
  let y = Math.min(HILBERT_SIDE - 1, Math.floor(v * HILBERT_SIDE));
  let key = 0;
  for (let s = HILBERT_SIDE >> 1; s > 0; s >>= 1) {
    const right = (x & s) > 0 ? 1 : 0;
    const down = (y & s) > 0 ? 1 : 0;
    key += s * s * ((3 * right) ^ down);
    if (down === 1) continue;
    if (right === 1) {
      x = HILBERT_SIDE - 1 - x;
      y = HILBERT_SIDE - 1 - y;
    }
    const old = x;
    x = y;
    y = old;
  }
  return key;
};

/** Halves pieces of the outline as long as triangles on them are too long for their circle. */
const refine = (mesh: Triangulation, shortest: number): void => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const inside = insideOf(mesh);
    const long: number[] = [];
    for (let e = 0; e < mesh.edgeCount; e += 1)
      if (mesh.isWall(e) && inside[Math.floor(e / 3)] === 1 && isLong(mesh, e, shortest)) long.push(e);
    // Dividing one piece renames others: they are known by their ends.
    const pairs = long.map((e) => [mesh.start(e), mesh.end(e)] as const);
    let done = 0;
    for (const [a, b] of pairs) {
      if (mesh.x.length >= MOST_CORNERS) return;
      const e = mesh.edgeBetween(a, b);
      if (e < 0) continue;
      const [ax, ay, bx, by] = [mesh.x[a] ?? 0, mesh.y[a] ?? 0, mesh.x[b] ?? 0, mesh.y[b] ?? 0];
      if (mesh.divide(e, Math.round((ax + bx) / 2), Math.round((ay + by) / 2)) >= 0) done += 1;
    }
    if (done === 0) return;
  }
};

const isLong = (mesh: Triangulation, e: number, shortest: number): boolean => {
  const [a, b, c] = [mesh.start(e), mesh.end(e), mesh.start(previousEdge(e))];
  const length = distanceOf(mesh, a, b);
  if (length <= 2 * shortest) return false;
  const [ca, cb] = [distanceOf(mesh, c, a), distanceOf(mesh, c, b)];
  return (ca * ca + cb * cb - length * length) / (2 * ca * cb) < WIDEST_COSINE;
};

const distanceOf = ({ x, y }: Triangulation, a: number, b: number): number =>
  Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0));

/** 1 for triangles inside: an odd number of walls away from the square around. */
const insideOf = (mesh: Triangulation): Uint8Array => {
  const count = mesh.edgeCount / 3;
  const inside = new Uint8Array(count);
  const seen = new Uint8Array(count);
  const stack: number[] = [];
  for (let e = 0; e < mesh.edgeCount && stack.length === 0; e += 1) if (mesh.twin(e) < 0) stack.push(Math.floor(e / 3));
  seen[stack[0] ?? 0] = 1;
  for (let t = stack.pop(); t !== undefined; t = stack.pop()) {
    for (let e = 3 * t; e < 3 * t + 3; e += 1) {
      const twin = mesh.twin(e);
      const next = Math.floor(twin / 3);
      if (twin < 0 || seen[next] === 1) continue;
      seen[next] = 1;
      inside[next] = (inside[t] ?? 0) ^ (mesh.isWall(e) ? 1 : 0);
      stack.push(next);
    }
  }
  return inside;
};

const compact = (mesh: Triangulation, inside: Uint8Array, frame: Frame): RegionMesh => {
  const numbers = new Int32Array(inside.length).fill(-1);
  let count = 0;
  for (let t = 0; t < inside.length; t += 1) if (inside[t] === 1) numbers[t] = count++;
  const starts = new Int32Array(3 * count);
  const twins = new Int32Array(3 * count).fill(-1);
  for (let e = 0; e < mesh.edgeCount; e += 1) {
    const t = numbers[Math.floor(e / 3)] ?? -1;
    if (t < 0) continue;
    const own = 3 * t + (e % 3);
    starts[own] = mesh.start(e);
    const twin = mesh.twin(e);
    const other = twin < 0 ? -1 : (numbers[Math.floor(twin / 3)] ?? -1);
    if (other >= 0 && !mesh.isWall(e)) twins[own] = 3 * other + (twin % 3);
  }
  return {
    x: Float64Array.from(mesh.x, (x) => frame.left + x * frame.stepMm),
    y: Float64Array.from(mesh.y, (y) => frame.top + y * frame.stepMm),
    starts,
    twins,
  };
};
