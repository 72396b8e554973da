import type { Palette } from '../../model/palette.ts';
import { pause } from '../../render/raster/pause.ts';
import { givingWay } from '../../render/white/steps.ts';
import type { Scene } from '../../scene/scene.ts';
import { digitizeSteps } from '../../stitch/digitize.ts';
import { type ColourBlock, isSameThread, type StitchPlan } from '../../stitch/plan.ts';
import type { StitchRegion, StitchRemark } from '../../stitch/region.ts';
import type { MakeContext } from '../method.ts';
import { artRegions } from './art-regions.ts';
import { digitizeOptions } from './digitizing.ts';
import { placedPlan } from './placed-plan.ts';
import { scenePartsOf } from './scene-parts.ts';
import type { EmbroiderySettings } from './settings.ts';
import { tracedScene } from './traced-scene.ts';

export type SewnScene = {
  /** All that is sewn, in order. */
  readonly plan: StitchPlan;
  /** What of it was digitised here, and from what: machine files are left out. */
  readonly own: StitchPlan;
  readonly regions: readonly StitchRegion[];
  /** Indices count `regions`. */
  readonly remarks: readonly StitchRemark[];
};

/** What was sewn of scenes that are asked for again: by files, by the flat picture, by each mockup. It follows from scene and settings alone. */
const sewnScenes = new WeakMap<Scene, { readonly key: string; readonly sewn: SewnScene }>();

/**
 * The stitches of a scene: flat pictures traced, areas digitised, machine files as they are, in paint order. @throws Problem `swatch.unknown`; the
 * signal's reason when it is aborted
 */
export const sewScene = async (
  scene: Scene,
  settings: EmbroiderySettings,
  { palette, picture, signal }: Pick<MakeContext, 'palette' | 'picture' | 'signal'>,
): Promise<SewnScene> => {
  const threads = palette(settings.palette);
  const key = JSON.stringify([settings, threads]);
  const known = sewnScenes.get(scene);
  if (known?.key === key) return known.sewn;
  await pause(signal);
  const traced = tracedScene(scene, picture, signal);
  await pause(signal);
  const sewn = await sewParts(traced, settings, threads, signal);
  sewnScenes.set(scene, { key, sewn });
  return sewn;
};

const sewParts = async (scene: Scene, settings: EmbroiderySettings, palette: Palette, signal: AbortSignal): Promise<SewnScene> => {
  const options = digitizeOptions(settings, signal);
  const plans: { readonly plan: StitchPlan; readonly isOwn: boolean }[] = [];
  const regions: StitchRegion[] = [];
  const remarks: StitchRemark[] = [];
  for (const part of scenePartsOf(scene.nodes)) {
    await pause(signal);
    if (part.kind === 'file') {
      plans.push({ plan: placedPlan(part.placed, settings, palette), isOwn: false });
      continue;
    }
    const own = artRegions(scene, part.nodes, settings, palette);
    const digitized = await givingWay(digitizeSteps(own, options), signal);
    plans.push({ plan: digitized.plan, isOwn: true });
    remarks.push(...digitized.remarks.map((remark) => ({ ...remark, region: remark.region + regions.length })));
    regions.push(...own);
  }
  return { plan: joined(plans), own: joined(plans.filter(({ isOwn }) => isOwn)), regions, remarks };
};

/** One plan after another, without a change of thread where none is needed. */
const joined = (plans: readonly { readonly plan: StitchPlan }[]): StitchPlan => {
  const blocks: ColourBlock[] = [];
  for (const block of plans.flatMap(({ plan }) => plan.blocks)) {
    const last = blocks.at(-1);
    if (last && !last.stopAfter && last.note === block.note && isSameThread(last.thread, block.thread))
      blocks[blocks.length - 1] = { ...block, runs: [...last.runs, ...cutBefore(block.runs)] };
    else blocks.push(block);
  }
  return { blocks };
};

/** The first run of a block has no way before it; among others it does. */
const cutBefore = ([first, ...rest]: ColourBlock['runs']): ColourBlock['runs'] => (first ? [{ ...first, from: 'trim' }, ...rest] : []);
