import { colourFromHex, WHITE } from '../../colour/colour.ts';
import { type Affine, applyToPoint } from '../../geometry/affine.ts';
import type { Palette } from '../../model/palette.ts';
import type { PlacedStitches } from '../../scene/scene.ts';
import type { ColourBlock, StitchPlan, Thread } from '../../stitch/plan.ts';
import type { EmbroiderySettings } from './settings.ts';
import { threadChooser, threadNamed } from './threads.ts';

/** The stitches of a machine file where they go, in threads that the shop has. @throws Problem `swatch.unknown` */
export const placedPlan = ({ plan, at, threads }: PlacedStitches, settings: EmbroiderySettings, palette: Palette): StitchPlan => {
  const find = threadChooser(palette, settings);
  const threadFor = ({ thread }: ColourBlock, i: number): Thread => {
    const wanted = threads[i];
    if (typeof wanted === 'string') return threadNamed(palette, wanted, thread.weight);
    return { ...find(wanted ?? colourFromHex(thread.colour) ?? WHITE).thread, weight: thread.weight };
  };
  return {
    blocks: plan.blocks.map((block, i) => ({
      ...block,
      thread: threadFor(block, i),
      runs: block.runs.map((run) => ({ ...run, points: moved(run.points, at) })),
    })),
  };
};

const moved = (points: Float64Array, at: Affine): Float64Array => {
  const out = new Float64Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    const { x, y } = applyToPoint(at, { x: points[i] ?? 0, y: points[i + 1] ?? 0 });
    out[i] = x;
    out[i + 1] = y;
  }
  return out;
};
