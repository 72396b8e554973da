import { z } from 'zod';
import { MM_PER_INCH, ptToMm, pxToMm } from '../geometry/units.ts';

/** The longest length anywhere in Platen, in mm: a 10 m banner. */
export const MAX_LENGTH_MM = 10_000;

/** Counts are bounded: without a bound, a long row of digits that is no length costs the square of its length to refuse. */
const LENGTH = /^\s{0,9}([+-]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30}))\s{0,9}(mm|cm|in|pt|px@(\d{1,30}(?:\.\d{1,30})?)dpi)\s{0,9}$/i;

const EXPECTED = 'a length: a number of mm, or text such as "3mm", "0.125in", "12pt", "300px@300dpi"';

/** Text with a unit to millimetres; null when it is not a length. A bare number as text is refused: the unit would be a guess. */
export const parseLength = (text: string): number | null => {
  const match = LENGTH.exec(text);
  if (!match) return null;
  const [, digits = '', unit = '', dpi] = match;
  const value = Number(digits);
  if (dpi !== undefined) return Number(dpi) > 0 ? pxToMm(value, Number(dpi)) : null;
  switch (unit.toLowerCase()) {
    case 'mm':
      return value;
    case 'cm':
      return value * 10;
    case 'in':
      return value * MM_PER_INCH;
    default:
      return ptToMm(value);
  }
};

const length = (id: string, expected: string, isAllowed: (mm: number) => boolean) =>
  z
    .union([z.number(), z.string().regex(LENGTH)], { error: () => `expected ${expected}` })
    .transform((value, context) => {
      const mm = typeof value === 'number' ? value : parseLength(value);
      if (mm !== null && Number.isFinite(mm) && Math.abs(mm) <= MAX_LENGTH_MM && isAllowed(mm)) return mm;
      context.addIssue({ code: 'custom', message: `expected ${expected}, at most ${MAX_LENGTH_MM} mm` });
      return z.NEVER;
    })
    .meta({ id, description: `Expected ${expected}` });

/** Any length, negative ones included (positions, offsets). Parses to a number of mm. */
export const lengthMm = length('Length', EXPECTED, () => true);

/** A length of zero or more (margins, bleeds, gaps). */
export const marginMm = length('Margin', `${EXPECTED}, zero or more`, (mm) => mm >= 0);

/** A length above zero (sizes, widths). */
export const sizeMm = length('Size', `${EXPECTED}, above zero`, (mm) => mm > 0);
