import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemoryResources } from '../../../src/drivers/resources/memory-resources.ts';
import { parseShop } from '../../../src/model/shop.ts';
import { textPolicySchema } from '../../../src/model/text-policy.ts';
import { parseWordList } from '../../../src/model/word-list.ts';
import type { OpenDesign } from '../../../src/personalize/filled-design.ts';
import { openDesign } from '../../../src/personalize/load-design.ts';
import { personalize } from '../../../src/personalize/personalize.ts';
import { loadTextPolicy } from '../../../src/personalize/policy/load-text-policy.ts';
import { TextPolicy } from '../../../src/personalize/policy/text-policy.ts';
import { readRoster } from '../../../src/personalize/rosters/read-roster.ts';
import { CARD, FOILS, makeDesign } from '../make-design.ts';

const OFFENSIVE = parseWordList(
  JSON.parse(readFileSync(new URL('../../../templates/word-lists/offensive/word-list.json', import.meta.url), 'utf8')),
);
const RULES = textPolicySchema.parse({ block: ['Rovers'], trademarks: ['Zorbo'] });
const policy = new TextPolicy(RULES, [OFFENSIVE]);

const LABEL = { en: 'Name', de: 'Name auf dem Schild', fr: 'Nom', es: 'Nombre', it: 'Nome', nl: 'Naam' };
const withField = (field: Readonly<Record<string, unknown>>, text = '{{it}}'): OpenDesign => ({
  ...makeDesign({ fields: [{ id: 'it', kind: 'text', label: LABEL, ...field }] }, text),
  policy,
});
const told = (open: OpenDesign, it: string, language = 'en') => {
  const { findings, spec, answers } = personalize(open, { it }, { language });
  return { spec, answers, codes: findings.map(({ severity, code }) => `${severity} ${code}`), findings };
};

describe('answers', () => {
  it('with a refused word give no spec, and a reason that does not repeat it', () => {
    const { spec, answers, findings } = told(withField({}), 'Sh1t happens');
    expect(spec).toBeNull();
    expect(answers.it).toBeUndefined();
    expect(findings).toEqual([
      {
        severity: 'error',
        code: 'answer.text-refused',
        pointer: '/it',
        message: 'Name: one word of this text is not printed here. Please choose another.',
      },
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/sh[1i]t/i);
  });

  it.each(['en', 'de', 'fr', 'es', 'it', 'nl'])('tell every reason in the language %s without the word', (language) => {
    const open = withField({});
    const reasons = ['shit', 'Rovers', 'Zorbo', 'Аnna', 'cock'].map((text) => told(open, text, language).findings);
    const messages = reasons.map(([finding]) => finding?.message ?? '');
    expect(new Set(messages).size).toBe(5);
    for (const message of messages) {
      expect(message.replace(' :', ':').startsWith(`${Reflect.get(LABEL, language)}: `)).toBe(true);
      expect(message).not.toMatch(/shit|rovers|zorbo|cock|Аnna|\{/i);
    }
    if (language !== 'en') expect(messages).not.toContain(told(open, 'shit', 'en').findings[0]?.message);
  });

  it('with a word that may be harmless are made, and told', () => {
    const { spec, codes } = told(withField({}), 'Robin Cock');
    expect(spec?.design?.held).toEqual(['it']);
    expect(codes).toEqual(['warning answer.text-held']);
    expect(told(withField({}), 'Robin').spec?.design).not.toHaveProperty('held');
  });

  it('of long texts are looked through, and fields without a policy are not', () => {
    expect(told(withField({ kind: 'long-text' }), 'Dear all\nwhat the f.u.c.k\nBye').codes).toEqual(['error answer.text-refused']);
    expect(told(withField({ policy: false }), 'shit').codes).toEqual([]);
  });

  it('of initials are held and not refused for what they spell by chance', () => {
    const initials = withField({ kind: 'monogram', letters: { max: 5 } });
    expect(told(initials, 'A.S.S.').codes).toEqual(['warning answer.text-held']);
    expect(told(initials, 'T.W.A.T').codes).toEqual(['warning answer.text-held']);
    expect(told(initials, 'Z.O.R.B.O').codes).toEqual(['error answer.text-refused']);
    expect(told(initials, 'A.M.S.').codes).toEqual([]);
  });

  it('tell all that is wrong with a text at once', () => {
    expect(told(withField({ maxLength: 5 }), 'shit happens').codes).toEqual(['error answer.text-refused', 'error answer.too-long']);
  });

  it('by default are held to nothing where the design was opened without a policy', () => {
    expect(told({ ...makeDesign({ fields: [{ id: 'it', kind: 'text', label: 'It' }] }, '{{it}}') }, 'shit').codes).toEqual([]);
  });
});

describe('opening a design', () => {
  const design = makeDesign({ fields: [{ id: 'it', kind: 'text', label: 'It' }] }, '{{it}}').design;
  const strict = parseShop({ id: 'strict', name: 'Strict', textPolicy: { block: ['Rovers'] } });
  const lost = parseShop({ id: 'lost', name: 'Lost', textPolicy: { lists: ['nowhere'] } });
  const library = openMemoryResources({ products: [CARD], palettes: [FOILS], shops: [strict, lost], wordLists: [OFFENSIVE] });
  const ofShop = (shop: string) => openDesign({ ...design, spec: { ...design.spec, shop } }, library);

  it('takes the word lists of the library, and the words of its shop', async () => {
    expect(told(await openDesign(design, library), 'shit').codes).toEqual(['error answer.text-refused']);
    expect(told(await openDesign(design, library), 'Rovers').codes).toEqual([]);
    expect(told(await ofShop('strict'), 'Rovers').codes).toEqual(['error answer.text-refused']);
    expect(told(await ofShop('{{it}}'), 'Rovers').codes.join()).not.toContain('answer.text-refused');
  });

  it('does without the bundled list, and not without one that its shop names', async () => {
    const bare = openMemoryResources({ products: [CARD], palettes: [FOILS] });
    expect(told(await openDesign(design, bare), 'shit').codes).toEqual([]);
    await expect(ofShop('lost')).rejects.toMatchObject({ code: 'word-list.unknown' });
    await expect(loadTextPolicy(undefined, () => Promise.reject(new RangeError('broken')))).rejects.toThrow('broken');
  });
});

describe('rosters', () => {
  it('tell names of players that are not printed, by row', () => {
    const open: OpenDesign = {
      ...makeDesign(
        {
          fields: [
            { id: 'name', kind: 'text', label: 'Name' },
            { id: 'number', kind: 'text', label: 'Number', numbers: 'any' },
          ],
        },
        '{{name}} {{number}}',
      ),
      policy,
    };
    const rows = ['Okafor', 'F.u.c.k', 'Hiscock', 'Cock'].map((Name, i) => ({ row: i + 2, cells: { Name, 'No.': String(i + 1) } }));
    const { findings } = readRoster(rows, open);
    expect(findings.map(({ row, severity, code }) => `${row} ${severity} ${code}`)).toEqual([
      '3 error answer.text-refused',
      '5 warning answer.text-held',
    ]);
  });
});
