import type { DesignField } from '../../model/design-field.ts';
import { type Asked, refuse, type Understood, understood } from './asked.ts';

/** What forms and spreadsheets send for a tick, and what people write in the languages of the messages. */
const YES: ReadonlySet<unknown> = new Set([true, 1, 'true', '1', 'yes', 'y', 'on', 'x', 'ja', 'j', 'oui', 'sí', 'si', 'sì']);
const NO: ReadonlySet<unknown> = new Set([false, 0, 'false', '0', 'no', 'n', 'off', 'nein', 'nee', 'non']);

export const booleanAnswer = (asked: Asked<DesignField & { readonly kind: 'boolean' }>, answer: unknown): Understood => {
  const plain = typeof answer === 'string' ? answer.trim().toLowerCase() : answer;
  if (YES.has(plain)) return understood(true);
  return NO.has(plain) ? understood(false) : refuse(asked, 'answer.not-offered', 'boolean');
};
