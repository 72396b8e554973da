import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDesign } from '../../src/personalize/check-design.ts';
import { coveredRows } from '../../src/personalize/rules/rule-table.ts';
import { makeDesign } from './make-design.ts';

const cell = fc.constantFrom('*', 'a', ' A', 'b', '3', '3.0');
const plain = (text: string): string => (text.trim() === '3.0' ? '3' : text.trim().toLowerCase());

test('a row is hidden when, and only when, a single row above takes all that it would', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (keys) => {
      const rows = keys.map((own, i) => [...own, `${i}`]);
      const told = coveredRows({ keys: ['x', 'y'], columns: ['out'], rows });
      const takes = (above: readonly string[], below: readonly string[]): boolean =>
        above.every((one, k) => one === '*' || (below[k] !== '*' && plain(one) === plain(below[k] ?? '')));
      const expected = keys.flatMap((own, row) => {
        const by = keys.findIndex((above, i) => i < row && takes(above, own));
        return by < 0 ? [] : [{ row, by }];
      });
      expect(told).toEqual(expected);
    }),
  );
});

test('the rows of a long table are told without naming all of them', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => [`name ${i % 10_000}`, i]);
  const design = makeDesign({ rules: [{ id: 'long', table: { keys: ['name'], columns: ['word'], rows } }] }, '{{name}} {{word}}');
  const [finding] = checkDesign(design).filter(({ code }) => code === 'design.row-hidden');
  expect(finding?.message).toContain('row 10001 (row 1 comes first)');
  expect(finding?.message).toMatch(/ and 9990 more$/);
});
