import { describe, expect, test } from 'vitest';
import { stitchFacts } from '../../../src/stitch/formats/stitch-facts.ts';
import { block, planOf, RED, run, SAMPLE } from './sample-plans.ts';

describe('the facts of a plan', () => {
  test('count stitches, ways, cuts, changes and stops', () => {
    const { stitches, jumps, trims, changes, stops } = stitchFacts(SAMPLE);
    expect({ stitches, jumps, trims, changes, stops }).toEqual({ stitches: 17, jumps: 2, trims: 1, changes: 1, stops: 1 });
  });

  test('measure the design and the thread of each block, carried ways too', () => {
    const { extents, widthMm, heightMm, blocks, threadMm, longestStitchMm } = stitchFacts(
      planOf(run([0, 0, 30, 40]), run([30, 100, 30, 130], 'jump'), run([500, 130, 500, 140])),
    );
    expect(extents).toEqual({ left: 0, top: 0, right: 50, bottom: 14 });
    expect([widthMm, heightMm]).toEqual([50, 14]);
    expect(blocks.map((one) => one.threadMm)).toEqual([5 + 6 + 3 + 1]);
    expect([threadMm, longestStitchMm]).toEqual([15, 5]);
  });

  test('reckon minutes from stitches, cuts and halts', () => {
    const long = run(Array.from({ length: 3000 }, (_, i) => i % 7));
    expect(stitchFacts(planOf(long)).minutes).toBe(2);
    expect(stitchFacts(planOf(long, run([0, 0]))).minutes).toBeCloseTo(1501 / 750 + 0.1, 9);
  });

  test('are zero for nothing, and pass over what is empty', () => {
    expect(stitchFacts({ blocks: [] })).toMatchObject({ stitches: 0, changes: 0, widthMm: 0, heightMm: 0, minutes: 0, blocks: [] });
    expect(stitchFacts({ blocks: [block(RED, [run([])], true), ...planOf(run([0, 0, 9, 0])).blocks] })).toMatchObject({
      stitches: 2,
      stops: 0,
    });
  });
});
