import type { Data } from './filled-design.ts';
import { ownMember } from './scope.ts';

/** The value at a declared path of the data, own members alone. */
export const datumAt = (data: Data, path: string): unknown => path.split('.').reduce<unknown>(ownMember, data);

/** Whether a declared path is this one or lies above it: "customer" declares "customer.firstName". */
const covers = (declared: string, path: string): boolean => path === declared || path.startsWith(`${declared}.`);

export const isDeclared = (declared: readonly string[], path: string): boolean => declared.some((one) => covers(one, path));

/** The data with nothing but what the design declares, as nested maps: what is not declared cannot be read. */
export const declaredData = (data: Data, declared: readonly string[]): ReadonlyMap<string, unknown> => {
  const root = new Map<string, unknown>();
  for (const path of declared) {
    const value = datumAt(data, path);
    if (value === undefined) continue;
    const steps = path.split('.');
    let at = root;
    for (const step of steps.slice(0, -1)) {
      const next = at.get(step);
      const inner = next instanceof Map ? next : new Map<string, unknown>();
      if (next === undefined) at.set(step, inner);
      at = inner;
    }
    // A declared object above this path holds the value already.
    const last = steps.at(-1) ?? '';
    if (!at.has(last)) at.set(last, value);
  }
  return root;
};
