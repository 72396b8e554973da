import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { Problem } from './problem.ts';

/** One thing wrong with an input: where, what was expected, what came, and the nearest allowed name if there is one. */
export type Mistake = { readonly pointer: string; readonly expected: string; readonly got: string; readonly hint?: string | undefined };

/** Thrown by `parseWith`: carries every mistake at once. */
export class InvalidInput extends Problem {
  readonly mistakes: readonly Mistake[];

  constructor(what: string, mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    super('input.invalid', `expected a valid ${what}, got ${count}: ${mistakes.map(mistakeText).join('; ')}`, {
      pointer: mistakes[0]?.pointer ?? '',
    });
    this.name = 'InvalidInput';
    this.mistakes = mistakes;
  }
}

export const mistakeText = ({ pointer, expected, got, hint }: Mistake): string =>
  `${pointer === '' ? '(whole file)' : pointer}: expected ${expected}, got ${got}${hint ? ` (${hint})` : ''}`;

/** Joins keys to an RFC 6901 JSON pointer. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

/** The nearest candidate within a third of the word, else undefined. */
export const nearestWord = (word: string, candidates: readonly string[]): string | undefined => {
  const scored = candidates
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1));
  const [best] = scored;
  return best && best.away <= Math.max(1, Math.floor(Math.max(word.length, best.candidate.length) / 3)) ? best.candidate : undefined;
};

/** "did you mean …?" for the nearest candidate, else undefined. */
export const didYouMean = (word: string, candidates: readonly string[]): string | undefined => {
  const nearest = nearestWord(word, candidates);
  return nearest === undefined ? undefined : `did you mean "${nearest}"?`;
};

/** A short, safe rendering of a value for "got …". */
export const describeValue = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  );

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

const sizeWord = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '');

const keysOf = (schema: unknown): readonly string[] => {
  const shape = Reflect.get(Object(schema), 'shape');
  return shape !== null && typeof shape === 'object' ? Object.keys(shape) : [];
};

const quoted = (words: readonly unknown[]): string =>
  words.map((word) => (typeof word === 'string' ? `"${word}"` : String(word))).join(', ');

/** What zod expected, in our words. The lists in it are what `hintFor` reads the candidates from. */
const expectation = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? quoted(issue.values) : `one of ${quoted(issue.values)}`;
    case 'unrecognized_keys':
      return `one of the keys ${quoted(keysOf(issue.inst))}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `one of ${quoted(issue.options)}` : 'one of the allowed forms';
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${sizeWord(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${sizeWord(issue.origin)}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `text like ${issue.pattern}` : `a valid ${issue.format}`;
    default:
      return issue.message ?? 'a valid value';
  }
};

const candidatesIn = (expected: string): readonly string[] =>
  /^one of /.test(expected) ? [...expected.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word) : [];

/** Whether a value lacks something, or has something, that says it was meant as another form. */
const isOtherForm = (issue: z.core.$ZodIssue, value: unknown): boolean =>
  issue.path.length === 0 ? issue.code !== 'custom' : issue.path.length === 1 && valueAt(value, issue.path) === undefined;

/** What is wrong with a value of several allowed forms, when its keys say which one was meant: the mistakes are within it then. */
const withinMeantForm = (issue: z.core.$ZodIssue, value: unknown): readonly z.core.$ZodIssue[] => {
  if (issue.code !== 'invalid_union' || value === null || typeof value !== 'object') return [];
  const meant = issue.errors.filter((within) => !within.some((one) => isOtherForm(one, value)));
  return meant.length === 1 ? (meant[0] ?? []) : [];
};

const toMistakes = (issue: z.core.$ZodIssue, input: unknown): readonly Mistake[] => {
  const expected = issue.message.replace(/^expected /, '');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      expected,
      got: `unknown key "${key}"`,
      hint: didYouMean(key, candidatesIn(expected)),
    }));
  }
  const { path } = issue;
  const value = valueAt(input, path);
  const within = withinMeantForm(issue, value);
  if (within.length > 0) return within.flatMap((one) => toMistakes({ ...one, path: [...path, ...one.path] }, input));
  return [
    {
      pointer: pointerOf(path),
      expected,
      got: describeValue(value),
      hint: typeof value === 'string' ? didYouMean(value, candidatesIn(expected)) : undefined,
    },
  ];
};

/**
 * Parses unknown data with a schema, reporting all mistakes at once.
 * @param what - what the data is meant to be, for the message ("design spec")
 * @throws InvalidInput with one Mistake per problem, in document order of the schema
 */
export const parseWith = <T extends z.ZodType>(schema: T, input: unknown, what: string): z.output<T> => {
  const result = schema.safeParse(input, { error: (issue) => `expected ${expectation(issue)}` });
  if (result.success) return result.data;
  throw new InvalidInput(
    what,
    result.error.issues.flatMap((issue) => toMistakes(issue, input)),
  );
};
