import { describe, expect, it } from 'vitest';
import { checkDesign } from '../../src/personalize/check-design.ts';
import { makeDesign, specWith } from './make-design.ts';

const text = (id: string, more: object = {}) => ({ id, kind: 'text', label: id, ...more });
const EXAMPLES = [{ name: 'one', answers: { name: 'Ana' } }];
const SOUND = { fields: [text('name')], examples: EXAMPLES };
const found = (parts: object, template = '{{name}}') =>
  checkDesign(makeDesign({ ...SOUND, ...parts }, template)).map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);

describe('a sound design', () => {
  it('has nothing to report', () => {
    expect(found({})).toEqual([]);
  });
});

describe('a design with a mistake', () => {
  it('that names what is not there is told the nearest name', () => {
    const [finding] = checkDesign(
      makeDesign({ ...SOUND, fields: [text('name'), text('motto', { required: false })] }, '{{name}} {{moto | fallback:""}}'),
    );
    expect(finding).toMatchObject({
      code: 'design.unknown-name',
      pointer: '/spec/placements/0/layers/0/text',
      hint: 'did you mean "motto"?',
    });
  });

  it.each([
    [
      'a path that is not declared',
      {},
      '{{name}}{{customer.city | fallback:""}}',
      'error design.unknown-name /spec/placements/0/layers/0/text',
    ],
    [
      'an option that the product lacks',
      {},
      '{{name}}{{variant.colour | fallback:""}}',
      'error design.unknown-name /spec/placements/0/layers/0/text',
    ],
    [
      'a field that nothing uses',
      { fields: [text('name'), text('more', { required: false })] },
      '{{name}}',
      'warning design.unused /fields/1',
    ],
    ['data that nothing reads', { data: [{ path: 'customer.id' }] }, '{{name}}', 'warning design.unused /data/0'],
    [
      'a row that another takes all from',
      {
        fields: [text('name'), text('town', { required: false })],
        rules: [
          {
            id: 'r',
            table: {
              keys: ['name', 'town'],
              columns: ['word'],
              rows: [
                ['Ana', '*', 'a'],
                ['Bo', 'Lyon', 'b'],
                [' ana', 'Rome', 'c'],
                ['*', '*', 'd'],
                ['Cy', 'Bonn', 'e'],
              ],
            },
          },
        ],
      },
      '{{name}} {{town | fallback:""}} {{word}}',
      'warning design.row-hidden /rules/0/table',
    ],
    ['a chosen name that nothing reads', { rules: [{ id: 'r', otherwise: { word: 1 } }] }, '{{name}}', 'warning design.unused /rules/0'],
    [
      'a rule that reads what a later one sets',
      {
        rules: [
          { id: 'a', otherwise: { one: '{{two | fallback:""}}' } },
          { id: 'b', otherwise: { two: 1 } },
        ],
      },
      '{{name}}{{one | fallback:""}}',
      'error design.unknown-name /rules/0/otherwise/one',
    ],
    [
      'a condition of a field on what a rule sets',
      { fields: [text('name', { when: { of: 'one', not: 2 } })], rules: [{ id: 'a', otherwise: { one: 1 } }] },
      '{{name}}',
      'error design.unknown-name /fields/0/when',
    ],
    ['no examples', { examples: [] }, '{{name}}', 'warning design.example /examples'],
    ['an example that does not fill', { examples: [{ name: 'bad' }] }, '{{name}}', 'error design.example /examples/0'],
    ['a template that cannot be read', {}, '{{name | shout}}', 'error design.broken /spec/placements/0/layers/0/text'],
    [
      'an exclusion at no field',
      { exclusions: [{ when: { of: 'name', is: 'x' }, message: 'No.', field: 'nam' }] },
      '{{name}}',
      'error design.unknown-name /exclusions/0/field',
    ],
  ])('is told of %s', (_, parts, template, expected) => {
    expect(found(parts, template)).toContain(expected);
  });

  it.each([
    ['an option given twice', { kind: 'choice', options: [{ id: 'a' }, { id: 'a' }] }, 'error design.option /fields/1/options/1/id'],
    ['clipart without a source', { kind: 'clipart', options: [{ id: 'a' }] }, 'error design.option /fields/1/options/0'],
    ['a colour without a colour', { kind: 'colour', options: [{ id: 'red' }] }, 'error design.option /fields/1/options/0'],
    ['an unknown swatch', { kind: 'colour', palette: 'foils', swatches: ['gold', 'glod'] }, 'error design.option /fields/1/swatches'],
    ['an unknown component', { kind: 'component', component: 'lid', choose: 'colour' }, 'error design.option /fields/1'],
    ['an unknown value of an option', { kind: 'variant', option: 'size', only: ['xxl'] }, 'error design.option /fields/1/only'],
    ['an unknown placement', { kind: 'placement', only: ['side'] }, 'error design.option /fields/1/only'],
    ['limits that nothing keeps', { kind: 'text', minLength: 9, maxLength: 3 }, 'error design.limits /fields/1'],
    ['a default that is too long', { kind: 'text', maxLength: 3, default: 'long' }, 'error design.default /fields/1/default'],
    ['a default that is not offered', { kind: 'choice', options: [{ id: 'a' }], default: 'b' }, 'error design.default /fields/1/default'],
  ])('is told of %s', (_, field, expected) => {
    expect(
      found({ fields: [text('name'), { id: 'it', label: 'It', required: false, ...field }] }, '{{name}}{{it | fallback:""}}'),
    ).toContain(expected);
  });

  it('is told of fields that wait for each other', () => {
    const fields = [text('name', { when: { of: 'b', given: true } }), text('b', { when: { of: 'name', given: true } })];
    expect(found({ fields })).toContain('error design.ring /fields');
  });

  it('is told of a condition on an option that there is not', () => {
    const choice = { id: 'style', kind: 'choice', label: 'Style', options: [{ id: 'plain' }, { id: 'framed' }], default: 'plain' };
    const spec = specWith({ type: 'text', text: '{{name}} {{style}}', font: { family: 'Lora' } });
    const rules = [{ id: 'r', cases: [{ when: { of: 'style', in: ['plain', 'framd'] }, set: { style: 'x' } }] }];
    const findings = checkDesign(makeDesign({ ...SOUND, fields: [text('name'), choice], rules, spec }));
    expect(findings).toMatchObject([{ code: 'design.unknown-name', pointer: '/rules/0/cases/0/when', hint: 'did you mean "framed"?' }]);
  });
});
