import { expect, test } from 'vitest';
import { parseDesign } from '../../src/model/design.ts';
import { answersByLabel } from '../../src/personalize/answers-by-label.ts';

const field = (id: string, label: unknown) => ({ kind: 'text', id, label });
const open = (...fields: readonly object[]) => ({
  design: parseDesign({ id: 'd', name: 'D', product: 'mug-11oz', fields, spec: {} }),
  products: new Map(),
  optionSets: new Map(),
  palettes: new Map(),
});

test('answers under the label of a field, in any language and spelling, are that field’s', () => {
  const design = open(field('title', { en: 'Song title', de: 'Titel des Lieds' }), field('artist', 'Artist'));
  expect(answersByLabel(design, { 'SONG  Title:': 'a', Artist: 'b' })).toEqual({ title: 'a', artist: 'b' });
  expect(answersByLabel(design, { 'titel des lieds': 'a', gift: 'c' })).toEqual({ title: 'a', gift: 'c' });
});

test('the name of a field goes before the label of another, and doubt changes nothing', () => {
  const design = open(field('name', 'Text'), field('text', 'Name'));
  expect(answersByLabel(design, { name: 'a', text: 'b' })).toEqual({ name: 'a', text: 'b' });
  expect(answersByLabel(open(field('one', 'Name'), field('two', 'Name')), { Name: 'a' })).toEqual({ Name: 'a' });
  expect(answersByLabel(design, { __proto__: null, constructor: 'x' })).toEqual({ constructor: 'x' });
});
