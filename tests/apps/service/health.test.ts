import { describe, expect, it } from 'vitest';
import { isRoomLeft } from '../../../src/apps/service/health.ts';

const GB = 1024 ** 3;
const disk = (freeGb: number, totalGb: number) => ({ bavail: (freeGb * GB) / 4096, blocks: (totalGb * GB) / 4096, bsize: 4096 });

describe('a disk', () => {
  it.each([
    [disk(0, 10), false],
    [disk(0.4, 10), false],
    [disk(0.6, 10), true],
    [disk(0.9, 4000), false],
    [disk(60, 4000), true],
  ])('of %j has room: %s', (facts, expected) => {
    expect(isRoomLeft(facts)).toBe(expected);
  });
});
