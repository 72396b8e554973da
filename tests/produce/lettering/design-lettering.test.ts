import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenResources } from '../../../src/drivers/resources/fs-resources.ts';
import type { OpenDesign } from '../../../src/personalize/filled-design.ts';
import { personalize } from '../../../src/personalize/personalize.ts';
import { openLettering } from '../../../src/produce/lettering/design-lettering.ts';
import { makeDesign, specWith } from '../../personalize/make-design.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';

let resources: OpenResources;
const asked: string[] = [];
let lettered: (open: OpenDesign) => Promise<OpenDesign>;
beforeAll(async () => {
  resources = await openBundledResources();
  lettered = openLettering((request) => {
    asked.push(request.family);
    return resources.font(request);
  });
});
afterAll(() => resources.close());

const NAME = { id: 'name', kind: 'text', label: { en: 'Name', de: 'Name auf dem Schild' }, maxLength: 200 };
const NOTE = { id: 'note', kind: 'text', label: 'Note', required: false };
const text = (more: object) => ({ type: 'text', text: '{{name}}', font: { family: 'Lobster' }, ...more });

const told = async (parts: Readonly<Record<string, unknown>>, answers: Readonly<Record<string, unknown>>, data = {}) => {
  const { findings, spec } = personalize(await lettered(makeDesign(parts)), answers, data);
  return {
    spec,
    findings: findings.map(({ code, pointer, measured }) => `${code} ${pointer}${measured === undefined ? '' : ` ${measured}`}`),
    messages: findings.map(({ message }) => message),
  };
};

describe('an answer with letters that the lettering has not', () => {
  it('is refused by the label of its field, in the language of the order', async () => {
    const parts = { fields: [NAME], spec: specWith(text({})) };
    const { spec, findings, messages } = await told(parts, { name: 'Ada 山 & ሰላም' }, { language: 'de' });
    expect(spec).toBeNull();
    expect(findings).toEqual(['answer.letters /name 山 ሰ ላ ም']);
    expect(messages).toEqual([
      'Name auf dem Schild: In dieser Schrift gibt es kein 山 ሰ ላ ም. Bitte weglassen oder eine andere Schrift wählen.',
    ]);
  });

  it('is taken when any font of the list has them, when they are emoji, and when they are accents of letters', async () => {
    const list = [{ family: 'Lobster' }, { family: 'Noto Sans JP' }];
    expect((await told({ fields: [NAME], spec: specWith(text({ font: list })) }, { name: 'Ada 山' })).findings).toEqual([]);
    const plain = { fields: [NAME], spec: specWith(text({})) };
    for (const name of ['Ada 🎉👩‍👩‍👧', 'Zoë', 'Zoe\u0308', 'Ann\u00a0Lee', 'it\u2019s'])
      expect((await told(plain, { name })).findings, name).toEqual([]);
    const bare = { fields: [NAME], spec: specWith(text({ emoji: false })) };
    expect((await told(bare, { name: 'Ada 🎉' })).findings).toEqual(['answer.letters /name 🎉']);
  });

  it('is told of the field that brought them, also when its case is changed on the way', async () => {
    const fields = [NAME, NOTE];
    const two = specWith(text({ text: '{{name | upper}}!' }), text({ text: '{{note}}', font: { family: 'Noto Sans JP' } }));
    expect((await told({ fields, spec: two }, { name: 'Ńψ', note: '山' })).findings).toEqual(['answer.letters /name Ψ']);
    const both = specWith(text({ text: '{{name}} {{note}}' }));
    expect((await told({ fields, spec: both }, { name: 'A山', note: '川' })).findings).toEqual([
      'answer.letters /name 山',
      'answer.letters /note 川',
    ]);
  });

  it('is held against the font that was chosen', async () => {
    const fields = [
      NAME,
      { id: 'lettering', kind: 'font', label: 'Lettering', options: [{ id: 'Lobster' }, { id: 'jp', value: { family: 'Noto Sans JP' } }] },
    ];
    const spec = specWith(text({ font: { family: '{{lettering.family}}' } }));
    expect((await told({ fields, spec }, { name: '山', lettering: 'jp' })).findings).toEqual([]);
    expect((await told({ fields, spec }, { name: '山', lettering: 'Lobster' })).findings).toEqual(['answer.letters /name 山']);
  });

  it('of data, of the design and of fonts that nobody knows is left to preflight', async () => {
    const fields = [NAME];
    const data = [{ path: 'customer' }];
    expect(
      (await told({ fields, data, spec: specWith(text({ text: '{{name}} {{customer}} 川' })) }, { name: 'Ada' }, { customer: '山' }))
        .findings,
    ).toEqual([]);
    expect((await told({ fields, spec: specWith(text({ font: { family: 'No Such Font' } })) }, { name: '山' })).findings).toEqual([]);
    expect(personalize(makeDesign({ fields, spec: specWith(text({})) }), { name: '山' }).findings).toEqual([]);
  });

  it('costs one look into each font, for however many designs', () => {
    expect(asked.filter((family) => family === 'lobster')).toHaveLength(1);
  });
});
