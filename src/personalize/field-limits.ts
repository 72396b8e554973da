import { MM_PER_INCH } from '../geometry/units.ts';
import type { DesignField } from '../model/design-field.ts';
import { allowedNumbers } from './answers/jersey-numbers.ts';

type Limits = Readonly<Record<string, unknown>>;

const given = (limits: Limits): Limits => Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));

const pixelsFor = (print: (DesignField & { readonly kind: 'photo' })['print']): Limits =>
  print
    ? {
        minWidthPx: Math.ceil((print.width / MM_PER_INCH) * print.minDpi),
        minHeightPx: Math.ceil((print.height / MM_PER_INCH) * print.minDpi),
        aspect: Math.round((print.width / print.height) * 1e4) / 1e4,
      }
    : {};

/** What a storefront can hold an answer to before it sends it. Lengths in characters as people count them, pictures in pixels. */
export const limitsOf = (field: DesignField): Limits => {
  switch (field.kind) {
    case 'text': {
      const { minLength, maxLength, characters, words, numbers } = field;
      const inCase = field.case;
      return given({ minLength, maxLength, characters, case: inCase, words, numbers, allowed: numbers && allowedNumbers(numbers) });
    }
    case 'long-text': {
      const { minLength, maxLength, characters, maxLines } = field;
      return given({ minLength, maxLength, characters, case: field.case, maxLines });
    }
    case 'number':
      return given({ min: field.min, max: field.max, step: field.step });
    case 'date':
      return given({ min: field.min, max: field.max });
    case 'choice':
      return given({ many: field.many });
    case 'monogram':
      return { minLetters: field.letters.min, maxLetters: field.letters.max };
    case 'photo':
      return pixelsFor(field.print);
    case 'photos':
      return { min: field.min, max: field.max, ...pixelsFor(field.print) };
    case 'colour':
      return given({ any: field.any || undefined, palette: field.palette });
    case 'component':
      return { component: field.component, choose: field.choose };
    case 'variant':
      return { option: field.option };
    case 'font':
    case 'clipart':
    case 'boolean':
    case 'placement':
    case 'product':
      return {};
  }
};
