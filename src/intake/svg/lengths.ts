import { MM_PER_INCH, PT_PER_INCH } from '../../geometry/units.ts';

/** CSS fixes the pixel at 1/96 inch (CSS Values 4, section 6.2). */
const PX_PER_INCH = 96;
const PX_PER_UNIT: Record<string, number> = {
  '': 1,
  px: 1,
  in: PX_PER_INCH,
  mm: PX_PER_INCH / MM_PER_INCH,
  cm: (10 * PX_PER_INCH) / MM_PER_INCH,
  q: PX_PER_INCH / MM_PER_INCH / 4,
  pt: PX_PER_INCH / PT_PER_INCH,
  pc: PX_PER_INCH / 6,
  // Type sizes are not tracked: the initial font size of 16 px stands for all of them.
  em: 16,
  rem: 16,
  ex: 8,
};

const LENGTH = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z]{0,3}|%)$/i;

/** A CSS length in px; a percentage is taken of `whole`. Null for anything else, and for numbers that are not finite. */
export const parseLength = (text: string | undefined, whole: number): number | null => {
  const match = LENGTH.exec(text?.trim() ?? '');
  if (!match) return null;
  const factor = match[2] === '%' ? whole / 100 : PX_PER_UNIT[(match[2] ?? '').toLowerCase()];
  const px = factor === undefined ? Number.NaN : Number(match[1]) * factor;
  return Number.isFinite(px) ? px : null;
};

const SEPARATOR = /\s*,\s*|\s+/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Numbers with blanks or commas between them; null when anything else is in the text. */
export const parseNumbers = (text: string): number[] | null => {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const numbers = trimmed.split(SEPARATOR).map((word) => (NUMBER.test(word) ? Number(word) : Number.NaN));
  return numbers.every(Number.isFinite) ? numbers : null;
};

const LOOSE_NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/giy;

/** As `parseNumbers`, but numbers may touch where a sign or a second point tells them apart, as in `points`. */
export const parseCompactNumbers = (text: string): number[] | null => {
  const numbers: number[] = [];
  const gap = /[\s,]*/y;
  for (let at = 0; ; ) {
    gap.lastIndex = at;
    gap.exec(text);
    if (gap.lastIndex >= text.length) return numbers;
    LOOSE_NUMBER.lastIndex = gap.lastIndex;
    const match = LOOSE_NUMBER.exec(text);
    const value = Number(match?.[0]);
    if (!match || !Number.isFinite(value)) return null;
    numbers.push(value);
    at = LOOSE_NUMBER.lastIndex;
  }
};
