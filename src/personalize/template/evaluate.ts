import { isMissing, type Scope, written } from '../scope.ts';
import { FORMATTERS } from './formatters.ts';
import type { Argument, Expression, Step } from './template-text.ts';

const argumentValue = (argument: Argument, scope: Scope): unknown =>
  'path' in argument ? written(scope, argument.path) : argument.constant;

/** The last step of a chain decides over nothing: what `fallback` says is taken even when it is empty. */
export type Value = { readonly value: unknown; readonly isGiven: boolean };

/** An empty list is a value where a list may stand; `fallback` takes its place all the same. */
const isWritable = (value: unknown): boolean => Array.isArray(value) || !isMissing(value);

const applied = (value: unknown, { name, args }: Step, scope: Scope, language: string): unknown => {
  const formatter = FORMATTERS.get(name);
  if (!formatter) return undefined;
  const given = args.map((argument) => argumentValue(argument, scope));
  if (!Array.isArray(value) || formatter.takesList) return formatter.apply(value, given, language);
  return value.map((one) => formatter.apply(one, given, language)).filter((one) => one !== undefined);
};

/**
 * What an expression stands for. A missing value passes every formatter by until `fallback` or `optional` takes it up; a text that a
 * formatter left empty is missing too, so that nothing is printed blank unawares.
 */
export const evaluate = ({ from, steps }: Expression, scope: Scope, language: string): Value => {
  let value = argumentValue(from, scope);
  let isGiven = isWritable(value);
  for (const step of steps) {
    if (step.name === 'fallback') {
      if (!isMissing(value)) continue;
      const [instead] = step.args;
      value = instead === undefined ? undefined : argumentValue(instead, scope);
      isGiven = instead !== undefined && ('constant' in instead || !isMissing(value));
    } else if (step.name === 'optional') {
      if (!isGiven) return { value: undefined, isGiven: true };
    } else if (isGiven) {
      value = applied(value, step, scope, language);
      isGiven = isWritable(value);
    }
  }
  return { value, isGiven };
};
