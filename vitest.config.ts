import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Runs when every other file is done: it asks which goldens nobody read. */
const LAST = 'tests/golden/last.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['tests/golden/golden-run.ts'],
    setupFiles: ['tests/support/fixed-seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: availableParallelism(),
    // Machines of CI are shared: a test that passes only the second time is reported as such ("retry x1") instead of refusing the whole run.
    retry: process.env.CI === undefined ? 0 : 1,
    projects: [
      { extends: true, test: { name: 'tests', include: ['tests/**/*.test.ts'], exclude: [LAST], sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'last', include: [LAST], sequence: { groupOrder: 1 } } },
    ],
  },
});
