import type { Swatch } from '../../model/palette.ts';
import type { Finish } from '../../render/appearance.ts';
import { BLIND, FOIL } from '../../render/finishes.ts';
import type { Material } from './settings.ts';

/** A pigment foil: a skin of colour in matt lacquer, which mirrors less than a smooth one. */
const PIGMENT: Finish = { diffuse: 1, mirror: 0.018, tinted: false, roughness: 0.45, grain: 0.35, gloss: 0.05, shadow: 0.45, sheen: 0 };
const GLOSSY_PIGMENT: Finish = { ...PIGMENT, mirror: 0.045, roughness: 0.2 };
/** Flakes of metal in lacquer, each tilted its own way: bright from every side, and a mirror from none. */
const GLITTER: Finish = { ...FOIL, diffuse: 0.35, mirror: 0.65, roughness: 0.7, grain: 0.5 };
/** A film ruled with fine lines: metal, a shade sharper. */
const HOLOGRAPHIC: Finish = { ...FOIL, roughness: 0.14 };

/** How a foil sends light back, by what the palette says of it; a foil that says nothing is taken for metal. */
export const finishOfFoil = ({ finish }: Pick<Swatch, 'finish'>): Finish => {
  switch (finish) {
    case 'matt':
      return PIGMENT;
    case 'gloss':
      return GLOSSY_PIGMENT;
    case 'glitter':
      return GLITTER;
    case 'holographic':
      return HOLOGRAPHIC;
    case 'metallic':
    case 'blind':
    case undefined:
      return FOIL;
  }
};

/** How an impression without foil tints the article, as shares of its light: flat pictures have nothing else to show it by. */
export type Tint = { readonly floor: number; readonly wall: number };

/** A die without foil: leather darkens under its heat, cloth a little, board only in the shade of its walls. */
export const PRESSED: Readonly<Record<Material, Tint>> = {
  leather: { floor: 0.68, wall: 0.6 },
  cloth: { floor: 0.84, wall: 0.7 },
  paper: { floor: 0.94, wall: 0.72 },
};

/** Raised from behind: nothing but its walls. */
export const RAISED: Tint = { floor: 0.98, wall: 0.78 };

/** Pressed by a hot die: the grain is flattened. The tint is in the layer's colour. */
export const DEBOSSED: Finish = { ...BLIND, diffuse: 1 };

/** The grain is stretched and a little smoother. */
export const EMBOSSED: Finish = { ...BLIND, diffuse: 1, grain: 0.7, gloss: 1, shadow: 0.45 };
