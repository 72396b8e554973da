import type { Finding } from '../../model/finding.ts';
import type { NameNumberFields } from '../../model/special-layers.ts';
import { type JerseyRule, ruleOf, type Span } from './jersey-rules.ts';

/** What was measured on the shirt, mm; null where there is no name or no number. */
export type JerseyMeasures = {
  readonly nameHeightMm: number | null;
  readonly numberHeightMm: number | null;
  readonly strokeMm: number | null;
  readonly gapMm: number | null;
};

/** Rounding is no breach. */
const SLACK_MM = 0.25;

const told = (mm: number): string => `${Math.round(mm * 10) / 10} mm`;

const spanText = ({ from, to }: Span): string =>
  from !== undefined && to !== undefined
    ? `${told(from)} to ${told(to)}`
    : from !== undefined
      ? `at least ${told(from)}`
      : `at most ${told(to ?? 0)}`;

type Measure = {
  readonly what: string;
  readonly code: string;
  readonly at: string;
  readonly mm: number | null;
  readonly span: Span | undefined;
};

const outside = ({ what, code, at, mm, span }: Measure, rule: JerseyRule, pointer: string): readonly Finding[] => {
  if (mm === null || span === undefined) return [];
  const low = span.from !== undefined && mm < span.from - SLACK_MM;
  if (!low && !(span.to !== undefined && mm > span.to + SLACK_MM)) return [];
  return [
    {
      severity: 'warning',
      code,
      pointer: `${pointer}/${at}`,
      message: `${what} is ${told(mm)}; ${rule.book} wants ${spanText(span)}.`,
      hint: 'Correct the size, or leave out "rules" where the shirt is not for matches.',
      measured: Math.round(mm * 10) / 10,
      required: (low ? span.from : span.to) ?? 0,
      unit: 'mm',
    },
  ];
};

/** What a rule book would not let on the field. */
export const checkJersey = (layer: NameNumberFields, measures: JerseyMeasures, pointer: string): readonly Finding[] => {
  const rule = ruleOf(layer);
  if (!rule) return [];
  const height = layer.side === 'back' ? rule.back : rule.front;
  const stroke = rule.stroke?.backOnly && layer.side === 'front' ? undefined : rule.stroke;
  const border = layer.outlines.reduce((sum, { width }) => sum + width, 0);
  const list: readonly Measure[] = [
    { what: 'The number', code: 'jersey.number-height', at: 'numberHeight', mm: measures.numberHeightMm, span: height },
    { what: 'The stroke of the digits', code: 'jersey.stroke', at: 'number', mm: measures.strokeMm, span: stroke },
    { what: 'The name', code: 'jersey.name-height', at: 'nameHeight', mm: measures.nameHeightMm, span: rule.name },
    {
      what: 'The space between name and number',
      code: 'jersey.gap',
      at: 'gap',
      mm: measures.gapMm,
      span: rule.gap === undefined ? undefined : { from: rule.gap },
    },
    {
      what: 'The border of the digits',
      code: 'jersey.border',
      at: 'outlines',
      mm: border,
      span: rule.border === undefined ? undefined : { to: rule.border },
    },
  ];
  const number = layer.number.trim();
  const illegal = number !== '' && rule.numbers !== undefined && !rule.numbers.test(number);
  return [...list.flatMap((one) => outside(one, rule, pointer)), ...(illegal ? [illegalNumber(number, rule, pointer)] : [])];
};

const illegalNumber = (number: string, { book }: JerseyRule, pointer: string): Finding => ({
  severity: 'warning',
  code: 'jersey.number',
  pointer: `${pointer}/number`,
  message: `${book} does not allow the number "${number.slice(0, 40)}".`,
  hint: 'Choose another number.',
});
