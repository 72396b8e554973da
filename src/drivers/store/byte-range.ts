import type { ByteRange } from '../../jobs/artifact-store.ts';
import { Problem } from '../../model/problem.ts';

/**
 * The part of a range that a file of `bytes` has.
 * @throws Problem `store.range` when it has none
 */
export const rangeWithin = (range: ByteRange, bytes: number): ByteRange => {
  const { first, last } = range;
  if (Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && first < bytes) {
    return { first, last: Math.min(last, bytes - 1) };
  }
  throw new Problem('store.range', `expected a range within ${bytes} bytes, got ${first}-${last}`);
};
