import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import type { AnsweredFields, FieldState } from './answer-fields.ts';
import { findingFor } from './answers/asked.ts';
import type { OpenDesign } from './filled-design.ts';

/** Named at most: a text in another script misses them all. */
const MOST_NAMED = 12;

const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();

const textOf = ({ asked, value }: FieldState): string | null => {
  const { kind } = asked.field;
  const isText = kind === 'text' || kind === 'long-text' || kind === 'monogram';
  return isText && typeof value === 'string' ? plain(value) : null;
};

/**
 * Answers with letters that no font of the layer has which shows them, each field once. What the design itself or data brought is left to
 * preflight: no customer can mend it.
 */
export const letterFindings = (open: OpenDesign, { states }: AnsweredFields, spec: DesignSpec): readonly Finding[] => {
  const byField = new Map<FieldState, Set<string>>();
  for (const { text, letters } of open.missingLetters?.(spec) ?? []) {
    const shown = plain(text);
    for (const letter of letters) {
      const holders = states.filter((state) => textOf(state)?.includes(plain(letter)) === true);
      const whole = holders.filter((state) => shown.includes(textOf(state) ?? '\0'));
      for (const state of whole.length > 0 ? whole : holders) byField.set(state, (byField.get(state) ?? new Set()).add(letter));
    }
  }
  return [...byField].map(([{ asked }, letters]) => {
    const got = [...letters].slice(0, MOST_NAMED).join(' ') + (letters.size > MOST_NAMED ? ' …' : '');
    return findingFor(asked, 'error', 'answer.letters', 'letters-missing', { got }, { measured: got });
  });
};
