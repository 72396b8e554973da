import type { Finding } from '../model/finding.ts';
import type { GlyphsNode, Scene } from '../scene/scene.ts';
import { nodesOf } from '../scene/walk.ts';

/** Lettering that a flip turned round, so that it reads backwards on the article (`text.flipped`): one finding for a layer. */
export const checkFlippedText = ({ nodes }: Scene): readonly Finding[] => {
  const flipped = new Set(nodesOf(nodes).flatMap((node) => (node.kind === 'glyphs' && isFlipped(node) ? [node.pointer] : [])));
  return [...flipped].map((pointer) => ({
    severity: 'warning',
    code: 'text.flipped',
    pointer,
    message: 'The lettering is flipped and reads backwards on the article.',
    hint: 'Remove the flip, unless a reflection is meant; files for machines are mirrored by the settings of the method.',
  }));
};

const isFlipped = ({ glyphs }: GlyphsNode): boolean => {
  const [first] = glyphs;
  return first !== undefined && first.at[0] * first.at[3] - first.at[1] * first.at[2] < 0;
};
