import type { Issues, Spot } from './issues.ts';
import { tooComplex } from './issues.ts';
import type { SvgElement } from './xml-tree.ts';

export type Declaration = { readonly property: string; readonly value: string; readonly important: boolean };

type Rule = {
  readonly element: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
  readonly rank: number;
  readonly declarations: readonly Declaration[];
};

/** The rules of all style elements, found by the name an element must have for them. */
export type StyleSheet = ReadonlyMap<string, readonly Rule[]>;

const MAX_MATCHES_PER_ELEMENT = 200;

/** `name: value; ...` as in a style attribute; what is not a declaration is skipped, as CSS says. */
export const parseDeclarations = (text: string): Declaration[] =>
  text.split(';').flatMap((part) => {
    const colon = part.indexOf(':');
    if (colon < 1) return [];
    const raw = part.slice(colon + 1).trim();
    const bang = raw.lastIndexOf('!');
    const important =
      bang >= 0 &&
      raw
        .slice(bang + 1)
        .trim()
        .toLowerCase() === 'important';
    const value = important ? raw.slice(0, bang).trim() : raw;
    return [{ property: part.slice(0, colon).trim().toLowerCase(), value, important }];
  });

/** CSS comments cut out in one pass. */
const withoutComments = (text: string): string => {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('/*', at);
    if (open < 0) return out + text.slice(at);
    out += `${text.slice(at, open)} `;
    const close = text.indexOf('*/', open + 2);
    if (close < 0) return out;
    at = close + 2;
  }
  return out;
};

const SELECTOR = /^(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)$/;

const ruleOf = (selector: string, declarations: readonly Declaration[], order: number): Rule | null => {
  const match = SELECTOR.exec(selector);
  if (!match || selector === '') return null;
  const parts = (match[2] ?? '').match(/[.#][\w-]+/g) ?? [];
  const ids = parts.filter((part) => part.startsWith('#')).map((part) => part.slice(1));
  const classes = parts.filter((part) => part.startsWith('.')).map((part) => part.slice(1));
  const element = match[1] === undefined || match[1] === '*' ? null : match[1];
  if (ids.length > 1) return null;
  return {
    element,
    id: ids[0] ?? null,
    classes,
    rank: (ids.length * 1e4 + classes.length * 100 + (element ? 1 : 0)) * 1e5 + order,
    declarations,
  };
};

const keyOf = (rule: Rule): string => (rule.id ? `#${rule.id}` : rule.classes[0] ? `.${rule.classes[0]}` : (rule.element ?? '*'));

const SHEET_HINT = 'Save the drawing with presentation attributes instead of style rules.';

/** Splits flat CSS into blocks; an at-rule is reported and, with its block, passed over. */
const blocksOf = (css: string, spot: Spot, issues: Issues): { selectors: string; body: string }[] => {
  const blocks: { selectors: string; body: string }[] = [];
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    const head = css.slice(at, open < 0 ? css.length : open).trim();
    if (head.startsWith('@')) {
      issues.unsupported(`style rule ${/^@[\w-]*/.exec(head)?.[0] ?? '@'}`, spot, SHEET_HINT);
      return blocks;
    }
    const close = css.indexOf('}', open);
    if (open < 0 || close < 0) return blocks;
    blocks.push({ selectors: head, body: css.slice(open + 1, close) });
    at = close + 1;
  }
  return blocks;
};

/** Reads simple CSS: `*`, element, class and id selectors and lists of them. Other selectors and at-rules are reported as unsupported. */
export const readStyleSheet = (styles: readonly SvgElement[], maxRules: number, issues: Issues): StyleSheet => {
  const sheet = new Map<string, Rule[]>();
  let count = 0;
  for (const style of styles) {
    for (const { selectors, body } of blocksOf(withoutComments(style.text), style, issues)) {
      const declarations = parseDeclarations(body);
      for (const selector of selectors.split(',').map((each) => each.trim())) {
        count += 1;
        if (count > maxRules) throw tooComplex('style rules', maxRules);
        const rule = ruleOf(selector, declarations, count);
        if (!rule) issues.unsupported(`style selector "${selector.slice(0, 40)}"`, style, SHEET_HINT);
        else sheet.set(keyOf(rule), [...(sheet.get(keyOf(rule)) ?? []), rule]);
      }
    }
  }
  return sheet;
};

/** The declarations that rules give an element, weakest first. */
export const matchRules = (sheet: StyleSheet, element: SvgElement): Declaration[] => {
  if (sheet.size === 0) return [];
  const id = element.attributes.get('id') ?? null;
  const classes = new Set(element.attributes.get('class')?.split(/\s+/).slice(0, 50));
  const keys = ['*', element.name, ...[...classes].map((name) => `.${name}`), ...(id === null ? [] : [`#${id}`])];
  const matching = keys
    .flatMap((key) => sheet.get(key) ?? [])
    .filter(
      (rule) =>
        (rule.element === null || rule.element === element.name) &&
        (rule.id === null || rule.id === id) &&
        rule.classes.every((name) => classes.has(name)),
    );
  if (matching.length > MAX_MATCHES_PER_ELEMENT) throw tooComplex('style rules for one element', MAX_MATCHES_PER_ELEMENT);
  return matching.sort((a, b) => a.rank - b.rank).flatMap((rule) => rule.declarations);
};
