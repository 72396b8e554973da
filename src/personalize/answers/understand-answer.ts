import type { DesignField } from '../../model/design-field.ts';
import type { Asked, Understood } from './asked.ts';
import { booleanAnswer } from './boolean-answer.ts';
import { choiceAnswer, choicesAnswer } from './choice-answer.ts';
import { dateAnswer } from './date-answer.ts';
import { monogramAnswer } from './monogram-answer.ts';
import { numberAnswer } from './number-answer.ts';
import { photoAnswer, photosAnswer } from './photo-answer.ts';
import { textAnswer } from './text-answer.ts';

const withField = <F extends DesignField>(asked: Asked, field: F): Asked<F> => ({ ...asked, field });

/** What an answer to a field means; refusals say why, all at once. */
export const understandAnswer = (asked: Asked, answer: unknown): Understood => {
  const { field } = asked;
  switch (field.kind) {
    case 'text':
    case 'long-text':
      return textAnswer(withField(asked, field), answer);
    case 'number':
      return numberAnswer(withField(asked, field), answer);
    case 'date':
      return dateAnswer(withField(asked, field), answer);
    case 'boolean':
      return booleanAnswer(withField(asked, field), answer);
    case 'monogram':
      return monogramAnswer(withField(asked, field), answer);
    case 'photo':
      return photoAnswer(withField(asked, field), answer);
    case 'photos':
      return photosAnswer(withField(asked, field), answer);
    case 'choice':
      return field.many ? choicesAnswer(withField(asked, field), answer) : choiceAnswer(asked, answer);
    case 'colour':
    case 'font':
    case 'clipart':
    case 'component':
    case 'variant':
    case 'placement':
    case 'product':
      return choiceAnswer(asked, answer);
  }
};
