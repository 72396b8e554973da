import type { Appearance, AppearanceRequest, Finish } from '../../render/appearance.ts';
import { knockOut } from '../../render/white/knock-out.ts';
import { raisedInk } from '../../render/white-edge.ts';
import type { Scene } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { flatAppearance } from '../region.ts';
import { articleColourFor, SAME_COLOUR, STAYING_COLOUR } from './knocked-out.ts';
import type { DtfSettings } from './settings.ts';

/** Pressed film: pigment on white in a polyurethane skin. It fills the weave up and has a satin gloss of its own. */
const FILM: Finish = { diffuse: 1, mirror: 0.04, tinted: false, roughness: 0.6, grain: 0.45, gloss: 0.15, shadow: 0.5, sheen: 0 };

/** What the transfer adds to the cloth once it is pressed, mm. */
const FILM_MM = 0.05;

/** The art as an even skin with a thin edge. Dots of a halftone are finer than pictures of products show: fades stay fades. */
export const dtfAppearance = async (
  scene: Scene,
  settings: DtfSettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const layers = await flatAppearance(scene, 'ink', request, context);
  return layers.map((layer) => raisedInk(clear(layer, articleColourFor(settings, context.articleColour)), FILM_MM, FILM));
};

const clear = (layer: Appearance, colour: string | null): Appearance => {
  if (colour === null) return layer;
  // Renders are shared between looks.
  const copy = { ...layer, rgba: Uint8Array.from(layer.rgba) };
  knockOut(copy, { colour, same: SAME_COLOUR, other: STAYING_COLOUR });
  return copy;
};
