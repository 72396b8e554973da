import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf, platen } from '../support/platen-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DESIGN = `{
  "id": "greeting", "name": "Greeting", "product": "mug-11oz",
  "data": [{ "path": "customer.city" }, { "path": "customer.tier" }],
  "rules": [
    {
      "id": "word", "note": "kept  as   it is",
      "otherwise": { "word": "Hello" }
    },
    { "id": "tone", "table": { "keys": ["customer.tier"], "columns": ["tone"], "rows": [["gold", "#aa8800"]] } }
  ],
  "spec": { "placements": [{ "placement": "wrap", "method": "sublimation", "layers": [
    { "type": "text", "text": "{{word}}", "font": { "family": "Lora" }, "fill": "{{tone}}" } ] }] }
}
`;

const folderWith = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<string> => {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries({ 'design.json': DESIGN, ...files })) await writeFile(join(folder, name), text);
  return folder;
};
const designIn = (cwd: string): Promise<string> => readFile(join(cwd, 'design.json'), 'utf8');
const WORDS = ['--keys', 'customer.city', '--columns', 'word'];

describe('platen designs table', () => {
  it('writes the table of a rule, a row a line, and leaves the rest as it stands', async () => {
    const cwd = await folderWith({ 'words.csv': 'sep=;\r\nword;note;customer.city\r\n"Bon ""jour""";x;Lyon\r\nServus;;Wien\r\nHi;;\r\n' });
    const { code, err } = await platen(['designs', 'table', 'design.json', 'word', 'words.csv', ...WORDS], { cwd });
    expect([code, err]).toEqual([0, expect.stringContaining('3 rows in the rule word')]);
    expect(await designIn(cwd)).toBe(
      DESIGN.replace(
        '      "otherwise": { "word": "Hello" }\n    }',
        `      "otherwise": { "word": "Hello" },
      "table": {
        "keys": ["customer.city"],
        "columns": ["word"],
        "rows": [
          ["Lyon", "Bon \\"jour\\""],
          ["Wien", "Servus"],
          ["*", "Hi"]
        ]
      }
    }`,
      ),
    );
  });

  it('puts a newer table in the place of the old one, by the same names, and into another file where that is said', async () => {
    const cwd = await folderWith({ 'tones.csv': 'customer.tier,tone\ngold,#ffcc00\n007,#000000\n' });
    const args = ['designs', 'table', 'design.json', 'tone', 'tones.csv', '-o', 'new.json', '--json'];
    const [done] = eventsOf(await platen(args, { cwd }));
    expect(done).toEqual({ event: 'done', file: join(cwd, 'new.json'), rule: 'tone', rows: 2 });
    expect(await designIn(cwd)).toBe(DESIGN);
    const { rules } = JSON.parse(await readFile(join(cwd, 'new.json'), 'utf8'));
    expect(rules[1].table).toEqual({
      keys: ['customer.tier'],
      columns: ['tone'],
      rows: [
        ['gold', '#ffcc00'],
        ['007', '#000000'],
      ],
    });
  });

  it.each([
    ['an unknown rule', ['words', 'words.csv', ...WORDS], 'expected a rule of the design (word, tone), got "words"'],
    ['no keys', ['word', 'words.csv', '--columns', 'word'], 'expected --keys for a rule that has no table yet'],
    ['a column that is not there', ['word', 'words.csv', '--keys', 'customer.town', '--columns', 'word'], 'a column "customer.town"'],
    ['other bytes than text', ['word', 'latin.csv', ...WORDS], 'expected UTF-8 text, got other bytes in line 2'],
    ['names that no rule may set', ['word', 'bad.csv', '--keys', 'customer.city', '--columns', 'wo rd'], '/rules/0/table/columns/0'],
  ])('tells of %s and leaves the file alone', async (_, args, message) => {
    const cwd = await folderWith({
      'words.csv': 'word,customer.city\nHi,Lyon\n',
      'latin.csv': Buffer.from('word,customer.city\nGr\xfc\xdf,Wien\n', 'latin1'),
      'bad.csv': 'wo rd,customer.city\nHi,Lyon\n',
    });
    const { code, err } = await platen(['designs', 'table', 'design.json', ...args], { cwd });
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(message);
    expect(await designIn(cwd)).toBe(DESIGN);
  });

  it('reads older encodings where that is said', async () => {
    const cwd = await folderWith({ 'latin.csv': Buffer.from('word,customer.city\nGr\xfc\xdf Gott,Wien\n', 'latin1') });
    await platen(['designs', 'table', 'design.json', 'word', 'latin.csv', ...WORDS, '--encoding', 'windows-1252'], { cwd });
    expect(JSON.parse(await designIn(cwd)).rules[0].table.rows).toEqual([['Wien', 'Grüß Gott']]);
  });
});
