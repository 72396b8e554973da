import { type Rect, rectOf } from '../geometry/point.ts';
import type { PlacementSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import { boundsOfNode } from './bounds.ts';
import { continued, type Side } from './continue-edges.ts';
import { coverageOf } from './node-coverage.ts';
import type { SceneArea, SceneNode } from './scene.ts';

export type EdgeResult = { readonly nodes: readonly SceneNode[]; readonly findings: readonly Finding[] };

const SIDES: readonly Side[] = ['left', 'top', 'right', 'bottom'];

/** Art within this distance of the trim line is meant to run off the edge: a cutter's tolerance, 0.1 mm short of it or more. */
const TOUCHES_MM = 0.1;

/** Places along one side where art at the trim is looked for again at the edge of the bleed. */
const SAMPLES = 26;

/** Free shapes may run off the edge with an outline of their own; boxes and pictures may not leave a corner white. */
const FREE_SHAPE_SHARE = 0.1;

/** A glow that has faded to nothing where its outline ends leaves no edge to see. */
export const fadesOut = (node: SceneNode): boolean => {
  if (node.kind !== 'path' || node.stroke || !node.fill || node.fill.kind === 'solid') return false;
  const { stops } = node.fill;
  return stops.at(-1)?.opacity === 0 && (node.fill.kind === 'radial' || stops[0]?.opacity === 0);
};

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
  return SIDES.filter((side) => past[side] >= -TOUCHES_MM && (endsShort(past[side], side, box, area) || leavesGaps(node, side, area)));
};

const endsShort = (past: number, side: Side, box: Rect, area: SceneArea): boolean =>
  past < area.bleedMm - TOUCHES_MM && spans(box, side, area);

/** Art that only touches an edge with a corner or a letter is not a background: it must cover a tenth of the side. */
const spans = (box: Rect, side: Side, { widthMm, heightMm }: SceneArea): boolean =>
  side === 'left' || side === 'right' ? box.height >= heightMm / 10 : box.width >= widthMm / 10;

/** A turned box may reach past the bleed with one corner and leave another one white. */
const leavesGaps = (node: SceneNode, side: Side, area: SceneArea): boolean => {
  const coverage = coverageOf(node);
  if (!coverage) return false;
  const gaps = pointsAlong(side, area).filter(({ inside, outside }) => coverage.covers(inside) && !coverage.covers(outside)).length;
  return coverage.isBox ? gaps > 0 : gaps > SAMPLES * FREE_SHAPE_SHARE;
};

/** Pairs of points along a side: just inside the edge of the bleed, and the nearest one just inside the trim. */
const pointsAlong = (side: Side, { widthMm, heightMm, bleedMm }: SceneArea) => {
  const clear = 1.5 * TOUCHES_MM;
  const across = side === 'top' || side === 'bottom';
  const length = across ? widthMm : heightMm;
  const depth = across ? heightMm : widthMm;
  const low = side === 'left' || side === 'top';
  return Array.from({ length: SAMPLES }, (_, i) => {
    const along = -bleedMm + clear + ((length + 2 * bleedMm - 2 * clear) * i) / (SAMPLES - 1);
    const kept = Math.min(Math.max(along, clear), length - clear);
    const outer = low ? -bleedMm + clear : depth + bleedMm - clear;
    const inner = low ? clear : depth - clear;
    return across
      ? { outside: { x: along, y: outer }, inside: { x: kept, y: inner } }
      : { outside: { x: outer, y: along }, inside: { x: inner, y: kept } };
  });
};

/**
 * Brings art that meets the trim out to the bleed, or says where it does not: "strict" reports, "extend" stretches the outermost
 * band, "mirror" reflects the art at the trim line. The art inside the trim is never changed.
 */
export const finishEdges = (nodes: readonly SceneNode[], area: SceneArea, mode: PlacementSpec['edge']): EdgeResult => {
  const done = nodes.map((node): EdgeResult => {
    const sides = shortSides(node, area);
    if (sides.length === 0) return { nodes: [node], findings: [] };
    if (mode === 'strict') return { nodes: [node], findings: [bleedFinding(node, sides, area)] };
    return { nodes: [continued(node, sides, area, mode)], findings: [edgeFinding(node, sides, mode)] };
  });
  return { nodes: done.flatMap((one) => one.nodes), findings: done.flatMap((one) => one.findings) };
};

const bleedFinding = (node: SceneNode, sides: readonly Side[], area: SceneArea): Finding => {
  const box = boundsOfNode(node) ?? rectOf(0, 0, 0, 0);
  const past = Math.min(...sides.map((side) => reach(box, area)[side]));
  return {
    severity: 'error',
    code: 'bleed.missing',
    pointer: node.pointer,
    message: `The art meets the cut edge (${sides.join(', ')}) but does not fill the bleed there: cutting would leave a white line.`,
    hint: `Make it reach ${area.bleedMm} mm past the edge (box {"within": "bleed"}), or set "edge" to "extend" or "mirror".`,
    // A turned box reaches far enough with one corner only: what counts is the corner it leaves white.
    measured: past >= area.bleedMm - TOUCHES_MM ? 0 : Math.round(Math.max(0, past) * 1000) / 1000,
    required: area.bleedMm,
    unit: 'mm',
    ...edgeFix(node.pointer),
  };
};

/** The whole placement is told how to end: one picture continued and its neighbour cut off would be seen. */
const edgeFix = (pointer: string): Pick<Finding, 'autofix'> => {
  const placement = /^\/placements\/\d+/.exec(pointer)?.[0];
  if (placement === undefined) return {};
  return {
    autofix: { title: 'Continue the art from its edges into the bleed.', set: [{ pointer: `${placement}/edge`, value: 'extend' }] },
  };
};

const edgeFinding = (node: SceneNode, sides: readonly Side[], mode: 'extend' | 'mirror'): Finding => ({
  severity: 'info',
  code: mode === 'mirror' ? 'bleed.mirrored' : 'bleed.extended',
  pointer: node.pointer,
  message: `The art ended at the cut edge (${sides.join(', ')}); its edge was ${mode === 'mirror' ? 'mirrored' : 'extended'} into the bleed.`,
});
