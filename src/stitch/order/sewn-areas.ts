import { EMPTY_PATH, isEmptyPath, type Path, rectPath } from '../../geometry/path.ts';
import { inflate } from '../../geometry/point.ts';
import { intersectPaths, subtractPaths } from '../../geometry/polygons.ts';
import type { Fabric } from '../fabric.ts';
import { joined, type OverlapGraph } from './overlap-graph.ts';
import type { Piece } from './pieces.ts';
import type { ThreadBlock } from './sewing-order.ts';
import { trapPath } from './trap-path.ts';

const TOLERANCE_MM = 0.015;

/** Every other row of a fill ends so much sooner than the outline, mm. */
const NOTCH_MM = 0.2;
/** Neighbours farther off do not matter, mm. */
const REACH_MM = 1;

/** What to sew of a piece (empty for what is hidden wholly), and the thread about it that was sewn before. */
export type SewnArea = { readonly path: Path; readonly earlier: Path };

/** What to sew of each piece: what is seen of it, going on beneath what is sewn later. */
export const sewnAreas = (
  pieces: readonly Piece[],
  graph: OverlapGraph,
  blocks: readonly ThreadBlock[],
  fabric: Fabric,
): readonly SewnArea[] => {
  const rank = new Int32Array(pieces.length);
  blocks.forEach((block, k) => {
    for (const i of block.pieces) rank[i] = k;
  });
  const seen = pieces.map(({ path, patch }, i) => {
    const above = graph.above[i] ?? [];
    return above.length === 0 || patch ? path : subtractPaths(path, joined(pieces, above), 'nonzero', TOLERANCE_MM);
  });
  const shown = pieces.map((piece, i) => ({ ...piece, path: seen[i] ?? piece.path }));
  return pieces.map((piece, i) => {
    const visible = seen[i] ?? piece.path;
    // Cloth is whole beneath what is sewn on it, and gives way as the ground does.
    if (piece.patch || isEmptyPath(visible)) return { path: visible, earlier: EMPTY_PATH };
    const isOver = (i: number, j: number): boolean => (graph.above[i] ?? []).includes(j);
    const near = graph.near[i] ?? [];
    const later = near.filter((j) => (rank[j] ?? 0) > (rank[i] ?? 0) || (rank[j] === rank[i] && isOver(i, j)));
    const before = near.filter((j) => (rank[j] ?? 0) < (rank[i] ?? 0) && !pieces[j]?.patch);
    const earlier =
      before.length === 0
        ? EMPTY_PATH
        : intersectPaths(joined(shown, before), rectPath(inflate(piece.box, REACH_MM)), 'nonzero', TOLERANCE_MM);
    if (later.length === 0) return { path: visible, earlier };
    // The later ones stay back by the pull of the cloth: the trap counts from where they come to lie.
    const trapMm = fabric.trapMm + Math.max(fabric.pullMm, NOTCH_MM);
    return { path: trapPath(visible, joined(shown, later), { trapMm, pullMm: fabric.pullMm }), earlier };
  });
};
