import type { Condition, Test } from '../model/condition.ts';
import { compared, isMissing, type Path, pathOf, type Scope } from './scope.ts';

/** A condition ready to be asked many times. `looked` takes note of every value it read. */
export type Holds = (scope: Scope, looked?: Map<string, unknown>) => boolean;

/** Texts are compared without regard to case and outer spaces; the same text in another composition is the same. */
export const folded = (value: unknown): unknown => (typeof value === 'string' ? value.trim().normalize('NFC').toLowerCase() : value);

/** A number, or a text that is one: forms and spreadsheets send nothing else. */
const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})\s*$/.test(value)) return null;
  return Number(value);
};

/** Equal as people see it: "3" and 3 are, "true" and true are. */
export const isSame = (value: unknown, wanted: unknown): boolean => {
  if (typeof wanted === 'number') return numberOf(value) === wanted;
  if (typeof wanted === 'boolean') return value === wanted || folded(value) === String(wanted);
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return folded(text) === folded(wanted);
};

/** -1, 0 or 1; null when the two cannot be compared. Numbers as numbers, else texts by code unit, which sorts ISO dates. */
const order = (value: unknown, bound: number | string): number | null => {
  if (typeof bound === 'number') {
    const number = numberOf(value);
    return number === null ? null : Math.sign(number - bound);
  }
  const [own, theirs] = [numberOf(value), numberOf(bound)];
  if (own !== null && theirs !== null) return Math.sign(own - theirs);
  if (typeof value !== 'string') return null;
  const [a, b] = [value.trim(), bound.trim()];
  // "2026-11-22T10:00" is within a bound of "2026-11-22".
  const text = /^\d{4}-\d{2}-\d{2}$/.test(b) && /^\d{4}-\d{2}-\d{2}T/.test(a) ? a.slice(0, 10) : a;
  return text < b ? -1 : text > b ? 1 : 0;
};

/** `*` stands for anything. Written without regular expressions, so that no pattern takes long. */
const isLike = (text: string, pattern: string): boolean => {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return text === first;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
};

const isBetween = (value: unknown, [from, to]: readonly [string, string]): boolean => {
  const match = typeof value === 'string' ? /^\s*\d{4}-(\d{2}-\d{2})(?:T|\s|$)/.exec(value) : null;
  const day = match?.[1];
  if (day === undefined) return false;
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
};

const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : typeof value === 'string' || typeof value === 'number' ? [...String(value).trim()].length : 0;

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** What is no scalar is like no text that anyone writes. */
const textOf = (value: unknown): string => (isScalar(value) ? String(folded(String(value))) : '\u0000');

type One = (value: unknown) => boolean;

/** What a single value must pass. */
const singleTests = (test: Test): readonly One[] => {
  const tests: One[] = [];
  const bound = (limit: number | string | undefined, passes: (sign: number) => boolean): void => {
    if (limit === undefined) return;
    tests.push((value) => {
      const sign = order(value, limit);
      return sign !== null && passes(sign);
    });
  };
  const { is, like, contains, between } = test;
  if (is !== undefined) tests.push((value) => isSame(value, is));
  if (test.in) {
    const words = new Set(test.in.filter((one) => typeof one === 'string').map(folded));
    const others = test.in.filter((one) => typeof one !== 'string');
    tests.push((value) => words.has(textOf(value)) || others.some((one) => isSame(value, one)));
  }
  bound(test.atLeast, (sign) => sign >= 0);
  bound(test.atMost, (sign) => sign <= 0);
  bound(test.above, (sign) => sign > 0);
  bound(test.below, (sign) => sign < 0);
  if (like !== undefined) tests.push((value) => isScalar(value) && isLike(textOf(value), textOf(like)));
  if (contains !== undefined) tests.push((value) => isScalar(value) && textOf(value).includes(textOf(contains)));
  if (between) tests.push((value) => isBetween(value, between));
  return tests;
};

/** What the value as a whole must pass: none of a list may be a refused one, and its size counts its items. */
const wholeTests = ({ not, notIn, longerThan, shorterThan, contains }: Test): readonly One[] => {
  const tests: One[] = [];
  const none = (refused: readonly unknown[]): One => {
    const words = new Set(refused.filter((one) => typeof one === 'string').map(folded));
    const others = refused.filter((one) => typeof one !== 'string');
    const isRefused = (one: unknown): boolean => words.has(textOf(one)) || others.some((each) => isSame(one, each));
    return (value) => (Array.isArray(value) ? !value.some(isRefused) : isMissing(value) || !isRefused(value));
  };
  if (not !== undefined) tests.push(none([not]));
  if (notIn) tests.push(none(notIn));
  if (longerThan !== undefined) tests.push((value) => sizeOf(value) > longerThan);
  if (shorterThan !== undefined) tests.push((value) => !isMissing(value) && sizeOf(value) < shorterThan);
  // Of a list, `contains` asks for an item and not for a part of one.
  if (contains !== undefined) tests.push((value) => !Array.isArray(value) || value.some((one) => isSame(one, contains)));
  return tests;
};

const compileTest = (test: Test): Holds => {
  const path: Path = pathOf(test.of);
  const single = singleTests(test);
  const whole = wholeTests(test);
  return (scope, looked) => {
    const value = compared(scope, path);
    looked?.set(test.of, value);
    const missing = isMissing(value);
    if (test.given !== undefined && test.given === missing) return false;
    if (!whole.every((passes) => passes(value))) return false;
    if (single.length === 0) return true;
    if (missing) return false;
    if (!Array.isArray(value)) return single.every((passes) => passes(value));
    return value.some((one) => single.every((passes) => passes(one)));
  };
};

/** A condition as a function. Data in, data out: nothing of a design, an answer or a record is ever run. */
export const compileCondition = (condition: Condition): Holds => {
  if ('all' in condition) {
    const parts = condition.all.map(compileCondition);
    return (scope, looked) => parts.every((holds) => holds(scope, looked));
  }
  if ('any' in condition) {
    const parts = condition.any.map(compileCondition);
    return (scope, looked) => parts.some((holds) => holds(scope, looked));
  }
  if (!('of' in condition)) {
    const inner = compileCondition(condition.not);
    return (scope, looked) => !inner(scope, looked);
  }
  return compileTest(condition);
};

/** Every path that a condition reads. */
export const pathsIn = (condition: Condition): readonly string[] => {
  if ('all' in condition) return condition.all.flatMap(pathsIn);
  if ('any' in condition) return condition.any.flatMap(pathsIn);
  return 'of' in condition ? [condition.of] : pathsIn(condition.not);
};
