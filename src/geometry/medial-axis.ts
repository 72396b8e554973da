import type { Path } from './path.ts';
import type { Point } from './point.ts';
import { unionPaths } from './polygons.ts';
import { type RegionMesh, regionMesh } from './region-mesh.ts';
import { EdgeGrid, type RingEdges, ringEdges } from './ring-edges.ts';
import { type PruneOptions, type Sleeves, sleevesOf } from './sleeves.ts';
import { nextEdge } from './triangulation.ts';

/** Where limbs of the axis meet or end. `radiusMm` is the distance to the outline there, `limbs` how many edges it has. */
export type AxisNode = { readonly x: number; readonly y: number; readonly radiusMm: number; readonly limbs: number };

/** A limb of the axis from node to node: x, y in turn with both nodes, and the distance to the outline at each point, mm. */
export type AxisEdge = { readonly from: number; readonly to: number; readonly points: Float64Array; readonly radiiMm: Float64Array };

/** The middle line of a region. Edges and nodes have as many loops as the region has holes. */
export type AxisGraph = { readonly nodes: readonly AxisNode[]; readonly edges: readonly AxisEdge[] };

/**
 * The middle line of the region a path fills (nonzero), without the twigs that run into its corners. Limbs that reach out of their mouth less than
 * `cornerShare` of its width (0.8) count as corners, and those that reach out less than `grainMm` (0.02) as grain. Radii are true to the
 * welded outline. Throws RangeError as `unionPaths` does.
 */
export const medialAxis = (path: Path, options: PruneOptions = {}): AxisGraph => {
  const solid = unionPaths([path]);
  const mesh = regionMesh(solid);
  return axisOf(sleevesOf(mesh, options), new Clearance(ringEdges([solid], false)));
};

const axisOf = ({ mesh, limbs, lumps }: Sleeves, clearance: Clearance): AxisGraph => {
  const nodes: { x: number; y: number; radiusMm: number; limbs: number }[] = [];
  const numbers = new Map<number, number>();
  const nodeAt = (triangle: number, at: Point): number => {
    const known = numbers.get(triangle);
    if (known !== undefined) return known;
    numbers.set(triangle, nodes.length);
    nodes.push({ ...at, radiusMm: clearance.at(at.x, at.y, radiusOf(mesh, triangle)), limbs: 0 });
    return nodes.length - 1;
  };
  const edges = limbs.map(({ from, to, chords, closed }): AxisEdge => {
    const middles = chords.map((chord) => middleOf(mesh, chord));
    const [first = ORIGIN] = middles;
    const [a, b] = [nodeAt(from, closed ? first : centreOf(mesh, from)), nodeAt(to, closed ? first : centreOf(mesh, to))];
    const spots = [nodes[a] ?? ORIGIN, ...(closed ? middles.slice(1) : middles), nodes[b] ?? ORIGIN];
    for (const end of [nodes[a], nodes[b]]) if (end) end.limbs += 1;
    return { from: a, to: b, ...lineOf(spots, clearance) };
  });
  for (const lump of lumps) nodeAt(lump, centreOf(mesh, lump));
  return { nodes, edges };
};

const ORIGIN: Point = { x: 0, y: 0 };

const lineOf = (spots: readonly Point[], clearance: Clearance): Pick<AxisEdge, 'points' | 'radiiMm'> => {
  const points = new Float64Array(2 * spots.length);
  const radiiMm = new Float64Array(spots.length);
  spots.forEach(({ x, y }, i) => {
    points[2 * i] = x;
    points[2 * i + 1] = y;
    radiiMm[i] = clearance.at(x, y, Infinity);
  });
  return { points, radiiMm };
};

const middleOf = ({ x, y, starts }: RegionMesh, chord: number): Point => {
  const [a, b] = [starts[chord] ?? 0, starts[nextEdge(chord)] ?? 0];
  return { x: ((x[a] ?? 0) + (x[b] ?? 0)) / 2, y: ((y[a] ?? 0) + (y[b] ?? 0)) / 2 };
};

type Corners = readonly [Point, Point, Point];

const cornersOf = ({ x, y, starts }: RegionMesh, t: number): Corners => {
  const at = (e: number): Point => ({ x: x[starts[e] ?? 0] ?? 0, y: y[starts[e] ?? 0] ?? 0 });
  return [at(3 * t), at(3 * t + 1), at(3 * t + 2)];
};

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const radiusOf = (mesh: RegionMesh, t: number): number => {
  const [a, b, c] = cornersOf(mesh, t);
  return Math.max(distance(a, b), distance(b, c), distance(c, a));
};

/** The middle of the circle around a triangle, or of its longest side where that middle lies outside it. */
export const centreOf = (mesh: RegionMesh, t: number): Point => {
  const [a, b, c] = cornersOf(mesh, t);
  const [ab, bc, ca] = [distance(a, b) ** 2, distance(b, c) ** 2, distance(c, a) ** 2];
  if (ab >= bc + ca) return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  if (bc >= ab + ca) return { x: (b.x + c.x) / 2, y: (b.y + c.y) / 2 };
  if (ca >= ab + bc) return { x: (c.x + a.x) / 2, y: (c.y + a.y) / 2 };
  const [wa, wb, wc] = [bc * (ab + ca - bc), ca * (ab + bc - ca), ab * (ca + bc - ab)];
  const sum = wa + wb + wc;
  return { x: (wa * a.x + wb * b.x + wc * c.x) / sum, y: (wa * a.y + wb * b.y + wc * c.y) / sum };
};

/** Distances to the outline. */
class Clearance {
  readonly #edges: RingEdges;
  readonly #grid: EdgeGrid;
  readonly #near: Int32Array;
  readonly #cellMm: number;

  constructor(edges: RingEdges) {
    this.#edges = edges;
    let perimeter = 0;
    for (const length of edges.length) perimeter += length;
    this.#cellMm = Math.max(0.05, perimeter / Math.max(1, edges.count));
    this.#grid = new EdgeGrid(edges, this.#cellMm);
    this.#near = new Int32Array(edges.count);
  }

  at(x: number, y: number, mostMm: number): number {
    for (let reach = this.#cellMm; ; reach *= 2) {
      const within = Math.min(reach, mostMm);
      const nearest = this.#within(x, y, within);
      if (nearest <= within || within >= MOST_REACH_MM || reach >= mostMm) return nearest;
    }
  }

  #within(x: number, y: number, reach: number): number {
    const e = this.#edges;
    const count = this.#grid.near(x, y, reach, this.#near);
    let nearest = Infinity;
    for (let k = 0; k < count; k += 1) {
      const i = this.#near[k] ?? 0;
      const [ax, ay, ex, ey] = [x - (e.x[i] ?? 0), y - (e.y[i] ?? 0), e.dx[i] ?? 0, e.dy[i] ?? 0];
      const along = Math.min(e.length[i] ?? 0, Math.max(0, ax * ex + ay * ey));
      const d = (ax - ex * along) ** 2 + (ay - ey * along) ** 2;
      if (d < nearest) nearest = d;
    }
    return Math.sqrt(nearest);
  }
}

const MOST_REACH_MM = 40_000;
