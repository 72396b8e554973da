import type { Finding } from '../model/finding.ts';
import type { Product } from '../model/product.ts';
import { type Asked, findingFor } from './answers/asked.ts';
import { understandAnswer } from './answers/understand-answer.ts';
import type { Choice } from './choices.ts';
import type { CompiledDesign, CompiledField } from './compile-design.ts';
import { declaredData } from './declared-data.ts';
import type { Answers, Data, OpenDesign } from './filled-design.ts';
import { quoted, say } from './say.ts';
import { isMissing, type Scope } from './scope.ts';
import { Filling, fill, TooLarge } from './template/fill-template.ts';
import { isLanguageTag } from './template/languages.ts';

/** What holds for a field after the answers so far. */
export type FieldState = {
  readonly compiled: CompiledField;
  readonly asked: Asked;
  readonly isShown: boolean;
  readonly isRequired: boolean;
  readonly value: unknown;
};

export type AnsweredFields = {
  /** In the order in which they were answered. */
  readonly states: readonly FieldState[];
  readonly findings: readonly Finding[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly aside: Readonly<Record<string, unknown>>;
  readonly language: string;
  readonly productId: string;
  /** Names of answers and of what is built in, over the data. */
  readonly names: Map<string, unknown>;
  readonly scope: Scope;
};

const given = (answers: Answers, id: string): unknown => (Object.hasOwn(answers, id) ? answers[id] : undefined);

/** An answer to a field `language`, else that of the data, else that of the design. */
export const languageOfOrder = ({ design }: OpenDesign, answers: Answers, data: Data): string => {
  const asked = design.fields.some(({ id }) => id === 'language') ? given(answers, 'language') : undefined;
  if (isLanguageTag(asked)) return asked;
  const known = Object.hasOwn(data, 'language') ? data.language : undefined;
  return isLanguageTag(known) ? known : design.language;
};

const variantOf = (product: Product | undefined, own: ReadonlyMap<string, string>): Map<string, unknown> => {
  const usual = (product?.options ?? []).map(({ id, default: byDefault, values }) => [id, byDefault ?? values[0]?.id] as const);
  return new Map<string, unknown>([...usual, ...own]);
};

/** Answers field by field; a walk over the fields in their order, each seeing those before it. */
class Answering {
  readonly open: OpenDesign;
  readonly compiled: CompiledDesign;
  readonly given: Answers;
  readonly language: string;
  readonly languages: readonly string[];
  readonly names = new Map<string, unknown>();
  readonly scope: Scope;
  readonly findings: Finding[] = [];
  readonly states: FieldState[] = [];
  readonly answers: (readonly [string, unknown])[] = [];
  readonly aside: (readonly [string, unknown])[] = [];
  readonly #variant: Map<string, unknown>;
  readonly #components = new Map<string, Map<string, unknown>>();
  productId: string;

  constructor(open: OpenDesign, compiled: CompiledDesign, given: Answers, data: Data) {
    this.open = open;
    this.compiled = compiled;
    this.given = given;
    this.language = languageOfOrder(open, given, data);
    this.languages = [this.language, open.design.language];
    this.productId = open.design.product;
    this.#variant = variantOf(open.products.get(this.productId), compiled.variant);
    this.names.set('language', this.language);
    this.names.set('product', this.productId);
    this.names.set('variant', this.#variant);
    this.names.set('components', this.#components);
    this.scope = { names: this.names, outer: { names: declaredData(data, compiled.declared), outer: null } };
  }

  answer(one: CompiledField): void {
    const { field } = one;
    const asked: Asked = {
      field,
      language: this.language,
      languages: this.languages,
      product: this.open.products.get(this.productId),
      choices: one.choicesOn(this.productId),
      isOffered: ({ when }: Choice) => when === null || when(this.scope),
      policy: this.open.policy,
    };
    const own = given(this.given, field.id);
    const isShown = one.when === null || one.when(this.scope);
    const isRequired = isShown && (typeof one.required === 'boolean' ? one.required : one.required(this.scope));
    const value = isShown ? this.#shown(asked, one, own, isRequired) : undefined;
    if (!isShown && !isMissing(own)) {
      this.aside.push([field.id, own]);
      this.findings.push(findingFor(asked, 'info', 'answer.unknown', 'not-shown'));
    }
    // A name that holds nothing hides a value of the same name in the data.
    if (value === undefined) this.names.set(field.id, undefined);
    this.states.push({ compiled: one, asked, isShown, isRequired, value });
  }

  #shown(asked: Asked, one: CompiledField, own: unknown, isRequired: boolean): unknown {
    const answer = isMissing(own) ? this.#byDefault(one) : own;
    if (isMissing(answer)) {
      if (isRequired) this.findings.push(findingFor(asked, 'error', 'answer.missing', 'missing'));
      return undefined;
    }
    const { value, shown, findings } = understandAnswer(asked, answer);
    this.findings.push(...findings);
    // What was cleaned or split away to nothing is no answer.
    if (isMissing(value)) {
      if (isRequired && !findings.some(({ severity }) => severity === 'error'))
        this.findings.push(findingFor(asked, 'error', 'answer.missing', 'missing'));
      return undefined;
    }
    this.names.set(one.field.id, shown);
    this.answers.push([one.field.id, value]);
    this.#choose(one, value);
    return value;
  }

  #byDefault({ byDefault }: CompiledField): unknown {
    if (byDefault === null) return undefined;
    if (byDefault.kind === 'constant') return byDefault.value;
    const filling = new Filling(this.language);
    try {
      const value = fill(byDefault, { names: new Map([['language', this.language]]), outer: this.scope.outer }, filling);
      return filling.gaps.length > 0 ? undefined : value;
    } catch (error) {
      if (error instanceof TooLarge) return undefined;
      throw error;
    }
  }

  /** What was chosen of the product is known by the product's names too. */
  #choose({ field }: CompiledField, value: unknown): void {
    if (field.kind === 'product' && typeof value === 'string') {
      this.productId = value;
      this.names.set('product', value);
      for (const [option, usual] of variantOf(this.open.products.get(value), this.compiled.variant)) this.#variant.set(option, usual);
    } else if (field.kind === 'variant') this.#variant.set(field.option, value);
    else if (field.kind === 'component') {
      const part = this.#components.get(field.component) ?? new Map<string, unknown>();
      this.#components.set(field.component, part.set(field.choose, value));
    }
  }

  unknown(): void {
    for (const [name, value] of Object.entries(this.given)) {
      if (this.compiled.byId.has(name)) continue;
      this.aside.push([name, value]);
      const message = say(this.language, 'unknown', { got: quoted(name) });
      this.findings.push({
        severity: 'info',
        code: 'answer.unknown',
        pointer: `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`,
        message,
      });
    }
  }
}

/** What every field holds after these answers, which are understood, filled up with defaults and kept apart where they belong nowhere. */
export const answerFields = (open: OpenDesign, compiled: CompiledDesign, answers: Answers, data: Data): AnsweredFields => {
  const answering = new Answering(open, compiled, answers, data);
  for (const one of compiled.fields) answering.answer(one);
  answering.unknown();
  const { states, findings, language, productId, names, scope } = answering;
  return {
    states,
    findings,
    answers: Object.fromEntries(answering.answers),
    aside: Object.fromEntries(answering.aside),
    language,
    productId,
    names,
    scope,
  };
};
