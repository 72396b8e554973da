import { pathLength } from '../../geometry/measure.ts';
import { isEmptyPath, type Path, rectPath } from '../../geometry/path.ts';
import { inflate } from '../../geometry/point.ts';
import { intersectPaths, offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import type { Fabric } from '../fabric.ts';
import { joined, type OverlapGraph } from './overlap-graph.ts';
import type { Piece } from './pieces.ts';
import type { ThreadBlock } from './sewing-order.ts';
import { trapPath } from './trap-path.ts';

const TOLERANCE_MM = 0.015;

/** On other thread a piece stays back by its compensation and a little of the thread's own width, mm. */
const THREAD_EDGE_MM = 0.1;
/** Thin pieces stay back by no more than this share of their width: strokes of letters must not waste away. */
const THIN_SHARE = 0.12;
/** Neighbours farther off do not matter, mm. */
const REACH_MM = 1;

/** What to sew of each piece: what is seen of it, going on beneath what is sewn later. Empty for what is hidden wholly. */
export const sewnAreas = (
  pieces: readonly Piece[],
  graph: OverlapGraph,
  blocks: readonly ThreadBlock[],
  fabric: Fabric,
): readonly Path[] => {
  const rank = new Int32Array(pieces.length);
  blocks.forEach((block, k) => {
    for (const i of block.pieces) rank[i] = k;
  });
  const seen = pieces.map(({ path }, i) => {
    const above = graph.above[i] ?? [];
    return above.length === 0 ? path : subtractPaths(path, joined(pieces, above), 'nonzero', TOLERANCE_MM);
  });
  const shown = pieces.map((piece, i) => ({ ...piece, path: seen[i] ?? piece.path }));
  return pieces.map((piece, i) => {
    const visible = seen[i] ?? piece.path;
    if (isEmptyPath(visible)) return visible;
    const isOver = (i: number, j: number): boolean => (graph.above[i] ?? []).includes(j);
    const near = graph.near[i] ?? [];
    const later = near.filter((j) => (rank[j] ?? 0) > (rank[i] ?? 0) || (rank[j] === rank[i] && isOver(i, j)));
    const earlier = near.filter((j) => (rank[j] ?? 0) < (rank[i] ?? 0));
    const back = earlier.length === 0 ? visible : stayBack(visible, joined(shown, earlier), piece, fabric);
    if (later.length === 0) return back;
    // The later ones stay back: the trap counts from where they are sewn.
    const trapMm = fabric.trapMm + fabric.pullMm + THREAD_EDGE_MM;
    return trapPath(back, joined(shown, later), { trapMm, pullMm: fabric.pullMm });
  });
};

/**
 * Draws the edges of a piece that lie on earlier thread back by what compensation and thread will add to them: there no cloth can show, and the
 * border comes to lie where the artwork has it.
 */
const stayBack = (visible: Path, earlier: Path, { box, areaMm2 }: Piece, fabric: Fabric): Path => {
  const byMm = Math.min(fabric.pullMm + THREAD_EDGE_MM, (THIN_SHARE * 2 * areaMm2) / Math.max(pathLength(visible), 1e-6));
  const around = intersectPaths(earlier, rectPath(inflate(box, REACH_MM)), 'nonzero', TOLERANCE_MM);
  if (isEmptyPath(around)) return visible;
  const back = subtractPaths(visible, offsetPath(around, byMm, 'miter', 'nonzero', TOLERANCE_MM), 'nonzero', TOLERANCE_MM);
  return isEmptyPath(back) ? visible : back;
};
