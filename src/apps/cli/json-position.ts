export type Position = { readonly line: number; readonly column: number };

/**
 * Where the value of a JSON pointer begins in a JSON text (1-based), or its deepest parent that exists. The text must have
 * parsed already: this reader only follows it.
 */
export const positionOf = (text: string, pointer: string): Position => {
  let at = skipSpace(text, 0);
  for (const key of keysOf(pointer)) {
    const next = enter(text, at, key);
    if (next === null) break;
    at = next;
  }
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
};

/** From where to where the value of a JSON pointer stands in a JSON text that has parsed; null when there is none. */
export const spanOf = (text: string, pointer: string): { readonly from: number; readonly to: number } | null => {
  let from = skipSpace(text, 0);
  for (const key of keysOf(pointer)) {
    const next = enter(text, from, key);
    if (next === null) return null;
    from = next;
  }
  return { from, to: skipValue(text, from) };
};

const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
};

/** Start of the member or item `key` of the value at `at`; null when there is none. */
const enter = (text: string, at: number, key: string): number | null => {
  const open = text[at];
  if (open !== '{' && open !== '[') return null;
  let here = skipSpace(text, at + 1);
  for (let index = 0; here < text.length && text[here] !== '}' && text[here] !== ']'; index += 1) {
    let name = String(index);
    if (open === '{') {
      const end = skipValue(text, here);
      name = String(JSON.parse(text.slice(here, end)));
      here = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (name === key) return here;
    here = skipSpace(text, skipValue(text, here));
    if (text[here] === ',') here = skipSpace(text, here + 1);
  }
  return null;
};

/** The index just past the value that starts at `from`. */
const skipValue = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      if (depth === 0) return at + 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && char === ',') return at;
  }
  return text.length;
};

const endOfString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};
