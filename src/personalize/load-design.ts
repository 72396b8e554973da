import type { Design } from '../model/design.ts';
import type { DesignField } from '../model/design-field.ts';
import type { Resources } from '../model/resources.ts';
import { STANDARD_SHOP } from '../model/shop.ts';
import type { OpenDesign } from './filled-design.ts';
import { loadTextPolicy } from './policy/load-text-policy.ts';
import type { TextPolicy } from './policy/text-policy.ts';

/** Where designs and what they name are found. Without shops and word lists no text is held against them. */
export type DesignLibrary = Pick<Resources, 'design' | 'optionSet' | 'product' | 'palette'> & Partial<Pick<Resources, 'shop' | 'wordList'>>;

const productsOf = (design: Design): readonly string[] => [
  design.product,
  ...design.fields.flatMap((field) => (field.kind === 'product' ? field.only : [])),
];

const setOf = (field: DesignField): readonly string[] =>
  'options' in field && field.options !== undefined && 'set' in field.options ? [field.options.set] : [];

const paletteOf = (field: DesignField): readonly string[] =>
  field.kind === 'colour' && field.palette !== undefined ? [field.palette] : [];

const fetched = async <T>(ids: readonly string[], find: (id: string) => Promise<T>): Promise<ReadonlyMap<string, T>> => {
  const unique = [...new Set(ids)];
  const values = await Promise.all(unique.map(async (id) => [id, await find(id)] as const));
  return new Map(values);
};

/** A shop that answers choose is not known yet: then what holds where shops say nothing. */
const policyOf = async ({ spec }: Design, resources: Omit<DesignLibrary, 'design'>): Promise<TextPolicy | null> => {
  const { shop, wordList } = resources;
  if (!shop || !wordList) return null;
  const id = typeof spec.shop === 'string' && !spec.shop.includes('{{') ? spec.shop : STANDARD_SHOP.id;
  return loadTextPolicy((await shop.call(resources, id)).textPolicy, (list) => wordList.call(resources, list));
};

/** A design of the library with every product, option set and palette that it names. Rejects with the Problem of whatever is unknown. */
export const loadDesign = async (id: string, resources: DesignLibrary): Promise<OpenDesign> =>
  openDesign(await resources.design(id), resources);

/** A design from anywhere (an upload, an editor) with everything that it names out of the library. */
export const openDesign = async (design: Design, resources: Omit<DesignLibrary, 'design'>): Promise<OpenDesign> => {
  const [products, optionSets, palettes, policy] = await Promise.all([
    fetched(productsOf(design), (one) => resources.product(one)),
    fetched(design.fields.flatMap(setOf), (one) => resources.optionSet(one)),
    fetched(design.fields.flatMap(paletteOf), (one) => resources.palette(one)),
    policyOf(design, resources),
  ]);
  return { design, products, optionSets, palettes, ...(policy === null ? {} : { policy }) };
};
