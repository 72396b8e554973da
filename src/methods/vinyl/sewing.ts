import type { Path } from '../../geometry/path.ts';
import { inflate, type Rect } from '../../geometry/point.ts';
import type { Steps } from '../../model/steps.ts';
import { givingWay } from '../../render/white/steps.ts';
import { sewPatches } from '../../stitch/applique/sew-patches.ts';
import { zigzagLine } from '../../stitch/applique/zigzag-line.ts';
import { finishRun } from '../../stitch/order/finish-run.ts';
import { nearestFirst } from '../../stitch/order/nearest-first.ts';
import type { ColourBlock, StitchPlan } from '../../stitch/plan.ts';
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

/** What the zigzag about cloth of a size covers. */
export const sewnBoxOf = (edges: Rect): Rect => inflate(edges, OUTSIDE_MM);

/** The zigzag along all edges, a closed thread for each. Rejects with the signal's reason. */
export const edgeStitches = (path: Path, { widthMm, pitchMm }: Sewing, signal: AbortSignal): Promise<readonly Sewn[]> =>
  givingWay(zigzagLine(path, { widthMm, pitchMm, outsideMm: OUTSIDE_MM }), signal);

/**
 * A layer as a machine sews it, thread in the colour of the cloth: a line that shows its place and a halt to lay it, a line that holds it, and
 * its edges one after the other, from the nearest to the nearest.
 */
export const sewingPlan = async ({ path, swatch }: VinylLayer, sewing: Sewing, signal: AbortSignal): Promise<StitchPlan> => {
  const thread = { colour: swatch.colour, name: swatch.name, code: swatch.code ?? '', maker: '', weight: 40 } as const;
  const block = (threads: readonly Sewn[], note: string, stopAfter: boolean): readonly ColourBlock[] => {
    const runs = threads.flatMap((sewn) => finishRun(sewn, MACHINE) ?? []);
    return runs.length === 0 ? [] : [{ thread, runs, stopAfter, note }];
  };
  const edges = nearestFirst(await edgeStitches(path, sewing, signal));
  if (edges.length === 0) return { blocks: [] };
  const [place, tack] = await givingWay(sewPatches([{ path, work: LINES }], noBorder), signal);
  const lines = tack ? block(place?.threads ?? [], 'Place of the layer: lay it', true) : [];
  return { blocks: [...lines, ...block([...(tack?.threads ?? []), ...edges], 'Tack-down and zigzag along the edge', false)] };
};

/** The lines before the border of cut cloth: its place, and what holds it. */
const LINES = { border: 'none', borderMm: 0, tack: 'run', trimStop: false } as const;

/** Their border is the zigzag. */
function* noBorder(): Steps<Sewn> {
  yield;
  return { points: new Float64Array(0), roles: new Uint8Array(0) };
}
