import type { DesignSpec } from '../model/design-spec.ts';
import type { ColourInput, SwatchInput } from '../model/paint.ts';
import { type Palette, plateOf } from '../model/palette.ts';
import { didYouMean, pointerOf } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';

export type NamedSwatch = { readonly paint: SwatchInput; readonly pointer: string };

type Swap = (paint: SwatchInput, pointer: string) => unknown;

/** In what is walked here, nothing but a paint has these two members: the schemas of layers are strict. */
const isSwatch = (value: object): value is SwatchInput => 'swatch' in value && 'palette' in value;

/** Plain data with every swatch swapped. What holds none stays the object it was. */
const swapped = (value: unknown, pointer: string, swap: Swap): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, i): unknown => swapped(item, `${pointer}/${i}`, swap));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (isSwatch(value)) return swap(value, pointer);
  const entries = Object.entries(value).map(([key, item]) => [key, item, swapped(item, `${pointer}${pointerOf([key])}`, swap)] as const);
  return entries.some(([, before, after]) => before !== after) ? Object.fromEntries(entries.map(([key, , after]) => [key, after])) : value;
};

/** The swap puts one colour for another, so the shape of what holds them stays. */
const swappedIn = <T>(value: T, pointer: string, swap: Swap): T => swapped(value, pointer, swap) as T;

/** Everywhere a spec may name a colour: art, and the ground of its mockups. Settings of methods are their own affair. */
const mapSwatches = (spec: DesignSpec, swap: Swap): DesignSpec => {
  const placements = spec.placements.map((one, i) => {
    const background = swappedIn(one.background, `/placements/${i}/background`, swap);
    const layers = swappedIn(one.layers, `/placements/${i}/layers`, swap);
    const book = swappedIn(one.book, `/placements/${i}/book`, swap);
    return background === one.background && layers === one.layers && book === one.book ? one : { ...one, background, layers, book };
  });
  const mockups = swappedIn(spec.mockups, '/mockups', swap);
  const same = mockups === spec.mockups && placements.every((one, i) => one === spec.placements[i]);
  return same ? spec : { ...spec, placements, mockups };
};

/** Every swatch that a spec names, in its order. */
export const swatchesIn = (spec: DesignSpec): readonly NamedSwatch[] => {
  const named: NamedSwatch[] = [];
  mapSwatches(spec, (paint, pointer) => {
    named.push({ paint, pointer });
    return paint;
  });
  return named;
};

/**
 * The plate that a swatch stands for: pure, and the same for equal palettes.
 * @throws Problem `swatch.unknown` with a pointer to its name
 */
export const plateColour = ({ paint: { swatch, tint }, pointer }: NamedSwatch, palette: Palette): ColourInput => {
  const found = palette.swatches.find((one) => one.id === swatch);
  if (found) return { spot: plateOf(found), tint, alternate: found.colour };
  const ids = palette.swatches.map((one) => one.id);
  const some = ids.length > 24 ? `${ids.slice(0, 24).join(', ')} …` : ids.join(', ');
  throw new Problem('swatch.unknown', `expected a swatch of "${palette.id}" (${some}), got "${swatch}"`, {
    pointer: `${pointer}/swatch`,
    hint: didYouMean(swatch, ids) ?? `\`platen palettes show ${palette.id}\` lists them`,
  });
};

/** The spec with plates in the place of its swatches; the same spec when it names none. @throws Problem `swatch.unknown` */
export const withPlates = (spec: DesignSpec, palettes: ReadonlyMap<string, Palette>): DesignSpec =>
  mapSwatches(spec, (paint, pointer) => {
    const palette = palettes.get(paint.palette);
    return palette ? plateColour({ paint, pointer }, palette) : paint;
  });
