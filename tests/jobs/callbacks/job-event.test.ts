import { describe, expect, it } from 'vitest';
import { eventForJob } from '../../../src/jobs/callbacks/job-event.ts';
import type { Job } from '../../../src/jobs/job.ts';
import { result } from '../../conformance/ledger/world.ts';

const job: Job = {
  id: 'job_1',
  tenant: 'a',
  lane: 'batch',
  state: 'succeeded',
  spec: { product: 'mug', placements: [{ layers: [{ text: 'a secret for Ann' }] }] },
  specDigest: 'd',
  options: {},
  origin: { source: 'shop', reference: '7', line: '1' },
  metadata: { gift: 'yes' },
  callbackUrl: 'https://shop.example/hook?token=t',
  batchId: null,
  rerenderOf: null,
  attempt: 1,
  crashes: 0,
  fence: 1,
  worker: null,
  leaseUntilMs: null,
  notBeforeMs: 0,
  cancelRequested: false,
  progress: null,
  revision: 3,
  createdAtMs: 1,
  updatedAtMs: 2,
  startedAtMs: 1,
  finishedAtMs: 2,
  result: result({ 'front side.png': 'k' }),
  problem: null,
};

describe('the event of a job', () => {
  it('names the job, its order and its files with their digests', () => {
    expect(eventForJob(job)).toEqual({
      type: 'job.succeeded',
      data: {
        job: {
          id: 'job_1',
          state: 'succeeded',
          batchId: null,
          rerenderOf: null,
          origin: job.origin,
          metadata: job.metadata,
          attempt: 1,
          createdAtMs: 1,
          finishedAtMs: 2,
          problem: null,
          path: '/v1/jobs/job_1',
        },
        artifacts: [
          {
            name: 'front side.png',
            role: 'production',
            mediaType: 'image/png',
            bytes: 3,
            sha256: 'b'.repeat(64),
            path: '/v1/jobs/job_1/artifacts/front%20side.png',
          },
        ],
      },
    });
  });

  it('carries neither the design nor store keys nor the callback address', () => {
    const text = JSON.stringify(eventForJob(job));
    for (const secret of ['Ann', 'token', '"k"', 'manifest']) expect(text).not.toContain(secret);
  });

  it.each([
    ['needs_attention', 'job.needs_attention'],
    ['failed', 'job.failed'],
    ['cancelled', 'job.cancelled'],
  ] as const)('of state %s is %s', (state, type) => {
    expect(eventForJob({ ...job, state, result: null })).toMatchObject({ type, data: { artifacts: [] } });
  });

  it.each(['queued', 'running'] as const)('does not exist while it is %s', (state) => {
    expect(eventForJob({ ...job, state })).toBeUndefined();
  });
});
