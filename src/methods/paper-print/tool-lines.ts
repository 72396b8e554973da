import type { SpotColour } from '../../colour/colour.ts';
import { isEmptyPath, joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import { ptToMm } from '../../geometry/units.ts';
import type { PathNode, SceneNode } from '../../scene/scene.ts';

/** What a layer says of a tool's way: the line, and the layer of the design it came from. */
export type ToolLine = { readonly path: Path; readonly pointer: string };

/**
 * The ways of a tool in art that is painted in its spot colour: outlines of fills and lettering, middles of strokes. The fill and the line of one
 * shape are one way.
 */
export const toolLines = (nodes: readonly SceneNode[]): readonly ToolLine[] => {
  const lines = linesOf(nodes);
  return lines.filter(({ path, pointer }, i) => !lines.slice(0, i).some((one) => one.pointer === pointer && isSamePath(one.path, path)));
};

const isSamePath = (one: Path, other: Path): boolean =>
  one.coords.length === other.coords.length && one.coords.every((value, i) => Math.abs(value - (other.coords[i] ?? 0)) < SAME_MM);

/** Rounding, mm. */
const SAME_MM = 0.002;

const linesOf = (nodes: readonly SceneNode[]): readonly ToolLine[] =>
  nodes.flatMap((node): readonly ToolLine[] => {
    if (node.kind === 'group') return linesOf(node.children);
    if (node.kind === 'raster') return [];
    const path = node.kind === 'path' ? node.path : joinPaths(node.glyphs.map(({ outline, at }) => transformPath(outline, at)));
    return isEmptyPath(path) ? [] : [{ path, pointer: node.pointer }];
  });

/** Cutters read a line of 0.25 pt as a way, wider ones as something to print. */
const TOOL_LINE_MM = ptToMm(0.25);

/** A way of a tool as it stands in the file: full tint of its spot, 0.25 pt, no fill. */
export const toolNode = ({ path, pointer }: ToolLine, spot: Pick<SpotColour, 'name' | 'alternate'>): PathNode => ({
  kind: 'path',
  pointer,
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: {
    paint: { kind: 'solid', colour: { space: 'spot', ...spot, tint: 1 } },
    widthMm: TOOL_LINE_MM,
    cap: 'butt',
    join: 'miter',
    miterLimit: 4,
  },
});
