import type { DesignField } from '../../model/design-field.ts';
import { numberFrom } from '../template/numbers.ts';
import { type Asked, refuse, type Understood, understood } from './asked.ts';

type NumberField = DesignField & { readonly kind: 'number' };

/** "12,5" is 12.5 for the many who write it so; "1,234" would be a guess and is none. */
const parsed = (answer: unknown): number | null => {
  if (typeof answer === 'string' && /^\s*[+-]?\d{1,15},\d{1,2}\s*$/.test(answer)) return numberFrom(answer.replace(',', '.'));
  return numberFrom(answer);
};

const isOnStep = (n: number, { step, min = 0 }: NumberField): boolean => {
  if (step === undefined) return true;
  const steps = (n - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
};

export const numberAnswer = (asked: Asked<NumberField>, answer: unknown): Understood => {
  const { min, max, step } = asked.field;
  const n = parsed(answer);
  if (n === null) return refuse(asked, 'answer.number', 'number');
  if (min !== undefined && n < min) return refuse(asked, 'answer.number', 'number-min', { min }, { measured: n, required: min });
  if (max !== undefined && n > max) return refuse(asked, 'answer.number', 'number-max', { max }, { measured: n, required: max });
  if (!isOnStep(n, asked.field))
    return refuse(asked, 'answer.number', 'number-step', { step: step ?? 1 }, { measured: n, required: step ?? 1 });
  return understood(n);
};
