import { type Affine, multiply } from '../../geometry/affine.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import { inflate, intersectionOf, type Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { PatternLayer } from '../../model/layers.ts';
import { boundsOfNodes } from '../bounds.ts';
import type { Composed } from '../layers/context.ts';
import { repeatMotif } from '../repeat-motif.ts';
import type { SceneNode } from '../scene.ts';
import { scatter } from './scatter.ts';
import { silhouetteOf } from './silhouette.ts';

const USUAL = { seed: 1, size: [0.8, 1.15], turn: 25, most: undefined } as const;

/**
 * The motifs of a scatter, painted wherever their copies lie in a box (mm). @param pitch - how far the tile repeats
 * @param cells - takes the tile that begins at 0, 0 to each of its places
 */
export const strewMotifs = (
  layer: PatternLayer,
  motifs: readonly Composed[],
  { pitchX, pitchY }: { readonly pitchX: number; readonly pitchY: number },
  cells: readonly Affine[],
  box: Rect,
  pointer: string,
): Composed => {
  const { seed, size, turn, most } = layer.scatter ?? USUAL;
  const outlines = motifs.map(({ nodes }) => silhouetteOf(nodes));
  const strewn = scatter(outlines, {
    widthMm: pitchX,
    heightMm: pitchY,
    gapMm: layer.gap,
    seed,
    size,
    turnDeg: turn,
    most: motifs.map((_, i) => most?.[i]),
  });
  const nodes = motifs.flatMap((motif, i): readonly SceneNode[] => {
    const maps = strewn.filter((one) => one.motif === i).flatMap(({ map }) => cells.map((cell) => multiply(cell, map)));
    const reach = boundsOfNodes(motif.nodes);
    const seen = reach ? maps.filter((map) => touches(reach, map, box)) : [];
    // No copy meets another, so nothing has to reach under its neighbours.
    return repeatMotif(motif.nodes, EVERYWHERE, seen);
  });
  return {
    nodes,
    findings: motifs.flatMap((motif, i) =>
      most?.[i] === 0 ? [] : leftOut(motif, outlines[i], strewn.filter((one) => one.motif === i).length, i, pointer),
    ),
  };
};

const EVERYWHERE: Rect = { x: -1e9, y: -1e9, width: 2e9, height: 2e9 };

const touches = ({ x, y, width, height }: Rect, map: Affine, box: Rect): boolean => {
  const corners: Path = {
    verbs: Uint8Array.of(0, 1, 1, 1),
    coords: Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height),
  };
  const moved = boundsOfPath(transformPath(corners, map));
  return moved !== null && intersectionOf(inflate(moved, 0.5), box) !== null;
};

/** A motif that is nowhere, though it paints something: too large for the tile, or the others left no room. */
const leftOut = (motif: Composed, outline: Path | undefined, count: number, index: number, pointer: string): readonly Finding[] => {
  if (count > 0 || motif.nodes.length === 0 || !outline || outline.verbs.length === 0) return [];
  return [
    {
      severity: 'error',
      code: 'pattern.motif-left-out',
      pointer: `${pointer}/layers/${index}`,
      message: 'There is no room for this motif in the tile.',
      hint: 'Make the tile larger, the motifs or the gap smaller, or let fewer of the others in with "most".',
    },
  ];
};
