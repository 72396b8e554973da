import { didYouMean } from '../../../model/parse.ts';
import { answersByLabel } from '../../../personalize/answers-by-label.ts';
import type { OpenDesign } from '../../../personalize/filled-design.ts';
import type { Mapping } from './mapping.ts';

/** What a column of a table is for one design. */
export type Target =
  /** Fields that go by one label take turns in a form: the one that is shown takes the answer. */
  | { readonly kind: 'fields'; readonly ids: readonly string[] }
  | { readonly kind: 'data'; readonly path: readonly string[] }
  | { readonly kind: 'order'; readonly member: 'reference' | 'line' | 'quantity' }
  | { readonly kind: 'variant'; readonly option: string }
  | { readonly kind: 'design' | 'ignored' }
  | { readonly kind: 'unknown'; readonly hint: string | undefined };

const ORDER_NAMES: Readonly<Record<string, 'reference' | 'line' | 'quantity'>> = {
  'order.reference': 'reference',
  'order.line': 'line',
  'order.quantity': 'quantity',
  reference: 'reference',
  order: 'reference',
  line: 'line',
  quantity: 'quantity',
  qty: 'quantity',
};

const DATA_NAME = /^data\.(.+)$/;
const NEVER: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const fieldsNamed = (open: OpenDesign, name: string): readonly string[] => {
  if (open.design.fields.some(({ id }) => id === name)) return [name];
  return open.design.fields.flatMap((field) => {
    const alone = { ...open, design: { ...open.design, fields: [field] } };
    return Object.keys(answersByLabel(alone, { [name]: '' }))[0] === field.id ? [field.id] : [];
  });
};

/** What a name means: a field by id or label before all else that has no prefix. */
export const targetOf = (name: string, open: OpenDesign): Target => {
  if (name === '' || name === '-') return { kind: 'ignored' };
  const plain = name.trim();
  const [, path] = DATA_NAME.exec(plain) ?? [];
  if (path !== undefined) {
    const steps = path.split('.').map((step) => step.trim());
    return steps.some((step) => step === '' || NEVER.includes(step)) ? { kind: 'unknown', hint: undefined } : { kind: 'data', path: steps };
  }
  const lower = plain.toLowerCase();
  const prefixed = /^(answers|variant)\.(.+)$/i.exec(plain);
  const option = prefixed?.[1]?.toLowerCase() === 'variant' ? (prefixed[2] ?? '') : undefined;
  if (option !== undefined) return NEVER.includes(option) ? { kind: 'unknown', hint: undefined } : { kind: 'variant', option };
  const ids = fieldsNamed(open, prefixed?.[2] ?? plain);
  if (ids.length > 0) return { kind: 'fields', ids };
  const member = Object.hasOwn(ORDER_NAMES, lower) ? ORDER_NAMES[lower] : undefined;
  if (member !== undefined) return { kind: 'order', member };
  if (lower === 'design') return { kind: 'design' };
  if (lower === 'language') return { kind: 'data', path: ['language'] };
  const known = [...open.design.fields.map(({ id }) => id), ...Object.keys(ORDER_NAMES), 'design'];
  return { kind: 'unknown', hint: didYouMean(plain, known) };
};

export type Column = {
  readonly name: string;
  /** The name after the mapping. */
  readonly heading?: string;
  readonly target: Target;
};

/** What a column is called after the mapping. */
export const headingOf = (name: string, { columns }: Mapping): string => (Object.hasOwn(columns, name) ? (columns[name] ?? '') : name);

/** The columns of a table for one design, in their order. */
export const columnTargets = (names: readonly string[], mapping: Mapping, open: OpenDesign): readonly Column[] =>
  names.map((name) => {
    const heading = headingOf(name, mapping);
    return { name, heading, target: targetOf(heading, open) };
  });
