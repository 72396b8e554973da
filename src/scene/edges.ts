import { type Affine, multiply, scaling, translation } from '../geometry/affine.ts';
import { rectPath } from '../geometry/path.ts';
import { type Rect, rectOf } from '../geometry/point.ts';
import type { PlacementSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import { boundsOfNode } from './bounds.ts';
import type { GroupNode, SceneArea, SceneNode } from './scene.ts';
import { transformNode } from './transform.ts';

export type EdgeResult = { readonly nodes: readonly SceneNode[]; readonly findings: readonly Finding[] };

type Side = 'left' | 'top' | 'right' | 'bottom';
const SIDES: readonly Side[] = ['left', 'top', 'right', 'bottom'];

/** Art within this distance of the trim line is meant to run off the edge: a cutter's tolerance, 0.1 mm short of it or more. */
const TOUCHES_MM = 0.1;

/** Width of the band beside the trim that "extend" stretches outward. */
const BAND_MM = 0.1;

/** How far a node reaches past each side of the trim: negative stays inside. */
const reach = (box: Rect, area: SceneArea): Record<Side, number> => ({
  left: -box.x,
  top: -box.y,
  right: box.x + box.width - area.widthMm,
  bottom: box.y + box.height - area.heightMm,
});

/** Sides where the node meets the trim yet ends before the bleed: cutting would show a white line there. */
export const shortSides = (node: SceneNode, area: SceneArea): readonly Side[] => {
  // Lettering near an edge is a matter of the safe area, not of bleed.
  if (node.kind === 'glyphs' || fadesOut(node)) return [];
  const box = boundsOfNode(node);
  if (!box || area.bleedMm === 0) return [];
  const past = reach(box, area);
  return SIDES.filter((side) => past[side] >= -TOUCHES_MM && past[side] < area.bleedMm - TOUCHES_MM && spans(box, side, area));
};

/** A glow that has faded to nothing where its outline ends leaves no edge to see. */
export const fadesOut = (node: SceneNode): boolean => {
  if (node.kind !== 'path' || node.stroke || !node.fill || node.fill.kind === 'solid') return false;
  const { stops } = node.fill;
  return stops.at(-1)?.opacity === 0 && (node.fill.kind === 'radial' || stops[0]?.opacity === 0);
};

/** Art that only touches an edge with a corner or a letter is not a background: it must cover a tenth of the side. */
const spans = (box: Rect, side: Side, { widthMm, heightMm }: SceneArea): boolean =>
  side === 'left' || side === 'right' ? box.height >= heightMm / 10 : box.width >= widthMm / 10;

/**
 * Brings art that meets the trim out to the bleed, or says where it does not: "strict" reports, "extend" stretches the outermost
 * band, "mirror" reflects the art at the trim line. The art inside the trim is never changed.
 */
export const finishEdges = (nodes: readonly SceneNode[], area: SceneArea, mode: PlacementSpec['edge']): EdgeResult => {
  const done = nodes.map((node): EdgeResult => {
    const sides = shortSides(node, area);
    if (sides.length === 0) return { nodes: [node], findings: [] };
    if (mode === 'strict') return { nodes: [node], findings: [bleedFinding(node, sides, area)] };
    return { nodes: [withEdges(node, sides, area, mode)], findings: [edgeFinding(node, sides, mode)] };
  });
  return { nodes: done.flatMap((one) => one.nodes), findings: done.flatMap((one) => one.findings) };
};

const bleedFinding = (node: SceneNode, sides: readonly Side[], area: SceneArea): Finding => {
  const box = boundsOfNode(node);
  const past = box ? Math.max(0, Math.min(...sides.map((side) => reach(box, area)[side]))) : 0;
  return {
    severity: 'error',
    code: 'bleed.missing',
    pointer: node.pointer,
    message: `The art meets the cut edge (${sides.join(', ')}) but does not run into the bleed: cutting would leave a white line.`,
    hint: `Make it reach ${area.bleedMm} mm past the edge (box {"within": "bleed"}), or set "edge" to "extend" or "mirror".`,
    measured: Math.round(past * 1000) / 1000,
    required: area.bleedMm,
    unit: 'mm',
  };
};

const edgeFinding = (node: SceneNode, sides: readonly Side[], mode: 'extend' | 'mirror'): Finding => ({
  severity: 'info',
  code: mode === 'mirror' ? 'bleed.mirrored' : 'bleed.extended',
  pointer: node.pointer,
  message: `The art ended at the cut edge (${sides.join(', ')}); its edge was ${mode === 'mirror' ? 'mirrored' : 'extended'} into the bleed.`,
});

type Axis = { readonly from: number; readonly size: number; readonly scale: number; readonly shift: number };

/** The three bands of one axis: before the trim, inside it, beyond it. Only short sides get an outer band. */
const bandsOf = (low: boolean, high: boolean, length: number, bleed: number, mode: 'extend' | 'mirror'): readonly Axis[] => {
  const factor = mode === 'mirror' ? -1 : bleed / BAND_MM;
  const inside: Axis = { from: 0, size: length, scale: 1, shift: 0 };
  // Extending maps the band [0, BAND] outward onto [-bleed, 0]; mirroring reflects at the line.
  const before: Axis =
    mode === 'mirror' ? { from: -bleed, size: bleed, scale: -1, shift: 0 } : { from: -bleed, size: bleed, scale: factor, shift: -bleed };
  const beyond: Axis =
    mode === 'mirror'
      ? { from: length, size: bleed, scale: -1, shift: 2 * length }
      : { from: length, size: bleed, scale: factor, shift: length - (length - BAND_MM) * factor };
  return [...(low ? [before] : []), inside, ...(high ? [beyond] : [])];
};

/** The node and its continuation in the bleed, in one group so that blending stays as it was. */
const withEdges = (node: SceneNode, sides: readonly Side[], area: SceneArea, mode: 'extend' | 'mirror'): GroupNode => {
  const columns = bandsOf(sides.includes('left'), sides.includes('right'), area.widthMm, area.bleedMm, mode);
  const rows = bandsOf(sides.includes('top'), sides.includes('bottom'), area.heightMm, area.bleedMm, mode);
  const outer = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const isInside = row.scale === 1 && row.shift === 0 && column.scale === 1 && column.shift === 0;
      return isInside ? [] : [bandNode(node, column, row)];
    }),
  );
  return { ...plainGroup(node.pointer), children: [...outer, node] };
};

const plainGroup = (pointer: string): Omit<GroupNode, 'children'> => ({
  kind: 'group',
  pointer,
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'normal',
});

/** The node seen through the map of one band, clipped to that band. */
const bandNode = (node: SceneNode, column: Axis, row: Axis): GroupNode => {
  const map: Affine = multiply(translation(column.shift, row.shift), scaling(column.scale, row.scale));
  return {
    ...plainGroup(node.pointer),
    clip: { path: rectPath(rectOf(column.from, row.from, column.size, row.size)), fillRule: 'nonzero' },
    children: [transformNode(node, map)],
  };
};
