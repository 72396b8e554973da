import { setTimeout as pause } from 'node:timers/promises';
import type { Job, JobOptions, JobResult } from '../../src/jobs/job.ts';
import { RENDER_CRASHED } from '../../src/jobs/job-problem.ts';
import type { Ledger } from '../../src/jobs/ledger.ts';
import type { Render } from '../../src/jobs/render.ts';
import { Problem } from '../../src/model/problem.ts';
import { manifestOf } from './manifest-of.ts';

/** What a job of a test does instead of rendering: its spec. */
export type TinySpec =
  | { readonly do: 'work'; readonly ms?: number }
  /** Findings: needs attention. */
  | { readonly do: 'refuse' }
  | { readonly do: 'fail' }
  | { readonly do: 'throw' }
  /** Fails with retry later until this attempt. */
  | { readonly do: 'later'; readonly until: number }
  | { readonly do: 'crash' }
  /** Ends only when aborted. */
  | { readonly do: 'wait' }
  /** Never ends, whatever it is told. */
  | { readonly do: 'hang' }
  /** Ends the whole process; only in processes of their own. */
  | { readonly do: 'die' }
  /** Does not let its process do anything else for a while; likewise. */
  | { readonly do: 'block'; readonly ms?: number };

export const tinyResult = (job: Job): JobResult => ({
  manifestKey: `${job.tenant}/${job.id}/manifest.json`,
  manifest: manifestOf(),
  keys: {},
});

export const tinyRender: Render = async (job, { signal, onProgress }) => {
  // Tests submit nothing else.
  const spec = job.spec as TinySpec;
  switch (spec.do) {
    case 'work':
      onProgress({ step: 'resolved', done: 0, total: 1 });
      await pause(spec.ms ?? 0, undefined, { signal });
      onProgress({ step: 'committed', done: 1, total: 1 });
      return { kind: 'succeeded', result: tinyResult(job) };
    case 'refuse':
      return { kind: 'needs_attention', result: tinyResult(job), problem: { code: 'job.refused', message: 'expected a longer name' } };
    case 'fail':
      throw new Problem('resource.not-found', 'expected a picture, got none', { pointer: '/placements/0/layers/0/source' });
    case 'throw':
      throw new Error('a mistake of ours');
    case 'later':
      if (job.attempt < spec.until) throw new Problem('store.unavailable', 'expected the store to answer', { retry: 'later' });
      return { kind: 'succeeded', result: tinyResult(job) };
    case 'crash':
      throw new Problem(RENDER_CRASHED, 'expected a process that lives, got one that ended (SIGSEGV)', { retry: 'later' });
    case 'wait':
      await pause(2 ** 30, undefined, { signal });
      throw new Error('unreachable');
    case 'hang':
      return new Promise(() => undefined);
    case 'die':
    case 'block':
      throw new Error(`expected a job for this process, got one that would ${spec.do}`);
  }
};

/** Jobs of the tenant `acme` with these specs, tiny ones or real ones, in one submission. */
export const submitTiny = async (ledger: Ledger, specs: readonly object[], options: JobOptions = {}): Promise<readonly Job[]> => {
  const jobs = specs.map((spec) => ({
    lane: 'batch' as const,
    spec,
    options,
    origin: null,
    metadata: {},
    callbackUrl: null,
    rerenderOf: null,
    problem: null,
  }));
  const submitted = await ledger.jobs.submit('acme', { jobs });
  if (submitted.kind !== 'created') throw new Error(`expected new jobs, got ${submitted.kind}`);
  return submitted.jobs;
};
