import type { DesignField } from '../../model/design-field.ts';
import { hasErrors } from '../../model/finding.ts';
import { policyFindings } from '../policy/policy-findings.ts';
import { Shown } from '../scope.ts';
import { graphemesOf, upper } from '../template/letters.ts';
import { type Asked, refuse, refused, type Understood, understood } from './asked.ts';
import { cleanText } from './clean-text.ts';

const shownMonogram = (letters: readonly string[]): Shown => {
  const text = letters.join('');
  const parts: ReadonlyMap<string, unknown> = new Map<string, unknown>([
    ['letters', letters],
    ['first', letters[0]],
    ['middle', letters.length > 2 ? letters[Math.floor(letters.length / 2)] : undefined],
    ['last', letters.at(-1)],
    ['dotted', letters.map((letter) => `${letter}.`).join('')],
    ['count', letters.length],
  ]);
  return new Shown(text, text, (name) => parts.get(name));
};

/** Initials, however they are typed: "A.M.S.", "a m s" and ["A", "M", "S"] are AMS. */
export const monogramAnswer = (asked: Asked<DesignField & { readonly kind: 'monogram' }>, answer: unknown): Understood => {
  const raw = Array.isArray(answer) && answer.every((one) => typeof one === 'string') ? answer.join('') : answer;
  if (typeof raw !== 'string' || raw.length > 1000) return refuse(asked, 'answer.characters', 'not-text');
  const text = cleanText(raw).text.replace(/[\s.·•,\-&+]/gu, '');
  const letters = graphemesOf(upper(text, asked.language));
  const foreign = letters.filter((letter) => !/^\p{L}\p{M}*$/u.test(letter));
  if (foreign.length > 0) return refuse(asked, 'answer.characters', 'characters', { got: [...new Set(foreign)].slice(0, 12).join(' ') });
  const { min, max } = asked.field.letters;
  const got = letters.length;
  if (got > max) return refuse(asked, 'answer.too-long', 'letters-many', { max, got }, { measured: got, required: max });
  if (got < min) return refuse(asked, 'answer.too-short', 'letters-few', { min, got }, { measured: got, required: min });
  const judged = policyFindings(asked, letters.join(''), 'initials');
  return hasErrors(judged) ? refused(...judged) : understood(letters.join(''), shownMonogram(letters), judged);
};
