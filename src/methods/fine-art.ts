import { BLACK } from '../colour/colour.ts';
import { rectPath } from '../geometry/path.ts';
import { ptToMm } from '../geometry/units.ts';
import type { Finding } from '../model/finding.ts';
import { solidRegions } from '../render/solid/solid-regions.ts';
import { boundsOfNode } from '../scene/bounds.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { nodesOf } from '../scene/walk.ts';
import { checkGaps } from './checks/gaps.ts';
import { checkLetteringSize } from './checks/lettering-size.ts';
import { checkStrokes } from './checks/strokes.ts';
import { silhouetteOf } from './silhouette.ts';

export type FineLimits = {
  /** Thinnest line and narrowest gap of the art as a whole, mm; 0 for any. */
  readonly minLine: number;
  readonly minGap: number;
  /** Smallest lettering, pt; 0 for any. */
  readonly minText: number;
};

/** Heights of capitals and of small letters of common text faces, in sizes of the font, on the low side. */
const CAPITAL = 0.66;
const SMALL = 0.45;

/**
 * Lines, gaps and letters that are too fine for ink over white: what counts is the art as a whole, for thin lines within a picture have its white
 * under them. Pictures with clear parts count as their boxes.
 */
export const checkFineArt = (scene: Scene, { minLine, minGap, minText }: FineLimits): readonly Finding[] => {
  const { solid, soft } = silhouetteOf(scene.nodes);
  const art = solidRegions({ ...scene, nodes: [...solid, ...soft.flatMap(boxOf)] }, { knockOut: false, colourOf: () => BLACK });
  const warn = (mm: number) => ({ errorMm: 0, warnMm: mm });
  const textMm = ptToMm(minText);
  const lettering = new Set(nodesOf(scene.nodes).flatMap((node) => (node.kind === 'glyphs' ? [node.pointer] : [])));
  const isLettering = ({ pointer }: Finding): boolean => lettering.has(pointer);
  return [
    ...checkStrokes(art, warn(minLine)),
    // Letters may touch: what closes up between them is told, no more. Drawn gaps were meant.
    ...checkGaps(art, warn(minGap)).map((finding): Finding => (isLettering(finding) ? { ...finding, severity: 'info' } : finding)),
    ...checkLetteringSize(scene, { capital: warn(CAPITAL * textMm), small: warn(SMALL * textMm) }),
  ];
};

const boxOf = (node: SceneNode): readonly SceneNode[] => {
  const box = boundsOfNode(node);
  if (!box) return [];
  const fill = { kind: 'solid', colour: BLACK } as const;
  return [{ kind: 'path', pointer: node.pointer, path: rectPath(box), fillRule: 'nonzero', fill, stroke: null }];
};
