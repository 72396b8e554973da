import type { Finding } from '../../model/finding.ts';
import { MAX_TEXT_LENGTH } from '../../model/text-layer.ts';

/** No living orthography stacks more marks on one base; beyond it, ink piles up without meaning ("zalgo"). */
const MAX_MARKS_PER_BASE = 10;

type CleanText = {
  readonly text: string;
  /** How many UTF-16 units were taken out because nothing can be drawn for them, or because they would rewrite the order of other text. */
  readonly removed: number;
  /** How many combining marks beyond `MAX_MARKS_PER_BASE` were dropped. */
  readonly marks: number;
};

const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
// Controls but line feed; lone surrogates; byte-order mark; annotation, deprecated format and bidi override characters.
const UNDRAWABLE = /(?!\n)\p{Cc}|\p{Cs}|[\uFEFF\uFFF9-\uFFFB\u206A-\u206F\u202D\u202E]/gu;
// Canonical decomposition would turn these into other ideographs: a family name has to keep the form it was given.
const NORMALISABLE = /[^\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+/gu;
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MAX_MARKS_PER_BASE}})\\p{M}+`, 'gu');
const PLAIN = /^[\n\x20-\x7E\u00A0-\u00AC\u00AE-\u02FF]*$/;

/**
 * What a person typed as text that can be set: NFC, line ends as `\n`, no control characters, lone surrogates or bidi overrides
 * (isolates and marks stay), at most `MAX_MARKS_PER_BASE` combining marks in a row. Linear in the length.
 */
export const cleanText = (raw: string): CleanText => {
  if (PLAIN.test(raw)) return { text: raw, removed: 0, marks: 0 };
  const broken = raw.replace(LINE_ENDS, '\n').replaceAll('\t', ' ');
  const drawable = broken.replace(UNDRAWABLE, '');
  const composed = drawable.replace(NORMALISABLE, (part) => part.normalize('NFC'));
  const text = composed.replace(EXCESS_MARKS, '$1');
  return { text, removed: broken.length - drawable.length, marks: composed.length - text.length };
};

export const cleaningFindings = (removed: number, marks: number, pointer: string): readonly Finding[] => {
  const findings: Finding[] = [];
  if (removed > 0) {
    findings.push({
      severity: 'warning',
      code: 'text.characters-removed',
      pointer,
      message: `the text held ${removed} control characters that cannot be drawn; they were left out`,
      measured: removed,
      required: 0,
    });
  }
  if (marks > 0) {
    findings.push({
      severity: 'warning',
      code: 'text.marks-removed',
      pointer,
      message: `expected at most ${MAX_MARKS_PER_BASE} combining marks on a letter; ${marks} further ones were left out`,
      measured: MAX_MARKS_PER_BASE + marks,
      required: MAX_MARKS_PER_BASE,
    });
  }
  return findings;
};

/** The finding for text longer than an engine call accepts, or null. */
export const lengthFinding = (length: number, pointer: string): Finding | null =>
  length <= MAX_TEXT_LENGTH
    ? null
    : {
        severity: 'error',
        code: 'text.too-long',
        pointer,
        message: `expected at most ${MAX_TEXT_LENGTH} characters of text, got ${length}`,
        measured: length,
        required: MAX_TEXT_LENGTH,
      };
