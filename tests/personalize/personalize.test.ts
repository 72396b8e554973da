import { describe, expect, it } from 'vitest';
import { personalize } from '../../src/personalize/personalize.ts';
import { textOf } from './fill.ts';
import { CARD, makeDesign, specWith } from './make-design.ts';

const text = (id: string, more: object = {}) => ({ id, kind: 'text', label: id, ...more });
const codes = (open: ReturnType<typeof makeDesign>, answers = {}, data = {}) =>
  personalize(open, answers, data).findings.map(({ code, pointer }) => `${code} ${pointer}`);

describe('a field that is shown only sometimes', () => {
  const fields = [
    text('note', { when: { of: 'gift', is: true } }),
    { id: 'gift', kind: 'boolean', label: 'Gift', default: false },
    text('ribbon', { when: { of: 'note', given: true }, required: { of: 'note', longerThan: 5 } }),
  ];
  const open = makeDesign({
    fields,
    spec: specWith({ type: 'text', text: 'x{{note | fallback:""}}{{ribbon | fallback:""}}', font: { family: 'Lora' } }),
  });

  it('asks nothing while it is hidden, wherever it stands in the list', () => {
    expect(codes(open)).toEqual([]);
    expect(codes(open, { gift: true })).toEqual(['answer.missing /note']);
    expect(codes(open, { gift: true, note: 'hi' })).toEqual([]);
    expect(codes(open, { gift: true, note: 'dear you' })).toEqual(['answer.missing /ribbon']);
  });

  it('keeps its answer aside while it is hidden, and hides what hangs on it', () => {
    const filled = personalize(open, { note: 'hi', ribbon: 'red', gift: 'no' });
    expect(filled.aside).toEqual({ note: 'hi', ribbon: 'red' });
    expect(filled.answers).toEqual({ gift: false });
    expect(filled.findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info answer.unknown', 'info answer.unknown']);
    expect(filled.spec?.placements[0]?.layers[0]).toMatchObject({ text: 'x' });
  });

  it('hides a value of the same name in the data too', () => {
    const own = makeDesign({ fields: [text('a', { required: false })], data: [{ path: 'a' }] }, '{{a | fallback:"none"}}');
    expect(textOf(own, {}, { a: 'data' })).toBe('none');
  });

  it('never waits for itself', () => {
    const ring = makeDesign(
      { fields: [text('a', { when: { of: 'b', given: true } }), text('b', { when: { of: 'a', given: true } })] },
      '{{a}}{{b}}',
    );
    expect(codes(ring, { a: 'x', b: 'y' })).toContain('design.broken /fields');
  });
});

describe('options that hang on other answers', () => {
  const fields = [
    { id: 'colour', kind: 'choice', label: 'Colour', options: [{ id: 'red' }, { id: 'gold', when: { of: 'variant.size', is: 'l' } }] },
    { id: 'size', kind: 'variant', option: 'size', label: 'Size', default: 's' },
  ];
  const open = makeDesign({ fields }, '{{colour.label}} on {{variant.size}}');

  it('are offered only then, and refused with a reason', () => {
    expect(textOf(open, { size: 'l', colour: 'gold' })).toBe('gold on l');
    const [finding] = personalize(open, { colour: 'gold' }).findings;
    expect(finding).toMatchObject({ code: 'answer.not-offered', message: 'Colour: “gold” cannot be had with your other choices.' });
  });
});

describe('combinations that cannot be had', () => {
  const exclusions = [
    {
      when: {
        all: [
          { of: 'a', is: 'x' },
          { of: 'b', is: 'y' },
        ],
      },
      message: { en: 'Not together.', de: 'Nicht zusammen.' },
      field: 'b',
    },
  ];
  const open = makeDesign({ fields: [text('a'), text('b')], exclusions }, '{{a}}{{b}}');

  it('are refused where the design says, in the language of the order', () => {
    expect(personalize(open, { a: 'X', b: 'y' }, { language: 'de' })).toMatchObject({
      spec: null,
      findings: [{ code: 'answer.excluded', pointer: '/b', message: 'Nicht zusammen.' }],
    });
    expect(textOf(open, { a: 'x', b: 'z' })).toBe('xz');
  });
});

describe('every failure', () => {
  it('is told at once, and a missing value never twice', () => {
    const fields = [text('a'), text('b', { maxLength: 1 }), { id: 'n', kind: 'number', label: 'N' }, text('c', { required: false })];
    const open = makeDesign({ fields, data: [{ path: 'order.id', required: true }] }, '{{a}}{{b}}{{c}}{{order.id}}');
    expect(codes(open, { b: 'xx', n: 'x', foo: 1 })).toEqual(
      ['data.missing /data/order/id', 'answer.missing /a', 'answer.too-long /b', 'answer.number /n', 'answer.unknown /foo'].sort((a, b) =>
        a.endsWith('/foo') ? 1 : b.endsWith('/foo') ? -1 : (a.split(' ')[1] ?? '') < (b.split(' ')[1] ?? '') ? -1 : 1,
      ),
    );
  });

  it('of an answer that is optional until a text needs it is told to the customer', () => {
    const open = makeDesign({ fields: [text('a', { required: false })] }, 'for {{a}}');
    expect(personalize(open, {})).toMatchObject({ spec: null, findings: [{ code: 'answer.missing', pointer: '/a' }] });
  });

  it('of the spec itself names the design and the place', () => {
    const open = makeDesign({ fields: [text('a')], spec: specWith({ type: 'text', texts: '{{a}}', font: { family: 'Lora' } }) });
    const [finding] = personalize(open, { a: 'x' }).findings;
    expect(finding).toMatchObject({ severity: 'error', code: 'design.broken', pointer: '/spec/placements/0/layers/0/texts' });
    expect(finding?.message).toContain('“Test”');
    expect(finding?.message).toContain('did you mean "text"?');
  });

  it('of what is nested without end is told like any other', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}1${']'.repeat(50_000)}`);
    const open = makeDesign({
      fields: [text('a')],
      data: [{ path: 'list' }],
      spec: specWith({ type: 'text', text: 'x', font: '{{list}}' }),
    });
    expect(codes(open, { a: deep, b: deep }, { list: deep })).toEqual(['answer.characters /a', 'answer.unknown /b']);
    expect(codes(open, { a: 'x' }, { list: deep })).toEqual(['design.broken /spec']);
    const choice = makeDesign({ fields: [{ id: 'a', kind: 'choice', label: 'A', options: [{ id: 'x' }], many: {} }] });
    expect(codes(choice, { a: deep })).toEqual(['answer.not-offered /a']);
  });

  it('of one branch harms no other', () => {
    const open = makeDesign({ spec: { placements: 'none' } });
    expect(codes(open)).toEqual(['design.broken /spec/placements']);
  });
});

describe('the spec', () => {
  it('is that of the design with what was chosen of the product', () => {
    const big = { ...CARD, id: 'big', options: [{ id: 'size', label: 'Size', values: [{ id: 'xl', label: 'XL' }] }] };
    const fields = [
      { id: 'size', kind: 'variant', option: 'size', label: 'Size' },
      { id: 'article', kind: 'product', only: ['card', 'big'], label: 'Article', default: 'card' },
      { id: 'where', kind: 'placement', label: 'Where', only: ['front', 'back'] },
      { id: 'edge', kind: 'component', component: 'edge', choose: 'colour', label: 'Edge', required: false },
      { id: 'stuff', kind: 'component', component: 'edge', choose: 'material', label: 'Edge material', required: false },
    ];
    const spec = {
      components: { edge: 'red', cord: '#000000' },
      placements: [
        {
          method: 'paper-print',
          layers: [{ type: 'text', text: '{{size}} {{product}} {{components.edge.colour | fallback:"-"}}', font: { family: 'Lora' } }],
        },
      ],
    };
    const open = {
      ...makeDesign({ fields, spec }),
      products: new Map([
        ['card', CARD],
        ['big', big],
      ]),
    };
    expect(personalize(open, { article: 'big', size: 'xl', where: 'back', stuff: 'mesh' }).spec).toMatchObject({
      product: 'big',
      variant: { size: 'xl' },
      components: { edge: { colour: 'red', material: 'mesh' }, cord: '#000000' },
      placements: [{ placement: 'back', layers: [{ text: 'xl big -' }] }],
    });
    expect(codes(open, { size: 'xl', where: 'back' })).toEqual(['answer.not-offered /size']);
    expect(personalize(open, { size: 's', where: 'front', edge: 'Ink' }).spec?.components).toMatchObject({ edge: { colour: 'ink' } });
  });

  it('takes swatches of a palette as paint, and fonts as they are', () => {
    const fields = [
      { id: 'foil', kind: 'colour', palette: 'foils', label: 'Foil' },
      {
        id: 'font',
        kind: 'font',
        label: 'Font',
        options: [
          { id: 'serif', value: 'Lora' },
          { id: 'bold', value: { family: 'Montserrat', weight: 700 } },
        ],
      },
    ];
    const layer = { type: 'text', text: '{{foil.label}} {{foil.colour}} {{font.family}}', font: '{{font}}', fill: '{{foil}}' };
    const made = personalize(makeDesign({ fields, spec: specWith(layer) }), { foil: 'Silver', font: 'serif' });
    expect(made.spec?.placements[0]?.layers[0]).toMatchObject({
      text: 'Silver #c3c6ca Lora',
      font: { family: 'Lora' },
      fill: { swatch: 'silver', palette: 'foils' },
    });
    expect(made.answers).toEqual({ foil: 'silver', font: 'serif' });
  });

  it('repeats photos with how they were laid in', () => {
    const spec = specWith({
      each: 'photos',
      as: 'photo',
      use: { type: 'image', source: '{{photo}}', crop: '{{photo.crop}}', turn: '{{photo.turn}}' },
    });
    const open = makeDesign({ fields: [{ id: 'photos', kind: 'photos', label: 'Photos' }], spec });
    const made = personalize(open, { photos: ['a.jpg', { source: 'b.jpg', turn: 90, crop: { x: 0, y: 0, width: 0.5, height: 1 } }] });
    expect(made.spec?.placements[0]?.layers).toMatchObject([
      { source: 'a.jpg', turn: 0 },
      { source: 'b.jpg', turn: 90, crop: { width: 0.5 } },
    ]);
  });

  it('holds a photo of many megabytes a few times over', () => {
    const open = makeDesign({
      fields: [{ id: 'p', kind: 'photo', label: 'P' }],
      spec: specWith({ type: 'image', source: '{{p}}' }, { type: 'image', source: '{{p}}' }),
    });
    expect(personalize(open, { p: `data:image/jpeg;base64,${'A'.repeat(8_000_000)}` }).spec).not.toBeNull();
  });

  it('is the same for the same order, and leaves what it was given as it was', () => {
    const answers = Object.freeze({ a: 'x' });
    const data = Object.freeze({ customer: Object.freeze({ name: 'Ana' }) });
    const open = makeDesign({ fields: [text('a')], data: [{ path: 'customer' }] }, '{{a}} {{customer.name}}');
    expect(personalize(open, answers, data)).toEqual(personalize({ ...open }, answers, data));
  });

  it('reads the language of a field, then of the data, then of the design', () => {
    const parts = { language: 'fr', data: [{ path: 'd' }] };
    const field = { id: 'language', kind: 'choice', label: 'Language', options: [{ id: 'es' }, { id: 'it' }], required: false };
    const template = '{{d | date:"MMMM"}} {{language}}';
    const d = '2026-01-01';
    expect(textOf(makeDesign(parts, template), {}, { d })).toBe('janvier fr');
    expect(textOf(makeDesign(parts, template), {}, { d, language: 'de' })).toBe('Januar de');
    expect(textOf(makeDesign(parts, template), {}, { d, language: 'not a tag!' })).toBe('janvier fr');
    expect(textOf(makeDesign({ ...parts, fields: [field] }, template), { language: 'es' }, { d, language: 'de' })).toBe('enero es');
  });
});
