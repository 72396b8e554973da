declare module 'hyphen' {
  type Hyphenate = (text: string) => string;
  type Patterns = { readonly hyphenPatterns: unique symbol };
  const createHyphenator: (patterns: Patterns, options: { async: false; html: false; minWordLength: number }) => Hyphenate;
  export default createHyphenator;
  export type { Hyphenate, Patterns };
}

declare module 'hyphen/patterns/*.js' {
  import type { Patterns } from 'hyphen';

  const patterns: Patterns;
  export default patterns;
}
