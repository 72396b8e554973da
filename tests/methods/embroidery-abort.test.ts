import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { embroidery } from '../../src/methods/embroidery/index.ts';
import { embroiderySettings } from '../../src/methods/embroidery/settings.ts';
import { bar, contextFor, disc, sceneOf, thread } from './support/embroidery.ts';

it('stops in the middle of a design within a few turns of the abort', async () => {
  const discs = Array.from({ length: 12 }, (_, i) => disc(6 + (i % 4) * 23, 6 + Math.floor(i / 4) * 23, 18, thread('white')));
  const scene = await sceneOf([bar(2, 2, 96, 76, thread('navy')), ...discs]);
  const work = { name: 'back', pages: [scene], settings: embroiderySettings.parse({}), title: '', date: '2026-03-01T00:00:00Z', label: '' };
  const abort = new AbortController();
  let [turns, aborted, isOver] = [0, 0, false];
  const made = Promise.resolve(embroidery.make(work, { ...contextFor(), signal: abort.signal })).finally(() => {
    isOver = true;
  });
  const failure = made.then(
    () => 'made',
    (reason: unknown) => reason,
  );
  for (; !isOver; turns += 1) {
    if (turns === 60) {
      abort.abort('enough');
      aborted = turns;
    }
    await nextTurn();
  }
  expect(await failure).toBe('enough');
  expect(aborted).toBe(60);
  expect(turns - aborted).toBeLessThan(5);
});
