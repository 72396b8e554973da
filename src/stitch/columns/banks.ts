import type { Point } from '../../geometry/point.ts';
import type { RegionMesh } from '../../geometry/region-mesh.ts';
import { nextEdge, previousEdge } from '../../geometry/triangulation.ts';

export const cornerAt = ({ x, y }: RegionMesh, vertex: number): Point => ({ x: x[vertex] ?? 0, y: y[vertex] ?? 0 });
export const startOf = (mesh: RegionMesh, e: number): number => mesh.starts[e] ?? 0;
export const endOf = (mesh: RegionMesh, e: number): number => mesh.starts[nextEdge(e)] ?? 0;
export const twinOf = (mesh: RegionMesh, e: number): number => mesh.twins[e] ?? -1;

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export const middleOf = (mesh: RegionMesh, chord: number): Point => {
  const [a, b] = [cornerAt(mesh, startOf(mesh, chord)), cornerAt(mesh, endOf(mesh, chord))];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
};

export const widthOf = (mesh: RegionMesh, chord: number): number =>
  distance(cornerAt(mesh, startOf(mesh, chord)), cornerAt(mesh, endOf(mesh, chord)));

/** The outline from the start of a side to its end, without the start, when all beyond it is corner: what `isOpen` tells of limbs is bridged. */
export const outlineBeyond = (mesh: RegionMesh, e: number, isOpen: (e: number) => boolean): readonly Point[] => {
  const out: Point[] = [];
  const stack = [e];
  for (let side = stack.pop(); side !== undefined; side = stack.pop()) {
    const twin = twinOf(mesh, side);
    if (twin < 0 || isOpen(side)) out.push(cornerAt(mesh, endOf(mesh, side)));
    else stack.push(previousEdge(twin), nextEdge(twin));
  }
  return out;
};

/**
 * A band of a region: its two banks, and pairs of places on them (lengths along the left and the right one) that face one another, rising.
 * Those of a closed band end where they begin.
 */
export type Band = {
  readonly left: readonly Point[];
  readonly right: readonly Point[];
  readonly facing: readonly (readonly [number, number])[];
  readonly closed: boolean;
};

/** The banks along chords that follow one another, each seen from the triangle before it. */
export const bandAlong = (mesh: RegionMesh, chords: readonly number[], closed: boolean, isOpen: (e: number) => boolean): Band => {
  const [first = 0] = chords;
  const left = new Bank(cornerAt(mesh, startOf(mesh, first)));
  const right = new Bank(cornerAt(mesh, endOf(mesh, first)));
  const facing: (readonly [number, number])[] = [[0, 0]];
  const steps = closed ? [...chords.slice(1), first] : chords.slice(1);
  let before = first;
  for (const chord of steps) {
    const twin = twinOf(mesh, before);
    if (chord === nextEdge(twin))
      right.follow([...outlineBeyond(mesh, previousEdge(twin), isOpen)].reverse(), cornerAt(mesh, endOf(mesh, chord)));
    else left.follow(outlineBeyond(mesh, nextEdge(twin), isOpen), cornerAt(mesh, startOf(mesh, chord)));
    facing.push([left.length, right.length]);
    before = chord;
  }
  return { left: left.points, right: right.points, facing, closed };
};

class Bank {
  readonly points: Point[];
  length = 0;

  constructor(start: Point) {
    this.points = [start];
  }

  /** Goes along points in any case ending at `end`; reversed pieces bring their start along. */
  follow(points: readonly Point[], end: Point): void {
    for (const point of points) this.#to(point);
    this.#to(end);
  }

  #to(point: Point): void {
    const last = this.points.at(-1);
    const step = last ? distance(last, point) : 0;
    if (step < 1e-7) return;
    this.length += step;
    this.points.push(point);
  }
}
