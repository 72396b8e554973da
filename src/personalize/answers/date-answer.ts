import type { DesignField } from '../../model/design-field.ts';
import { dayOf, isoOf } from '../template/dates.ts';
import { type Asked, refuse, type Understood, understood } from './asked.ts';

/** A day as YYYY-MM-DD; a time after it is left out. Other orders of day and month would be a guess. */
export const dateAnswer = (asked: Asked<DesignField & { readonly kind: 'date' }>, answer: unknown): Understood => {
  const { min, max } = asked.field;
  const day = dayOf(answer);
  if (!day) return refuse(asked, 'answer.date', 'date');
  const iso = isoOf(day);
  if (min !== undefined && iso < min) return refuse(asked, 'answer.date', 'date-min', { min }, { measured: iso, required: min });
  if (max !== undefined && iso > max) return refuse(asked, 'answer.date', 'date-max', { max }, { measured: iso, required: max });
  return understood(iso);
};
