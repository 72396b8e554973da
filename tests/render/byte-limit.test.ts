import { expect, test } from 'vitest';
import { ByteLimit } from '../../src/render/byte-limit.ts';

test('what was used last is kept, up to the number of bytes', () => {
  const kept = new ByteLimit<string>(100);
  kept.set('a', 'A', 40);
  kept.set('b', 'B', 40);
  expect(kept.get('a')).toBe('A');
  kept.set('c', 'C', 40);
  expect([kept.get('a'), kept.get('b'), kept.get('c'), kept.bytes]).toEqual(['A', undefined, 'C', 80]);
});

test('what is larger than all of it is not kept, and drives nothing out', () => {
  const kept = new ByteLimit<string>(100);
  kept.set('a', 'A', 40);
  kept.set('huge', 'H', 101);
  expect([kept.get('a'), kept.get('huge'), kept.bytes]).toEqual(['A', undefined, 40]);
});

test('what is taken or replaced counts no longer', () => {
  const kept = new ByteLimit<string>(100);
  kept.set('a', 'A', 40);
  kept.set('a', 'A2', 60);
  expect(kept.bytes).toBe(60);
  expect([kept.take('a'), kept.take('a'), kept.bytes]).toEqual(['A2', undefined, 0]);
});
