import { Problem } from '../model/problem.ts';

/** What a JSON text may cost. Depth counts arrays and objects around a value. */
export type JsonLimits = { readonly maxBytes: number; readonly maxDepth: number; readonly maxValues: number };

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxBytes: 64_000_000, maxDepth: 64, maxValues: 1_000_000 };

/** Names that reach into an object's prototype when a careless program assigns them. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

type Container =
  | { readonly kind: 'array'; readonly items: unknown[] }
  | { readonly kind: 'object'; readonly fields: Map<string, unknown>; key: string };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Everything but the double quote, the backslash and control characters. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const ESCAPES: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** One pass over the text with a stack of its own, so that depth can never overflow the program's. */
class JsonReader {
  readonly #text: string;
  readonly #limits: JsonLimits;
  readonly #stack: Container[] = [];
  #at = 0;
  #values = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  read(): unknown {
    let value = this.#begin();
    while (true) {
      // A container was opened: read on inside it. Anything else is finished, and so may be what it closes.
      while (value !== OPENED) {
        const top = this.#stack.at(-1);
        if (!top) return this.#end(value);
        this.#keep(top, value);
        value = this.#next(top);
        if (value === OPENED || value === MORE) break;
      }
      value = this.#begin();
    }
  }

  /** Reads a whole scalar or empty container, or opens a container (and its first key). */
  #begin(): unknown {
    const char = this.#peek();
    this.#values += 1;
    if (this.#values > this.#limits.maxValues) throw this.#refusal(`expected at most ${this.#limits.maxValues} values`);
    if (char === '"') return this.#string();
    if (char === '[' || char === '{') return this.#open(char);
    const word = WORDS.find(([text]) => this.#text.startsWith(text, this.#at));
    if (word) {
      this.#at += word[0].length;
      return word[1];
    }
    return this.#number();
  }

  #open(char: string): unknown {
    if (this.#stack.length >= this.#limits.maxDepth)
      throw this.#refusal(`expected at most ${this.#limits.maxDepth} levels of arrays and objects`);
    this.#at += 1;
    const isArray = char === '[';
    if (this.#peek() === (isArray ? ']' : '}')) {
      this.#at += 1;
      return isArray ? [] : {};
    }
    if (isArray) this.#stack.push({ kind: 'array', items: [] });
    else this.#stack.push({ kind: 'object', fields: new Map(), key: this.#key(new Map()) });
    return OPENED;
  }

  #keep(top: Container, value: unknown): void {
    if (top.kind === 'array') top.items.push(value);
    else top.fields.set(top.key, value);
  }

  /** After a value: a comma asks for more, a bracket gives the finished container. */
  #next(top: Container): unknown {
    const char = this.#peek();
    const close = top.kind === 'array' ? ']' : '}';
    if (char !== ',' && char !== close) throw this.#mistake(`"," or "${close}"`);
    this.#at += 1;
    if (char === ',') {
      if (top.kind === 'object') top.key = this.#key(top.fields);
      return MORE;
    }
    this.#stack.pop();
    return top.kind === 'array' ? top.items : Object.fromEntries(top.fields);
  }

  #key(fields: ReadonlyMap<string, unknown>): string {
    if (this.#peek() !== '"') throw this.#mistake('a name in double quotes');
    const start = this.#at;
    const key = this.#string();
    if (FORBIDDEN.has(key) || fields.has(key)) {
      this.#at = start;
      throw this.#refusal(
        FORBIDDEN.has(key) ? `expected any name but "${key}"` : `expected each name once, got "${key.slice(0, 60)}" again`,
      );
    }
    if (this.#peek() !== ':') throw this.#mistake('":" after the name');
    this.#at += 1;
    return key;
  }

  #string(): string {
    let out = '';
    this.#at += 1;
    while (true) {
      PLAIN.lastIndex = this.#at;
      out += PLAIN.exec(this.#text)?.[0] ?? '';
      this.#at = PLAIN.lastIndex;
      const char = this.#text[this.#at];
      if (char === '"') {
        this.#at += 1;
        return out;
      }
      if (char !== '\\') throw this.#mistake('a closing double quote on the same line');
      out += this.#escape();
    }
  }

  #escape(): string {
    const char = this.#text[this.#at + 1] ?? '';
    const simple = ESCAPES[char];
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const hex = this.#text.slice(this.#at + 2, this.#at + 6);
    if (char !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#mistake('an escape like \\n or \\u00e9');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (!match) throw this.#mistake('a value');
    const value = Number(match[0]);
    if (!Number.isFinite(value)) throw this.#refusal(`expected a number that a computer can hold, got ${match[0].slice(0, 30)}`);
    this.#at = NUMBER.lastIndex;
    return value === 0 ? 0 : value;
  }

  #end(value: unknown): unknown {
    if (this.#peek() !== '') throw this.#mistake('the end of the text');
    return value;
  }

  /** The next character that is not blank, '' at the end. */
  #peek(): string {
    while (true) {
      const char = this.#text[this.#at];
      if (char !== ' ' && char !== '\n' && char !== '\r' && char !== '\t') return char ?? '';
      this.#at += 1;
    }
  }

  #place(): string {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    return `at line ${line}, column ${this.#at - before.lastIndexOf('\n')}`;
  }

  #mistake(wanted: string): Problem {
    const char = this.#text[this.#at];
    const got = char === undefined ? 'the end of the text' : JSON.stringify(char);
    return new Problem('json.syntax', `expected ${wanted} ${this.#place()} of the JSON text, got ${got}`);
  }

  #refusal(message: string): Problem {
    return new Problem('json.syntax', `${message} ${this.#place()} of the JSON text`);
  }
}

const OPENED = Symbol('opened');
const MORE = Symbol('more');

/**
 * Parses JSON (RFC 8259) from outside. Stricter than `JSON.parse`: no name twice in an object, no `__proto__`, `constructor` or `prototype`
 * names, no numbers beyond a double's range, bounded depth and size; -0 becomes 0; a byte order mark is passed over. Throws Problem
 * 'json.syntax' with line and column, counted from 1, or 'json.too-large'.
 */
export const parseJson = (text: string, limits: Partial<JsonLimits> = {}): unknown => {
  const all = { ...DEFAULT_JSON_LIMITS, ...limits };
  const size = text.length > all.maxBytes ? text.length : Buffer.byteLength(text);
  if (size > all.maxBytes) throw new Problem('json.too-large', `expected a JSON text of at most ${all.maxBytes} bytes, got ${size}`);
  return new JsonReader(text.replace(/^\ufeff/, ''), all).read();
};
