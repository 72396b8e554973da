import type { Finding } from '../../model/finding.ts';
import { type Asked, findingFor } from '../answers/asked.ts';
import type { MessageKey } from '../say.ts';
import type { PolicyVerdict } from './text-policy.ts';

const REASONS: Readonly<Record<PolicyVerdict['reason'], MessageKey>> = {
  word: 'policy-word',
  block: 'policy-block',
  trademark: 'policy-trademark',
  alphabets: 'policy-alphabets',
};

/** As much of a question as its texts are judged by. */
export type Judged = Pick<Asked, 'field' | 'language' | 'languages' | 'policy'>;

/** Initials are given, not chosen: what they spell by chance a person looks at. */
const softened = (verdict: PolicyVerdict): PolicyVerdict => (verdict.reason === 'word' ? { ...verdict, level: 'hold' } : verdict);

/**
 * What the shop does not print, or will look at first, in words for the customer that do not repeat it. A text that is refused is not also
 * held.
 */
export const policyFindings = (asked: Judged, text: string, what: 'text' | 'initials' = 'text'): readonly Finding[] => {
  const found = asked.policy?.verdicts(text, asked.language) ?? [];
  const verdicts = what === 'initials' ? found.map(softened) : found;
  const refused = verdicts.filter(({ level }) => level === 'refuse');
  return refused.length > 0
    ? refused.map(({ reason }) =>
        findingFor(asked, 'error', reason === 'alphabets' ? 'answer.mixed-alphabets' : 'answer.text-refused', REASONS[reason]),
      )
    : verdicts
        .slice(0, 1)
        .map(({ reason }) =>
          findingFor(asked, 'warning', reason === 'alphabets' ? 'answer.mixed-alphabets' : 'answer.text-held', 'policy-held'),
        );
};
