import { expect, test } from 'vitest';
import { paced } from '../../../src/apps/cli/batch/pace.ts';

test('begins as many in a minute as it may, evenly, and at once without a limit', async () => {
  const waits: number[] = [];
  const clock = { nowMs: 1000, waitMs: (ms: number) => Promise.resolve(void waits.push(ms)) };
  const next = paced(120, new AbortController().signal, clock);
  await next();
  await next();
  await next();
  clock.nowMs = 9000;
  await next();
  await next();
  expect(waits).toEqual([0, 500, 1000, 0, 500]);
  await paced(undefined, new AbortController().signal, clock)();
  expect(waits).toHaveLength(5);
});

test('lets a worker that is called off go', async () => {
  const calling = new AbortController();
  const next = paced(1, calling.signal);
  await next();
  const second = next();
  calling.abort();
  await expect(second).resolves.toBeUndefined();
});
