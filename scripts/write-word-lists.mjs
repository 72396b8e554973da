// Writes templates/word-lists/offensive/word-list.json: the words of a public list, each judged by scripts/word-lists/review.json.
// node scripts/write-word-lists.mjs FOLDER   FOLDER: the package naughty-words 1.2.0 unpacked (npm pack naughty-words@1.2.0)
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [, , source] = process.argv;
if (source === undefined) throw new Error('expected the folder of the unpacked package');
const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
if (version !== '1.2.0') throw new Error(`expected version 1.2.0 of the list, got ${version}: review what is new first`);
const review = JSON.parse(await readFile(new URL('word-lists/review.json', import.meta.url), 'utf8'));
const folder = new URL('../templates/word-lists/offensive/', import.meta.url);
await mkdir(folder, { recursive: true });

const plain = (word) => word.normalize('NFC').trim().toLowerCase();
const sorted = (words) => [...new Set(words.map(plain))].sort((a, b) => (a < b ? -1 : 1));

/** Languages without spaces between words: a word counts wherever it stands, one of a single character nowhere. */
const anywhere = (words, contains) =>
  contains ? words.filter((word) => [...word].length > 1).map((word) => `*${word.replaceAll('*', '')}*`) : words;

const judged = async ([language, { rest, contains = false, refuse, hold = [], drop = [], add = {}, innocent = [] }]) => {
  const words = sorted(JSON.parse(await readFile(join(source, `${language}.json`), 'utf8')));
  const unknown = [...refuse, ...hold, ...drop].map(plain).filter((word) => !words.includes(word));
  if (unknown.length > 0) throw new Error(`expected words of the source for ${language}, got ${unknown.join(', ')}`);
  const named = new Set([...refuse, ...hold, ...drop].map(plain));
  const others = rest === 'hold' ? words.filter((word) => !named.has(word)) : [];
  return [
    language,
    {
      refuse: anywhere(sorted([...refuse, ...(add.refuse ?? [])]), contains),
      hold: anywhere(sorted([...hold, ...others, ...(add.hold ?? [])]), contains),
      innocent: sorted(innocent),
    },
  ];
};

const record = {
  $schema: '../../../schemas/word-list.schema.json',
  version: 1,
  id: 'offensive',
  name: 'Offensive words',
  source: `LDNOOBW list, package naughty-words ${version}, CC BY 4.0; judged and added to, see README.md`,
  languages: Object.fromEntries(await Promise.all(Object.entries(review.languages).map(judged))),
};
const listed = (words) => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
const languages = Object.entries(record.languages)
  .map(
    ([language, words]) =>
      `    "${language}": {\n${Object.entries(words)
        .map(([kind, list]) => `      "${kind}": ${listed(list)}`)
        .join(',\n')}\n    }`,
  )
  .join(',\n');
const head = JSON.stringify({ ...record, languages: undefined }, null, 2).replace(/\n\}$/, '');
await writeFile(new URL('word-list.json', folder), `${head},\n  "languages": {\n${languages}\n  }\n}\n`);
await copyFile(join(source, 'LICENSE'), new URL('LICENSE.txt', folder));
