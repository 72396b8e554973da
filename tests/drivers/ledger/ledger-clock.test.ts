import { describe, expect, it } from 'vitest';
import { LedgerClock } from '../../../src/drivers/ledger/ledger-clock.ts';

const world = () => {
  const time = { wallMs: 1_000_000, elapsedMs: 0 };
  const pass = (ms: number): void => {
    time.wallMs += ms;
    time.elapsedMs += ms;
  };
  return {
    time,
    pass,
    clock: new LedgerClock(
      () => time.wallMs,
      () => time.elapsedMs,
    ),
  };
};

describe('the clock of the ledger', () => {
  it('shows the wall clock while that runs on', () => {
    const { pass, clock } = world();
    expect(clock.read(0)).toBe(1_000_000);
    pass(1234);
    expect(clock.read(0)).toBe(1_001_234);
  });

  it('goes on at half speed after a step backwards, until the wall clock has caught up', () => {
    const { time, pass, clock } = world();
    clock.read(0);
    time.wallMs -= 600_000;
    expect(clock.read(0)).toBe(1_000_000);
    pass(10_000);
    expect(clock.read(0)).toBe(1_005_000);
    pass(1_190_000);
    expect(clock.read(0)).toBe(1_600_000);
    pass(5000);
    expect(clock.read(0)).toBe(1_605_000);
  });

  it('loses no half millisecond when it is read often', () => {
    const { time, pass, clock } = world();
    clock.read(0);
    time.wallMs -= 600_000;
    for (let at = 0; at < 1000; at++) {
      pass(1);
      clock.read(0);
    }
    expect(clock.read(0)).toBe(1_000_500);
  });

  it('is never behind what another process has put on record', () => {
    const { pass, clock } = world();
    expect(clock.read(1_300_000)).toBe(1_300_000);
    pass(1000);
    expect(clock.read(1_300_000)).toBe(1_300_500);
  });
});
