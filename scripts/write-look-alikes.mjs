// Writes src/personalize/policy/look-alikes.ts from Unicode's list of confusable characters (UTS 39).
// node scripts/write-look-alikes.mjs FILE   FILE: confusables.txt as Unicode publishes it, or the same as JSON: {"а": "a"}
import { readFile, writeFile } from 'node:fs/promises';

const TARGET = new URL('../src/personalize/policy/look-alikes.ts', import.meta.url);
const SCRIPTS = ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Cherokee', 'Coptic', 'Lisu'];

/** Different words in their languages: Turkish tells i from its dotless sister. */
const LETTERS_OF_THEIR_OWN = 'ı';

const fromText = (text) =>
  text.split('\n').flatMap((line) => {
    const [from, to] = line.replace(/^\ufeff|#.*$/g, '').split(';');
    if (to === undefined) return [];
    const read = (codes) =>
      String.fromCodePoint(
        ...codes
          .trim()
          .split(/\s+/)
          .map((code) => Number.parseInt(code, 16)),
      );
    return [[read(from), read(to)]];
  });

const isOfScripts = (letter) => SCRIPTS.some((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(letter));

/** Letters beyond ASCII that look like exactly one letter of it, and that compatibility composition does not turn into it anyway. */
const isWanted = ([from, to]) =>
  [...from].length === 1 &&
  /^[A-Za-z]$/.test(to) &&
  /^\p{L}$/u.test(from) &&
  from.codePointAt(0) > 0x7f &&
  from.normalize('NFKC') === from &&
  !LETTERS_OF_THEIR_OWN.includes(from) &&
  isOfScripts(from);

const [, , file] = process.argv;
if (file === undefined) throw new Error('expected the file of confusable characters');
const text = await readFile(file, 'utf8');
const pairs = text.trimStart().startsWith('{') ? Object.entries(JSON.parse(text)) : fromText(text);
const byTarget = new Map();
for (const [from, to] of pairs.filter(isWanted)) byTarget.set(to, [...(byTarget.get(to) ?? []), from]);
const rows = [...byTarget]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([to, from]) => `  ${to}: '${from.sort().join('')}',`)
  .join('\n');
const code = `/*
 * Modified data: a subset of confusables.txt of Unicode Technical Standard 39, version 13.0.0, written by scripts/write-look-alikes.mjs.
 * Its licence is in templates/word-lists/LICENSE-UNICODE.txt.
 */

/** Letters that look like one of ASCII, by that letter. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
${rows}
};

/** The letter of ASCII that a letter of another alphabet, or an unusual Latin one, is easily taken for. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOKS_LIKE).flatMap(([letter, alike]) => [...alike].map((one) => [one, letter] as const)),
);
`;
await writeFile(TARGET, code);
