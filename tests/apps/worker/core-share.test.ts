import { describe, expect, it } from 'vitest';
import { coreShare } from '../../../src/apps/worker/core-share.ts';

describe('coreShare', () => {
  it('leaves a process with one core no helpers that would wait for a second one', () => {
    expect(coreShare(1)).toEqual({ execArgv: ['--single-threaded-gc'], env: expect.objectContaining({ VIPS_CONCURRENCY: '1' }) });
  });

  it('gives at least one core, and whole ones', () => {
    expect(coreShare(0.25)).toEqual(coreShare(1));
    expect(coreShare(2.9)).toEqual({ execArgv: [], env: expect.objectContaining({ VIPS_CONCURRENCY: '2' }) });
  });
});
