import type { Condition } from '../../model/condition.ts';
import type { DesignField } from '../../model/design-field.ts';
import type { Finding } from '../../model/finding.ts';
import { didYouMean } from '../../model/parse.ts';
import { findChoice, takesAnyColour } from '../choices.ts';
import { type CompiledDesign, conditionsOf } from '../compile-design.ts';
import { isDeclared } from '../declared-data.ts';
import type { OpenDesign } from '../filled-design.ts';
import type { Reading } from '../template/compile-template.ts';
import { designFinding } from './design-finding.ts';

const BUILT_IN: readonly string[] = ['language', 'product', 'variant', 'components'];

/** Fields that do something by being answered, whether or not a text names them. */
const ACTS: readonly DesignField['kind'][] = ['component', 'variant', 'placement', 'product'];

/** Names that stand for something where a reading stands: rules see those before them, fields see none. */
const knownAt = ({ pointer, locals }: Reading, { rules, byId }: CompiledDesign): readonly string[] => {
  const [, part, index] = pointer.split('/');
  const before = part === 'fields' ? [] : part === 'rules' ? rules.slice(0, Number(index)) : rules;
  return [...locals, ...byId.keys(), ...before.flatMap(({ sets }) => sets), ...BUILT_IN];
};

const unknownParts = (path: string, { products }: OpenDesign): readonly string[] | null => {
  const [head, second] = path.split('.');
  if (second === undefined || (head !== 'variant' && head !== 'components')) return null;
  const ids = [...products.values()].flatMap(({ options, components }) => (head === 'variant' ? options : components).map(({ id }) => id));
  return ids.includes(second) ? null : ids.map((id) => `${head}.${id}`);
};

/** Names that stand for nothing where they stand. */
export const readingFindings = (open: OpenDesign, compiled: CompiledDesign): readonly Finding[] =>
  compiled.readings.flatMap((reading) => {
    const { path, pointer } = reading;
    const [head = ''] = path.split('.');
    const names = knownAt(reading, compiled);
    if (names.includes(head)) {
      const parts = compiled.byId.has(head) ? null : unknownParts(path, open);
      return parts
        ? [designFinding('error', 'design.unknown-name', pointer, `expected ${parts.join(', ')}, got "${path}"`, didYouMean(path, parts))]
        : [];
    }
    if (isDeclared(compiled.declared, path)) return [];
    const candidates = [...new Set([...names, ...compiled.declared])];
    const message = `expected a field, a name that a rule sets, or a path of "data" (${candidates.join(', ')}), got "${path}"`;
    return [designFinding('error', 'design.unknown-name', pointer, message, didYouMean(path, candidates) ?? 'declare it in "data"')];
  });

/** Answers, data and chosen names that nothing looks at. */
export const unusedFindings = ({ design }: OpenDesign, { readings, rules }: CompiledDesign): readonly Finding[] => {
  const read = new Set(readings.map(({ path }) => path.split('.')[0]));
  const paths = readings.map(({ path }) => path);
  return [
    ...design.fields.flatMap(({ id, kind }, i) =>
      read.has(id) || ACTS.includes(kind) || id === 'language'
        ? []
        : [
            designFinding(
              'warning',
              'design.unused',
              `/fields/${i}`,
              `expected the answer "${id}" to be used somewhere, found no text or condition that does`,
            ),
          ],
    ),
    ...design.data.flatMap(({ path }, i) =>
      paths.some((one) => isDeclared([path], one))
        ? []
        : [
            designFinding(
              'warning',
              'design.unused',
              `/data/${i}`,
              `expected the value "${path}" to be used somewhere, found nothing that reads it`,
            ),
          ],
    ),
    ...rules.flatMap(({ id, sets }, i) =>
      sets
        .filter((name) => !read.has(name) && name !== 'language')
        .map((name) =>
          designFinding('warning', 'design.unused', `/rules/${i}`, `expected "${name}", which the rule "${id}" sets, to be used somewhere`),
        ),
    ),
  ];
};

const testsIn = (condition: Condition): readonly Extract<Condition, { readonly of: string }>[] => {
  if ('all' in condition) return condition.all.flatMap(testsIn);
  if ('any' in condition) return condition.any.flatMap(testsIn);
  return 'of' in condition ? [condition] : testsIn(condition.not);
};

/** Conditions that wait for an option that there is not: a slip of the pen that would never show. */
export const comparisonFindings = (open: OpenDesign, compiled: CompiledDesign): readonly Finding[] => {
  const { fields, rules, exclusions, product } = open.design;
  const conditions = [
    ...fields.flatMap((field, i) =>
      conditionsOf(field).map(({ at, condition }) => ({ pointer: `/fields/${i}/${at.join('/')}`, condition })),
    ),
    ...rules.flatMap(({ cases }, i) => cases.map(({ when }, j) => ({ pointer: `/rules/${i}/cases/${j}/when`, condition: when }))),
    ...exclusions.map(({ when }, i) => ({ pointer: `/exclusions/${i}/when`, condition: when })),
  ];
  return conditions.flatMap(({ pointer, condition }) =>
    testsIn(condition).flatMap(({ of, is, not, in: among = [], notIn = [] }) => {
      const own = compiled.byId.get(of);
      const choices = own?.choicesOn(product);
      if (!own || !choices || choices.list.length === 0 || takesAnyColour(own.field, open.products.get(product))) return [];
      const ids = [...open.products.keys()].flatMap((id) => own.choicesOn(id)?.list.map((one) => one.id) ?? []);
      return [is, not, ...among, ...notIn]
        .filter((value) => typeof value === 'string')
        .filter((value) => !findChoice(choices, value) && !ids.includes(value))
        .map((value) =>
          designFinding('error', 'design.unknown-name', pointer, `expected an option of "${of}", got "${value}"`, didYouMean(value, ids)),
        );
    }),
  );
};
