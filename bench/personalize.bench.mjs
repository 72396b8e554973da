// Filling a design of 20 fields, from answers and data to a design spec that the engine takes: what one order costs before any pixel.

import { parseDesign } from '../dist/model/design.js';
import { parseDesignSpec } from '../dist/model/design-spec.js';
import { parseProduct } from '../dist/model/product.js';
import { personalize } from '../dist/personalize/personalize.js';
import { median, timed } from './support/measure.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

const ROUNDS = 9;
const ORDERS = 2000;

const product = parseProduct({
  id: 'card',
  name: 'Card',
  options: [
    {
      id: 'paper',
      label: 'Paper',
      values: [
        { id: 'matt', label: 'Matt' },
        { id: 'silk', label: 'Silk' },
      ],
    },
  ],
  components: [{ id: 'frame', label: 'Frame', colours: [{ id: 'oak', label: 'Oak', colour: '#c49a6a' }] }],
  placements: [{ id: 'front', label: 'Front', width: 148, height: 105, methods: { 'paper-print': {} } }],
});

const label = (en, de) => ({ en, de });
const tones = ['red', 'blue', 'green', 'gold'].map((id, i) => ({
  id,
  colour: ['#c2413a', '#2f5fd0', '#2f8f4a', '#c9a04a'][i],
  label: label(id, id),
}));

/** Every kind of field, conditions, a rule of each sort, a table of 500 rows, and a spec with ten layers. */
const design = parseDesign({
  id: 'bench-card',
  name: 'Bench card',
  product: 'card',
  fields: [
    { id: 'first', kind: 'text', label: label('First name', 'Vorname'), characters: 'name', maxLength: 30 },
    { id: 'last', kind: 'text', label: label('Last name', 'Nachname'), characters: 'name', maxLength: 30, case: 'upper' },
    { id: 'number', kind: 'text', label: label('Number', 'Nummer'), numbers: '0-99' },
    { id: 'motto', kind: 'text', label: label('Motto', 'Motto'), maxLength: 60, words: { max: 12 }, required: false },
    { id: 'message', kind: 'long-text', label: label('Message', 'Nachricht'), maxLength: 400, maxLines: 8 },
    { id: 'signed', kind: 'text', label: label('Signed', 'Gezeichnet'), default: '{{customer.firstName}}' },
    { id: 'age', kind: 'number', label: label('Age', 'Alter'), min: 1, max: 120, step: 1 },
    { id: 'day', kind: 'date', label: label('Day', 'Tag'), min: '1900-01-01', max: '2100-01-01' },
    { id: 'tone', kind: 'colour', label: label('Colour', 'Farbe'), options: tones },
    { id: 'paint', kind: 'colour', label: label('Paint', 'Anstrich'), any: true },
    { id: 'style', kind: 'choice', label: label('Style', 'Stil'), options: [{ id: 'plain' }, { id: 'framed' }] },
    {
      id: 'extras',
      kind: 'choice',
      label: label('Extras', 'Extras'),
      options: [{ id: 'star' }, { id: 'line' }, { id: 'code' }],
      many: { max: 3 },
      required: false,
    },
    {
      id: 'lettering',
      kind: 'font',
      label: label('Font', 'Schrift'),
      options: [{ id: 'Lora' }, { id: 'Montserrat', value: { family: 'Montserrat', weight: 700 } }],
    },
    { id: 'gift', kind: 'boolean', label: label('Gift', 'Geschenk'), default: false },
    { id: 'giver', kind: 'text', label: label('From', 'Von'), when: { of: 'gift', is: true } },
    { id: 'initials', kind: 'monogram', label: label('Initials', 'Initialen') },
    { id: 'paper', kind: 'variant', option: 'paper', label: label('Paper', 'Papier') },
    { id: 'frame', kind: 'component', component: 'frame', choose: 'colour', label: label('Frame', 'Rahmen') },
    { id: 'link', kind: 'text', label: label('Link', 'Link'), characters: 'ascii', required: { of: 'extras', contains: 'code' } },
    { id: 'year', kind: 'number', label: label('Year', 'Jahr'), required: false },
  ],
  data: ['customer.id', 'customer.firstName', 'customer.city', 'order.date', 'loyalty.tier'].map((path) => ({ path })),
  rules: [
    {
      id: 'season',
      cases: [{ when: { of: 'order.date', between: ['12-01', '01-06'] }, set: { greeting: 'Happy holidays, {{first}}!' } }],
      otherwise: { greeting: 'Dear {{first}},' },
    },
    {
      id: 'city',
      table: {
        keys: ['customer.city', 'loyalty.tier'],
        columns: ['place'],
        rows: [...Array.from({ length: 499 }, (_, i) => [`City ${i}`, i % 2 ? 'gold' : '*', `Place ${i}`]), ['*', '*', 'home']],
      },
    },
    {
      id: 'test',
      split: {
        by: 'customer.id',
        shares: [
          { id: 'a', share: 1, set: { closing: 'Yours' } },
          { id: 'b', share: 1, set: { closing: 'Love' } },
        ],
      },
      otherwise: { closing: 'Yours' },
    },
  ],
  exclusions: [
    {
      when: {
        all: [
          { of: 'style', is: 'framed' },
          { of: 'tone', is: 'gold' },
        ],
      },
      message: label('No gold frames.', 'Keine Goldrahmen.'),
    },
  ],
  spec: {
    title: '{{first}} {{last}}',
    placements: [
      {
        placement: 'front',
        method: 'paper-print',
        background: '{{paint}}',
        layers: [
          {
            type: 'text',
            text: '{{greeting}}',
            font: '{{lettering}}',
            size: 8,
            fill: '{{tone}}',
            box: { x: 10, y: 10, width: 100, height: 12 },
          },
          {
            type: 'text',
            text: '{{message}}',
            font: { family: 'Lora' },
            size: 4,
            fit: { mode: 'wrap-shrink' },
            box: { x: 10, y: 24, width: 100, height: 40 },
          },
          { type: 'text', text: '{{closing}}, {{signed}}', font: '{{lettering}}', size: 5, box: { x: 10, y: 70, width: 60, height: 8 } },
          { type: 'text', text: '{{last}} {{number}}', font: { family: 'Oswald' }, size: 9, box: { x: 80, y: 70, width: 60, height: 12 } },
          {
            type: 'text',
            text: '{{day | date:"dddd, D MMMM YYYY"}} · {{age | ordinal}} · {{place}}',
            font: { family: 'Lora' },
            size: 3,
            box: { x: 10, y: 80, width: 100, height: 6 },
          },
          {
            type: 'text',
            text: '{{motto | upper}}',
            when: { of: 'motto', given: true },
            font: { family: 'Lora' },
            size: 3,
            box: { x: 10, y: 88, width: 100, height: 6 },
          },
          { type: 'text', text: '{{initials.dotted}}', font: { family: 'Cinzel' }, size: 6, box: { x: 120, y: 10, width: 20, height: 10 } },
          {
            when: { of: 'extras', contains: 'code' },
            type: 'code',
            symbology: 'qr',
            value: '{{link}}',
            box: { x: 120, y: 80, width: 20, height: 20 },
          },
          {
            when: { of: 'style', is: 'framed' },
            type: 'shape',
            shape: { kind: 'rect', radius: 2 },
            stroke: { paint: '{{tone}}', width: 1 },
          },
          {
            each: 'initials.letters',
            as: 'letter',
            use: {
              type: 'text',
              text: '{{letter}}',
              font: { family: 'Cinzel' },
              size: 4,
              opacity: 0.3,
              box: { x: '{{each.index | times:8 | plus:10}}', y: 96, width: 8, height: 6 },
            },
          },
        ],
      },
    ],
  },
});

const open = { design, products: new Map([['card', product]]), optionSets: new Map(), palettes: new Map() };

const orderOf = (i) => [
  {
    first: `Ana ${'abcdefgh'[i % 8]}`,
    last: `O'Neil-${i}`.replace(/\d/g, 'x'),
    number: String(i % 100),
    motto: i % 3 ? 'Carpe diem every day' : '',
    message: `Thank you for everything.\nSee you soon, order ${i}.`,
    age: String(1 + (i % 99)),
    day: `20${10 + (i % 20)}-0${1 + (i % 9)}-15`,
    tone: tones[i % 4].id,
    paint: '#f4efe4',
    style: i % 2 && i % 4 !== 3 ? 'framed' : 'plain',
    extras: i % 2 ? ['star', 'code'] : [],
    lettering: i % 2 ? 'Lora' : 'Montserrat',
    gift: i % 5 === 0,
    giver: 'Jorge',
    initials: 'A.O.N.',
    paper: 'silk',
    frame: 'oak',
    link: `https://example.com/${i}`,
    year: 2026,
    colour: 'unknown field',
  },
  {
    language: i % 2 ? 'de' : 'en',
    customer: { id: `c${i}`, firstName: 'Maria', city: `City ${i % 600}` },
    order: { date: `2026-${i % 2 ? '12' : '06'}-20` },
    loyalty: { tier: 'gold' },
  },
];
const orders = Array.from({ length: ORDERS }, (_, i) => orderOf(i));

const fillAll = () => {
  let specs = 0;
  for (const [answers, data] of orders) if (personalize(open, answers, data).spec) specs++;
  return specs;
};
must(design.fields.length === 20, 'expected a design of 20 fields');
const failed = orders.map(([answers, data]) => personalize(open, answers, data)).find(({ spec }) => spec === null);
must(failed === undefined, `expected every order to be filled, got ${JSON.stringify(failed?.findings)}`);
const plain = orders.map(([answers, data]) => personalize(open, answers, data).spec);

const samples = { fill: [], parse: [] };
for (let round = -2; round < ROUNDS; round++) {
  const fill = await timed(fillAll);
  const parse = await timed(() => plain.map((spec) => parseDesignSpec(spec)).length);
  if (round < 0) continue;
  samples.fill.push(fill.cpuMs / ORDERS);
  samples.parse.push(parse.cpuMs / ORDERS);
}
const fillMs = median(samples.fill);
print(`\ncpu of one order, medians of ${ROUNDS} rounds of ${digits(ORDERS)} orders, 20 fields, a table of 500 rows, 12 layers\n`);
printTable(
  ['step', 'ms', 'orders a second'],
  [
    ['answers and data to a design spec', fillMs.toFixed(4), digits(1000 / fillMs)],
    ['of it, the check of the spec by its schema (measured alone)', median(samples.parse).toFixed(4), ''],
  ],
);
printTargets([{ name: 'filling a design of 20 fields, ms', value: fillMs, most: 0.2 }]);
