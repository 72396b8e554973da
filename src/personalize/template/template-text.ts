import { type Path, pathOf } from '../scope.ts';
import { FORMATTERS } from './formatters.ts';

/** What a formatter is given: a constant, or the value at a path. */
export type Argument = { readonly constant: string | number } | { readonly path: Path };

export type Step = { readonly name: string; readonly args: readonly Argument[]; readonly at: number };

/** One `{{…}}`: where its value comes from, and what is done to it in turn. */
export type Expression = {
  readonly from: Argument;
  readonly steps: readonly Step[];
  /** Where it begins in the text, from 0. */
  readonly at: number;
};

export type TemplateMistake = { readonly at: number; readonly message: string };

export type ParsedText = {
  readonly parts: readonly (string | Expression)[];
  readonly mistakes: readonly TemplateMistake[];
};

export const hasTemplate = (text: string): boolean => text.includes('{{');

type Token = { readonly kind: 'word' | 'text' | 'number' | 'mark'; readonly value: string; readonly at: number };

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)|([|:,]))/y;

const unquoted = (text: string): string => text.replace(/\\(.)/gs, (_, letter: string) => (letter === 'n' ? '\n' : letter));

/** The words of what stands between the braces, from `start` on. */
const tokensOf = (text: string, start: number, end: number): readonly Token[] | TemplateMistake => {
  const tokens: Token[] = [];
  let at = start;
  while (text.slice(at, end).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match || TOKEN.lastIndex > end) {
      const here = at + (/^\s*/.exec(text.slice(at, end))?.[0].length ?? 0);
      return { at: here, message: `expected a name, a formatter or a "quoted text", got ${JSON.stringify(text.slice(here, here + 12))}` };
    }
    const [whole, quoted, number, word, mark] = match;
    const began = at + (whole.length - whole.trimStart().length);
    if (quoted !== undefined) tokens.push({ kind: 'text', value: unquoted(quoted), at: began });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, at: began });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word, at: began });
    else tokens.push({ kind: 'mark', value: mark ?? '', at: began });
    at = TOKEN.lastIndex;
  }
  return tokens;
};

const argumentOf = ({ kind, value }: Token): Argument => {
  if (kind === 'number') return { constant: Number(value) };
  return kind === 'text' ? { constant: value } : { path: pathOf(value) };
};

const knownFormatters = (): string => [...FORMATTERS.keys()].join(', ');

const stepMistake = ({ name, args, at }: Step): TemplateMistake | null => {
  const formatter = FORMATTERS.get(name);
  if (!formatter) return { at, message: `expected a formatter (${knownFormatters()}), got "${name}"` };
  const [least, most] = formatter.args;
  if (args.length >= least && args.length <= most) return null;
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  return { at, message: `expected ${wanted} value(s) after "${name}:", got ${args.length}` };
};

/** `from | name:arg,arg | name` out of its tokens. */
const expressionOf = (tokens: readonly Token[], at: number): Expression | TemplateMistake => {
  const [first, ...rest] = tokens;
  if (!first || first.kind === 'mark') return { at, message: 'expected a name or a path such as "customer.firstName" between {{ and }}' };
  const steps: Step[] = [];
  let i = 0;
  while (i < rest.length) {
    const bar = rest[i];
    const name = rest[i + 1];
    if (bar?.value !== '|' || bar.kind !== 'mark') return { at: bar?.at ?? at, message: `expected | before "${bar?.value ?? ''}"` };
    if (name?.kind !== 'word') return { at: name?.at ?? bar.at, message: 'expected the name of a formatter after |' };
    i += 2;
    const args: Argument[] = [];
    let mark = rest[i];
    while (mark?.kind === 'mark' && mark.value === (args.length === 0 ? ':' : ',')) {
      const arg = rest[i + 1];
      if (!arg || arg.kind === 'mark') return { at: mark.at, message: `expected a value after "${mark.value}"` };
      args.push(argumentOf(arg));
      i += 2;
      mark = rest[i];
    }
    const step = { name: name.value, args, at: name.at };
    const mistake = stepMistake(step);
    if (mistake) return mistake;
    steps.push(step);
  }
  return { from: argumentOf(first), steps, at };
};

/** Where the braces close: `}}` outside of quotes; -1 when they do not. */
const closing = (text: string, from: number): number => {
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const letter = text[i];
    if (quoted && letter === '\\') i++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '}' && text[i + 1] === '}') return i;
  }
  return -1;
};

/** A text of a design as constant parts and expressions. Mistakes name where they stand; their parts are left out. */
export const parseTemplate = (text: string): ParsedText => {
  const parts: (string | Expression)[] = [];
  const mistakes: TemplateMistake[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    if (open > at) parts.push(text.slice(at, open));
    const close = closing(text, open + 2);
    if (close < 0) {
      mistakes.push({ at: open, message: 'expected }} after {{' });
      return { parts, mistakes };
    }
    const tokens = tokensOf(text, open + 2, close);
    const made = 'message' in tokens ? tokens : expressionOf(tokens, open);
    if ('message' in made) mistakes.push(made);
    else parts.push(made);
    at = close + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts, mistakes };
};
