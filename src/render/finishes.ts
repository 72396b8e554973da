import type { Finish } from './appearance.ts';

/**
 * Finishes of decorations as they come off the machine. Shares of mirrored light head-on follow Fresnel's law: 0.04 to 0.05 for anything clear
 * with a refractive index of 1.5 (varnish, vinyl, cured ink), close to 1 times its tint for metal. The others were set by eye against photographs
 * and path-traced pictures of the same goods. Where a finish is for the article itself showing through, its layer is `dye`: white for nothing
 * but the finish.
 */

/** Water-based ink in cloth: scattered light only; it lies on the fibres that would glisten. Layer: ink. */
export const INK: Finish = { diffuse: 1, mirror: 0, tinted: false, roughness: 0.9, grain: 1, gloss: 0.65, shadow: 0.5, sheen: 0 };

/** Dye within the fibre or the coating: nothing but colour changes. Layer: dye. */
export const DYE: Finish = { diffuse: 1, mirror: 0, tinted: false, roughness: 1, grain: 1, gloss: 1, shadow: 0, sheen: 0 };

/** The printed sheet, uncoated. Layer: paper. */
export const PAPER: Finish = { diffuse: 1, mirror: 0, tinted: false, roughness: 1, grain: 1, gloss: 1, shadow: 0, sheen: 0 };

/**
 * Rayon or polyester embroidery thread: hides the weave below, deep shadows between strands, and a sheen across its course. Needs `direction`
 * and `height` (0.4 to 1 mm, strands of about 0.4 mm). Layer: ink.
 */
export const THREAD: Finish = { diffuse: 1, mirror: 0, tinted: false, roughness: 0.6, grain: 0.1, gloss: 0.1, shadow: 0.8, sheen: 0.28 };

/**
 * Hot foil: a metal film a few hundredths of a micrometre thick, pressed in by 0.05 to 0.3 mm, which flattens the grain to about a third. Its
 * colour is what head-on white light looks like in it. Layer: ink.
 */
export const FOIL: Finish = { diffuse: 0, mirror: 1, tinted: true, roughness: 0.22, grain: 0.3, gloss: 0, shadow: 0.35, sheen: 0 };

/** A heated die without foil: it flattens the grain and darkens the floor. Needs `height`, 0.2 to 0.5 mm down. Layer: dye, white. */
export const BLIND: Finish = { diffuse: 0.68, mirror: 0, tinted: false, roughness: 0.6, grain: 0.25, gloss: 0.8, shadow: 0.5, sheen: 0 };

/** Wood charred by a laser: matt, the figure of the wood still shows. Layer: dye, brown. */
export const BURNT_WOOD: Finish = { diffuse: 1, mirror: 0, tinted: false, roughness: 1, grain: 0.7, gloss: 0.08, shadow: 0.6, sheen: 0 };

/** Metal laid bare through a coating, with the fine marks of the beam. Layer: ink, in the colour of the metal. */
export const BARE_METAL: Finish = {
  diffuse: 0.08,
  mirror: 0.85,
  tinted: true,
  roughness: 0.45,
  grain: 0.5,
  gloss: 0,
  shadow: 0.5,
  sheen: 0,
};

/** Steel annealed by a laser: a dark oxide, matt, with a trace of the brushed steel in it. Layer: ink, nearly black. */
export const OXIDE: Finish = { diffuse: 1, mirror: 0.03, tinted: false, roughness: 0.6, grain: 1, gloss: 0.1, shadow: 0, sheen: 0 };

/** Polyurethane transfer film, about 0.1 mm: even, hides the weave, a soft gloss. Layer: ink. */
export const VINYL: Finish = { diffuse: 1, mirror: 0.045, tinted: false, roughness: 0.5, grain: 0.35, gloss: 0.1, shadow: 0.6, sheen: 0 };

/** Clear varnish: wets the colour below a little and mirrors lamps. Layer: dye, white. */
export const UV_GLOSS: Finish = {
  diffuse: 0.93,
  mirror: 0.045,
  tinted: false,
  roughness: 0.15,
  grain: 0.3,
  gloss: 0.7,
  shadow: 0.3,
  sheen: 0,
};

/** Ink cured by ultraviolet light on hard goods: a skin of 0.02 to 0.1 mm with a satin gloss of its own. Layer: ink. */
export const UV_INK: Finish = { diffuse: 1, mirror: 0.04, tinted: false, roughness: 0.55, grain: 0.3, gloss: 0.05, shadow: 0.5, sheen: 0 };
