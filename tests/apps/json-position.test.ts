import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionOf } from '../../src/apps/cli/json-position.ts';

const TEXT = `{
  "product": "tee",
  "placements": [
    { "placement": "front", "a/b": [1, "x,]}\\"", {"deep": true}] },
    {"placement": "back"}
  ]
}
`;

describe('the position of a JSON pointer', () => {
  test.each([
    ['', 1, 1],
    ['/product', 2, 14],
    ['/placements/0/placement', 4, 20],
    ['/placements/0/a~1b/1', 4, 40],
    ['/placements/0/a~1b/2/deep', 4, 59],
    ['/placements/1', 5, 5],
  ])('%s is at line %i, column %i', (pointer, line, column) => {
    expect(positionOf(TEXT, pointer)).toEqual({ line, column });
  });

  test('of something missing is that of its nearest parent', () => {
    expect(positionOf(TEXT, '/placements/1/method')).toEqual({ line: 5, column: 5 });
    expect(positionOf(TEXT, '/nothing')).toEqual({ line: 1, column: 1 });
  });

  test('points at the value itself in any JSON text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 5 }), fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        for (const [key, member] of Object.entries(value)) {
          const pointer = `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
          const { line, column } = positionOf(text, pointer);
          const rest = text
            .split('\n')
            .slice(line - 1)
            .join('\n')
            .slice(column - 1);
          expect(rest.startsWith(JSON.stringify(member, null, indent).split('\n')[0] ?? '')).toBe(true);
        }
      }),
    );
  });
});
