import type { Colour } from '../../colour/colour.ts';

/** Equal for colours that are one and the same material: a spot colour by its name, others by their components. */
export const colourKey = (colour: Colour): string => {
  switch (colour.space) {
    case 'spot':
      return `spot ${colour.name}`;
    case 'srgb':
      return `srgb ${colour.r} ${colour.g} ${colour.b}`;
    case 'cmyk':
      return `cmyk ${colour.c} ${colour.m} ${colour.y} ${colour.k}`;
  }
};
