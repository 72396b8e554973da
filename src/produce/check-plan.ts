import { fixFindings } from '../methods/fixes/fix-findings.ts';
import { nameAlternatives } from '../methods/name-alternatives.ts';
import { type Finding, sortFindings } from '../model/finding.ts';
import { withoutBareBleed } from './bare-bleed.ts';
import { checkConflicts } from './check-conflicts.ts';
import { checkFlippedText } from './check-lettering.ts';
import { checkPageCount } from './check-pages.ts';
import { checkSewn } from './check-sewn.ts';
import type { Prepared } from './prepared.ts';
import { lookFindings } from './product-look.ts';

/** Step 7: what decoding, composing and the methods have to say, with what would mend it, errors first, each once. */
export const checkPlan = ({ resolved, plan, look, backdrop, context, mended }: Prepared): readonly Finding[] => {
  const { articleColour } = context;
  const checked = plan.placements.flatMap((planned) => {
    const { scene, method, settings, page } = planned;
    const { pointer } = planned.placement;
    const findings = [...withoutBareBleed(planned.findings, planned, articleColour, context.picture), ...checkFlippedText(scene)];
    // A blank page of a book is meant to be blank.
    if (page && scene.nodes.length === 0) return findings;
    const unsewn = checkSewn({ scene, method });
    // What else may be wrong with its threads as art would only confuse.
    if (unsewn.length > 0) return [...findings, ...unsewn];
    const facts = { articleColour, pointer, picture: context.picture, palette: context.palette };
    const found = nameAlternatives(method.check(scene, settings, facts), Object.keys(planned.placement.product.methods));
    const said = found.some(({ code }) => code === 'art.blank') ? ofBlank(found, findings) : { found, findings };
    const layers = resolved.spec.placements.find((_, i) => pointer === `/placements/${i}`)?.layers ?? [];
    return [...said.findings, ...fixFindings(said.found, { method: method.id, pointer, layers, scene, composed: findings })];
  });
  return withoutRepeats(
    sortFindings([
      ...resolved.findings,
      ...backdrop.findings,
      ...lookFindings(look),
      ...checkConflicts({ resolved, plan }),
      ...checkPageCount({ resolved, plan }),
      ...checked,
      ...mended.map(told),
    ]),
  );
};

/** Why it is blank is told once: by what kept a layer away, else by its being blank. */
const ofBlank = (found: readonly Finding[], composed: readonly Finding[]): Record<'found' | 'findings', readonly Finding[]> => {
  const isCaused = composed.some(({ severity }) => severity === 'error');
  return {
    found: found.filter(({ code }) => (isCaused ? code !== 'art.blank' : true) && code !== 'art.clipped'),
    findings: isCaused ? composed : composed.filter(({ code }) => code !== 'layer.unseen'),
  };
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

/** What was mended is told, so that nobody wonders; it needs mending no more. */
const told = ({ autofix, code, pointer, message }: Finding): Finding => ({
  severity: 'info',
  code: 'autofix.applied',
  pointer,
  message: `${message} (${code}) ${autofix?.title ?? ''}`.trim(),
});
