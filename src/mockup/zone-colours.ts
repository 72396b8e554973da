import { colourFromHex } from '../colour/colour.ts';
import { didYouMean } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import type { View, ViewZone } from '../model/view.ts';

/** Colours as "#rrggbb", each how the thing looks in plain light. What is not chosen keeps the view's own colour. */
export type MockupChoices = {
  /** The variant's colour, for every zone that follows the article. */
  readonly article?: string | undefined;
  /** By component id, for the zones that follow it. */
  readonly components?: Readonly<Record<string, string>> | undefined;
  /** By zone id; goes before the others. */
  readonly zones?: Readonly<Record<string, string>> | undefined;
  /** A colour for the scene behind the product, which keeps its shadows; 'transparent' cuts the product out, without its shadow. */
  readonly background?: string | undefined;
};

/** Linear reflectance, 0..1 each. */
export type Reflectance = readonly [number, number, number];

const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

const reflectanceOf = (hex: string, white: number, pointer: string): Reflectance => {
  const colour = colourFromHex(hex);
  if (!colour) throw new Problem('mockup.colour', `expected a colour as "#rrggbb" for ${pointer}, got "${hex.slice(0, 40)}"`, { pointer });
  return [toLinear(colour.r) * white, toLinear(colour.g) * white, toLinear(colour.b) * white];
};

const chosen = (zone: ViewZone, choices: MockupChoices): string => {
  const own = choices.zones?.[zone.id];
  if (own !== undefined) return own;
  const { follows } = zone;
  if (follows === 'article') return choices.article ?? zone.colour;
  if (follows === 'scene')
    return choices.background === undefined || choices.background === 'transparent' ? zone.colour : choices.background;
  return follows === 'own' ? zone.colour : (choices.components?.[follows.component] ?? zone.colour);
};

/**
 * What every zone of a view reflects under these choices.
 * @throws Problem `mockup.zone-unknown` for a zone the view does not have, `mockup.colour` for text that is no colour
 */
export const zoneColours = ({ zones, white, id }: View, choices: MockupChoices): ReadonlyMap<string, Reflectance> => {
  const known = zones.map((zone) => zone.id);
  for (const name of Object.keys(choices.zones ?? {})) {
    if (known.includes(name)) continue;
    throw new Problem('mockup.zone-unknown', `expected a zone of view ${id} (${known.join(', ')}), got "${name.slice(0, 64)}"`, {
      pointer: `/zones/${name}`,
      hint: didYouMean(name, known),
    });
  }
  return new Map(zones.map((zone) => [zone.id, reflectanceOf(chosen(zone, choices), white, `/zones/${zone.id}`)]));
};
