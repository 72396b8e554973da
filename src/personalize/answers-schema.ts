import type { DesignField } from '../model/design-field.ts';
import { numberPattern } from './answers/jersey-numbers.ts';
import { takesAnyColour } from './choices.ts';
import { type CompiledField, compileDesign } from './compile-design.ts';
import type { OpenDesign } from './filled-design.ts';
import { wordingIn } from './wording.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const ANY_COLOUR = { type: 'string', pattern: '^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$' } as const;

const picture = {
  anyOf: [
    { type: 'string', minLength: 1 },
    {
      type: 'object',
      required: ['source'],
      properties: {
        source: { type: 'string', minLength: 1 },
        crop: { type: 'object' },
        focus: { type: 'object' },
        turn: { enum: [0, 90, 180, 270] },
        widthPx: { type: 'integer', minimum: 1 },
        heightPx: { type: 'integer', minimum: 1 },
      },
    },
  ],
} as const;

/** Names of what is offered on any of the products, each with its label. */
const offered = ({ choicesOn, field }: CompiledField, open: OpenDesign, languages: readonly string[]): JsonSchema => {
  const named = new Map<string, string>();
  for (const productId of open.products.keys())
    for (const { id, label } of choicesOn(productId)?.list ?? []) if (!named.has(id)) named.set(id, wordingIn(label, languages));
  const names = [...named].map(([id, title]) => ({ const: id, title }));
  const isOpen = [...open.products.values()].some((product) => takesAnyColour(field, product));
  if (names.length === 0) return isOpen ? ANY_COLOUR : { type: 'string' };
  if (isOpen) return { anyOf: [...names, ANY_COLOUR] };
  return { type: 'string', enum: names.map((one) => one.const), oneOf: names };
};

const given = (schema: JsonSchema): JsonSchema => Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));

/** A schema counts code points; a character as people see it may have several of these: a Thai syllable, an emoji. */
const POINTS_PER_CHARACTER = 4;

const textLengths = ({ minLength, maxLength, characters }: DesignField & { readonly kind: 'text' | 'long-text' }): JsonSchema => ({
  minLength,
  maxLength: characters === 'ascii' || characters === 'digits' ? maxLength : maxLength * POINTS_PER_CHARACTER,
  'x-max-characters': maxLength,
});

const ofKind = (compiled: CompiledField, open: OpenDesign, languages: readonly string[]): JsonSchema => {
  const field: DesignField = compiled.field;
  switch (field.kind) {
    case 'text':
      return given({
        type: 'string',
        ...textLengths(field),
        pattern: field.numbers === undefined ? undefined : numberPattern(field.numbers),
      });
    case 'long-text':
      return { type: 'string', ...textLengths(field) };
    case 'number':
      return given({ type: 'number', minimum: field.min, maximum: field.max });
    case 'date':
      return { type: 'string', format: 'date' };
    case 'boolean':
      return { type: 'boolean' };
    case 'monogram':
      return { type: 'string', minLength: field.letters.min };
    case 'photo':
      return picture;
    case 'photos':
      return { type: 'array', items: picture, minItems: field.min, maxItems: field.max };
    case 'choice':
      return field.many
        ? {
            type: 'array',
            items: offered(compiled, open, languages),
            minItems: field.many.min,
            maxItems: field.many.max,
            uniqueItems: true,
          }
        : offered(compiled, open, languages);
    case 'colour':
    case 'font':
    case 'clipart':
    case 'component':
    case 'variant':
    case 'placement':
    case 'product':
      return offered(compiled, open, languages);
  }
};

/**
 * What a storefront may send for a design, as JSON Schema 2020-12: one property for each field, in their order. A field is required in it
 * when it is required always and has no default; what hangs on other answers, `formFields` tells. Anything that the schema allows may still
 * be refused with a reason, and names that it does not know are kept aside.
 */
export const answersSchema = (open: OpenDesign, language?: string): JsonSchema => {
  const { design } = open;
  const languages = [language ?? design.language, design.language];
  const { byId } = compileDesign(open);
  const properties = design.fields.flatMap((field) => {
    const compiled = byId.get(field.id);
    if (!compiled) return [];
    const description = field.help && wordingIn(field.help, languages);
    return [
      [
        field.id,
        given({
          title: wordingIn(field.label, languages),
          description,
          default: plainDefault(field),
          ...ofKind(compiled, open, languages),
        }),
      ] as const,
    ];
  });
  const required = design.fields
    .filter((one) => one.required === true && one.when === undefined && one.default === undefined)
    .map(({ id }) => id);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: wordingIn(design.title ?? design.name, languages),
    ...(design.description === undefined ? {} : { description: design.description }),
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
  };
};

/** A default that data fills is known only with the data. */
const plainDefault = ({ default: own }: DesignField): unknown => (typeof own === 'string' && own.includes('{{') ? undefined : own);
