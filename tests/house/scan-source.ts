/** One module reference in a source file. */
export type ImportSite = {
  /** The module as written; null when it is computed and so cannot be judged. */
  readonly specifier: string | null;
  /** Names between the braces, before any `as`; empty for other forms. */
  readonly names: readonly string[];
  readonly line: number;
};

/** A source text with every comment, string, template text and regular expression blanked out, and its imports. */
export type ScannedSource = { readonly code: string; readonly imports: readonly ImportSite[] };

const BEFORE_REGEX = /(?:^|[=(,:;!&|?{}[\]+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|default))$/;

/**
 * Reads TypeScript well enough to find imports and identifiers without a compiler. `code` has the length and line breaks of
 * the input; quotes stay, what stood between them becomes spaces. Code inside `${}` stays code.
 */
export const scanSource = (text: string): ScannedSource => {
  const code = blankOutText(text);
  return { code, imports: [...staticImports(text, code), ...callImports(text, code)] };
};

const blankOutText = (text: string): string => {
  const out: string[] = [];
  let at = 0;
  /** The tail of the code so far without spaces, to tell a division from a regular expression. */
  let tail = '';
  const braces: ('code' | 'template')[] = [];
  const blank = (until: number): void => {
    for (; at < until; at++) out.push(text[at] === '\n' ? '\n' : ' ');
  };
  const keep = (count: number): void => {
    for (const end = Math.min(text.length, at + count); at < end; at++) {
      const char = text[at] ?? '';
      out.push(char);
      tail = /\s/.test(char)
        ? /\w$/.test(tail)
          ? `${tail} `
          : tail
        : (tail.endsWith(' ') && /\w/.test(char) ? char : tail.trimEnd() + char).slice(-12);
    }
  };
  const template = (): void => {
    const end = endOfTemplateText(text, at);
    blank(end);
    if (text[end] === '`') keep(1);
    else {
      keep(2);
      braces.push('template');
    }
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    const pair = text.slice(at, at + 2);
    if (pair === '//') blank(indexOrEnd(text, '\n', at));
    else if (pair === '/*') blank(indexOrEnd(text, '*/', at + 2) + 2);
    else if (char === "'" || char === '"') {
      keep(1);
      blank(endOfQuoted(text, at, char));
      keep(1);
    } else if (char === '`') {
      keep(1);
      template();
    } else if (char === '}' && braces.pop() === 'template') {
      keep(1);
      template();
    } else if (char === '/' && BEFORE_REGEX.test(tail.trimEnd())) {
      keep(1);
      blank(endOfRegex(text, at));
      keep(1);
    } else {
      if (char === '{') braces.push('code');
      keep(1);
    }
  }
  return out.join('');
};

const indexOrEnd = (text: string, what: string, from: number): number => {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found;
};

const endOfQuoted = (text: string, from: number, quote: string): number => {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
};

const endOfTemplateText = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text[at] !== '`' && text.slice(at, at + 2) !== '${') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
};

const endOfRegex = (text: string, from: number): number => {
  let inClass = false;
  let at = from;
  for (; at < text.length && text[at] !== '\n'; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at;
  }
  return Math.min(at, text.length);
};

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const quotedAt = (text: string, quoteAt: number): string => {
  const quote = text[quoteAt] ?? '';
  return text.slice(quoteAt + 1, text.indexOf(quote, quoteAt + 1));
};

/** `import … from ''`, `import type …`, `export … from ''` and `import ''`. */
const staticImports = (text: string, code: string): ImportSite[] =>
  [...code.matchAll(/(?:(?<![.\w$])from|(?<![.\w$])import)\s*(?=['"])/g)].map((match) => {
    const start = match.index;
    const clause = /\{([^{}]*)\}\s*$/.exec(code.slice(0, start))?.[1] ?? '';
    const names = clause
      .split(',')
      .map(
        (name) =>
          name
            .replace(/^\s*type\s+(?=\w)/, '')
            .trim()
            .split(/\s+as\s+/)[0] ?? '',
      )
      .filter((name) => name !== '');
    return { specifier: quotedAt(text, start + match[0].length), names, line: lineOf(text, start) };
  });

/** `import('')` as an expression or a type, and `require('')`. */
const callImports = (text: string, code: string): ImportSite[] =>
  [...code.matchAll(/(?<![.\w$])(?:import|require)\s*\(\s*/g)].map((match) => {
    const argument = match.index + match[0].length;
    const quote = code[argument] ?? '';
    const plain = quote === "'" || quote === '"' || (quote === '`' && !quotedAt(code, argument).includes('$'));
    return { specifier: plain ? quotedAt(text, argument) : null, names: [], line: lineOf(text, match.index) };
  });
