import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenResources } from '../../src/drivers/resources/fs-resources.ts';
import { parseDesign } from '../../src/model/design.ts';
import { answersSchema } from '../../src/personalize/answers-schema.ts';
import { checkDesign } from '../../src/personalize/check-design.ts';
import { formFields } from '../../src/personalize/form-fields.ts';
import { loadDesign, openDesign } from '../../src/personalize/load-design.ts';
import { personalize } from '../../src/personalize/personalize.ts';
import { check } from '../../src/produce/check.ts';
import { openBundledResources } from '../support/bundled-resources.ts';

const ids = readdirSync(new URL('../../templates/designs/', import.meta.url)).sort();
const sets = readdirSync(new URL('../../templates/option-sets/', import.meta.url)).sort();
let resources: OpenResources;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

describe('the designs that are shipped', () => {
  it('are seen by these checks', () => {
    expect(ids).toEqual(expect.arrayContaining(['club-greeting', 'initials-tag', 'song-mug']));
  });

  it.each(ids)('%s is without mistakes', async (id) => {
    const open = await loadDesign(id, resources);
    expect(checkDesign(open)).toEqual([]);
    expect(open.design.examples.length).toBeGreaterThan(1);
    expect(formFields(open, {}, 'fr')).toHaveLength(open.design.fields.length);
    expect(Object.keys(answersSchema(open).properties ?? {})).toHaveLength(open.design.fields.length);
  });

  it.each(ids)('%s fills its examples with what can be made', async (id) => {
    const open = await loadDesign(id, resources);
    for (const { name, answers, data } of open.design.examples) {
      const { spec } = personalize(open, answers, data);
      if (spec === null) throw new Error(`expected the example "${name}" to give a spec`);
      const errors = (await check(spec, resources, new AbortController().signal)).filter(({ severity }) => severity === 'error');
      expect(errors, name).toEqual([]);
    }
  });

  it('use every option set, but for forms of languages that no shipped story is told in', async () => {
    const forDesignsOfOthers = ['pronouns-de', 'pronouns-fr'];
    const used = await Promise.all(ids.map(async (id) => [...(await loadDesign(id, resources)).optionSets.keys()]));
    expect([...new Set([...used.flat(), ...forDesignsOfOthers])].sort()).toEqual(sets);
  });

  it('refuse what they exclude, in the language of the order', async () => {
    const open = await loadDesign('initials-tag', resources);
    const { spec, findings } = personalize(open, { initials: 'AB', style: 'frame', leather: 'croc' }, { language: 'de' });
    expect(spec).toBeNull();
    expect(findings).toMatchObject([{ code: 'answer.excluded', pointer: '/style', message: expect.stringContaining('Krokoprägung') }]);
  });

  it('lay the cover of a song in as the customer did', async () => {
    const cover = { source: 'cover.png', crop: { x: 0.5, y: 0, width: 0.25, height: 0.5 }, turn: 90 };
    const open = await loadDesign('song-mug', resources);
    const { spec } = personalize(open, { title: 'A', artist: 'B', cover });
    const players = spec?.placements.flatMap(({ layers }) => layers).filter(({ type }) => type === 'song-player');
    expect(players).toMatchObject([{ cover: 'cover.png', crop: cover.crop, turn: 90 }]);
    const plain = personalize(open, { title: 'A', artist: 'B', cover: 'cover.png' }).spec?.placements.flatMap(({ layers }) => layers);
    expect(plain?.find(({ type }) => type === 'song-player')).toMatchObject({ cover: 'cover.png', turn: 0 });
    expect(personalize(open, { title: 'A', artist: 'B' }).spec).not.toBeNull();
  });

  it('decide over an order from data alone', async () => {
    const open = await loadDesign('club-greeting', resources);
    const data = { customer: { id: 'c-1', firstName: 'Zoé', country: 'FR', tier: 'gold' }, order: { date: '2026-12-31' } };
    const { spec, decisions } = personalize(open, {}, data);
    expect(spec?.title).toBe('Meilleurs vœux, Zoé');
    expect(decisions.map(({ rule, chose }) => `${rule}: ${chose}`)).toEqual([
      'language: row 3',
      'occasion: winter',
      'look: winter',
      'loyalty: gold',
      expect.stringMatching(/^offer: (?:percent|present)$/),
    ]);
    expect(personalize(open, {}, { customer: { id: 'c-1' } }).findings.map(({ pointer }) => pointer)).toEqual([
      '/data/customer/firstName',
      '/data/order/date',
    ]);
  });
});

describe('the page about designs', () => {
  const page = readFileSync(new URL('../../docs/designs.md', import.meta.url), 'utf8');

  it('shows a design that is without mistakes', async () => {
    const text = /```json\n(\{\n {2}"\$schema"[\s\S]*?)```/.exec(page)?.[1] ?? '';
    const open = await openDesign(parseDesign(JSON.parse(text)), resources);
    expect(checkDesign(open)).toEqual([]);
    const { spec } = personalize(open, { family: 'Okafor' }, { order: { date: '2026-01-02' } });
    expect(spec?.placements[0]?.layers).toMatchObject([{ shape: { kind: 'star' } }, { text: 'OKAFOR' }]);
  });

  it('names every finding and every formatter', async () => {
    const { FORMATTERS } = await import('../../src/personalize/template/formatters.ts');
    for (const name of FORMATTERS.keys()) expect(page, name).toMatch(new RegExp(`\`${name}[\`:]`));
    for (const code of [
      'missing',
      'too-long',
      'too-short',
      'characters',
      'words',
      'not-offered',
      'number-rule',
      'date',
      'number',
      'photo-small',
      'too-many',
      'too-few',
      'excluded',
      'unknown',
    ])
      expect(page).toMatch(new RegExp(`\`(?:answer\\.)?${code}\``));
  });
});
