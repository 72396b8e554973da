import type { Condition } from '../model/condition.ts';
import type { Design } from '../model/design.ts';
import type { DesignField } from '../model/design-field.ts';
import { digestOf } from '../model/digest.ts';
import { type Choices, choicesOf } from './choices.ts';
import { compileCondition, type Holds, pathsIn } from './conditions.ts';
import type { OpenDesign } from './filled-design.ts';
import { type CompiledRule, compileRule } from './rules/compile-rule.ts';
import { type CompiledTemplate, compileTemplate, type Reading, type TemplateNode } from './template/compile-template.ts';

export type CompiledField = {
  readonly field: DesignField;
  readonly when: Holds | null;
  readonly required: Holds | boolean;
  readonly byDefault: TemplateNode | null;
  /** Choices on a product, kept for each. */
  readonly choicesOn: (productId: string) => Choices | null;
};

export type CompiledDesign = {
  /** Which version of the design it is. */
  readonly digest: string;
  /** In the order in which they can be answered: after every field that they depend on. */
  readonly fields: readonly CompiledField[];
  readonly byId: ReadonlyMap<string, CompiledField>;
  readonly rules: readonly CompiledRule[];
  readonly exclusions: readonly { readonly when: Holds; readonly exclusion: Design['exclusions'][number] }[];
  readonly spec: TemplateNode;
  /** Texts of the spec's own variant, which stand where no field chooses. */
  readonly variant: ReadonlyMap<string, string>;
  readonly declared: readonly string[];
  readonly readings: readonly Reading[];
  readonly mistakes: CompiledTemplate['mistakes'];
  /** Fields that wait for each other. */
  readonly ring: readonly string[];
};

/** Every condition of a field, with where it stands. */
export const conditionsOf = (
  field: DesignField,
): readonly { readonly at: readonly (string | number)[]; readonly condition: Condition }[] => [
  ...(field.when ? [{ at: ['when'], condition: field.when }] : []),
  ...(typeof field.required === 'object' ? [{ at: ['required'], condition: field.required }] : []),
  ...('options' in field && Array.isArray(field.options)
    ? field.options.flatMap((one, i) => (one.when ? [{ at: ['options', i, 'when'], condition: one.when }] : []))
    : []),
];

/** Conditions of the options of a shared set stand elsewhere, and bind all the same. */
const sharedConditions = (field: DesignField, { optionSets }: OpenDesign): readonly Condition[] =>
  'options' in field && field.options !== undefined && 'set' in field.options
    ? (optionSets.get(field.options.set)?.options ?? []).flatMap(({ when }) => (when ? [when] : []))
    : [];

/** Fields that a path depends on: the field itself, or those that choose what the path is about. */
const fieldsBehind = (path: string, fields: readonly DesignField[]): readonly string[] => {
  const [head = '', second] = path.split('.');
  if (fields.some(({ id }) => id === head)) return [head];
  return fields.flatMap((field) => {
    if (head === 'product') return field.kind === 'product' ? [field.id] : [];
    if (head === 'variant') return field.kind === 'variant' && (second === undefined || field.option === second) ? [field.id] : [];
    if (head === 'components') return field.kind === 'component' && (second === undefined || field.component === second) ? [field.id] : [];
    return [];
  });
};

const CHOSEN_OF_PRODUCT: readonly DesignField['kind'][] = ['component', 'variant', 'placement'];

const dependenciesOf = (field: DesignField, open: OpenDesign): readonly string[] => {
  const { fields } = open.design;
  const paths = [...conditionsOf(field).map(({ condition }) => condition), ...sharedConditions(field, open)].flatMap(pathsIn);
  const product = CHOSEN_OF_PRODUCT.includes(field.kind) ? fields.filter(({ kind }) => kind === 'product').map(({ id }) => id) : [];
  return [...new Set([...paths.flatMap((path) => fieldsBehind(path, fields)), ...product])];
};

type Ordered = { readonly order: readonly DesignField[]; readonly ring: readonly string[] };

/** Fields after those that they depend on, otherwise as they stand; fields in a ring come last. */
const ordered = (open: OpenDesign): Ordered => {
  const waiting = open.design.fields.map((field) => ({ field, needs: dependenciesOf(field, open) }));
  const done = new Set<string>();
  const order: DesignField[] = [];
  for (;;) {
    const at = waiting.findIndex(({ needs }) => needs.every((need) => done.has(need)));
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    if (!next) break;
    done.add(next.field.id);
    order.push(next.field);
  }
  return { order: [...order, ...waiting.map(({ field }) => field)], ring: waiting.map(({ field }) => field.id) };
};

const remembered = <T>(make: (name: string) => T): ((name: string) => T) => {
  const known = new Map<string, { readonly value: T }>();
  return (name) => {
    const found = known.get(name) ?? { value: make(name) };
    known.set(name, found);
    return found.value;
  };
};

const compileField = (field: DesignField, open: OpenDesign, byDefault: TemplateNode | null): CompiledField => ({
  field,
  when: field.when ? compileCondition(field.when) : null,
  required: typeof field.required === 'object' ? compileCondition(field.required) : field.required,
  byDefault,
  choicesOn: remembered((productId) => choicesOf(field, open, open.products.get(productId))),
});

const literalVariant = ({ spec }: Design): ReadonlyMap<string, string> => {
  const { variant } = spec;
  if (variant === undefined || variant === null || typeof variant !== 'object') return new Map();
  return new Map(
    Object.entries(variant).flatMap(([option, value]) =>
      typeof value === 'string' && !value.includes('{{') ? [[option, value] as const] : [],
    ),
  );
};

const compile = (open: OpenDesign): CompiledDesign => {
  const { design } = open;
  const { order, ring } = ordered(open);
  const position = new Map(design.fields.map(({ id }, i) => [id, i]));
  const defaults = new Map(
    design.fields.flatMap((field, i) =>
      field.default === undefined ? [] : [[field.id, compileTemplate(field.default, ['fields', i, 'default'])] as const],
    ),
  );
  const fields = order.map((field) => compileField(field, open, defaults.get(field.id)?.node ?? null));
  const rules = design.rules.map((rule, i) => compileRule(rule, ['rules', i]));
  const spec = compileTemplate(design.spec, ['spec']);
  const conditions = design.fields.flatMap((field) =>
    conditionsOf(field).flatMap(({ at, condition }) =>
      pathsIn(condition).map((path) => ({ path, pointer: `/fields/${position.get(field.id)}/${at.join('/')}`, locals: [] })),
    ),
  );
  const excluded = design.exclusions.flatMap(({ when }, i) =>
    pathsIn(when).map((path) => ({ path, pointer: `/exclusions/${i}/when`, locals: [] })),
  );
  return {
    digest: digestOf(design),
    fields,
    byId: new Map(fields.map((one) => [one.field.id, one])),
    rules,
    exclusions: design.exclusions.map((exclusion) => ({ when: compileCondition(exclusion.when), exclusion })),
    spec: spec.node,
    variant: literalVariant(design),
    declared: design.data.map(({ path }) => path),
    readings: [
      ...conditions,
      ...[...defaults.values()].flatMap((one) => one.readings),
      ...rules.flatMap((one) => one.readings),
      ...excluded,
      ...spec.readings,
    ],
    mistakes: [...[...defaults.values()].flatMap((one) => one.mistakes), ...rules.flatMap((one) => one.mistakes), ...spec.mistakes],
    ring,
  };
};

/** What was compiled lives as long as its design does: a design serves thousands of orders, and compiling costs more than filling. */
const compiledDesigns = new WeakMap<OpenDesign, CompiledDesign>();

/** A design ready to be filled many times: conditions and templates read once, fields in order. Its answer depends on the design alone. */
export const compileDesign = (open: OpenDesign): CompiledDesign => {
  const known = compiledDesigns.get(open);
  if (known) return known;
  const made = compile(open);
  compiledDesigns.set(open, made);
  return made;
};
