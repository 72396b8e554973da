import type { Point } from '../../geometry/point.ts';
import type { RegionMesh } from '../../geometry/region-mesh.ts';
import { nextEdge, previousEdge } from '../../geometry/triangulation.ts';
import { cornerAt, endOf, startOf, twinOf } from './banks.ts';

/** Triangles looked at around a corner and along a way at the most. */
const PATIENCE = 5000;

/** How far it is from the corner a half-edge starts at to the outline in a direction (a unit vector); 0 where the inside does not lie that way. */
export const clearAhead = (mesh: RegionMesh, e: number, way: Point): number => {
  const from = cornerAt(mesh, startOf(mesh, e));
  const facing = facingEdge(mesh, e, from, way);
  if (facing < 0) return 0;
  for (let [side, step] = [facing, 0]; step < PATIENCE; step += 1) {
    const twin = twinOf(mesh, side);
    if (twin < 0) return distanceTo(mesh, side, from, way);
    const apex = sideOf(from, way, cornerAt(mesh, startOf(mesh, previousEdge(twin))));
    side = apex > 0 ? nextEdge(twin) : previousEdge(twin);
  }
  return 0;
};

/** The side the way leaves through of that triangle around the corner which it enters, or -1. */
const facingEdge = (mesh: RegionMesh, e: number, from: Point, way: Point): number => {
  const enters = (edge: number): boolean =>
    sideOf(from, way, cornerAt(mesh, endOf(mesh, edge))) <= 0 && sideOf(from, way, cornerAt(mesh, startOf(mesh, previousEdge(edge)))) > 0;
  const isAhead = (edge: number): boolean => distanceTo(mesh, nextEdge(edge), from, way) > 0;
  for (let [edge, turn] = [e, 0]; edge >= 0 && turn < PATIENCE; turn += 1) {
    if (enters(edge) && isAhead(edge)) return nextEdge(edge);
    edge = twinOf(mesh, previousEdge(edge));
    if (edge === e) return -1;
  }
  for (let [twin, turn] = [twinOf(mesh, e), 0]; twin >= 0 && turn < PATIENCE; turn += 1) {
    const edge = nextEdge(twin);
    if (enters(edge) && isAhead(edge)) return nextEdge(edge);
    twin = twinOf(mesh, edge);
  }
  return -1;
};

const sideOf = (from: Point, way: Point, p: Point): number => way.x * (p.y - from.y) - way.y * (p.x - from.x);

const distanceTo = (mesh: RegionMesh, side: number, from: Point, way: Point): number => {
  const [a, b] = [cornerAt(mesh, startOf(mesh, side)), cornerAt(mesh, endOf(mesh, side))];
  const [sideA, sideB] = [sideOf(from, way, a), sideOf(from, way, b)];
  const share = sideA === sideB ? 0 : sideA / (sideA - sideB);
  return (a.x + share * (b.x - a.x) - from.x) * way.x + (a.y + share * (b.y - a.y) - from.y) * way.y;
};
