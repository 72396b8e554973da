/** A finding code between quotes. */
export const CODE = /['`]([a-z][a-z-]*\.[a-z][a-z-]*)['`]/g;
const FILE_NAME = /\.(?:ts|js|mjs|json|css|html|png|webp|pdf|svg|csv|icc|wasm)$/;

/** Codes of object literals that have a severity too: what lies between their braces, on either side of the code. */
export const literalCodes = (text: string): readonly string[] => literalFindings(text).map(({ code }) => code);

/** The same with the severities that stand beside the code; none where they are worked out elsewhere. */
export const literalFindings = (text: string): readonly { readonly code: string; readonly severities: readonly string[] }[] =>
  [...text.matchAll(/\bcode:\s*(?=[^,}]*['`])/g)].flatMap(({ index }) => {
    const object = text.slice(openingBrace(text, index), closingBrace(text, index));
    if (!/\bseverity\b/.test(object) || !/\bpointer\b/.test(object)) return [];
    const value = text.slice(index, index + text.slice(index).search(/,\s*\n|,\s*pointer|\n\s*\}/));
    const severity = /\bseverity: ([^,\n]*)/.exec(object)?.[1] ?? '';
    const severities = [...severity.matchAll(/'(error|warning|info)'/g)].map(([, one = '']) => one);
    return [...value.matchAll(CODE)].flatMap(([, code]) => (code === undefined ? [] : [{ code, severities }]));
  });

const openingBrace = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from - 1; at > 0; at -= 1) {
    if (text[at] === '}') depth += 1;
    if (text[at] === '{' && depth-- === 0) return at;
  }
  return 0;
};

const closingBrace = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && depth-- === 0) return at;
  }
  return text.length;
};

/** Codes that a file of the core may hand to something that makes a finding: dotted words that are neither file names nor of Problems. */
export const spokenCodes = (text: string): readonly string[] =>
  [...text.matchAll(CODE)].flatMap(({ 1: code = '', index }) =>
    FILE_NAME.test(code) || /Problem\(\s*$/.test(text.slice(Math.max(0, index - 40), index)) ? [] : [code],
  );
