import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourBlocks } from '../../../src/stitch/order/colour-blocks.ts';

const none = (count: number): number[][] => Array.from({ length: count }, () => []);

describe('colourBlocks', () => {
  it('sews twelve free squares of three colours in three blocks', () => {
    const colours = Array.from({ length: 12 }, (_, i) => i % 3);
    const blocks = colourBlocks({ colours, after: none(12) });
    expect(blocks.map(({ colour }) => colour)).toEqual([0, 1, 2]);
    expect(blocks[1]?.pieces).toEqual([1, 4, 7, 10]);
  });

  it('comes back to a colour only when something lies between', () => {
    // red under white under red, and a blue that is free
    const blocks = colourBlocks({ colours: [1, 0, 1, 2], after: [[1], [2], [], []] });
    expect(blocks.map(({ colour }) => colour)).toEqual([1, 0, 1, 2]);
  });

  it('waits with a colour when that saves a block', () => {
    // Greedy light-first would sew colour 0 at once and again at the end.
    const blocks = colourBlocks({ colours: [0, 1, 0], after: [[], [2], []] });
    expect(blocks.map(({ colour }) => colour)).toEqual([1, 0]);
  });

  it('sews every piece once, after all it lies on, in no more blocks than any other order of few pieces', () => {
    const small = fc.integer({ min: 1, max: 7 }).chain((count) =>
      fc.record({
        colours: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: count, maxLength: count }),
        edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 10 }),
      }),
    );
    fc.assert(
      fc.property(small, ({ colours, edges }) => {
        const after = none(colours.length);
        for (const [a, b] of edges) if (a !== b) after[Math.min(a, b)]?.push(Math.max(a, b));
        const blocks = colourBlocks({ colours, after });
        const sewn = blocks.flatMap(({ pieces }) => pieces);
        expect([...sewn].sort((a, b) => a - b)).toEqual([...colours.keys()]);
        after.forEach((later, i) => {
          for (const j of later) expect(sewn.indexOf(i)).toBeLessThan(sewn.indexOf(j));
        });
        expect(blocks.length).toBe(fewest(colours, after));
      }),
      { numRuns: 300 },
    );
  });

  it('ends in time on hundreds of pieces piled up at random', () => {
    const colours = Array.from({ length: 400 }, (_, i) => (i * 7) % 6);
    const after = colours.map((_, i) => [i + 1 + ((i * 13) % 11), i + 2 + ((i * 5) % 17)].filter((j) => j < 400));
    const sewn = colourBlocks({ colours, after }).flatMap(({ pieces }) => pieces);
    expect(new Set(sewn).size).toBe(400);
  });
});

/** By trying every order of colours. */
const fewest = (colours: readonly number[], after: readonly (readonly number[])[]): number => {
  let states: Set<number> = new Set([0]);
  const all = 2 ** colours.length - 1;
  for (let blocks = 0; ; blocks += 1) {
    if (states.has(all)) return blocks;
    const next = new Set<number>();
    for (const state of states) for (const colour of new Set(colours)) next.add(take(state, colour, colours, after));
    states = next;
  }
};

const take = (state: number, colour: number, colours: readonly number[], after: readonly (readonly number[])[]): number => {
  let done = state;
  for (let i = 0; i < colours.length; i += 1) {
    const isReady = after.every((later, j) => !later.includes(i) || ((done >> j) & 1) === 1);
    if (colours[i] === colour && isReady) done |= 1 << i;
  }
  return done;
};
