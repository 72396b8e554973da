import type { DesignField } from '../../model/design-field.ts';
import { type Finding, hasErrors } from '../../model/finding.ts';
import { policyFindings } from '../policy/policy-findings.ts';
import { quoted } from '../say.ts';
import { graphemeCount, lower, title, upper, wordsOf } from '../template/letters.ts';
import { type Asked, findingFor, refuse, refused, type Understood, understood } from './asked.ts';
import { foreignCharacters } from './character-set.ts';
import { cleanText } from './clean-text.ts';
import { allowedNumbers, isAllowedNumber } from './jersey-numbers.ts';

type TextField = DesignField & { readonly kind: 'text' | 'long-text' };

/** No character that people write takes more UTF-16 units, with all its marks; text beyond is refused without being cut into characters. */
const MAX_UNITS_PER_CHARACTER = 64;
const SPARE_UNITS = 1000;

const inCase = (text: string, how: TextField['case'], language: string): string => {
  switch (how) {
    case 'as-typed':
      return text;
    case 'upper':
      return upper(text, language);
    case 'lower':
      return lower(text, language);
    case 'title':
      return title(text, language);
  }
};

/** Line by line, which costs the same for every text; a pattern for spaces before a line end costs the square of their number. */
const inLines = (text: string, kind: TextField['kind']): string => {
  const lines = text.split('\n');
  if (kind === 'text')
    return lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' ');
  const trimmed = lines.map((line) => line.trimEnd());
  const last = trimmed.findLastIndex((line) => line !== '');
  return trimmed
    .slice(
      Math.max(
        0,
        trimmed.findIndex((line) => line !== ''),
      ),
      last + 1,
    )
    .join('\n');
};

const lengthFindings = (asked: Asked<TextField>, text: string): readonly Finding[] => {
  const { minLength, maxLength } = asked.field;
  const got = graphemeCount(text);
  if (got > maxLength)
    return [findingFor(asked, 'error', 'answer.too-long', 'too-long', { max: maxLength, got }, { measured: got, required: maxLength })];
  if (got < minLength)
    return [findingFor(asked, 'error', 'answer.too-short', 'too-short', { min: minLength, got }, { measured: got, required: minLength })];
  return [];
};

const lineFindings = (asked: Asked<TextField>, text: string): readonly Finding[] => {
  if (asked.field.kind === 'text' || asked.field.maxLines === undefined) return [];
  const max = asked.field.maxLines;
  const got = text.split('\n').length;
  return got > max ? [findingFor(asked, 'error', 'answer.too-long', 'too-many-lines', { max, got }, { measured: got, required: max })] : [];
};

const wordFindings = (asked: Asked<TextField>, text: string): readonly Finding[] => {
  if (asked.field.kind === 'long-text' || !asked.field.words) return [];
  const { min, max } = asked.field.words;
  const got = wordsOf(text).length;
  if (got > max) return [findingFor(asked, 'error', 'answer.words', 'words-many', { max, got }, { measured: got, required: max })];
  return got < min ? [findingFor(asked, 'error', 'answer.words', 'words-few', { min, got }, { measured: got, required: min })] : [];
};

const characterFindings = (asked: Asked<TextField>, text: string): readonly Finding[] => {
  const foreign = foreignCharacters(text, asked.field.characters);
  if (foreign.length === 0) return [];
  const got = foreign.slice(0, 12).map(visible).join(' ') + (foreign.length > 12 ? ' …' : '');
  return [findingFor(asked, 'error', 'answer.characters', 'characters', { got }, { measured: got })];
};

/** A character that shows nothing is named by its code point. */
const visible = (letter: string): string =>
  /^[\s\p{C}\p{Z}]/u.test(letter) ? `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` : letter;

const numberFindings = (asked: Asked<TextField>, text: string): readonly Finding[] => {
  if (asked.field.kind === 'long-text' || asked.field.numbers === undefined || isAllowedNumber(text, asked.field.numbers)) return [];
  const allowed = allowedNumbers(asked.field.numbers);
  return [
    findingFor(
      asked,
      'error',
      'answer.number-rule',
      'number-rule',
      { got: quoted(text), allowed },
      { measured: quoted(text), required: allowed },
    ),
  ];
};

/** Text and long text: cleaned, composed, in the case of the field; every limit it breaks is told at once. */
export const textAnswer = (asked: Asked<TextField>, answer: unknown): Understood => {
  const raw = typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : answer;
  if (typeof raw !== 'string') return refuse(asked, 'answer.characters', 'not-text');
  const { maxLength } = asked.field;
  if (raw.length > maxLength * MAX_UNITS_PER_CHARACTER + SPARE_UNITS)
    return refuse(asked, 'answer.too-long', 'too-long', { max: maxLength, got: raw.length }, { measured: raw.length, required: maxLength });
  const { text: clean, isChanged } = cleanText(raw);
  const text = inCase(inLines(clean, asked.field.kind), asked.field.case, asked.language);
  const wrong = [
    ...lengthFindings(asked, text),
    ...lineFindings(asked, text),
    ...wordFindings(asked, text),
    ...characterFindings(asked, text),
    ...numberFindings(asked, text),
  ];
  const judged = asked.field.policy ? policyFindings(asked, text) : [];
  if (wrong.length > 0 || hasErrors(judged)) return refused(...wrong, ...judged);
  return understood(text, text, [...(isChanged ? [findingFor(asked, 'warning', 'answer.characters', 'removed')] : []), ...judged]);
};
