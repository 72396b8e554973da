import type { OpenDesign } from '../../../personalize/filled-design.ts';
import { loadDesign } from '../../../personalize/load-design.ts';
import { openLettering } from '../../../produce/lettering/design-lettering.ts';
import type { OpenResources } from '../session.ts';
import type { PlanParts } from './plan-batch.ts';

/** Designs and products of a library, each read once, for as many rows as name them. */
export const batchLibrary = (resources: OpenResources): PlanParts => {
  const keep = <T>(load: (id: string) => Promise<T>): ((id: string) => Promise<T>) => {
    const kept = new Map<string, Promise<T>>();
    return (id) => {
      const found = kept.get(id) ?? load(id);
      kept.set(id, found);
      return found;
    };
  };
  const lettered = openLettering((request) => resources.font(request));
  return {
    designOf: keep<OpenDesign>(async (id) => lettered(await loadDesign(id.trim().toLowerCase(), resources))),
    productOf: keep((id) => resources.product(id)),
  };
};
