import { openFontLibrary } from '../../../drivers/resources/font-library.ts';
import { isProblem, Problem } from '../../../model/problem.ts';
import { Unresolved } from '../../../scene/resolve.ts';

/** Unicode's name of a script, and the codes under which the fonts of a library say that they have it. */
const SCRIPTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\p{Script=Latin}/u, ['Latn']],
  [/\p{Script=Greek}/u, ['Grek']],
  [/\p{Script=Cyrillic}/u, ['Cyrl']],
  [/\p{Script=Hebrew}/u, ['Hebr']],
  [/\p{Script=Arabic}/u, ['Arab']],
  [/\p{Script=Devanagari}/u, ['Deva']],
  [/\p{Script=Thai}/u, ['Thai']],
  [/\p{Script=Hangul}/u, ['Hang']],
  [/\p{Script=Hiragana}/u, ['Hira']],
  [/\p{Script=Katakana}/u, ['Kana']],
  [/\p{Script=Han}/u, ['Jpan', 'Hans', 'Hant']],
];
/** So many fonts are named. */
const MOST_NAMED = 4;

/**
 * A mistake in terms of `platen digitize`: without places in a spec that nobody wrote, and with options of the command in its hints.
 * @param words - the text to be sewn; for files it does not matter
 */
export const explainDigitize = async (error: unknown, words: string, fontsFolder: string): Promise<unknown> => {
  if (!isProblem(error) || (error.pointer === undefined && error.code !== MISSING)) return error;
  const { code, message, hint, retry } = error instanceof Unresolved ? (error.problems[0] ?? error) : error;
  return new Problem(code, message, { hint: await hintFor(code, hint, words, fontsFolder), retry, cause: error });
};

const MISSING = 'text.glyph-missing';

const hintFor = async (code: string, hint: string | undefined, words: string, fontsFolder: string): Promise<string | undefined> => {
  switch (code) {
    case MISSING:
      return hintForLetters(words, await familiesFor(words, fontsFolder));
    case 'svg.format':
    case 'image.format':
      return 'Give a drawing (SVG) or a picture (PNG, JPEG, WebP, TIFF); --text sews words that look like a file.';
    default:
      return hint;
  }
};

const hintForLetters = (words: string, families: readonly string[]): string => {
  if (/\p{Emoji_Presentation}/u.test(words)) return 'Emoji are pictures, not letters: leave them out, or digitise a drawing of them.';
  if (families.length === 0) return 'No font of the library has all of these letters: leave some out, or digitise a drawing of the text.';
  const named = families.slice(0, MOST_NAMED).map((family) => `--font "${family}"`);
  return `${named.join(' or ')} ${named.length === 1 ? 'has' : 'have'} letters of this script; \`platen fonts\` lists all.`;
};

/** Families that have every script of a text. */
const familiesFor = async (words: string, folder: string): Promise<readonly string[]> => {
  const needed = SCRIPTS.filter(([letters]) => letters.test(words)).map(([, codes]) => codes);
  if (needed.length === 0) return [];
  const faces = (await openFontLibrary(folder)).list();
  const able = faces.filter(({ scripts }) => needed.every((codes) => codes.some((code) => scripts.includes(code))));
  return [...new Set(able.map(({ family }) => family))];
};
