import { describe, expect, it } from 'vitest';
import { explain } from '../../src/personalize/explain.ts';
import { personalize } from '../../src/personalize/personalize.ts';
import { shareAt, stableShare } from '../../src/personalize/rules/stable-share.ts';
import { textOf } from './fill.ts';
import { makeDesign } from './make-design.ts';

const DATA = ['city', 'tier', 'id', 'date', 'list'].map((path) => ({ path }));

describe('a rule', () => {
  it('takes the first case that fits, and otherwise what stands for none', () => {
    const rules = [
      {
        id: 'tone',
        cases: [
          { id: 'winter', when: { of: 'date', between: ['12-01', '02-28'] }, set: { word: 'cold' } },
          { when: { of: 'city', is: 'Lyon' }, set: { word: 'warm in {{city | upper}}' } },
        ],
        otherwise: { word: 'mild' },
      },
    ];
    const open = makeDesign({ data: DATA, rules }, '{{word}}');
    expect(textOf(open, {}, { date: '2026-01-05', city: 'Lyon' })).toBe('cold');
    expect(textOf(open, {}, { date: '2026-06-05', city: 'lyon' })).toBe('warm in LYON');
    expect(textOf(open, {}, {})).toBe('mild');
    expect(personalize(open, {}, { city: 'Lyon' }).decisions).toEqual([
      { rule: 'tone', chose: 'case 2', set: { word: 'warm in LYON' }, looked: { city: 'Lyon', date: undefined } },
    ]);
  });

  it('reads what the rules before it set, and may speak another language', () => {
    const rules = [
      { id: 'where', otherwise: { language: 'de', place: '{{city}}' } },
      { id: 'then', cases: [{ when: { of: 'place', is: 'Wien' }, set: { day: '{{date}}' } }] },
    ];
    expect(textOf(makeDesign({ data: DATA, rules }, '{{day | date:"D. MMMM"}}'), {}, { city: 'Wien', date: '2026-03-01' })).toBe('1. März');
  });

  it('finds rows of a table by their keys, * fitting anything, the first winning', () => {
    const rows = [
      ['Lyon', 'gold', 'a'],
      ['Lyon', '*', 'b'],
      ['*', 'gold', 'c'],
      [3, '*', 'd'],
      ['lyon', 'gold', 'never'],
      ['*', '*', 'e {{city | fallback:"nowhere"}}'],
    ];
    const open = makeDesign(
      { data: DATA, rules: [{ id: 'table', table: { keys: ['city', 'tier'], columns: ['word'], rows } }] },
      '{{word}}',
    );
    const found = (city: unknown, tier?: unknown) => textOf(open, {}, { city, tier });
    expect([
      found(' LYON', 'Gold'),
      found('Lyon', 'silver'),
      found('Lyon'),
      found('Nice', 'gold'),
      found('3.0'),
      found('Nice'),
      found(undefined),
    ]).toEqual(['a', 'b', 'b', 'c', 'd', 'e Nice', 'e nowhere']);
    expect(found(['Nice', 'Lyon'])).toBe('b');
    expect(personalize(open, {}, { city: 'Nice', tier: 'gold' }).decisions[0]?.chose).toBe('row 3');
  });

  it('says which rows of a table have too few cells', () => {
    const rules = [
      {
        id: 'table',
        table: {
          keys: ['city'],
          columns: ['a', 'b'],
          rows: [
            ['x', 'y', 'z'],
            ['x', 'y'],
          ],
        },
      },
    ];
    expect(personalize(makeDesign({ data: DATA, rules }, '{{a}}{{b}}'), {}).findings[0]).toMatchObject({
      code: 'design.broken',
      pointer: '/rules/0/table/rows/1',
    });
  });

  it('shares people out by a stable hash, in the proportion of the shares', () => {
    const shares = [
      { id: 'a', share: 3, set: { word: 'A' } },
      { id: 'b', share: 1, set: { word: 'B' } },
    ];
    const open = makeDesign({ data: DATA, rules: [{ id: 'split', split: { by: 'id', shares }, otherwise: { word: 'none' } }] }, '{{word}}');
    const words = Array.from({ length: 2000 }, (_, i) => textOf(open, {}, { id: `customer-${i}` }));
    const share = words.filter((word) => word === 'A').length / words.length;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.78);
    expect(words).toEqual(Array.from({ length: 2000 }, (_, i) => textOf(open, {}, { id: `customer-${i}` })));
    expect(textOf(open)).toBe('none');
  });

  it('keeps these shares for good: an order printed again is the same', () => {
    expect(stableShare('split', 'customer-1')).toBeCloseTo(0.8574564972, 9);
    expect(stableShare('other', 'customer-1')).not.toBeCloseTo(stableShare('split', 'customer-1'), 3);
    expect(shareAt([{ share: 1 }, { share: 1, id: 'last' }], 1)).toEqual({ share: 1, id: 'last' });
  });
});

describe('the explanation', () => {
  it('says which rule chose what, and why', () => {
    const rules = [
      { id: 'tone', cases: [{ id: 'south', when: { of: 'city', is: 'Lyon' }, set: { word: 'warm' } }] },
      { id: 'none', cases: [{ when: { of: 'tier', is: 'gold' }, set: { word: 'rich' } }] },
    ];
    const open = makeDesign({ data: DATA, rules, fields: [{ id: 'name', kind: 'text', label: 'Name' }] }, '{{word}} {{name}}');
    expect(explain(personalize(open, { name: 'Ana', foo: 1 }, { city: 'Lyon' }))).toEqual([
      'answer name: Ana',
      'rule tone: south because city = Lyon; sets word = warm',
      'rule none: nothing fitted because tier = nothing',
      'kept aside foo: 1',
      'info answer.unknown at /foo: The answer “foo” belongs to no question and was not used.',
    ]);
  });
});
