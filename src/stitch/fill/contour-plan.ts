import { pathOfPolylines } from '../../geometry/flatten.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';
import { type ContourRing, nearestBetween } from './contour-rings.ts';

/**
 * What is sewn of a fork of rings, in this order: the areas `inner` within it, each whole; the rings about its holes, each from the hole on, or
 * the needle would be shut in there; then its own rings from the innermost out. So the needle never has to leave what is closed around it.
 */
export type ContourPlan = {
  readonly inner: readonly ContourPlan[];
  readonly holes: readonly (readonly ContourRing[])[];
  readonly chain: readonly ContourRing[];
};

/** The plan of an outline and the outlines of the holes within it. */
export const contourPlan = (outline: ContourRing, holes: readonly ContourRing[]): ContourPlan => {
  const chain = [outline];
  for (let next = onlyOne(outline.inner); next; next = onlyOne(next.inner)) chain.push(next);
  const about = holes.map(aboutHole);
  const all = [...(chain.at(-1)?.inner ?? []), ...about.flatMap(({ pockets }) => pockets)];
  const pockets = all.filter((ring) => !all.some((other) => other !== ring && holds(other, ring)));
  const own = about.filter(({ rings }) => !pockets.some((pocket) => rings[0] && holds(pocket, rings[0])));
  return {
    inner: pockets.map((pocket) =>
      contourPlan(
        pocket,
        holes.filter((hole) => holds(pocket, hole)),
      ),
    ),
    holes: inTurn(
      own.map(({ rings }) => rings),
      chain.at(-1) ?? outline,
    ),
    chain: chain.reverse(),
  };
};

/** Rings that several holes share come after each of them, and those near to what is sewn last come last. */
const inTurn = (holes: readonly (readonly ContourRing[])[], last: ContourRing): readonly (readonly ContourRing[])[] =>
  holes
    .map((rings) => {
      const end = rings.at(-1);
      const shared = end ? holes.filter((other) => other !== rings && other[0] && holds(end, other[0])).length : 0;
      return { rings, shared, apart: end ? nearestBetween(end.points, last.points).apart : 0 };
    })
    .toSorted((a, b) => a.shared - b.shared || b.apart - a.apart)
    .map(({ rings }) => rings);

const onlyOne = (rings: readonly ContourRing[]): ContourRing | null => (rings.length === 1 ? (rings[0] ?? null) : null);

/** The rings about a hole from the hole on, and the areas that they leave beside them. */
const aboutHole = (hole: ContourRing): { readonly rings: readonly ContourRing[]; readonly pockets: readonly ContourRing[] } => {
  const rings: ContourRing[] = [];
  const pockets: ContourRing[] = [];
  for (let ring: ContourRing | undefined = hole; ring; ring = ring.inner.find(({ isHole }) => isHole)) {
    rings.push(ring);
    pockets.push(...ring.inner.filter(({ isHole }) => !isHole));
  }
  return { rings, pockets };
};

/** Whether a ring lies within another. */
export const holds = (outer: ContourRing, { points }: ContourRing): boolean =>
  pathContainsPoint(pathOfPolylines([{ points: outer.points, closed: true }]), { x: points[0] ?? 0, y: points[1] ?? 0 });
