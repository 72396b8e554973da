import type { DesignSpec } from '../model/design-spec.ts';
import { type Finding, sortFindings } from '../model/finding.ts';
import type { Resources } from '../model/resources.ts';
import { type Prepared, prepare } from './prepare.ts';
import { lookFindings } from './product-look.ts';
import { wantedViews } from './wanted-views.ts';

/** Step 7: what decoding, composing and the methods have to say, errors first, each once. */
export const checkPlan = ({ resolved, plan, look, backdrop, context }: Prepared): readonly Finding[] => {
  const { articleColour } = context;
  const checked = plan.placements.flatMap(({ scene, method, settings, placement, findings }) => [
    ...findings,
    ...method.check(scene, settings, { articleColour, pointer: placement.pointer, picture: context.picture, palette: context.palette }),
  ]);
  return withoutRepeats(sortFindings([...resolved.findings, ...backdrop.findings, ...lookFindings(look), ...checked]));
};

const withoutRepeats = (findings: readonly Finding[]): readonly Finding[] => {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

/** Preflight only: findings of a spec, nothing rendered. @throws as `produce`, also for views that the product has not */
export const check = async (spec: DesignSpec, resources: Resources, signal: AbortSignal): Promise<readonly Finding[]> => {
  const prepared = await prepare(spec, resources, signal);
  try {
    await wantedViews(spec, resources);
    return checkPlan(prepared);
  } finally {
    prepared.close();
  }
};
