import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostLines } from '../../../src/jobs/callbacks/host-lines.ts';

describe('lines for hosts', () => {
  it('give a place that was left to the next of the same host, in the order of coming', () => {
    const lines = new HostLines<string>(2, 10);
    expect([lines.enter('slow'), lines.enter('slow'), lines.enter('slow'), lines.enter('quick')]).toEqual([true, true, false, true]);
    expect([lines.wait('slow', 'a'), lines.wait('slow', 'b')]).toEqual([true, true]);
    expect(lines.leave('quick')).toBeUndefined();
    expect([lines.leave('slow'), lines.leave('slow'), lines.leave('slow')]).toEqual(['a', 'b', undefined]);
    expect([lines.enter('slow'), lines.enter('slow')]).toEqual([true, false]);
  });

  it('let no more wait than they may', () => {
    const lines = new HostLines<number>(1, 2);
    lines.enter('a');
    expect([lines.wait('a', 1), lines.wait('a', 2), lines.wait('a', 3)]).toEqual([true, true, false]);
    lines.leave('a');
    expect([lines.wait('a', 3), lines.wait('a', 4)]).toEqual([true, false]);
  });

  it('never have more under way at a host than places, and lose nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('come', 'go'), fc.constantFrom('a', 'b')), { maxLength: 200 }), (steps) => {
        const lines = new HostLines<string>(3, 1000);
        const under: Record<string, number> = { a: 0, b: 0 };
        let came = 0;
        let served = 0;
        for (const [what, host] of steps) {
          const count = under[host] ?? 0;
          if (what === 'come') {
            came += 1;
            if (lines.enter(host)) under[host] = count + 1;
            else lines.wait(host, host);
          } else if (count > 0) {
            served += 1;
            if (lines.leave(host) === undefined) under[host] = count - 1;
          }
          expect(Math.max(under.a ?? 0, under.b ?? 0)).toBeLessThanOrEqual(3);
        }
        for (const host of ['a', 'b']) {
          while ((under[host] ?? 0) > 0) {
            served += 1;
            if (lines.leave(host) === undefined) under[host] = (under[host] ?? 0) - 1;
          }
        }
        expect(served).toBe(came);
      }),
    );
  });
});
