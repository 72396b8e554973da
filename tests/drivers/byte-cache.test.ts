import { describe, expect, it } from 'vitest';
import { ByteCache } from '../../src/drivers/resources/byte-cache.ts';

const counting = (cache: ByteCache<string>) => {
  const made: string[] = [];
  const get = (key: string): Promise<string> =>
    cache.get(key, async () => {
      made.push(key);
      return key;
    });
  return { made, get };
};

describe('ByteCache', () => {
  it('drops what was not used for longest when the bytes run out', async () => {
    const cache = new ByteCache<string>(3, () => 1);
    const { made, get } = counting(cache);
    for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'b']);
    expect(cache.bytes).toBe(3);
  });

  it('does the same work once for callers at the same time', async () => {
    const { made, get } = counting(new ByteCache<string>(10, () => 1));
    await Promise.all([get('a'), get('a'), get('a')]);
    expect(made).toEqual(['a']);
  });

  it('forgets failures', async () => {
    const cache = new ByteCache<string>(10, () => 1);
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('a', async () => 'yes')).toBe('yes');
  });
});
