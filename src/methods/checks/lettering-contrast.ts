import { intersectionOf, type Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import type { GlyphsNode, Scene } from '../../scene/scene.ts';
import { checkContrast, type SeenColour } from './contrast.ts';

/** Below this lettering is hard to read from an arm's length, dE00. */
const READABLE = 20;

/**
 * Lettering on the bare article that is hard to tell from it (`contrast.low`). Lettering over other art is judged by nobody but the eye: it has
 * a ground of its own. Told once for a layer.
 */
export const checkLetteringContrast = (scene: Scene, articleColour: string | null): readonly Finding[] => {
  if (articleColour === null) return [];
  const below: Rect[] = [];
  const seen = new Map<string, SeenColour>();
  for (const node of scene.nodes) {
    const box = boundsOfNode(node);
    if (!box) continue;
    const colour = node.kind === 'glyphs' ? colourOf(node) : null;
    if (node.kind === 'glyphs' && colour && !seen.has(node.pointer) && !below.some((one) => intersectionOf(one, box)))
      seen.set(node.pointer, { name: `"${shortened(node.text)}"`, colour, pointer: node.pointer });
    below.push(box);
  }
  return checkContrast([...seen.values()], articleColour, { errorDe: 0, warnDe: READABLE });
};

const colourOf = ({ fill }: GlyphsNode) => (fill.kind === 'solid' ? screenColour(fill.colour) : null);

const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
