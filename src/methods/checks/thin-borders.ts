import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import { fadesOut } from '../../scene/edges.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';

/** Nearer to the cut than this an edge means to lie on it, mm. */
const ON_CUT_MM = 0.1;
/** A frame runs along this part of a side, or it is no frame. */
const LEAST_SPAN = 0.8;

/**
 * Borders along the cut that are so narrow that the usual drift of a cutter shows (`border.thin`): frames, and the rim that a picture or panel
 * leaves free on two opposite sides. One finding for a layer, about its narrowest border.
 * @param leastMm - narrower borders are reported, mm; 0 for none
 */
export const checkThinBorders = (scene: Scene, leastMm: number): readonly Finding[] => {
  const narrowest = new Map<string, number>();
  for (const node of nodesOf(scene.nodes)) {
    const width = borderOf(node, scene.area, leastMm);
    if (width !== null) narrowest.set(node.pointer, Math.min(width, narrowest.get(node.pointer) ?? width));
  }
  return [...narrowest].map(([pointer, width]) => borderFinding(pointer, Math.round(width * 100) / 100, leastMm));
};

/** A border that is told as too thin is not told as too near to the cut as well: moving it inwards is no cure. */
export const bordersOnce = (findings: readonly Finding[]): readonly Finding[] => {
  const thin = new Set(findings.flatMap(({ code, pointer }) => (code === 'border.thin' ? [pointer] : [])));
  return findings.filter(({ code, severity, pointer }) => code !== 'art.unsafe' || severity === 'error' || !thin.has(pointer));
};

/** What is seen of a border after the cut, mm; null where there is none, or a wide one. */
const borderOf = (node: SceneNode, area: Scene['area'], leastMm: number): number | null => {
  const box = node.kind === 'path' || node.kind === 'raster' ? boundsOfNode(node) : null;
  if (!box || fadesOut(node)) return null;
  // Only a stroke is a frame by itself; of anything else the border is what it leaves free.
  const frameMm = node.kind === 'path' && node.stroke && !node.fill ? node.stroke.widthMm : 0;
  const widths = oppositeGaps(box, area).flatMap((gaps) => {
    const seen = gaps.map((gap) => (frameMm > 0 ? Math.min(frameMm, gap + frameMm) : gap));
    const isBorder = gaps.every((gap) => gap < leastMm) && seen.every((mm) => mm > ON_CUT_MM && mm < leastMm - 0.005);
    return isBorder ? [Math.min(...seen)] : [];
  });
  return widths.length > 0 ? Math.min(...widths) : null;
};

/** From the cut in to the box, for the pairs of sides that it runs along. */
const oppositeGaps = ({ x, y, width, height }: Rect, { widthMm, heightMm }: Scene['area']): readonly (readonly number[])[] => [
  ...(height >= LEAST_SPAN * heightMm ? [[x, widthMm - x - width]] : []),
  ...(width >= LEAST_SPAN * widthMm ? [[y, heightMm - y - height]] : []),
];

const borderFinding = (pointer: string, measured: number, required: number): Finding => ({
  severity: 'warning',
  code: 'border.thin',
  pointer,
  message: `The border along the cut is ${measured} mm wide; below ${required} mm it looks uneven after cutting.`,
  hint: 'Make the border wider, or run the art off the edge.',
  measured,
  required,
  unit: 'mm',
});
