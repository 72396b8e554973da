import type { Affine } from '../../geometry/affine.ts';
import { Problem } from '../../model/problem.ts';

const rounded = (value: number, factor: number): string => {
  const result = Math.round(value * factor) / factor;
  // NaN and infinities have no PDF spelling: a reader stops at them and silently drops the rest of the page.
  if (result - result !== 0) throw new Problem('pdf.number', `expected a finite number for a PDF operand, got ${value}`);
  return result === 0 ? '0' : `${result}`;
};

/** A coordinate: three decimals, the lattice of a scene. */
export const coord = (value: number): string => rounded(value, 1000);

/** A tint, offset or gradient coordinate: five decimals. */
export const ratio = (value: number): string => rounded(value, 100_000);

/** A length in points as boxes state it: four decimals (0.00004 mm). */
export const points = (value: number): string => rounded(value, 10_000);

/** A matrix entry: nine significant places behind the point, never in exponent form (PDF has none). */
export const entry = (value: number): string => {
  const text = rounded(value, 1_000_000_000);
  return text.includes('e')
    ? Number(text)
        .toFixed(9)
        .replace(/\.?0+$/, '')
    : text;
};

export const matrix = (map: Affine): string => map.map(entry).join(' ');

const escapedByte = (byte: number): string => {
  const letter = String.fromCharCode(byte);
  return /[A-Za-z0-9_.-]/.test(letter) ? letter : `#${byte.toString(16).padStart(2, '0')}`;
};

/** A name object, with every byte outside the plain letters escaped as #xx (spot inks may be called anything). */
export const name = (text: string): string =>
  /^[A-Za-z0-9_.-]+$/.test(text) ? `/${text}` : `/${[...Buffer.from(text, 'utf8')].map(escapedByte).join('')}`;

/** A text string: readable when it is plain ASCII, otherwise UTF-16BE in hexadecimal. */
export const text = (value: string): string => {
  if (/^[\x20-\x7e]*$/.test(value)) return `(${value.replace(/[\\()]/g, '\\$&')})`;
  const bytes = Buffer.from(value, 'utf16le').swap16();
  return `<FEFF${bytes.toString('hex').toUpperCase()}>`;
};

export const ref = (id: number): string => `${id} 0 R`;
