import type { Scene, SceneNode } from '../../scene/scene.ts';
import { floodPlate, type Plate, platesOfArt } from '../art-plates.ts';
import type { MakeContext } from '../method.ts';
import { takeOutSpots } from '../take-out-spots.ts';
import type { SettledUvPrint } from './settings.ts';

/** What one plate holds: a ground made for it, and art that was painted in its ink. */
export type PlateParts = { readonly plate: Plate | null; readonly nodes: readonly SceneNode[] };

/** One page taken apart: the art for the process inks, and white and varnish where there are any. */
export type PageParts = { readonly scene: Scene; readonly white: PlateParts | null; readonly varnish: PlateParts | null };

/** Takes a page apart into what is printed with inks, white and varnish. */
export const partsOfPage = async (scene: Scene, settings: SettledUvPrint, context: MakeContext): Promise<PageParts> => {
  const { art, whiteArt, varnishArt } = artByInk(scene, settings);
  const inked = { ...scene, nodes: art };
  const white =
    settings.white === 'none' && whiteArt.length === 0 ? null : { plate: await whitePlate(inked, settings, context), nodes: whiteArt };
  const varnished = settings.varnish !== 'none' && (settings.varnish !== 'spot' || varnishArt.length > 0);
  const varnish = varnished ? { plate: await varnishPlate(inked, settings, context), nodes: varnishArt } : null;
  return { scene: inked, white, varnish };
};

/** Art by what prints it: names of white and varnish lead their art to their plates. */
export const artByInk = ({ nodes }: Scene, { whiteName, varnishName }: Pick<SettledUvPrint, 'whiteName' | 'varnishName'>) => {
  const { rest, taken } = takeOutSpots(nodes, [whiteName, varnishName]);
  return { art: rest, whiteArt: taken.get(whiteName) ?? [], varnishArt: taken.get(varnishName) ?? [] };
};

const whitePlate = async (scene: Scene, settings: SettledUvPrint, context: MakeContext): Promise<Plate | null> => {
  const draw = { chokeMm: settings.white === 'under' ? 0 : settings.whiteChoke, cutoff: settings.whiteCutoff / 100, dpi: settings.dpi };
  switch (settings.white) {
    case 'none':
      return null;
    case 'flood':
      return floodPlate(scene);
    default:
      return scene.nodes.length === 0 ? null : platesOfArt(scene, scene.nodes, draw, context);
  }
};

const varnishPlate = async (scene: Scene, settings: SettledUvPrint, context: MakeContext): Promise<Plate | null> => {
  if (settings.varnish === 'full') return floodPlate(scene);
  if (settings.varnish !== 'art' || scene.nodes.length === 0) return null;
  return platesOfArt(scene, scene.nodes, { chokeMm: 0, cutoff: settings.whiteCutoff / 100, dpi: settings.dpi }, context);
};
