import { isEmptyPath, type Path } from '../../geometry/path.ts';
import { subtractPaths } from '../../geometry/polygons.ts';
import type { Fabric } from '../fabric.ts';
import { joined, type OverlapGraph } from './overlap-graph.ts';
import type { Piece } from './pieces.ts';
import type { ThreadBlock } from './sewing-order.ts';
import { trapPath } from './trap-path.ts';

const TOLERANCE_MM = 0.015;

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
    const isLater = (j: number): boolean => (rank[j] ?? 0) > (rank[i] ?? 0) || (rank[j] === rank[i] && (graph.above[i] ?? []).includes(j));
    const later = (graph.near[i] ?? []).filter(isLater);
    if (later.length === 0 || isEmptyPath(visible)) return visible;
    return trapPath(visible, joined(shown, later), fabric);
  });
};
