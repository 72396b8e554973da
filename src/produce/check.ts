import type { DesignSpec } from '../model/design-spec.ts';
import { type Finding, sortFindings } from '../model/finding.ts';
import type { Resources } from '../model/resources.ts';
import { checkPlan } from './check-plan.ts';
import { checkTexts, unaskedFindings } from './check-texts.ts';
import { prepare } from './prepare.ts';
import type { RenderCache } from './render-cache.ts';
import { wantedViews } from './wanted-views.ts';

/**
 * Preflight only: findings of a spec, nothing rendered.
 * @param shared - caches to share between runs
 * @throws as `produce`, also for views that the product has not
 */
export const check = async (
  spec: DesignSpec,
  resources: Resources,
  signal: AbortSignal,
  shared?: RenderCache,
): Promise<readonly Finding[]> => {
  const prepared = await prepare(spec, resources, signal, shared);
  try {
    await wantedViews(spec, resources);
    const { shop } = prepared.resolved;
    return sortFindings([...checkPlan(prepared), ...(await checkTexts(spec, shop, resources)), ...unaskedFindings(spec, shop)]);
  } finally {
    prepared.close();
  }
};
