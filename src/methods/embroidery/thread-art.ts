import type { Colour } from '../../colour/colour.ts';
import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { signedAreas } from '../../geometry/measure.ts';
import type { Palette } from '../../model/palette.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { SolidArt, SolidRegion } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { ThreadMatch } from '../../render/stitches/find-threads.ts';
import type { Scene } from '../../scene/scene.ts';
import type { StitchPlan, Thread } from '../../stitch/plan.ts';
import { trimRegion } from '../region.ts';
import { placedPlan } from './placed-plan.ts';
import { artNodesOf, scenePartsOf } from './scene-parts.ts';
import type { EmbroiderySettings } from './settings.ts';
import { colourOfThread, threadChooser } from './threads.ts';
import { tracedScene } from './traced-scene.ts';

/** How far outlines may stray from the art: a tenth of the step of a machine, mm. */
const TOLERANCE_MM = 0.01;

/** What will be sewn of a scene, without sewing it: areas by thread as they are seen, and machine files as they are. */
export type ThreadArt = {
  /** Flat pictures are among it, traced. */
  readonly art: SolidArt;
  readonly files: readonly StitchPlan[];
  readonly threads: readonly Thread[];
  readonly matches: readonly ColourMatch[];
};

/** The thread that a colour of a layer became. */
export type ColourMatch = ThreadMatch & { readonly pointer: string };

/** @throws Problem `swatch.unknown` */
export const threadArt = (
  scene: Scene,
  settings: EmbroiderySettings,
  palette: Palette,
  picture: (digest: string) => DecodedImage,
): ThreadArt => {
  const find = threadChooser(palette, settings);
  const matches = new Map<string, ColourMatch>();
  const threads = new Map<string, Thread>();
  const colourOf = (colour: Colour, pointer: string): Colour => {
    const { thread, distance } = find(colour);
    const shown = colourOfThread(thread, palette);
    threads.set(shown.name, thread);
    const key = `${pointer} ${shown.name}`;
    if ((matches.get(key)?.distance ?? -1) < distance) matches.set(key, { thread, distance, pointer });
    return shown;
  };
  const parts = scenePartsOf(tracedScene(scene, picture).nodes);
  const nodes = artNodesOf(parts);
  const found = solidRegions({ ...scene, nodes }, { knockOut: true, colourOf, within: trimRegion(scene.area), toleranceMm: TOLERANCE_MM });
  const art = { ...found, regions: found.regions.flatMap(withoutSlivers) };
  const files = parts.flatMap((part) => (part.kind === 'file' ? [placedPlan(part.placed, settings, palette)] : []));
  for (const { thread } of files.flatMap(({ blocks }) => blocks)) threads.set(colourOfThread(thread, palette).name, thread);
  return { art, files, threads: [...threads.values()], matches: [...matches.values()] };
};

/** Half a step of a machine, squared. */
const SLIVER_MM2 = 0.0025;

/** Where areas share an edge, cutting one out of the other leaves slivers, and so does welding curves: nobody drew them, and no needle finds them. */
const withoutSlivers = (region: SolidRegion): readonly SolidRegion[] => {
  const areas = signedAreas(region.path);
  const rings = flattenPath(region.path);
  const kept = rings.filter((_, i) => Math.abs(areas[i] ?? 0) >= SLIVER_MM2);
  if (kept.length === rings.length) return [region];
  return kept.length === 0 ? [] : [{ ...region, path: pathOfPolylines(kept) }];
};
