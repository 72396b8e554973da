import type { DesignSpec } from '../../model/design-spec.ts';
import { isProblem, Problem } from '../../model/problem.ts';
import type { Resources } from '../../model/resources.ts';
import { resolve, Unresolved } from '../../scene/resolve.ts';

/**
 * Says at once what rendering would say much later: that the library has no such product, shop, placement, method or variant. Whatever
 * else is wrong with the library is no fault of the spec, and is left to whoever renders it.
 * @throws Unresolved with every such mistake, pointers into the spec
 */
export type SpecGate = (spec: DesignSpec) => Promise<void>;

/** A product that was changed or added is known after this time at the latest; what is missing may have been added a moment ago. */
const KNOWN_MS = 30_000;
const UNKNOWN_MS = 2000;
/** Names come from callers: what is remembered is bounded. */
const MOST_NAMES = 1000;

const REFUSED = /^(?:product\.unknown|shop\.unknown|placement\.|method\.|variant\.)/;

/** Asks the library once for each name, for a while. */
export const openSpecGate = (library: Pick<Resources, 'product' | 'shop'>, now: () => number): SpecGate => {
  const resources = nothingBut(
    remembered((id) => library.product(id), now),
    remembered((id) => library.shop(id), now),
  );
  const never = new AbortController().signal;
  return async (spec) => {
    const bare = { ...spec, placements: spec.placements.map((one) => ({ ...one, layers: [], settings: {} })) };
    const problems = await problemsOf(() => resolve(bare, resources, never));
    const refused = problems.filter(({ code }) => REFUSED.test(code));
    if (refused.length > 0) throw new Unresolved(refused);
  };
};

const problemsOf = async (work: () => Promise<unknown>): Promise<readonly Problem[]> => {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof Unresolved) return error.problems;
    if (isProblem(error)) return [error];
    throw error;
  }
};

type Lookup<T> = (id: string) => Promise<T>;

const remembered = <T>(find: Lookup<T>, now: () => number): Lookup<T> => {
  const known = new Map<string, { readonly found: Promise<T>; untilMs: number }>();
  return (id) => {
    const before = known.get(id);
    if (before && before.untilMs > now()) return before.found;
    const entry = { found: find(id), untilMs: now() + KNOWN_MS };
    entry.found.catch(() => {
      entry.untilMs = now() + UNKNOWN_MS;
    });
    known.delete(id);
    known.set(id, entry);
    const [oldest] = known.keys();
    if (known.size > MOST_NAMES && oldest !== undefined) known.delete(oldest);
    return entry.found;
  };
};

/** Without layers nothing else is asked for; were it, that would be no mistake of the spec. */
const nothingBut = (product: Resources['product'], shop: Resources['shop']): Resources => {
  const none = async (): Promise<never> => {
    throw new Problem('resource.not-asked', 'expected a spec without layers to ask for its product and shop alone, got another question');
  };
  return {
    product,
    shop,
    font: none,
    image: none,
    drawing: none,
    views: none,
    view: none,
    profile: none,
    palette: none,
    design: none,
    optionSet: none,
    wordList: none,
  };
};
