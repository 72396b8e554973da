/** Names that reach into JavaScript itself: they stand for nothing, wherever they come from. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export const isForbiddenName = (name: string): boolean => FORBIDDEN.has(name);

/**
 * A value with two faces: what a template writes, and what conditions compare. Of a chosen option: its value and its id; of a photo:
 * its source for both. `part` gives what a path may ask for, `{{size.label}}`, `{{photo.crop}}`, and undefined for other names.
 */
export class Shown {
  readonly whole: unknown;
  readonly compared: unknown;
  readonly part: (name: string) => unknown;

  constructor(whole: unknown, compared: unknown, part: (name: string) => unknown) {
    this.whole = whole;
    this.compared = compared;
    this.part = part;
  }
}

/** Named values, innermost first; what no scope names is looked for in the data. */
export type Scope = {
  readonly names: ReadonlyMap<string, unknown>;
  readonly outer: Scope | null;
};

export type Path = { readonly text: string; readonly steps: readonly string[] };

export const pathOf = (text: string): Path => ({ text, steps: text.split('.') });

/** An own member of an object. */
export const ownMember = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' && !isForbiddenName(name) && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

/** A member of a value: own members alone, so that no path reaches a prototype. `count` of a list is its length. */
const stepInto = (value: unknown, name: string): unknown => {
  if (value instanceof Shown) return value.part(name) ?? stepInto(value.whole, name);
  if (value instanceof Map) return value.get(name);
  if (Array.isArray(value)) return name === 'count' ? value.length : /^\d{1,6}$/.test(name) ? value[Number(name)] : undefined;
  return ownMember(value, name);
};

const read = (scope: Scope, { steps }: Path): unknown => {
  const [head = '', ...rest] = steps;
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    if (at.names.has(head)) return rest.reduce(stepInto, at.names.get(head));
  }
  return undefined;
};

const faced = (value: unknown, face: 'whole' | 'compared'): unknown => {
  if (value instanceof Shown) return value[face];
  // A map stands for a group of names ("customer"), which has no value of its own.
  if (value instanceof Map) return undefined;
  if (!Array.isArray(value) || !value.some((one) => one instanceof Shown)) return value;
  return value.map((one) => (one instanceof Shown ? one[face] : one));
};

/** What a template writes for a path; undefined when there is nothing. */
export const written = (scope: Scope, path: Path): unknown => faced(read(scope, path), 'whole');

/** What a condition, a table or a split compares for a path. */
export const compared = (scope: Scope, path: Path): unknown => faced(read(scope, path), 'compared');

/** The items of a list for `each`, with their parts; a single value is a list of one, nothing an empty one. */
export const itemsOf = (scope: Scope, path: Path): readonly unknown[] => {
  const value = read(scope, path);
  if (isMissing(value) || value instanceof Map) return [];
  return Array.isArray(value) ? value : [value];
};

/** Nothing, or nothing to see: no answer at all, an empty text, an empty list. */
export const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);
