import type { Finding } from '../model/finding.ts';
import { nodesOf } from '../scene/walk.ts';
import type { PlannedPlacement } from './plan.ts';

/** Finished stitches on a placement whose method cannot sew. */
export const checkSewn = ({ scene, method }: Pick<PlannedPlacement, 'scene' | 'method'>): readonly Finding[] => {
  if (method.sews) return [];
  const pointers = new Set(nodesOf(scene.nodes).flatMap((node) => (node.kind === 'group' && node.stitches ? [node.pointer] : [])));
  return [...pointers].map(
    (pointer): Finding => ({
      severity: 'error',
      code: 'stitches.not-sewn',
      pointer,
      message: `A machine file can be sewn only, and this placement is made with ${method.title}.`,
      hint: 'Use embroidery for this placement, or the art itself (a drawing or a picture) instead of the machine file.',
    }),
  );
};
