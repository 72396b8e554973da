import { hexOf, type SrgbColour } from '../colour/colour.ts';
import { intersectionOf } from '../geometry/point.ts';
import type { Finding } from '../model/finding.ts';
import { boundsOfNode } from '../scene/bounds.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { checkContrast, type SeenColour } from './checks/contrast.ts';

/** Below this CIEDE2000 distance two flat colours look the same side by side on cloth. */
const SAME_COLOUR = 8;
/** Below this lettering is hard to read from an arm's length. */
const READABLE = 20;

/**
 * Lettering and shapes of one colour that lie straight on the article and have its colour, or, lettering, one too near to it (`contrast.low`),
 * while other art shows. What lies over or under other art is let be.
 */
export const checkUnseenArt = ({ nodes }: Scene, articleColour: string | null): readonly Finding[] => {
  const boxes = nodes.map(boundsOfNode);
  const seen = nodes.flatMap((node, i): readonly (SeenColour & { readonly isLettering: boolean })[] => {
    const colour = flatColour(node);
    const box = boxes[i];
    if (!colour || !box) return [];
    if (boxes.some((other, k) => k !== i && other !== null && intersectionOf(other, box) !== null)) return [];
    const isLettering = node.kind === 'glyphs';
    return [{ name: `The ${isLettering ? 'lettering' : 'shape'} in ${hexOf(colour)}`, colour, pointer: node.pointer, isLettering }];
  });
  return seen.flatMap((one) => checkContrast([one], articleColour, { errorDe: 0, warnDe: one.isLettering ? READABLE : SAME_COLOUR }));
};

const flatColour = (node: SceneNode): SrgbColour | null => {
  if (node.kind !== 'glyphs' && node.kind !== 'path') return null;
  if (node.kind === 'path' && node.stroke) return null;
  return node.fill?.kind === 'solid' && node.fill.colour.space === 'srgb' ? node.fill.colour : null;
};
