import { describe, expect, it } from 'vitest';
import { personalize } from '../../src/personalize/personalize.ts';
import { parseTemplate } from '../../src/personalize/template/template-text.ts';
import { textOf, written } from './fill.ts';
import { makeDesign, specWith } from './make-design.ts';

describe('a formatter', () => {
  it.each([
    ['{{v | trim}}', '  a b ', 'a b'],
    ['{{v | upper}}', 'straße', 'STRASSE'],
    ['{{v | lower}}', 'ANNA', 'anna'],
    ['{{v | title}}', "anne-marie o'neil", "Anne-Marie O'neil"],
    ['{{v | sentence}}', 'hello there. how are you? ¿qué tal', 'Hello there. How are you? ¿Qué tal'],
    ['{{v | initials}}', 'ana maria-lena silva', 'AMLS'],
    ['{{v | initials:"."}}', 'Ana Silva', 'A.S'],
    ['{{v | first-word}}', ' Ana Silva', 'Ana'],
    ['{{v | last-word}}', 'Ana Silva ', 'Silva'],
    ['{{v | digits}}', 'No. 07-a', '07'],
    ['{{v | truncate:4}}', 'Annabel', 'Ann…'],
    ['{{v | truncate:7}}', 'Annabel', 'Annabel'],
    ['{{v | pad:3}}', 7, '007'],
    ['{{v | pad:4,"·"}}', 'ab', '··ab'],
    ['{{v | replace:"-"," "}}', 'a-b-c', 'a b c'],
    ['{{v | possessive}}', 'James', 'James’'],
    ['{{v | possessive}}', 'Ana', 'Ana’s'],
    ['{{v | number}}', 1234567.5, '1,234,567.5'],
    ['{{v | number:2}}', '3.14159', '3.14'],
    ['{{v | ordinal}}', 22, '22nd'],
    ['{{v | ordinal}}', 113, '113th'],
    ['{{v | plus:2 | times:1.5}}', 0.1, '3.15'],
    ['{{v | per:4}}/{{v | mod:4}}', 11, '2/3'],
    ['{{v | count}}', ['a', 'b'], '2'],
    ['{{v | join}}', ['a', 'b', 'c'], 'a, b, c'],
    ['{{v | upper | join:", "," & "}}', ['a', 'b', 'c'], 'A, B & C'],
    ['{{v | list}}', ['Ada'], 'Ada'],
    ['{{v | upper | list}}', ['a', 'b', 'c'], 'A, B and C'],
    ['{{v | lines | list}}', ' Ada \n\nBen\nChi', 'Ada, Ben and Chi'],
    ['{{v | first}}{{v | last}}', ['a', 'b', 'c'], 'ac'],
    ['{{v | date:"dddd, D MMMM YYYY"}}', '2026-11-22', 'Sunday, 22 November 2026'],
    ['{{v | date:"DD.MM.YY [at] ddd MMM M"}}', '2004-02-29', '29.02.04 at Sun Feb 2'],
    ['{{v | date}}', '2026-11-02T23:59:59Z', '2 November 2026'],
    ['{{v | year}}', '1999-12-31', '1999'],
    ['{{v | age:"2026-11-21"}}', '2000-11-22', '25'],
    ['{{v | age:"2026-11-22"}}', '2000-11-22', '26'],
    ['{{v | text}}', 7, '7'],
    ['{{"{{"}}{{v}}}}', 'x', '{{x}}'],
  ])('%s of %j is %j', (template, v, expected) => {
    expect(written(template, { v })).toBe(expected);
  });

  it.each([
    ['de', '{{d | date:"D. MMMM"}} {{n | number}} {{n | ordinal}}', '5. März 12.345 12345.'],
    ['fr-CA', '{{d | date:"dddd D MMMM"}} {{n | number}}', 'jeudi 5 mars 12\u00a0345'],
    ['pl', '{{d | date:"D MMMM"}} {{d | date:"MMMM"}} {{d | date:"MMMM [D]"}}', '5 marca marzec marzec D'],
    ['es', '{{d | date:"D [de] MMMM"}} {{n | ordinal}}', '5 de marzo 12345.º'],
    ['hi', '{{n | times:100 | number}}', '12,34,500'],
    ['ja', '{{d | date:"YYYY年M月D日 (ddd)"}}', '2026年3月5日 (木)'],
    ['tr', '{{"istanbul" | upper}}', 'İSTANBUL'],
    ['nl', '{{"Anna" | possessive}} {{"Jan" | possessive}}', 'Anna’s Jans'],
  ])('writes %s as that language does', (language, template, expected) => {
    expect(written(template, { d: '2026-03-05', n: 12345 }, language)).toBe(expected);
  });

  it.each([
    ['de', 'Ada, Ben und Chi'],
    ['fr', 'Ada, Ben et Chi'],
    ['pl', 'Ada, Ben i Chi'],
    ['ja', 'Ada, Ben & Chi'],
  ])('joins a list in %s as people say it', (language, expected) => {
    expect(written('{{v | list}}', { v: ['Ada', 'Ben', 'Chi'] }, language)).toBe(expected);
  });

  it('changes the Spanish y and the Italian e before their like', () => {
    expect(written('{{v | list}}', { v: ['Ana', 'Irene'] }, 'es')).toBe('Ana e Irene');
    expect(written('{{v | list}}', { v: ['Ana', 'Luis'] }, 'es')).toBe('Ana y Luis');
    expect(written('{{v | list}}', { v: ['Ada', 'Emma'] }, 'it')).toBe('Ada ed Emma');
  });

  it('that can make nothing of a value leaves it to fallback', () => {
    expect(written('{{v | date:"D" | fallback:"soon"}}', { v: 'never' })).toBe('soon');
    expect(written('{{v | digits | fallback:""}}!', { v: 'none' })).toBe('!');
    expect(written('{{v | number}}', { v: 'none' })).toBeNull();
    expect(written('{{v | date:"MMMM"}}', { v: '2026-01-01' }, 'xx')).toBeNull();
  });

  it('may take a value from a path', () => {
    expect(written('{{nick | fallback:name | upper}}', { name: 'Ana', nick: ' ' })).toBe('ANA');
    expect(written('{{born | age:order}}', { born: '2000-01-01', order: '2026-01-01' })).toBe('26');
  });
});

describe('a template', () => {
  it.each([
    ['Hi {{name', 4, '}}'],
    ['{{}}', 1, 'a name'],
    ['{{ name | uper }}', 11, 'expected a formatter'],
    ['{{name upper}}', 8, 'expected |'],
    ['{{name | pad}}', 10, 'expected 1 to 2'],
    ['{{name | pad:}}', 13, 'expected a value'],
    ['{{name + 1}}', 8, 'expected a name'],
    ['{{name[0]}}', 7, 'expected a name'],
    ['{{name | "x"}}', 10, 'name of a formatter'],
  ])('%s is a mistake at character %i', (text, at, message) => {
    const [mistake] = parseTemplate(text).mistakes;
    expect(mistake?.at).toBe(at - 1);
    expect(mistake?.message).toContain(message);
    expect(personalize(makeDesign({}, text), {}).findings[0]).toMatchObject({
      code: 'design.broken',
      pointer: '/spec/placements/0/layers/0/text',
    });
  });

  it('never writes a missing value as a blank', () => {
    const open = makeDesign({ data: [{ path: 'customer.name' }] }, 'Dear {{customer.name}}');
    expect(personalize(open, {}, {}).findings).toMatchObject([{ severity: 'error', code: 'data.missing', pointer: '/data/customer/name' }]);
    expect(textOf(open, {}, { customer: { name: '' } })).toBeNull();
    expect(textOf(makeDesign({ data: [{ path: 'customer.name' }] }, 'Dear {{customer.name | fallback:"friend"}}'))).toBe('Dear friend');
  });

  it('that is one value alone becomes that value, of its own kind', () => {
    const layer = { type: 'text', text: 'x', font: '{{font}}', size: '{{size}}', fill: '{{fill | optional}}' };
    const open = makeDesign({ data: ['font', 'size', 'fill'].map((path) => ({ path })), spec: specWith(layer) });
    const { spec } = personalize(open, {}, { font: { family: 'Lora', weight: 700 }, size: 12 });
    expect(spec?.placements[0]?.layers[0]).toMatchObject({ font: { family: 'Lora', weight: 700 }, size: 12, fill: '#000000' });
  });

  it('leaves items out by when, picks by condition, and repeats for each value', () => {
    const layers = [
      { when: { of: 'names', longerThan: 5 }, type: 'text', text: 'many', font: { family: 'Lora' } },
      {
        each: 'names',
        as: 'name',
        when: { of: 'name', not: 'Bo' },
        use: {
          type: 'text',
          text: '{{each.number}}/{{each.count}} {{name}}',
          font: { family: 'Lora' },
          box: { y: '{{each.index | times:10 | plus:5}}' },
        },
      },
      {
        pick: [{ when: { of: 'names', contains: 'Cy' }, use: { type: 'shape', shape: { kind: 'heart' } } }],
        otherwise: { type: 'shape', shape: { kind: 'ellipse' } },
      },
      { pick: [{ when: { of: 'names', contains: 'Zoe' }, use: { type: 'shape', shape: { kind: 'heart' } } }] },
    ];
    const open = makeDesign({ data: [{ path: 'names' }], spec: specWith(...layers) });
    const made = personalize(open, {}, { names: ['Ana', 'Bo', 'Cy'] }).spec?.placements[0]?.layers;
    expect(made).toMatchObject([{ text: '1/3 Ana', box: { y: 5 } }, { text: '3/3 Cy', box: { y: 25 } }, { shape: { kind: 'heart' } }]);
    expect(made).toHaveLength(3);
  });

  it('tells what is wrong with its parts', () => {
    const layers = [
      { each: 'photos..x', use: 1 },
      { each: 'a', as: '1', use: 1 },
      { pick: [] },
      { pick: [{ wen: 1, use: 2 }] },
      { each: 'a' },
      { when: { of: 'a', iss: 1 } },
    ];
    const { findings } = personalize(makeDesign({ data: [{ path: 'a' }], spec: specWith(...layers) }), {});
    expect(findings.every(({ code }) => code === 'design.broken')).toBe(true);
    for (const place of ['0/each', '1/as', '2/pick', '3/pick/0', '4', '5/when'])
      expect(findings.map(({ pointer }) => pointer)).toContain(`/spec/placements/0/layers/${place}`);
  });

  it('cannot grow beyond what a machine can bear', () => {
    const layer = { each: 'list', as: 'one', use: { type: 'text', text: 'x'.repeat(5000), font: { family: 'Lora' } } };
    const open = makeDesign({ data: [{ path: 'list' }], spec: specWith(layer) });
    const { spec, findings } = personalize(open, {}, { list: Array.from({ length: 9000 }, (_, i) => i) });
    expect(spec).toBeNull();
    expect(findings).toMatchObject([{ code: 'design.broken', pointer: '/spec' }]);
  });
});

describe('what an answer or a record holds', () => {
  const INJECTIONS = [
    '{{customer.secret}}',
    '{{',
    '}}',
    '{{"x"}}',
    '$' + '{1+1}',
    '<%= 1 %>',
    '{{constructor}}',
    '__proto__',
    '{"each":"x"}',
    '\\{{name}}',
    '{{it | upper}}',
  ];

  it.each(INJECTIONS)('stays literal text: %s', (raw) => {
    const fields = [{ id: 'it', kind: 'text', label: 'It' }];
    expect(textOf(makeDesign({ fields }, '{{it}}'), { it: raw })).toBe(raw);
    expect(textOf(makeDesign({ fields }, 'a {{it}} b'), { it: raw })).toBe(`a ${raw} b`);
    const open = makeDesign({ fields, data: [{ path: 'it2' }], rules: [{ id: 'copy', otherwise: { copied: '{{it2}}' } }] }, '{{copied}}');
    expect(textOf(open, { it: 'x' }, { it2: raw, customer: { secret: 'leak' } })).toBe(raw);
  });

  it('is read only where the design declares it', () => {
    const open = makeDesign({ data: [{ path: 'customer.name' }] }, '{{customer.secret | fallback:"none"}} {{customer.name}}');
    expect(textOf(open, {}, { customer: { name: 'Ana', secret: 'leak' } })).toBe('none Ana');
  });

  it('reaches no prototype', () => {
    for (const path of ['__proto__', 'constructor', 'customer.constructor.name', 'customer.__proto__.polluted', 'hasOwnProperty']) {
      const open = makeDesign({ data: [{ path: 'customer' }, { path: path.split('.')[0] }] }, `{{${path} | fallback:"none"}}`);
      expect(textOf(open, {}, JSON.parse('{"customer": {"__proto__": {"polluted": "yes"}}, "__proto__": {"x": 1}}')), path).toBe('none');
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
