import { type Condition, conditionSchema } from '../../model/condition.ts';
import { didYouMean, pointerOf } from '../../model/parse.ts';
import { compileCondition, type Holds, pathsIn } from '../conditions.ts';
import { isForbiddenName, type Path, pathOf } from '../scope.ts';
import { type Expression, hasTemplate, parseTemplate } from './template-text.ts';

/** A template as a tree: constant parts are kept whole, so that they cost nothing to fill. */
export type TemplateNode =
  | {
      readonly kind: 'constant';
      readonly value: unknown /** Characters and values in it, as a filling counts them. */;
      readonly size: number;
    }
  | { readonly kind: 'value'; readonly expression: Expression; readonly pointer: string; readonly isText: boolean }
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[]; readonly pointer: string }
  | { readonly kind: 'list'; readonly items: readonly TemplateItem[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, node: TemplateNode])[] }
  | {
      readonly kind: 'pick';
      readonly cases: readonly { readonly when: Holds; readonly use: TemplateNode }[];
      readonly otherwise: TemplateNode | null;
    };

export type TemplateItem =
  | { readonly kind: 'one'; readonly when: Holds | null; readonly node: TemplateNode }
  | {
      readonly kind: 'each';
      readonly path: Path;
      readonly as: string;
      readonly when: Holds | null;
      readonly most: number;
      readonly use: TemplateNode;
    };

/** A name that a template or a condition of it reads, and where; `locals` are the names that `each` gives there. */
export type Reading = { readonly path: string; readonly pointer: string; readonly locals: readonly string[] };

export type CompiledTemplate = {
  readonly node: TemplateNode;
  readonly readings: readonly Reading[];
  readonly mistakes: readonly { readonly pointer: string; readonly message: string }[];
};

const MAX_DEPTH = 60;
const MAX_EACH = 10_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** Members of a spec that are texts and nothing else: a number stands in them as it is written. */
const TEXTS: readonly (string | number)[] = ['text', 'value', 'title', 'reference', 'line'];

const NOTHING: TemplateNode = { kind: 'constant', value: undefined, size: 0 };

/** What one value counts besides its characters. */
export const VALUE_SIZE = 16;

/** What a value counts in a filling: its characters, and something for every value and name in it; without end when it is nested too deep. */
export const sizeOf = (value: unknown, depth = 0): number => {
  // Nothing that a spec takes is nested so deep.
  if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
  if (typeof value === 'string') return VALUE_SIZE + value.length;
  if (value === null || typeof value !== 'object') return VALUE_SIZE;
  let size = VALUE_SIZE;
  for (const [name, member] of Object.entries(value)) size += name.length + sizeOf(member, depth + 1);
  return size;
};

const constant = (value: unknown): TemplateNode => ({ kind: 'constant', value, size: sizeOf(value) });

type Place = { readonly path: readonly (string | number)[]; readonly locals: readonly string[] };

const below = ({ path, locals }: Place, ...steps: readonly (string | number)[]): Place => ({ path: [...path, ...steps], locals });

class Compiler {
  readonly readings: Reading[] = [];
  readonly mistakes: { readonly pointer: string; readonly message: string }[] = [];

  fail(place: Place, message: string): void {
    this.mistakes.push({ pointer: pointerOf(place.path), message });
  }

  reads(place: Place, ...paths: readonly string[]): void {
    for (const path of paths) this.readings.push({ path, pointer: pointerOf(place.path), locals: place.locals });
  }

  node(value: unknown, place: Place): TemplateNode {
    if (place.path.length > MAX_DEPTH) {
      this.fail(place, `expected at most ${MAX_DEPTH} levels`);
      return NOTHING;
    }
    if (typeof value === 'string') return this.text(value, place);
    if (Array.isArray(value)) return this.list(value, place);
    if (value === null || typeof value !== 'object') return constant(value);
    return Object.hasOwn(value, 'pick') ? this.pick(value, place) : this.object(value, place, []);
  }

  text(value: string, place: Place): TemplateNode {
    if (!hasTemplate(value)) return constant(value);
    const { parts, mistakes } = parseTemplate(value);
    for (const { at, message } of mistakes) this.fail(place, `${message} (character ${at + 1} of ${JSON.stringify(value.slice(0, 80))})`);
    for (const part of parts) if (typeof part !== 'string') this.reads(place, ...pathsOf(part));
    const [only] = parts;
    const pointer = pointerOf(place.path);
    const isText = TEXTS.includes(place.path.at(-1) ?? '');
    if (parts.length === 1 && only !== undefined && typeof only !== 'string') return { kind: 'value', expression: only, pointer, isText };
    return { kind: 'text', parts, pointer };
  }

  list(value: readonly unknown[], place: Place): TemplateNode {
    const items = value.map((one, i) => this.item(one, below(place, i)));
    const isConstant = items.every((item) => item.kind === 'one' && item.when === null && item.node.kind === 'constant');
    return isConstant ? constant(value) : { kind: 'list', items };
  }

  item(value: unknown, place: Place): TemplateItem {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      return { kind: 'one', when: null, node: this.node(value, place) };
    if (Object.hasOwn(value, 'each')) return this.each(value, place);
    const when = Object.hasOwn(value, 'when') ? this.condition(Reflect.get(value, 'when'), below(place, 'when')) : null;
    if (Object.hasOwn(value, 'pick')) return { kind: 'one', when, node: this.pick(value, place) };
    // {"when": …, "use": 3} for items that are no objects.
    const isUse = when !== null && Object.hasOwn(value, 'use') && Object.keys(value).length === 2;
    const node = isUse ? this.node(Reflect.get(value, 'use'), below(place, 'use')) : this.object(value, place, ['when']);
    return { kind: 'one', when, node };
  }

  each(value: object, place: Place): TemplateItem {
    this.keys(value, ['each', 'as', 'use', 'when', 'most'], place);
    const [path, as, most] = [Reflect.get(value, 'each'), Reflect.get(value, 'as') ?? 'item', Reflect.get(value, 'most') ?? MAX_EACH];
    const isPath = typeof path === 'string' && /^[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/.test(path);
    const isName = typeof as === 'string' && NAME.test(as);
    if (!isPath) this.fail(below(place, 'each'), 'expected a name or a path of a list, such as "photos"');
    if (!isName) this.fail(below(place, 'as'), 'expected a name of letters, digits, _ and -');
    if (!Number.isInteger(most) || most < 1) this.fail(below(place, 'most'), 'expected a whole number of 1 or more');
    if (!Object.hasOwn(value, 'use')) this.fail(place, 'expected "use": what stands for each value');
    if (!isPath || !isName) return { kind: 'one', when: null, node: NOTHING };
    this.reads(below(place, 'each'), path);
    const inside: Place = { path: place.path, locals: [...place.locals, as, 'each'] };
    const when = Object.hasOwn(value, 'when') ? this.condition(Reflect.get(value, 'when'), below(inside, 'when')) : null;
    const use = this.node(Reflect.get(value, 'use') ?? null, below(inside, 'use'));
    return { kind: 'each', path: pathOf(path), as, when, most: Math.min(MAX_EACH, Number(most)), use };
  }

  pick(value: object, place: Place): TemplateNode {
    this.keys(value, ['pick', 'otherwise', 'when'], place);
    const cases: unknown = Reflect.get(value, 'pick');
    if (!Array.isArray(cases) || cases.length === 0) {
      this.fail(below(place, 'pick'), 'expected a list of {"when": condition, "use": …}');
      return NOTHING;
    }
    const compiled = cases.map((one: unknown, i) => {
      const at = below(place, 'pick', i);
      if (one === null || typeof one !== 'object' || !Object.hasOwn(one, 'when') || !Object.hasOwn(one, 'use')) {
        this.fail(at, 'expected {"when": condition, "use": …}');
        return { when: () => false, use: NOTHING };
      }
      this.keys(one, ['when', 'use'], at);
      const when = this.condition(Reflect.get(one, 'when'), below(at, 'when')) ?? (() => false);
      return { when, use: this.node(Reflect.get(one, 'use'), below(at, 'use')) };
    });
    const otherwise = Object.hasOwn(value, 'otherwise') ? this.node(Reflect.get(value, 'otherwise'), below(place, 'otherwise')) : null;
    return { kind: 'pick', cases: compiled, otherwise };
  }

  object(value: object, place: Place, without: readonly string[]): TemplateNode {
    const members: (readonly [string, TemplateNode])[] = [];
    for (const [name, member] of Object.entries(value)) {
      if (without.includes(name)) continue;
      if (isForbiddenName(name) || hasTemplate(name)) this.fail(below(place, name), 'expected a plain name: names are never templates');
      else members.push([name, this.node(member, below(place, name))]);
    }
    const isConstant =
      members.every(([, node]) => node.kind === 'constant' && node !== NOTHING) && without.every((one) => !Object.hasOwn(value, one));
    return isConstant ? constant(value) : { kind: 'object', members };
  }

  condition(value: unknown, place: Place): Holds | null {
    const parsed = conditionSchema.safeParse(value);
    if (!parsed.success) {
      this.fail(place, parsed.error.issues[0]?.message ?? 'expected a condition');
      return () => false;
    }
    const condition: Condition = parsed.data;
    this.reads(place, ...pathsIn(condition));
    return compileCondition(condition);
  }

  keys(value: object, known: readonly string[], place: Place): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const hint = didYouMean(key, known);
      this.fail(below(place, key), `expected one of the keys ${known.join(', ')}${hint ? `; ${hint}` : ''}`);
    }
  }
}

/** Every path that an expression reads, those of its formatters too. */
const pathsOf = ({ from, steps }: Expression): readonly string[] =>
  [from, ...steps.flatMap(({ args }) => args)].flatMap((argument) => ('path' in argument ? [argument.path.text] : []));

/**
 * JSON with templates as a tree that is quick to fill, all it reads, and every mistake in it.
 * @param at - where the JSON stands in the design, for pointers
 */
export const compileTemplate = (value: unknown, at: readonly (string | number)[]): CompiledTemplate => {
  const compiler = new Compiler();
  const node = compiler.node(value, { path: at, locals: [] });
  return { node, readings: compiler.readings, mistakes: compiler.mistakes };
};
