import { describe, expect, it } from 'vitest';
import { type Condition, conditionSchema } from '../../src/model/condition.ts';
import { compileCondition, pathsIn } from '../../src/personalize/conditions.ts';
import { Shown } from '../../src/personalize/scope.ts';

const holds = (condition: unknown, values: Readonly<Record<string, unknown>> = {}): boolean =>
  compileCondition(conditionSchema.parse(condition))({ names: new Map(Object.entries(values)), outer: null });

const passing = (test: object, ...values: readonly unknown[]): readonly boolean[] =>
  values.map((it) => holds({ of: 'it', ...test }, { it }));

describe('a test of one value', () => {
  it.each([
    [{ is: 'Lyon' }, ['lyon', ' LYON ', 'Lyo\u006e', 'Paris', '', undefined, null], [true, true, true, false, false, false, false]],
    [{ is: 3 }, [3, '3', ' 3.0 ', '03', 'three', true, undefined], [true, true, true, true, false, false, false]],
    [{ is: true }, [true, 'true', 'TRUE', 1, 'yes', false], [true, true, true, false, false, false]],
    [{ is: '3' }, [3, '3', 4], [true, true, false]],
    [{ not: 'Lyon' }, ['lyon', 'Paris', undefined, '', ['a', 'LYON'], ['a']], [false, true, true, true, false, true]],
    [{ in: ['a', 2, true] }, ['A', '2', 2, 'true', 'b', undefined, ['x', 'a'], []], [true, true, true, true, false, false, true, false]],
    [{ notIn: ['a', 2] }, ['A', 2, 'b', undefined, ['b', 'a'], ['b']], [false, false, true, true, false, true]],
    [{ given: true }, ['x', '', '  ', 0, false, [], ['x'], undefined, null], [true, false, false, true, true, false, true, false, false]],
    [{ given: false }, ['x', '', 0, undefined, []], [false, true, false, true, true]],
    [{ atLeast: 18 }, [18, '18', 17.9, 'x', undefined, [1, 20]], [true, true, false, false, false, true]],
    [{ atMost: 18 }, [18, 19, '7'], [true, false, true]],
    [{ above: 18 }, [18, 18.1], [false, true]],
    [{ below: '2026-03-01' }, ['2026-02-28', '2026-03-01', '2026-03-01T00:00', '2025'], [true, false, false, true]],
    [{ atLeast: '9' }, ['10', '8', 10], [true, false, true]],
    [{ like: '*@Example.org' }, ['ana@example.ORG', 'ana@example.com', undefined, 7], [true, false, false, false]],
    [{ like: 'a*b*c' }, ['abc', 'axxbyyc', 'acb', 'ab', 'aXbXbXc'], [true, true, false, false, true]],
    [{ like: '.*' }, ['.x', 'x'], [true, false]],
    [{ contains: 'an' }, ['Ana', 'Bob', ['an'], ['Ana'], undefined], [true, false, true, false, false]],
    [{ contains: 2 }, [[1, 2], [1], 12], [true, false, true]],
    [{ longerThan: 2 }, ['abc', 'ab', [1, 2, 3], undefined, '👍👍👍'], [true, false, true, false, true]],
    [{ shorterThan: 2 }, ['a', 'ab', [1], '', undefined], [true, false, true, false, false]],
    [
      { between: ['06-01', '08-31'] },
      ['2026-06-01', '1999-08-31T10:00', '2026-09-01', 'June', undefined],
      [true, true, false, false, false],
    ],
    [{ between: ['12-01', '01-06'] }, ['2026-12-24', '2026-01-06', '2026-01-07'], [true, true, false]],
    [{ atLeast: 10, below: 20 }, [15, 20, 9, [9, 25], [9, 15]], [true, false, false, false, true]],
  ])('%j passes what it should of %j', (test, values, expected) => {
    expect(passing(test, ...values)).toEqual(expected);
  });

  it('looks at own members alone, and never into JavaScript', () => {
    const customer = { address: { city: 'Lyon' }, list: ['a', 'b'] };
    expect(holds({ of: 'customer.address.city', is: 'lyon' }, { customer })).toBe(true);
    expect(holds({ of: 'customer.list.1', is: 'b' }, { customer })).toBe(true);
    expect(holds({ of: 'customer.list.count', is: 2 }, { customer })).toBe(true);
    for (const of of [
      'customer.constructor.name',
      'customer.__proto__',
      'constructor',
      '__proto__.x',
      'customer.list.length',
      'customer.toString',
    ])
      expect(holds({ of, given: true }, { customer }), of).toBe(false);
  });

  it('compares the id of what was chosen, not what it stands for', () => {
    const it = new Shown({ family: 'Lora' }, 'serif', () => undefined);
    expect(holds({ of: 'it', is: 'serif' }, { it })).toBe(true);
    expect(holds({ of: 'it', contains: 'serif' }, { it: [it] })).toBe(true);
  });

  it('takes time in proportion to the text, whatever the pattern', () => {
    expect(holds({ of: 'it', like: `${'*a'.repeat(90)}*b` }, { it: 'a'.repeat(50_000) })).toBe(false);
  });

  it('is not thrown off by objects that pose as texts', () => {
    const odd = { toString: 1, valueOf: null };
    for (const test of [{ is: 'x' }, { in: ['x'] }, { notIn: ['x'] }, { like: '*' }, { contains: 'o' }, { atLeast: 1 }, { longerThan: 1 }])
      expect(typeof holds({ of: 'it', ...test }, { it: odd })).toBe('boolean');
  });
});

describe('tests joined', () => {
  const yes: Condition = { of: 'one', is: 1 };
  const no: Condition = { of: 'one', is: 2 };

  it.each([
    [[yes, yes], true, true],
    [[yes, no], false, true],
    [[no, yes], false, true],
    [[no, no], false, false],
  ])('follow the truth table (%#)', (parts, all, any) => {
    expect(holds({ all: parts }, { one: 1 })).toBe(all);
    expect(holds({ any: parts }, { one: 1 })).toBe(any);
    expect(holds({ not: { all: parts } }, { one: 1 })).toBe(!all);
    expect(holds({ not: { any: parts } }, { one: 1 })).toBe(!any);
  });

  it('name every path they read', () => {
    expect(pathsIn({ all: [yes, { not: { any: [{ of: 'b.c', given: true }] } }] })).toEqual(['one', 'b.c']);
  });
});
