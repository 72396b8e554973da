import type { DesignField, DesignOption, Wording } from '../model/design-field.ts';
import type { Product } from '../model/product.ts';
import { compileCondition, folded, type Holds } from './conditions.ts';
import type { OpenDesign } from './filled-design.ts';
import { Shown } from './scope.ts';
import { wordingIn } from './wording.ts';

/** One thing to choose, whatever the field chooses among. `whole` is what `{{field}}` stands for. */
export type Choice = {
  readonly id: string;
  readonly label: Wording;
  readonly whole: unknown;
  readonly colour?: string | undefined;
  readonly picture?: string | undefined;
  readonly price?: Readonly<Record<string, unknown>> | undefined;
  /** Offered only then. */
  readonly when: Holds | null;
};

export type Choices = { readonly list: readonly Choice[]; readonly byName: ReadonlyMap<string, Choice> };

const wordings = (wording: Wording): readonly string[] => (typeof wording === 'string' ? [wording] : Object.values(wording));

/** "#abc" as "#aabbcc", small. */
export const longHex = (hex: string): string => (hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex).toLowerCase();

/** Choices found by id, else by what people call them or by their colour: spreadsheets have "Red" where the shop has "red-01". */
const indexed = (list: readonly Choice[]): Choices => {
  const byName = new Map<string, Choice>();
  const add = (name: unknown, choice: Choice): void => {
    if (typeof name === 'string' && !byName.has(name)) byName.set(name, choice);
  };
  for (const choice of list) add(choice.id, choice);
  for (const choice of list) add(folded(choice.id), choice);
  for (const choice of list) for (const label of wordings(choice.label)) add(folded(label), choice);
  for (const choice of list) if (choice.colour !== undefined) add(longHex(choice.colour), choice);
  return { list, byName };
};

export const findChoice = ({ byName }: Choices, name: string): Choice | undefined => byName.get(name) ?? byName.get(String(folded(name)));

/** A chosen option as templates and conditions see it. */
export const shownChoice = ({ id, label, whole, colour, picture }: Choice, languages: readonly string[]): Shown =>
  new Shown(whole, id, (name) => {
    switch (name) {
      case 'id':
        return id;
      case 'label':
        return wordingIn(label, languages);
      case 'value':
        return whole;
      case 'colour':
        return colour;
      case 'picture':
        return picture;
      default:
        return undefined;
    }
  });

/** A family alone is a font too. */
const asFont = (value: unknown): unknown => (typeof value === 'string' ? { family: value } : value);

const ofOption = (kind: DesignField['kind'], { id, label = id, value, colour, picture, price, when }: DesignOption): Choice => {
  const plain = value ?? (kind === 'colour' ? (colour ?? id) : id);
  return { id, label, whole: kind === 'font' ? asFont(plain) : plain, colour, picture, price, when: when ? compileCondition(when) : null };
};

const optionsOf = (options: readonly DesignOption[] | { readonly set: string }, open: OpenDesign): readonly DesignOption[] =>
  'set' in options ? (open.optionSets.get(options.set)?.options ?? []) : options;

const kept = (only: readonly string[] | undefined, id: string): boolean => !only || only.includes(id);

const plain = (id: string, label: string, whole: unknown, colour?: string): Choice => ({ id, label, whole, colour, when: null });

const swatchesOf = ({ palette: id, swatches: only }: DesignField & { readonly kind: 'colour' }, open: OpenDesign): readonly Choice[] =>
  id === undefined
    ? []
    : (open.palettes.get(id)?.swatches ?? [])
        .filter((swatch) => kept(only, swatch.id))
        .map((swatch) => plain(swatch.id, swatch.name, { swatch: swatch.id, palette: id }, swatch.colour));

const componentChoices = (field: DesignField & { readonly kind: 'component' }, product: Product | undefined): readonly Choice[] => {
  const component = product?.components.find((one) => one.id === field.component);
  if (!component) return [];
  const choices =
    field.choose === 'material'
      ? [...new Set([...component.materials, ...(component.pictured === undefined ? [] : [component.pictured])])].map((id) =>
          plain(id, id, id),
        )
      : (component.colours ?? []).map(({ id, label, colour }) => plain(id, label, colour, colour));
  return choices.filter(({ id }) => kept(field.only, id));
};

/** What a field offers on a product; null for fields that offer nothing to choose. */
const listOf = (field: DesignField, open: OpenDesign, product: Product | undefined): readonly Choice[] | null => {
  switch (field.kind) {
    case 'choice':
    case 'font':
    case 'clipart':
      return optionsOf(field.options, open).map((one) => ofOption(field.kind, one));
    case 'colour':
      return [...(field.options ? optionsOf(field.options, open).map((one) => ofOption('colour', one)) : []), ...swatchesOf(field, open)];
    case 'component':
      return componentChoices(field, product);
    case 'variant':
      return (product?.options.find((one) => one.id === field.option)?.values ?? [])
        .filter(({ id }) => kept(field.only, id))
        .map(({ id, label, colour }) => plain(id, label, id, colour));
    case 'placement':
      return (product?.placements ?? []).filter(({ id }) => kept(field.only, id)).map(({ id, label }) => plain(id, label, id));
    case 'product':
      return field.only.map((id) => plain(id, open.products.get(id)?.name ?? id, id));
    case 'text':
    case 'long-text':
    case 'number':
    case 'date':
    case 'photo':
    case 'photos':
    case 'boolean':
    case 'monogram':
      return null;
  }
};

export const choicesOf = (field: DesignField, open: OpenDesign, product: Product | undefined): Choices | null => {
  const list = listOf(field, open, product);
  return list && indexed(list);
};

/** Whether any "#rrggbb" will do besides the choices. */
export const takesAnyColour = (field: DesignField, product: Product | undefined): boolean => {
  if (field.kind === 'colour') return field.any || (field.options === undefined && field.palette === undefined);
  if (field.kind !== 'component' || field.choose !== 'colour') return false;
  const component = product?.components.find((one) => one.id === field.component);
  return component !== undefined && component.colours === undefined && field.only === undefined;
};
