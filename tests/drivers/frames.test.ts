import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from '../../src/drivers/sandbox/frames.ts';

const big = (fill: number): Uint8Array => new Uint8Array(70_000).fill(fill);

/** Cuts the bytes at the given places, as a pipe might. */
const inPieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
};

describe('frames', () => {
  it('come back whole and in order however the pipe cuts them', () => {
    const message = fc.record(
      {
        text: fc.string(),
        small: fc.uint8Array({ maxLength: 50 }),
        bigs: fc.array(fc.nat(255).map(big), { maxLength: 3 }),
        nested: fc.record(
          {
            none: fc.constant(undefined),
            list: fc.array(fc.float(), { maxLength: 5 }),
            coords: fc.constant(Float64Array.of(1, 2.5)),
          },
          { noNullPrototype: true },
        ),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 3 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        (messages, cuts) => {
          const got: unknown[] = [];
          const reader = new FrameReader(10_000_000, (value) => got.push(value));
          for (const piece of inPieces(Buffer.concat(messages.flatMap(encodeFrame)), cuts)) reader.push(piece);
          // Not `toEqual`: it takes half a second for each of the large arrays.
          expect(isDeepStrictEqual(got, messages)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('over the limit stop the reader before their memory is taken', () => {
    const reader = new FrameReader(100_000, () => {});
    expect(() => reader.push(Buffer.concat(encodeFrame({ a: big(1), b: big(2) })))).toThrow(/at most 100000 bytes/);
    const lying = Buffer.alloc(16);
    lying.writeUInt32BE(1, 4);
    lying.writeDoubleBE(1e300, 8);
    expect(() => new FrameReader(100_000, () => {}).push(lying)).toThrow(RangeError);
  });
});
