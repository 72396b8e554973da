import { describe, expect, it } from 'vitest';
import { callbackBody, MAX_BODY_BYTES } from '../../../src/jobs/callbacks/body.ts';
import type { JobEvent } from '../../../src/jobs/callbacks/event.ts';

const eventWith = (data: unknown): JobEvent => ({
  id: 'evt_1',
  tenant: 'acme',
  type: 'job.succeeded',
  jobId: 'job_1',
  sequence: 3,
  createdAtMs: Date.parse('2026-11-22T08:00:00Z'),
  data,
});
const artifacts = (count: number): readonly { readonly name: string }[] =>
  Array.from({ length: count }, (_, at) => ({ name: `front-${at}-${'ü'.repeat(40)}.pdf` }));
const read = (data: unknown): { readonly data: Record<string, unknown> } => JSON.parse(callbackBody(eventWith(data)));

describe('the body of a callback', () => {
  it('has type, time of the event, data and its place in the row of news about a job', () => {
    expect(JSON.parse(callbackBody(eventWith({ jobId: 'job_1' })))).toEqual({
      type: 'job.succeeded',
      timestamp: '2026-11-22T08:00:00.000Z',
      data: { jobId: 'job_1', sequence: 3 },
    });
  });

  it('does not name the tenant', () => {
    expect(callbackBody(eventWith({ jobId: 'job_1' }))).not.toContain('acme');
  });

  it('cuts a list of artifacts to what fits in 20 kB and says so', () => {
    const cut = callbackBody(eventWith({ jobId: 'job_1', artifacts: artifacts(1000) }));
    const { data } = read({ jobId: 'job_1', artifacts: artifacts(1000) });
    const list = data.artifacts as readonly unknown[];
    expect(Buffer.byteLength(cut)).toBeLessThan(MAX_BODY_BYTES);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(MAX_BODY_BYTES - 200);
    expect(list).toEqual(artifacts(1000).slice(0, list.length));
    expect(data).toMatchObject({ jobId: 'job_1', truncated: true, sequence: 3 });
    expect(read({ artifacts: artifacts(10) }).data).toMatchObject({ artifacts: artifacts(10) });
    expect(read({ artifacts: artifacts(10) }).data.truncated).toBeUndefined();
  });

  it.each([['x'.repeat(30_000)], [{ text: 'x'.repeat(30_000) }], [{ text: 'x'.repeat(30_000), artifacts: artifacts(3) }]])(
    'keeps the job when its data is far too long',
    (data) => {
      expect(read(data).data).toEqual({ jobId: 'job_1', sequence: 3, truncated: true });
    },
  );

  it.each([[null], ['text'], [[1, 2]]])('carries %j although it is no record', (data) => {
    expect(read(data).data).toEqual({ value: data, sequence: 3 });
  });
});
