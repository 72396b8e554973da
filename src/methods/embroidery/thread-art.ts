import type { Colour } from '../../colour/colour.ts';
import type { Palette } from '../../model/palette.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { ThreadMatch } from '../../render/stitches/find-threads.ts';
import { logoFacts } from '../../render/trace/logo-facts.ts';
import type { RasterNode, Scene, SceneNode } from '../../scene/scene.ts';
import type { StitchPlan, Thread } from '../../stitch/plan.ts';
import { trimRegion } from '../region.ts';
import { placedPlan } from './placed-plan.ts';
import { artNodesOf, scenePartsOf } from './scene-parts.ts';
import type { EmbroiderySettings } from './settings.ts';
import { colourOfThread, threadChooser } from './threads.ts';

/** How far outlines may stray from the art: a tenth of the step of a machine, mm. */
const TOLERANCE_MM = 0.01;
/** Colours of a picture beyond which it is no logo. */
export const MOST_PICTURE_COLOURS = 24;

/** What will be sewn of a scene, without sewing it: areas by thread as they are seen, and machine files as they are. */
export type ThreadArt = {
  /** Of everything but flat pictures, whose areas are known only when they are traced. */
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
  const parts = scenePartsOf(scene.nodes);
  const { nodes, flat } = withoutLogos(artNodesOf(parts), picture);
  for (const { pointer, colours } of flat) for (const colour of colours) colourOf(colour, pointer);
  const art = solidRegions({ ...scene, nodes }, { knockOut: true, colourOf, within: trimRegion(scene.area), toleranceMm: TOLERANCE_MM });
  const files = parts.flatMap((part) => (part.kind === 'file' ? [placedPlan(part.placed, settings, palette)] : []));
  for (const { thread } of files.flatMap(({ blocks }) => blocks)) threads.set(colourOfThread(thread, palette).name, thread);
  return { art, files, threads: [...threads.values()], matches: [...matches.values()] };
};

type Logo = { readonly pointer: string; readonly colours: readonly Colour[] };

/** Takes out the pictures that tracing will turn into even areas. */
const withoutLogos = (
  nodes: readonly SceneNode[],
  picture: (digest: string) => DecodedImage,
): { readonly nodes: readonly SceneNode[]; readonly flat: readonly Logo[] } => {
  const flat: Logo[] = [];
  const known = new Map<string, readonly Colour[] | null>();
  const coloursOf = ({ image: { digest } }: RasterNode): readonly Colour[] | null => {
    const before = known.get(digest);
    if (before !== undefined) return before;
    const { verdict, colours } = logoFacts(picture(digest), MOST_PICTURE_COLOURS);
    const found = verdict === 'flat' ? colours : null;
    known.set(digest, found);
    return found;
  };
  const kept = (node: SceneNode): readonly SceneNode[] => {
    if (node.kind === 'group') return [{ ...node, children: node.children.flatMap(kept) }];
    const colours = node.kind === 'raster' ? coloursOf(node) : null;
    if (!colours) return [node];
    flat.push({ pointer: node.pointer, colours });
    return [];
  };
  return { nodes: nodes.flatMap(kept), flat };
};
