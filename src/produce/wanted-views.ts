import type { DesignSpec } from '../model/design-spec.ts';
import { didYouMean } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import { Unresolved } from '../scene/resolve.ts';

export const unknownView = (product: string, known: readonly string[], id: string, pointer: string | undefined): Problem =>
  new Problem('view.unknown', `expected a view of ${product} (${known.join(', ') || 'it has none'}), got "${id.slice(0, 100)}"`, {
    pointer,
    hint: didYouMean(id, known),
  });

/**
 * Ids of the views that a spec asks for, in its order, or of all.
 * @throws Unresolved with every view that the product has not (`view.unknown`) or that is asked for again (`view.repeated`)
 */
export const wantedViews = async ({ product, mockups }: DesignSpec, resources: Resources): Promise<readonly string[]> => {
  const known = await resources.views(product);
  const wanted = mockups.views ?? known;
  const problems = wanted.flatMap((id, i): readonly Problem[] => {
    const pointer = `/mockups/views/${i}`;
    if (!known.includes(id)) return [unknownView(product, known, id, pointer)];
    return wanted.indexOf(id) === i ? [] : [new Problem('view.repeated', `expected each view once, got "${id}" again`, { pointer })];
  });
  if (problems.length > 0) throw new Unresolved(problems);
  return wanted;
};
