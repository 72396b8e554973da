import type { AnsweredFields } from './answer-fields.ts';
import type { OpenDesign } from './filled-design.ts';
import { Shown } from './scope.ts';

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members => value !== null && typeof value === 'object' && !Array.isArray(value);

const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});

/** What the spec says of a component, as an object: a bare colour is one of it. */
const componentOf = (value: unknown): Members => (typeof value === 'string' ? { colour: value } : membersOf(value));

/**
 * Puts what was chosen of the product into a filled spec: the product itself, variants, colours and materials of components. A placement
 * that was chosen is where the only entry goes that names none. An answer wins over what the template says.
 */
export const applyChoices = (open: OpenDesign, { states, names, productId }: AnsweredFields, filled: unknown): unknown => {
  if (!isMembers(filled)) return filled;
  const variant: Record<string, unknown> = {};
  const components: Record<string, Members> = {};
  const own = membersOf(filled.components);
  let placement: unknown;
  for (const { compiled, value } of states) {
    const { field } = compiled;
    if (value === undefined) continue;
    if (field.kind === 'variant') variant[field.option] = value;
    if (field.kind === 'placement') placement = value;
    if (field.kind !== 'component') continue;
    const shown = names.get(field.id);
    // A colour goes as its id, which the ticket can name; one that was typed has no other name than itself.
    const chosen = shown instanceof Shown ? shown.compared : value;
    components[field.component] = { ...componentOf(components[field.component] ?? own[field.component]), [field.choose]: chosen };
  }
  const hasProduct = open.design.fields.some(({ kind }) => kind === 'product');
  return {
    ...filled,
    product: hasProduct ? productId : (filled.product ?? productId),
    ...(Object.keys(variant).length > 0 || filled.variant !== undefined ? { variant: { ...membersOf(filled.variant), ...variant } } : {}),
    ...(Object.keys(components).length > 0 ? { components: { ...own, ...components } } : {}),
    ...(placement === undefined ? {} : { placements: placedAt(filled.placements, placement) }),
  };
};

const placedAt = (placements: unknown, placement: unknown): unknown => {
  if (!Array.isArray(placements) || placements.length !== 1) return placements;
  const [only]: readonly unknown[] = placements;
  return isMembers(only) && only.placement === undefined ? [{ ...only, placement }] : placements;
};
