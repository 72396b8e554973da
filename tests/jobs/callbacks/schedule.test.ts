import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGivenUp, nextAttemptMs, PAUSES_MS, parseRetryAfter } from '../../../src/jobs/callbacks/schedule.ts';

const HOUR = 3_600_000;
const even = (): number => 0.5;

/** When the attempts of a message are made that nobody takes, from its first. */
const attemptsOf = (random: () => number, status: number | null = null, retryAfterMs: number | null = null): readonly number[] => {
  const times = [0];
  for (;;) {
    const next = nextAttemptMs({ attempts: times.length, nowMs: times.at(-1) ?? 0, status, retryAfterMs, random });
    if (next === null) return times;
    times.push(next);
  }
};

describe('the schedule', () => {
  it('makes ten attempts over 75 hours and 35 minutes', () => {
    const times = attemptsOf(even);
    expect(times).toHaveLength(10);
    expect(times.slice(0, 4)).toEqual([0, 5000, 305_000, 2_105_000]);
    expect(times.at(-1)).toBe((75 * 60 + 35) * 60_000 + 5000);
  });

  it('spreads each pause by a tenth at most, and evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, random) => {
        const pause = PAUSES_MS[attempts] ?? 0;
        const next = nextAttemptMs({ attempts, nowMs: 1000, status: 500, retryAfterMs: null, random: () => random }) ?? 0;
        expect(Math.abs(next - 1000 - pause * (0.9 + 0.2 * random))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('waits as long as it is asked to, but no longer than a day, and never less than it would', () => {
    const first = (retryAfterMs: number, status = 500): number => (attemptsOf(even, status, retryAfterMs)[1] ?? 0) / 1000;
    expect([0, 3000, 90_000, -5, 9e9].map((ms) => first(ms))).toEqual([5, 5, 90, 5, 86_400]);
  });

  it.each([429, 502, 503, 504])('leaves an endpoint that answers %i a minute at least', (status) => {
    expect(attemptsOf(even, status).slice(0, 3)).toEqual([0, 60_000, 360_000]);
  });

  it('survives a weekend: an endpoint that is away for 60 hours is asked again, whatever chance says', () => {
    for (const random of [() => 0, even, () => 0.999]) expect(attemptsOf(random).at(-1)).toBeGreaterThan(60 * HOUR);
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-22T08:00:00Z');

  it.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['0', 0],
    ['Sun, 22 Nov 2026 08:01:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 07:00:00 GMT', 0],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['2026-11-22', null],
    ['9'.repeat(40), null],
    ['', null],
    [null, null],
  ])('of %j is %j', (header, expected) => {
    expect(parseRetryAfter(header, nowMs)).toBe(expected);
  });
});

describe('an endpoint is given up', () => {
  it.each([
    [120 * HOUR, 10, true],
    [120 * HOUR, 9, false],
    [120 * HOUR - 1, 10, false],
    [500 * HOUR, 1000, true],
  ])('after %i ms with %i lost messages: %s', (failingForMs, messages, expected) => {
    expect(isGivenUp(1000, messages, 1000 + failingForMs)).toBe(expected);
  });

  it('never while it has not failed since its last success', () => {
    expect(isGivenUp(null, 1000, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});
