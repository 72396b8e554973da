import { boundsOfPath } from '../../geometry/path.ts';
import type { Finding } from '../../model/finding.ts';
import type { PathNode, Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { LIMIT_SLACK_MM, roundMm } from './limits.ts';

/**
 * Lines as they were drawn that are thinner than a press lays down (`stroke.thin`): strokes by their width, filled bars by their narrow side. For
 * presses fine enough that serifs and joins of letters need no look. One finding for a layer.
 */
export const checkLineWidths = (scene: Scene, leastMm: number): readonly Finding[] => {
  const thinnest = new Map<string, number>();
  for (const node of nodesOf(scene.nodes)) {
    const width = node.kind === 'path' ? widthOf(node) : null;
    if (width === null || width + LIMIT_SLACK_MM >= leastMm) continue;
    thinnest.set(node.pointer, Math.min(width, thinnest.get(node.pointer) ?? width));
  }
  return [...thinnest].map(([pointer, width]) => ({
    severity: 'warning',
    code: 'stroke.thin',
    pointer,
    message: `A line is ${roundMm(width)} mm thin; it needs ${leastMm} mm.`,
    hint: 'Thicken the lines.',
    measured: roundMm(width),
    required: leastMm,
    unit: 'mm',
  }));
};

/** Of the line that a node is; null for anything else. */
const widthOf = ({ path, fill, stroke }: PathNode): number | null => {
  // A stroke around a fill only makes it larger.
  if (stroke) return fill ? null : stroke.widthMm;
  const box = fill ? boundsOfPath(path) : null;
  return box && Math.min(box.width, box.height) > 0 ? Math.min(box.width, box.height) : null;
};
