import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import type { Resources } from '../model/resources.ts';
import type { Shop } from '../model/shop.ts';
import { loadTextPolicy } from '../personalize/policy/load-text-policy.ts';
import type { PolicyVerdict } from '../personalize/policy/text-policy.ts';
import { textsOfSpec } from './texts-of-spec.ts';

const HINT = 'Where it is meant well, a person of the shop makes it all the same (force).';

const WHY: Readonly<Record<PolicyVerdict['reason'], string>> = {
  word: 'a word of the word lists',
  block: 'a word that this shop does not print',
  trademark: 'a name of somebody else that this shop may not print',
  alphabets: 'a word with letters of two alphabets that look alike',
};

const findingOf = ({ level, reason }: PolicyVerdict, pointer: string): Finding => {
  const code = reason === 'alphabets' ? 'text.mixed-alphabets' : level === 'refuse' ? 'text.refused' : 'text.held';
  const held = level === 'hold' ? ', which a person must look at first' : '';
  return {
    severity: 'error',
    code,
    pointer,
    message: `expected a text that the shop prints, got one with ${WHY[reason]}${held}`,
    hint: HINT,
  };
};

/** Answers that were held when the design was filled: told to the customer as a warning, they stop the order until somebody looked. */
const heldAnswers = ({ design }: DesignSpec): readonly Finding[] =>
  (design?.held ?? []).map((field, i) => ({
    severity: 'error',
    code: 'text.held',
    pointer: `/design/held/${i}`,
    message: `expected an answer to "${field}" that needs no look, got one that a person must look at first`,
    hint: HINT,
  }));

/**
 * What the shop of a spec does not print, or wants to look at first: answers that were held, and every text where the shop asks for it. Words
 * are not repeated.
 */
export const checkTexts = async (spec: DesignSpec, { textPolicy }: Shop, resources: Resources): Promise<readonly Finding[]> => {
  if (!textPolicy?.specs) return heldAnswers(spec);
  const policy = await loadTextPolicy(textPolicy, async (id) => {
    if (resources.wordList) return resources.wordList(id);
    return { version: 1, id, name: id, languages: {} };
  });
  return textsOfSpec(spec).flatMap(({ text, pointer, language }) =>
    policy.verdicts(text, language).map((verdict) => findingOf(verdict, pointer)),
  );
};

/** Only the service asks others: a check says that nobody was asked. */
export const unaskedFindings = (spec: DesignSpec, { textPolicy }: Shop): readonly Finding[] => {
  const [first] = textPolicy?.approval ? textsOfSpec(spec) : [];
  if (!first) return [];
  const message = 'The shop has texts approved from outside before they are made: that was not asked now.';
  return [{ severity: 'info', code: 'text.unapproved', pointer: first.pointer, message }];
};
