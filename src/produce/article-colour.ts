import type { DesignSpec } from '../model/design-spec.ts';
import type { Product } from '../model/product.ts';
import { chosenVariant } from '../scene/area.ts';

/** Colour of the article in the chosen variant: the first option whose value has one. */
export const articleColourOf = (product: Product, variant: DesignSpec['variant']): string | null => {
  const chosen = chosenVariant(product, variant);
  const colours = product.options.flatMap((option) => option.values.find((value) => value.id === chosen[option.id])?.colour ?? []);
  return colours[0] ?? null;
};
