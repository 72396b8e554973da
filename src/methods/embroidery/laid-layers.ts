import { pathContainsPoint } from '../../geometry/polygons.ts';
import { LAY_NOTE } from '../../stitch/applique/sew-patches.ts';
import { type ColourBlock, isSameThread, type StitchPlan } from '../../stitch/plan.ts';
import type { Patch } from './patches.ts';

/** What is sewn until the machine halts for cloth, and the cloth that is laid then; none after the last stitch. */
export type LaidLayer = { readonly plan: StitchPlan; readonly cloths: readonly Patch[] };

/** A plan in the order in which thread and cloth come to lie on each other. */
export const laidLayers = ({ blocks }: StitchPlan, patches: readonly Patch[]): readonly LaidLayer[] => {
  const layers: LaidLayer[] = [];
  const waiting = new Set(patches);
  let sewn: ColourBlock[] = [];
  for (const block of blocks) {
    sewn.push(block);
    if (!block.note.includes(LAY_NOTE)) continue;
    const cloths = [...waiting].filter((patch) => isPlacedBy(block, patch));
    for (const patch of cloths) waiting.delete(patch);
    layers.push({ plan: { blocks: sewn }, cloths });
    sewn = [];
  }
  return [...layers, { plan: { blocks: sewn }, cloths: [...waiting] }];
};

/** Whether a line of the block lies within the edge of the patch. */
const isPlacedBy = (block: ColourBlock, { path, thread }: Patch): boolean =>
  isSameThread(block.thread, thread) &&
  block.runs.some(({ points }) => pathContainsPoint(path, { x: points.at(-2) ?? Number.NaN, y: points.at(-1) ?? Number.NaN }));
