import { colourFromHex } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { Paint, Scene, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';

/** Below this CIEDE2000 distance two flat colours look the same side by side on cloth (production practice: art is "invisible"). */
const SAME_COLOUR = 8;

/** Art smaller than this in both directions is a stray dot, mm. */
const SPECK_MM = 1;

/** Blank and invisible art: a paid order must never come out empty. */
export const checkBlank = (scene: Scene, articleColour: string | null, pointer: string): readonly Finding[] => {
  const painted = boundsOfNodes(scene.nodes);
  if (!painted) return [blank(pointer, 'Nothing is painted in this placement.')];
  const { widthMm, heightMm } = scene.area;
  const outside = painted.x >= widthMm || painted.y >= heightMm || painted.x + painted.width <= 0 || painted.y + painted.height <= 0;
  if (outside) return [blank(pointer, 'All of the art lies outside the print area.')];
  if (painted.width < SPECK_MM && painted.height < SPECK_MM)
    return [blank(pointer, 'The art is smaller than 1 mm: it would print as a speck.')];
  return articleColour === null ? [] : checkInvisible(scene, articleColour, pointer);
};

const blank = (pointer: string, message: string): Finding => ({
  severity: 'error',
  code: 'art.blank',
  pointer,
  message,
  hint: 'Check the boxes of the layers, and that answers and pictures arrived.',
});

/** Only plain colours can be judged without pixels: a scene with any picture or gradient is taken as visible. */
const checkInvisible = (scene: Scene, articleColour: string, pointer: string): readonly Finding[] => {
  const article = colourFromHex(articleColour);
  const colours = nodesOf(scene.nodes).map(coloursOfNode);
  if (!article || colours.some((one) => one === null)) return [];
  const distances = colours.flatMap((one) => one ?? []).map((colour) => colourDistance(colour, article));
  const best = Math.max(...distances);
  if (distances.length === 0 || best >= SAME_COLOUR) return [];
  return [
    {
      severity: 'error',
      code: 'art.invisible',
      pointer,
      message: 'The art has the colour of the article: nobody would see it.',
      hint: 'Choose another colour for the art or the article.',
      measured: Math.round(best * 10) / 10,
      required: SAME_COLOUR,
      unit: 'dE00',
    },
  ];
};

/** sRGB colours a node paints; null when it paints something that is not one flat screen colour. */
const coloursOfNode = (node: SceneNode) => {
  if (node.kind === 'raster') return null;
  if (node.kind === 'group') return node.blend === 'normal' ? [] : null;
  const paints: readonly (Paint | null)[] = node.kind === 'glyphs' ? [node.fill] : [node.fill, node.stroke?.paint ?? null];
  const flat = paints.flatMap((paint) => (paint ? [paint.kind === 'solid' && paint.colour.space === 'srgb' ? paint.colour : null] : []));
  return flat.some((one) => one === null) ? null : flat.flatMap((one) => one ?? []);
};
