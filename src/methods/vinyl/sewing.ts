import type { Path } from '../../geometry/path.ts';
import { givingWay } from '../../render/white/steps.ts';
import { zigzagLine } from '../../stitch/applique/zigzag-line.ts';
import { finishRun } from '../../stitch/order/finish-run.ts';
import { shortTour } from '../../stitch/order/tour.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import type { Sewn } from '../../stitch/region.ts';
import type { VinylSettings } from './settings.ts';
import type { VinylLayer } from './vinyl-layers.ts';

export type Sewing = NonNullable<VinylSettings['sewing']>;

/** So much of the zigzag lies beyond the edge of the cloth, mm. */
const OUTSIDE_MM = 0.4;
/** For stitches of the machine, mm: shorter ones are joined, longer ones divided. */
const MACHINE = { minStitchMm: 0.5, maxStitchMm: 9 };

/** How the edges of twill are sewn down by a machine; null for cut-outs that are sewn by hand, and for film. */
export const sewingOf = ({ kind, sewing }: Pick<VinylSettings, 'kind' | 'sewing'>): Sewing | null =>
  kind === 'twill' ? (sewing ?? null) : null;

/** The zigzag along all edges, a closed thread for each. Rejects with the signal's reason. */
export const edgeStitches = (path: Path, { widthMm, pitchMm }: Sewing, signal: AbortSignal): Promise<readonly Sewn[]> =>
  givingWay(zigzagLine(path, { widthMm, pitchMm, outsideMm: OUTSIDE_MM }), signal);

/** A layer as a machine sews it: its edges one after the other, from the nearest to the nearest, thread in the colour of the cloth. */
export const sewingPlan = async ({ path, swatch }: VinylLayer, sewing: Sewing, signal: AbortSignal): Promise<StitchPlan> => {
  const threads = await edgeStitches(path, sewing, signal);
  const starts = threads.map(({ points }) => ({ x: points[0] ?? 0, y: points[1] ?? 0 }));
  const runs = shortTour(starts, starts[0] ?? { x: 0, y: 0 }).flatMap((i) => {
    const sewn = threads[i];
    return (sewn && finishRun(sewn, MACHINE)) ?? [];
  });
  const thread = { colour: swatch.colour, name: swatch.name, code: swatch.code ?? '', maker: '', weight: 40 } as const;
  return { blocks: runs.length === 0 ? [] : [{ thread, runs, stopAfter: false, note: 'Zigzag along the edge' }] };
};
