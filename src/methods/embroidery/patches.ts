import { colourFromHex, WHITE } from '../../colour/colour.ts';
import type { Path } from '../../geometry/path.ts';
import { unionPaths } from '../../geometry/polygons.ts';
import type { Palette } from '../../model/palette.ts';
import { threadFinder } from '../../render/stitches/find-threads.ts';
import { piecesOf } from '../../stitch/order/pieces.ts';
import { isSameThread, type Thread } from '../../stitch/plan.ts';
import type { PatchWork, StitchRegion } from '../../stitch/region.ts';
import type { EmbroiderySettings } from './settings.ts';
import { threadNamed, WEIGHT_NUMBERS } from './threads.ts';

/** How areas of a thread are sewn on as cloth; null for those that are plain thread. */
export type PatchChooser = (thread: Thread) => PatchWork | null;

const NO_PATCHES: PatchChooser = () => null;

/** The threads that the settings name, as patches; over foam there are none. @throws Problem `swatch.unknown` */
export const patchChooser = ({ applique, puff, weight }: EmbroiderySettings, palette: Palette): PatchChooser => {
  if (!applique || puff) return NO_PATCHES;
  const { colours, border, widthMm, tack, trimStop } = applique;
  const work: PatchWork = { border, borderMm: widthMm, tack, trimStop };
  if (colours === 'all') return () => work;
  const number = WEIGHT_NUMBERS[weight];
  const nearest = threadFinder(palette, number);
  const wanted = colours.map((one) => {
    const colour = colourFromHex(one);
    return colour ? nearest(colour).thread : threadNamed(palette, one, number);
  });
  return (thread) => (wanted.some((one) => isSameThread(one, thread)) ? work : null);
};

/** The areas with those among them that are cloth marked as such. */
export const withPatches = (regions: readonly StitchRegion[], choose: PatchChooser): readonly StitchRegion[] =>
  regions.map((region) => {
    const patch = choose(region.thread);
    return patch ? { ...region, stitch: 'applique', patch } : region;
  });

/** A piece of cloth to cut and lay; its colour is that of the thread that holds it. */
export type Patch = Pick<StitchRegion, 'path' | 'thread'> & { readonly work: PatchWork };

/** What of the areas is laid as cloth, in paint order: pieces too small for it are sewn as thread. */
export const patchesOf = (regions: readonly StitchRegion[]): readonly Patch[] =>
  regions.flatMap((region): readonly Patch[] => {
    const { path, thread, stitch, patch } = region;
    if (stitch !== 'applique' || !patch) return [];
    const { cloth, rest } = partedByCloth(region);
    if (cloth.length === 0) return [];
    return [{ path: rest.length === 0 ? path : unionPaths(cloth), thread, work: patch }];
  });

/** The pieces of an area that are cloth, and those that are thread. */
export const partedByCloth = (region: StitchRegion): { readonly cloth: readonly Path[]; readonly rest: readonly Path[] } => {
  const { pieces } = piecesOf([region]);
  const pathsOf = (isCloth: boolean) => pieces.filter(({ patch }) => (patch !== null) === isCloth).map(({ path }) => path);
  return { cloth: pathsOf(true), rest: pathsOf(false) };
};

/** The colour of a patch on a screen. */
export const colourOfPatch = ({ thread }: Patch) => colourFromHex(thread.colour) ?? WHITE;
