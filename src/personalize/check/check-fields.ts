import type { DesignField, DesignOption } from '../../model/design-field.ts';
import type { Finding } from '../../model/finding.ts';
import { didYouMean } from '../../model/parse.ts';
import type { Asked } from '../answers/asked.ts';
import { understandAnswer } from '../answers/understand-answer.ts';
import { takesAnyColour } from '../choices.ts';
import type { CompiledDesign } from '../compile-design.ts';
import type { OpenDesign } from '../filled-design.ts';
import { designFinding } from './design-finding.ts';

const ownOptions = (field: DesignField): readonly DesignOption[] =>
  'options' in field && Array.isArray(field.options) ? field.options : [];

/** Options that stand for nothing, or for the same thing twice. */
const optionFindings = (field: DesignField, at: string): readonly Finding[] => {
  const options = ownOptions(field);
  return options.flatMap(({ id, value, colour }, i): readonly Finding[] => {
    const pointer = `${at}/options/${i}`;
    if (options.findIndex((one) => one.id === id) !== i)
      return [designFinding('error', 'design.option', `${pointer}/id`, `expected every id once, got "${id}" again`)];
    if (value !== undefined) return [];
    if (field.kind === 'clipart')
      return [designFinding('error', 'design.option', pointer, `expected a value for "${id}": the source of its drawing`)];
    if (field.kind === 'colour' && colour === undefined && !/^#[0-9a-f]{3,6}$/i.test(id))
      return [designFinding('error', 'design.option', pointer, `expected a colour for "${id}"`)];
    return [];
  });
};

/** Names that a field takes from its palette or product, and those of them that there are. */
const choosable = (
  field: DesignField,
  { products, palettes }: OpenDesign,
): { readonly at: string; readonly wanted: readonly string[]; readonly known: readonly string[] } | null => {
  const every = [...products.values()];
  switch (field.kind) {
    case 'colour':
      return field.palette === undefined
        ? null
        : { at: 'swatches', wanted: field.swatches ?? [], known: palettes.get(field.palette)?.swatches.map(({ id }) => id) ?? [] };
    case 'variant':
      return {
        at: 'only',
        wanted: field.only ?? [],
        known: every
          .flatMap(({ options }) => options.filter(({ id }) => id === field.option))
          .flatMap(({ values }) => values.map(({ id }) => id)),
      };
    case 'component': {
      const parts = every.flatMap(({ components }) => components.filter(({ id }) => id === field.component));
      const known = parts.flatMap(({ colours = [], materials, pictured = '' }) =>
        field.choose === 'colour' ? colours.map(({ id }) => id) : [...materials, pictured],
      );
      return { at: 'only', wanted: field.only ?? [], known };
    }
    case 'placement':
      return { at: 'only', wanted: field.only ?? [], known: every.flatMap(({ placements }) => placements.map(({ id }) => id)) };
    default:
      return null;
  }
};

const choosableFindings = (field: DesignField, open: OpenDesign, at: string): readonly Finding[] => {
  const wrong = choosable(field, open);
  const unknown = (wrong?.wanted ?? [])
    .filter((one) => !wrong?.known.includes(one))
    .map((one) =>
      designFinding(
        'error',
        'design.option',
        `${at}/${wrong?.at}`,
        `expected one of ${wrong?.known.join(', ')}, got "${one}"`,
        didYouMean(one, wrong?.known ?? []),
      ),
    );
  return unknown;
};

/** A field that can be answered with nothing on some product is a mistake of the design. */
const emptyFindings = (field: DesignField, open: OpenDesign, compiled: CompiledDesign, at: string): readonly Finding[] =>
  [...open.products].flatMap(([id, product]) => {
    const choices = compiled.byId.get(field.id)?.choicesOn(id);
    if (!choices || choices.list.length > 0 || takesAnyColour(field, product)) return [];
    return [
      designFinding('error', 'design.option', at, `expected something to choose for "${field.id}" on the product "${id}", found nothing`),
    ];
  });

const limitFindings = (field: DesignField, at: string): readonly Finding[] => {
  const ends: readonly (readonly [number | string | undefined, number | string | undefined])[] =
    field.kind === 'text' || field.kind === 'long-text'
      ? [[field.minLength, field.maxLength], ...(field.kind === 'text' ? [[field.words?.min, field.words?.max] as const] : [])]
      : field.kind === 'number' || field.kind === 'date' || field.kind === 'photos'
        ? [[field.min, field.max]]
        : field.kind === 'monogram'
          ? [[field.letters.min, field.letters.max]]
          : [];
  return ends.flatMap(([least, most]) =>
    least !== undefined && most !== undefined && least > most
      ? [designFinding('error', 'design.limits', at, `expected limits that something can keep, got ${least} to ${most}`)]
      : [],
  );
};

/** A default that its own field would refuse. One that data fills is tried with the examples. */
const defaultFindings = (field: DesignField, open: OpenDesign, compiled: CompiledDesign, at: string): readonly Finding[] => {
  const own = compiled.byId.get(field.id);
  if (own?.byDefault?.kind !== 'constant') return [];
  const languages = [open.design.language];
  const asked: Asked = {
    field,
    language: 'en',
    languages,
    product: open.products.get(open.design.product),
    choices: own.choicesOn(open.design.product),
    isOffered: () => true,
  };
  return understandAnswer(asked, own.byDefault.value)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ message, hint }) =>
      designFinding('error', 'design.default', `${at}/default`, `expected a default that the field takes: ${message}`, hint),
    );
};

/** What is wrong with one field by itself. */
export const fieldFindings = (field: DesignField, open: OpenDesign, compiled: CompiledDesign, at: string): readonly Finding[] => [
  ...optionFindings(field, at),
  ...choosableFindings(field, open, at),
  ...emptyFindings(field, open, compiled, at),
  ...limitFindings(field, at),
  ...defaultFindings(field, open, compiled, at),
];
