import type { Swatch } from '../../model/palette.ts';
import type { Finish } from '../../render/appearance.ts';
import { VINYL } from '../../render/finishes.ts';
import type { VinylSettings } from './settings.ts';

/** How a vinyl looks beside its colour. `flakes` is how far glitter strays from its colour, 0 for none. */
export type VinylLook = { readonly finish: Finish; readonly thicknessMm: number; readonly flakes: number };

/** Film with a clear top coat. */
const GLOSS: Finish = { ...VINYL, mirror: 0.05, roughness: 0.12, grain: 0.2 };
/** Metallised film below a thin coat: a soft mirror that keeps its colour. */
const METALLIC: Finish = { ...VINYL, diffuse: 0.25, mirror: 0.95, tinted: true, roughness: 0.3, grain: 0.9, gloss: 0 };
/** Flakes of foil in clear resin: each mirrors another way, so that from afar most of it looks like coloured light. */
const GLITTER: Finish = { ...VINYL, diffuse: 0.7, mirror: 0.3, tinted: true, roughness: 0.6, grain: 0.1, gloss: 0 };
/** Woven polyester: matt, and too thick for the cloth below to show. */
const TWILL: Finish = { ...VINYL, mirror: 0, roughness: 1, grain: 0.15, gloss: 0.05 };

/** Transfer and sign films are 0.08 to 0.1 mm, glitter and twill several times that. */
const FILM_MM = 0.1;
const GLITTER_MM = 0.25;
const TWILL_MM = 0.45;

export const lookOf = ({ finish }: Swatch, kind: VinylSettings['kind']): VinylLook => {
  if (kind === 'twill') return { finish: TWILL, thicknessMm: TWILL_MM, flakes: 0 };
  switch (finish) {
    case 'glitter':
    case 'holographic':
      return { finish: GLITTER, thicknessMm: GLITTER_MM, flakes: 0.5 };
    case 'metallic':
      return { finish: METALLIC, thicknessMm: FILM_MM, flakes: 0.12 };
    case 'gloss':
      return { finish: GLOSS, thicknessMm: FILM_MM, flakes: 0 };
    case 'matt':
    case 'blind':
    case undefined:
      return { finish: VINYL, thicknessMm: FILM_MM, flakes: 0 };
  }
};
