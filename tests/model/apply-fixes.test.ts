import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyFixes } from '../../src/model/apply-fixes.ts';
import type { Finding } from '../../src/model/finding.ts';

const finding = (code: string, ...set: readonly (readonly [string, unknown])[]): Finding => ({
  severity: 'error',
  code,
  pointer: '',
  message: '',
  autofix: { title: '', set: set.map(([pointer, value]) => ({ pointer, value })) },
});

test('fixes set their places, make objects on the way, and leave the given spec alone', () => {
  const spec = { placements: [{ layers: [{ type: 'text' }] }] };
  const before = structuredClone(spec);
  const one = finding('text.overflow', ['/placements/0/layers/0/fit/mode', 'shrink']);
  const fixed = applyFixes(spec, [one]);
  expect(fixed).toEqual({ spec: { placements: [{ layers: [{ type: 'text', fit: { mode: 'shrink' } }] }] }, applied: [one] });
  expect(spec).toEqual(before);
});

test('only accepted codes are mended', () => {
  const [a, b] = [finding('a.one', ['/a', 1]), finding('b.two', ['/b', 2])];
  expect(applyFixes({}, [a, b], ['b.two'])).toEqual({ spec: { b: 2 }, applied: [b] });
  expect(applyFixes({}, [a, b], false).applied).toEqual([]);
});

test('of two fixes for one place the first is made; equal ones are both', () => {
  const [a, b, c] = [finding('a', ['/edge', 'extend']), finding('b', ['/x', 1], ['/edge', 'mirror']), finding('c', ['/edge', 'extend'])];
  expect(applyFixes({}, [a, b, c])).toEqual({ spec: { edge: 'extend' }, applied: [a, c] });
});

test('a place that is not there is left, whatever the pointer', () => {
  for (const pointer of ['/placements/3/edge', '/placements/x', '/title/deep', '/__proto__/polluted', '/placements/-1'])
    expect(applyFixes({ placements: [{}], title: 't' }, [finding('a', [pointer, 1])])).toMatchObject({ applied: [] });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('never throws and never loses what it does not touch', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (spec, key) => {
      const { spec: fixed } = applyFixes(spec, [finding('a', [`/${key}`, 'v'])]);
      for (const other of Object.keys(spec).filter((one) => one !== key.replace(/~1/g, '/').replace(/~0/g, '~') && !key.includes('/')))
        expect(Reflect.get(Object(fixed), other)).toEqual(spec[other]);
    }),
  );
});
