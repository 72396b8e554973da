import type { Finding } from './finding.ts';

/** Which findings may be mended: all that can, or those of some codes. */
export type AcceptedFixes = boolean | readonly string[];

export type FixedSpec = {
  readonly spec: unknown;
  /** The findings whose fixes were made, in their order. */
  readonly applied: readonly Finding[];
};

/**
 * A spec with the fixes of its findings made. Pure: the given spec is not changed. When two fixes want one place differently, the first is
 * made and the other is left for the next check.
 */
export const applyFixes = (spec: unknown, findings: readonly Finding[], accepted: AcceptedFixes = true): FixedSpec => {
  const values = new Map<string, string>();
  const applied: Finding[] = [];
  let fixed = spec;
  for (const finding of findings) {
    const { autofix } = finding;
    if (!autofix || !isAccepted(finding.code, accepted)) continue;
    const isTaken = autofix.set.some(({ pointer, value }) => (values.get(pointer) ?? JSON.stringify(value)) !== JSON.stringify(value));
    if (isTaken) continue;
    const next = autofix.set.reduce((one, { pointer, value }) => withValue(one, keysOf(pointer), value), fixed);
    // A place that is not there cannot be mended.
    if (next === undefined) continue;
    for (const { pointer, value } of autofix.set) values.set(pointer, JSON.stringify(value));
    fixed = next;
    applied.push(finding);
  }
  return { spec: fixed, applied };
};

const isAccepted = (code: string, accepted: AcceptedFixes): boolean => (typeof accepted === 'boolean' ? accepted : accepted.includes(code));

const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));

/** Objects that are missing on the way are made, items of lists are not: then undefined. */
const withValue = (at: unknown, [key, ...rest]: readonly string[], value: unknown): unknown => {
  if (key === undefined) return value;
  if (key === '__proto__') return undefined;
  if (Array.isArray(at)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= at.length) return undefined;
    const item = withValue(at[index], rest, value);
    return item === undefined ? undefined : at.map((one: unknown, i) => (i === index ? item : one));
  }
  if (at !== undefined && (at === null || typeof at !== 'object')) return undefined;
  const record: Readonly<Record<string, unknown>> = { ...at };
  const member = withValue(Object.hasOwn(record, key) ? record[key] : undefined, rest, value);
  return member === undefined ? undefined : { ...record, [key]: member };
};
