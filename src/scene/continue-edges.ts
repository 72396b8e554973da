import { type Affine, applyToPoint, determinant, invert, multiply, scaling, translation } from '../geometry/affine.ts';
import { rectPath } from '../geometry/path.ts';
import { type Rect, rectOf } from '../geometry/point.ts';
import { plainGroup } from './plain-group.ts';
import type { GroupNode, RasterNode, SceneArea, SceneNode } from './scene.ts';
import { transformNode } from './transform.ts';

export type Side = 'left' | 'top' | 'right' | 'bottom';

/** Width of the band beside the trim that "extend" stretches outward. */
const BAND_MM = 0.1;

/** The continuation reaches this far under the art, so that no reader shows a seam where the two meet. */
const OVERLAP_MM = 0.3;

/** One band along an axis: what part of the art it shows, where it is painted, and the map between. */
type Band = { readonly outer: boolean; readonly source: Span; readonly target: Span; readonly scale: number; readonly shift: number };
type Span = { readonly from: number; readonly to: number };

const EVERYWHERE: Span = { from: -1e5, to: 1e5 };

/**
 * A node with its continuation in the bleed at the given sides: mirrored at the trim line, or its outermost band stretched outward.
 * Opacity and blend move to the group around both, so that the overlap does not show.
 */
export const continued = (node: SceneNode, sides: readonly Side[], area: SceneArea, mode: 'extend' | 'mirror'): GroupNode => {
  const columns = bandsOf(sides.includes('left'), sides.includes('right'), area.widthMm, area.bleedMm, mode);
  const rows = bandsOf(sides.includes('top'), sides.includes('bottom'), area.heightMm, area.bleedMm, mode);
  const isGroup = node.kind === 'group';
  const art: SceneNode = isGroup ? { ...node, opacity: 1, blend: 'normal' } : node;
  const pieces = rows.flatMap((row) => columns.map((column) => ({ column, row })));
  const corners = pieces.filter(({ column, row }) => column.outer && row.outer);
  const edges = pieces.filter(({ column, row }) => column.outer !== row.outer);
  return {
    ...plainGroup(node.pointer),
    opacity: isGroup ? node.opacity : 1,
    blend: isGroup ? node.blend : 'normal',
    // Corners lie under the sides, and both under the art: every seam is covered from above.
    children: [...[...corners, ...edges].map(({ column, row }) => bandNode(art, column, row, mode)), art],
  };
};

const bandsOf = (low: boolean, high: boolean, length: number, bleed: number, mode: 'extend' | 'mirror'): readonly Band[] => {
  const inside: Band = { outer: false, source: EVERYWHERE, target: { from: -bleed, to: length + bleed }, scale: 1, shift: 0 };
  const before = { from: -bleed, to: OVERLAP_MM };
  const beyond = { from: length - OVERLAP_MM, to: length + bleed };
  const stretch = (bleed + OVERLAP_MM) / BAND_MM;
  const outer =
    mode === 'mirror'
      ? [
          { outer: true, source: { from: 0, to: bleed + OVERLAP_MM }, target: before, scale: -1, shift: OVERLAP_MM },
          {
            outer: true,
            source: { from: length - bleed - OVERLAP_MM, to: length },
            target: beyond,
            scale: -1,
            shift: 2 * length - OVERLAP_MM,
          },
        ]
      : [
          { outer: true, source: { from: 0, to: BAND_MM }, target: before, scale: stretch, shift: -bleed },
          {
            outer: true,
            source: { from: length - BAND_MM, to: length },
            target: beyond,
            scale: stretch,
            shift: length - OVERLAP_MM - (length - BAND_MM) * stretch,
          },
        ];
  const [first, last] = outer;
  return [...(low && first ? [first] : []), inside, ...(high && last ? [last] : [])];
};

/** The art seen through the map of one band, clipped to that band. */
const bandNode = (art: SceneNode, column: Band, row: Band, mode: 'extend' | 'mirror'): GroupNode => {
  const map: Affine = multiply(translation(column.shift, row.shift), scaling(column.scale, row.scale));
  const target = rectOf(column.target.from, row.target.from, column.target.to - column.target.from, row.target.to - row.target.from);
  const source = rectOf(column.source.from, row.source.from, column.source.to - column.source.from, row.source.to - row.source.from);
  const shown = mode === 'extend' ? cropPictures(art, source) : [art];
  return {
    ...plainGroup(art.pointer),
    clip: { path: rectPath(target), fillRule: 'nonzero' },
    children: shown.map((node) => transformNode(node, map)),
  };
};

/** Pictures reduced to the strip that is stretched: readers choke on a whole photo blown up thirty times. */
const cropPictures = (node: SceneNode, keep: Rect): readonly SceneNode[] => {
  if (node.kind === 'group') return [{ ...node, children: node.children.flatMap((child) => cropPictures(child, keep)) }];
  if (node.kind !== 'raster') return [node];
  const cropped = cropPicture(node, keep);
  return cropped ? [cropped] : [];
};

/** The part of a picture that meets a box (mm), a pixel wider; its pixels are repeated as they are, not blended with what lies beyond. */
const cropPicture = (node: RasterNode, keep: Rect): RasterNode | null => {
  if (determinant(node.at) === 0) return null;
  const { source } = node;
  const toUnit = invert(node.at);
  const corners = [
    { x: keep.x, y: keep.y },
    { x: keep.x + keep.width, y: keep.y },
    { x: keep.x, y: keep.y + keep.height },
    { x: keep.x + keep.width, y: keep.y + keep.height },
  ].map((corner) => applyToPoint(toUnit, corner));
  const span = (values: readonly number[], pixels: number) => ({
    from: Math.max(0, Math.min(...values) - 1 / pixels),
    to: Math.min(1, Math.max(...values) + 1 / pixels),
  });
  const u = span(
    corners.map(({ x }) => x),
    source.width,
  );
  const v = span(
    corners.map(({ y }) => y),
    source.height,
  );
  if (u.to <= u.from || v.to <= v.from) return null;
  const part = { x: u.from, y: v.from, width: u.to - u.from, height: v.to - v.from };
  return {
    ...node,
    interpolation: 'nearest',
    source: {
      x: source.x + part.x * source.width,
      y: source.y + part.y * source.height,
      width: part.width * source.width,
      height: part.height * source.height,
    },
    at: multiply(node.at, [part.width, 0, 0, part.height, part.x, part.y]),
  };
};
