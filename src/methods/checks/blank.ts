import { colourFromHex } from '../../colour/colour.ts';
import type { Finding } from '../../model/finding.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { Scene } from '../../scene/scene.ts';
import { paintsAnything, strongestContrast } from './seen-art.ts';

/** Below this CIEDE2000 distance two flat colours look the same side by side on cloth (production practice: art is "invisible"). */
const SAME_COLOUR = 8;

/** Art smaller than this in both directions is a stray dot, mm. */
const SPECK_MM = 1;

/**
 * Blank and invisible art: a paid order must never come out empty.
 * @param picture - pixels of the pictures; left out, every picture is taken as seen
 */
export const checkBlank = (
  scene: Scene,
  articleColour: string | null,
  pointer: string,
  picture?: (digest: string) => DecodedImage,
): readonly Finding[] => {
  const painted = boundsOfNodes(scene.nodes);
  if (!painted) return [blank(pointer, 'Nothing is painted in this placement.')];
  const { widthMm, heightMm } = scene.area;
  const outside = painted.x >= widthMm || painted.y >= heightMm || painted.x + painted.width <= 0 || painted.y + painted.height <= 0;
  if (outside) return [blank(pointer, 'All of the art lies outside the print area.')];
  if (painted.width < SPECK_MM && painted.height < SPECK_MM)
    return [blank(pointer, 'The art is smaller than 1 mm: it would print as a speck.')];
  if (!scene.nodes.some((node) => paintsAnything(node, picture))) return [blank(pointer, 'All of the art is clear: nothing would print.')];
  return articleColour === null ? [] : checkInvisible(scene, articleColour, pointer, picture);
};

const blank = (pointer: string, message: string): Finding => ({
  severity: 'error',
  code: 'art.blank',
  pointer,
  message,
  hint: 'Check the boxes of the layers, and that answers and pictures arrived.',
});

const checkInvisible = (
  scene: Scene,
  articleColour: string,
  pointer: string,
  picture?: (digest: string) => DecodedImage,
): readonly Finding[] => {
  const article = colourFromHex(articleColour);
  const best = article ? strongestContrast(scene.nodes, article, SAME_COLOUR, picture) : Number.POSITIVE_INFINITY;
  if (best >= SAME_COLOUR) return [];
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
