import type { ContourRing } from './contour-rings.ts';

/** Two rings and how near they come to one another, mm. */
export type RingLink = { readonly a: number; readonly b: number; readonly apart: number };

/** Rings farther apart than so many pitches are no neighbours. */
const REACH_PITCHES = 2.3;
/** Seams hang on rings; they join two only where nothing else does, mm. */
const SEAM_COST_MM = 0.4;

/** Points of all rings by the square of the cloth they lie in. */
export class RingIndex {
  readonly reachMm: number;
  readonly #rings: readonly ContourRing[];
  readonly #cells = new Map<number, number[]>();

  constructor(rings: readonly ContourRing[], pitchMm: number) {
    this.#rings = rings;
    this.reachMm = REACH_PITCHES * pitchMm;
    for (const [ring, { points }] of rings.entries()) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const key = this.#keyOf(points[i] ?? 0, points[i + 1] ?? 0, 0, 0);
        const cell = this.#cells.get(key);
        if (cell) cell.push(ring, i);
        else this.#cells.set(key, [ring, i]);
      }
    }
  }

  /** Calls back with the points of other rings (ring, index of x, distance in mm) within the reach of a place. */
  near(x: number, y: number, own: number, visit: (ring: number, at: number, apart: number) => void): void {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const cell = this.#cells.get(this.#keyOf(x, y, dx, dy)) ?? [];
        for (let k = 0; k + 1 < cell.length; k += 2) {
          const [ring = 0, at = 0] = [cell[k], cell[k + 1]];
          if (ring === own) continue;
          const points = this.#rings[ring]?.points;
          const apart = Math.hypot((points?.[at] ?? 0) - x, (points?.[at + 1] ?? 0) - y);
          if (apart <= this.reachMm) visit(ring, at, apart);
        }
      }
    }
  }

  #keyOf(x: number, y: number, dx: number, dy: number): number {
    return (Math.floor(y / this.reachMm) + dy) * 1_048_576 + Math.floor(x / this.reachMm) + dx;
  }
}

/** The links of a forest that joins all rings that are neighbours, by the shortest ways. */
export const ringForest = (rings: readonly ContourRing[], index: RingIndex): readonly RingLink[] => {
  const roots = Int32Array.from(rings, (_, i) => i);
  const rootOf = (ring: number): number => {
    let root = ring;
    while (roots[root] !== root) root = roots[root] ?? root;
    roots[ring] = root;
    return root;
  };
  const cost = ({ a, b, apart }: RingLink): number => apart + (rings[a]?.kind === 'ring' && rings[b]?.kind === 'ring' ? 0 : SEAM_COST_MM);
  const links = linksOf(rings, index).toSorted((p, q) => cost(p) - cost(q) || p.a - q.a || p.b - q.b);
  return links.filter(({ a, b }) => {
    const [p, q] = [rootOf(a), rootOf(b)];
    roots[Math.max(p, q)] = Math.min(p, q);
    return p !== q;
  });
};

const linksOf = (rings: readonly ContourRing[], index: RingIndex): readonly RingLink[] => {
  const nearest = new Map<number, number>();
  for (const [a, { points, level, kind }] of rings.entries()) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      index.near(points[i] ?? 0, points[i + 1] ?? 0, a, (b, _, apart) => {
        const other = rings[b];
        if (b > a || !other || Math.abs(other.level - level) > 1) return;
        // A speck is a way there and back: nothing hangs on it.
        if (kind !== 'ring' && other.kind !== 'ring') return;
        const key = a * rings.length + b;
        if (apart < (nearest.get(key) ?? Infinity)) nearest.set(key, apart);
      });
    }
  }
  return [...nearest].map(([key, apart]) => ({ a: Math.floor(key / rings.length), b: key % rings.length, apart }));
};
