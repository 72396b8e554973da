import { itemsOf, type Scope } from '../scope.ts';
import { sizeOf, type TemplateItem, type TemplateNode, VALUE_SIZE } from './compile-template.ts';
import { evaluate } from './evaluate.ts';
import { asText } from './formatters.ts';
import type { Expression } from './template-text.ts';

/** Why an expression gave nothing: the value is missing, or it is nothing that can stand in a text. */
export type Gap = { readonly expression: Expression; readonly pointer: string; readonly why: 'missing' | 'not-text' };

/** Characters that a filled design may have besides its constants: enough for a book, too few to fill a machine. */
export const MAX_FILLED = 5_000_000;

export class TooLarge extends Error {}

/** One filling: what is left of the allowance, and what was missing. */
export class Filling {
  readonly gaps: Gap[] = [];
  readonly language: string;
  #left: number;

  constructor(language: string, allowance = MAX_FILLED) {
    this.language = language;
    this.#left = allowance;
  }

  spend(size: number): void {
    this.#left -= size;
    if (this.#left < 0) throw new TooLarge();
  }
}

const textWith = (parts: readonly (string | Expression)[], pointer: string, scope: Scope, filling: Filling): string => {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const { value, isGiven } = evaluate(part, scope, filling.language);
    const piece = value === undefined && isGiven ? '' : asText(value);
    if (piece === undefined || !isGiven) filling.gaps.push({ expression: part, pointer, why: isGiven ? 'not-text' : 'missing' });
    else text += piece;
  }
  filling.spend(VALUE_SIZE + text.length);
  return text;
};

const fillItems = (items: readonly TemplateItem[], scope: Scope, filling: Filling): unknown[] => {
  const list: unknown[] = [];
  const add = (value: unknown): void => {
    if (value !== undefined) list.push(value);
  };
  for (const item of items) {
    if (item.kind === 'one') {
      if (item.when === null || item.when(scope)) add(fill(item.node, scope, filling));
      continue;
    }
    const values = itemsOf(scope, item.path).slice(0, item.most);
    for (const [index, value] of values.entries()) {
      filling.spend(VALUE_SIZE);
      const loop = { index, number: index + 1, count: values.length, first: index === 0, last: index === values.length - 1 };
      const names = new Map<string, unknown>([
        ['each', loop],
        [item.as, value],
      ]);
      const inner: Scope = { names, outer: scope };
      if (item.when === null || item.when(inner)) add(fill(item.use, inner, filling));
    }
  }
  return list;
};

/**
 * The JSON that a template stands for with the values of a scope; undefined for what is left out. Gaps are noted in the filling and
 * stand as empty texts. @throws TooLarge when it grows beyond the allowance
 */
export const fill = (node: TemplateNode, scope: Scope, filling: Filling): unknown => {
  switch (node.kind) {
    case 'constant':
      filling.spend(node.size);
      return node.value;
    case 'value': {
      const { value, isGiven } = evaluate(node.expression, scope, filling.language);
      if (!isGiven) filling.gaps.push({ expression: node.expression, pointer: node.pointer, why: 'missing' });
      // Written as it is: what stands in an answer or in data is never read as a template.
      filling.spend(sizeOf(value));
      if (!isGiven) return '';
      return node.isText && typeof value === 'number' ? String(value) : value;
    }
    case 'text':
      return textWith(node.parts, node.pointer, scope, filling);
    case 'list':
      return fillItems(node.items, scope, filling);
    case 'object': {
      const filled: Record<string, unknown> = {};
      for (const [name, member] of node.members) {
        const value = fill(member, scope, filling);
        if (value !== undefined) filled[name] = value;
      }
      filling.spend(VALUE_SIZE);
      return filled;
    }
    case 'pick': {
      const found = node.cases.find(({ when }) => when(scope));
      if (found) return fill(found.use, scope, filling);
      return node.otherwise === null ? undefined : fill(node.otherwise, scope, filling);
    }
  }
};
