import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const REPORT = new URL('../../bench/support/report.mjs', import.meta.url).href;

const run = (value: number, ...flags: readonly string[]) => {
  const script = `import { printTargets } from ${JSON.stringify(REPORT)}; printTargets([{ name: 'x', value: ${value}, most: 0.5 }]);`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', ...flags], { encoding: 'utf8' });
};

test.each([
  [0.5, ['--gate'], 0, 'met'],
  [0.51, ['--gate'], 1, 'MISSED'],
  [Number.NaN, ['--gate'], 1, 'MISSED'],
  [0.51, [], 0, 'MISSED'],
] as const)('a target of at most 0.5 that measures %d with %j ends in exit code %d', (value, flags, code, word) => {
  const { status, stdout } = run(value, ...flags);
  expect([status, stdout.slice(0, word.length)]).toEqual([code, word]);
});
