import type { Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import type { Fabric } from '../fabric.ts';
import { runPoints } from '../run/run-points.ts';
import { alongEdge } from './along-edge.ts';
import { across, ColumnRuler, middleOf, type Pair, widthOf } from './column-ruler.ts';

/** One way along a column beneath its satin; `ends` tells whether it comes back to where it began. */
type UnderlayPass = { readonly points: readonly Point[]; readonly returns: boolean };

/**
 * Narrower columns have a line along their middle, wider ones one along each edge, and zigzag from the second width on, mm: less where little is
 * asked for, and sooner where much is.
 */
const EDGES_FROM_MM = { light: 2, normal: 2, heavy: 1.5 };
const ZIGZAG_FROM_MM = { light: Infinity, normal: 4, heavy: 2.5 };
/** From this width on edges have a wide zigzag there and back between them, mm. */
const LATTICE_FROM_MM = 2.6;
const INSET_MM = 0.4;
/** Distance of the zigzag's stitches on one rail, mm: of the one, and of that there and back. */
const ZIGZAG_MM = 3;
const LATTICE_MM = 7;
/** Where edges have runs of their own, the turns of zigzags keep away from them by these shares of the width. */
const ZIGZAG_INSET = 0.24;
const LATTICE_INSET = 0.34;
/** Longest stitches of lines, mm; nobody sees them, so that they may cut a curve by so much, and are no shorter for its sake than the last. */
const STITCH_MM = 3;
const TOLERANCE_MM = 0.2;
const SHORTEST_MM = 1.6;
/** The middle line of a column may cut curves by more, so long as it stays this far within the edges, mm. */
const MOST_TOLERANCE_MM = 0.35;
const HIDDEN_MM = 0.3;
/** Underlay ends this far before the column does, mm. */
const SHY_MM = 0.5;
/** The last underlay of a ring ends this much before it began, mm, and the satin begins there: ends of all its runs on one spot are hard. */
const SEAM_MM = 2.5;
/** And no more than this share of a small ring. */
const SEAM_SHARE = 0.15;
/** Lattices end this much before edges: their turns and the run from edge to edge would lie on one spot. Columns shorter than the second have none. mm. */
const LATTICE_SHY_MM = 1.3;
const LATTICE_LEAST_MM = 2.5;

/** The passes of underlay for a column of this width on this cloth, in sewing order, each from the first pair on. */
export const underlayPasses = (
  pairs: readonly Pair[],
  usualMm: number,
  fabric: Fabric,
  closed: boolean,
  edge: Path | null,
): readonly UnderlayPass[] => {
  const inner = closed ? pairs : shortened(pairs, SHY_MM);
  const toSeam = closed ? upToSeam(pairs) : inner;
  const [first] = pairs;
  const along = edge && first ? alongEdge(edge, middleOf(first), STITCH_MM) : [];
  if (usualMm < EDGES_FROM_MM[fabric.underlay])
    return along.length > 0 ? [{ points: along, returns: true }] : [{ points: centreOf(toSeam), returns: closed }];
  const passes: UnderlayPass[] = [{ points: along.length > 0 ? along : edgesOf(inner, closed), returns: true }];
  if (fabric.underlay === 'light') return passes;
  if (usualMm >= ZIGZAG_FROM_MM[fabric.underlay]) passes.push({ points: zigzagOf(toSeam, ZIGZAG_MM, ZIGZAG_INSET), returns: closed });
  else if (usualMm >= LATTICE_FROM_MM && new ColumnRuler(inner).length >= LATTICE_LEAST_MM) {
    const between = closed ? toSeam : shortened(inner, LATTICE_SHY_MM);
    const out = zigzagOf(between, LATTICE_MM, LATTICE_INSET);
    passes.push({ points: closed ? out : [...out, ...mirrored(between)], returns: true });
  }
  return passes;
};

/** A line along the middle: also the way from one end of a column to the other that its satin hides. */
export const centreOf = (pairs: readonly Pair[]): readonly Point[] => {
  const narrowest = pairs.slice(1, -1).reduce((least, pair) => Math.min(least, widthOf(pair)), Infinity);
  return runPoints(
    pairs.map(middleOf),
    STITCH_MM,
    Math.min(MOST_TOLERANCE_MM, Math.max(TOLERANCE_MM, narrowest / 2 - HIDDEN_MM)),
    SHORTEST_MM,
  );
};

const shortened = (pairs: readonly Pair[], shyMm: number): readonly Pair[] => {
  const ruler = new ColumnRuler(pairs);
  const shy = Math.min(shyMm, ruler.length / 5);
  const inner = pairs.filter((_, i) => ruler.markOf(i) > shy && ruler.markOf(i) < ruler.length - shy);
  return [ruler.at(shy), ...inner, ruler.at(ruler.length - shy)];
};

/** Where on a ring its underlay ends and its satin begins. */
export const seamOf = (ruler: ColumnRuler): number => Math.max((1 - SEAM_SHARE) * ruler.length, ruler.length - SEAM_MM);

const upToSeam = (ring: readonly Pair[]): readonly Pair[] => {
  const ruler = new ColumnRuler(ring);
  const seam = seamOf(ruler);
  return [...ring.filter((_, i) => ruler.markOf(i) < seam), ruler.at(seam)];
};

const line = (points: readonly Point[]): readonly Point[] => runPoints(points, STITCH_MM, TOLERANCE_MM, SHORTEST_MM);

const insetShare = (pair: Pair): number => Math.min(0.5, INSET_MM / Math.max(widthOf(pair), 1e-6));

const edgesOf = (pairs: readonly Pair[], closed: boolean): readonly Point[] => {
  const left = line(pairs.map((pair) => across(pair, insetShare(pair))));
  const right = line(pairs.map((pair) => across(pair, 1 - insetShare(pair))));
  return closed ? [...left, ...right] : [...left, ...[...right].reverse()];
};

/** The other half of a lattice: back along the column. */
const mirrored = (pairs: readonly Pair[]): readonly Point[] => {
  const turned = pairs.map(({ left, right }) => ({ left: right, right: left }));
  return [...zigzagOf(turned, LATTICE_MM, LATTICE_INSET)].reverse();
};

const zigzagOf = (pairs: readonly Pair[], pitchMm: number, leastInset: number): readonly Point[] => {
  const ruler = new ColumnRuler(pairs);
  const steps = Math.max(2, Math.round(ruler.length / (pitchMm / 2)));
  return Array.from({ length: steps + 1 }, (_, k) => {
    const pair = ruler.at((ruler.length * k) / steps);
    const inset = Math.max(leastInset, insetShare(pair) * 1.4);
    return across(pair, k % 2 === 0 ? Math.min(0.5, inset) : Math.max(0.5, 1 - inset));
  });
};
