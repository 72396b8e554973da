import { type Component, type ComponentChoice, colourOf, componentChoiceOf } from '../model/component.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import type { MaterialId } from '../model/material.ts';
import { didYouMean, type Mistake, pointerOf } from '../model/parse.ts';
import type { Product } from '../model/product.ts';
import type { Resources } from '../model/resources.ts';
import type { View, ViewZone } from '../model/view.ts';
import { chosenVariant } from '../scene/area.ts';

/** Colour ("#rrggbb") and material of one part; what is left out stays as pictured. */
export type PartLook = { readonly colour?: string | undefined; readonly material?: MaterialId | undefined };

/** The material of the chosen variant, with the option and the value that bring it. */
export type ArticleMaterial = { readonly option: string; readonly value: string; readonly material: MaterialId };

/** What an order makes of a product, for its pictures. */
export type ProductLook = {
  readonly articleMaterial: ArticleMaterial | null;
  /** By component id. */
  readonly parts: ReadonlyMap<string, PartLook>;
  /** Everything wrong with the choices. A picture made in spite of it would not show what was ordered. */
  readonly mistakes: readonly ComponentMistake[];
};

export type ComponentMistake = Mistake & { readonly code: 'component.unknown' | 'component.colour' | 'component.material' };

/**
 * Settles what the parts of the ordered product look like. Products that declare no components have those that their views name, in
 * any colour and as pictured.
 */
export const resolveLook = async (spec: DesignSpec, product: Product, resources: Resources): Promise<ProductLook> => {
  const wanted = Object.entries(spec.components);
  const known = product.components.length > 0 || wanted.length === 0 ? product.components : await undeclaredOf(product, resources);
  const mistakes: ComponentMistake[] = [];
  const parts = new Map<string, PartLook>();
  for (const component of known) {
    const { colour, material } = component.default;
    parts.set(component.id, lookOf(component, { ...(colour ? { colour } : {}), ...(material ? { material } : {}) }, '', []));
  }
  for (const [id, input] of wanted) {
    const pointer = `/components${pointerOf([id])}`;
    const component = known.find((one) => one.id === id);
    if (!component) {
      mistakes.push(unknownComponent(id, known, pointer));
      continue;
    }
    const choice = componentChoiceOf(input);
    const look = lookOf(component, choice, pointer, mistakes, typeof input === 'string');
    parts.set(id, { ...parts.get(id), ...look });
  }
  return { articleMaterial: articleMaterialOf(product, spec.variant), parts, mistakes };
};

/** What views name and let be coloured, as components that take any colour. */
const undeclaredOf = async (product: Product, resources: Resources): Promise<readonly Component[]> => {
  const ids = new Set<string>();
  for (const view of await resources.views(product.id)) {
    const { record } = await resources.view(product.id, view);
    for (const id of record.zones.flatMap(partNames)) ids.add(id);
  }
  return [...ids].sort().map((id) => ({ id, label: id, materials: [], default: {} }));
};

const partNames = ({ id, follows }: ViewZone): readonly string[] =>
  typeof follows === 'object' ? [follows.component] : follows === 'own' ? [id] : [];

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const oneOf = (names: readonly string[]): string => (names.length === 1 ? quoted(names) : `one of ${quoted(names)}`);

const unknownComponent = (id: string, known: readonly Component[], pointer: string): ComponentMistake => {
  const ids = known.map((one) => one.id);
  return {
    code: 'component.unknown',
    pointer,
    expected: ids.length > 0 ? `a part of this product: ${oneOf(ids)}` : 'no part, because this product has none to choose',
    got: `"${id.slice(0, 64)}"`,
    hint: didYouMean(id, ids),
  };
};

const lookOf = (
  component: Component,
  { colour, material }: ComponentChoice,
  pointer: string,
  mistakes: ComponentMistake[],
  short = false,
): PartLook => {
  const at = (key: string): string => (short ? pointer : `${pointer}/${key}`);
  const look: { colour?: string; material?: MaterialId } = {};
  if (colour !== undefined) {
    const known = colourOf(component.colours, colour);
    if (known === null) mistakes.push(wrongColour(component, colour, at('colour')));
    else look.colour = known;
  }
  if (material !== undefined) {
    const known = materialsOf(component).find((one) => one === material);
    if (known === undefined) mistakes.push(wrongMaterial(component, material, at('material')));
    else look.material = known === component.pictured ? 'plain' : known;
  }
  return look;
};

/** Those that may be chosen, and the pictured one, which is no change. */
const materialsOf = ({ materials, pictured }: Component): readonly MaterialId[] =>
  pictured === undefined || materials.includes(pictured) ? materials : [pictured, ...materials];

const wrongColour = ({ id, colours }: Component, colour: string, pointer: string): ComponentMistake => {
  const ids = colours?.map((one) => one.id) ?? [];
  return {
    code: 'component.colour',
    pointer,
    expected: !colours
      ? `a colour as "#rrggbb" for "${id}"`
      : ids.length > 0
        ? `${oneOf(ids)} as colour of "${id}"`
        : `no colour for "${id}": it comes in one colour`,
    got: `"${colour.slice(0, 64)}"`,
    hint: didYouMean(colour, ids),
  };
};

const wrongMaterial = (component: Component, material: string, pointer: string): ComponentMistake => {
  const known = materialsOf(component);
  return {
    code: 'component.material',
    pointer,
    expected:
      known.length > 0 ? `${oneOf(known)} as material of "${component.id}"` : `no material for "${component.id}": it stays as pictured`,
    got: `"${material.slice(0, 64)}"`,
    hint: didYouMean(material, known),
  };
};

const articleMaterialOf = (product: Product, variant: DesignSpec['variant']): ArticleMaterial | null => {
  const chosen = chosenVariant(product, variant);
  const [first] = product.options.flatMap((option): readonly ArticleMaterial[] => {
    const value = option.values.find((one) => one.id === chosen[option.id]);
    return value?.material ? [{ option: option.id, value: value.id, material: value.material }] : [];
  });
  return first ?? null;
};

/** The mistakes as findings: errors, each at its place in the spec. */
export const lookFindings = ({ mistakes }: ProductLook): readonly Finding[] =>
  mistakes.map(({ code, pointer, expected, got, hint }) => ({
    severity: 'error',
    code,
    pointer,
    message: `Expected ${expected}, got ${got}.`,
    hint,
    measured: got.slice(1, -1),
  }));

/** The part that a zone of a view shows: the component it follows, or the one of its own name. */
const partOf = ({ id, follows }: ViewZone, { parts }: ProductLook): PartLook | undefined =>
  follows === 'scene' ? undefined : parts.get(typeof follows === 'object' ? follows.component : id);

/** Colours chosen for zones of a view, by zone id. */
export const zoneColoursOf = ({ zones }: View, look: ProductLook): Readonly<Record<string, string>> =>
  Object.fromEntries(
    zones.flatMap((zone) => {
      const colour = partOf(zone, look)?.colour;
      return colour === undefined ? [] : [[zone.id, colour]];
    }),
  );

/** Materials to lay onto zones of a view, by zone id. What the view's picture was made of is not laid on again. */
export const zoneMaterialsOf = ({ zones, when }: View, look: ProductLook): ReadonlyMap<string, MaterialId> => {
  const { articleMaterial } = look;
  const pictured = articleMaterial !== null && when[articleMaterial.option]?.includes(articleMaterial.value) === true;
  const ofArticle = articleMaterial === null || pictured ? undefined : articleMaterial.material;
  return new Map(
    zones.flatMap((zone): readonly (readonly [string, MaterialId])[] => {
      const material = partOf(zone, look)?.material ?? (zone.follows === 'article' ? ofArticle : undefined);
      return material === undefined || material === 'plain' ? [] : [[zone.id, material]];
    }),
  );
};
