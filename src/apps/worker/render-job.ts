import type { JobProblem } from '../../jobs/job.ts';
import type { RenderOutcome, RenderWork } from '../../jobs/render.ts';
import { parseDesignSpec } from '../../model/design-spec.ts';
import type { Finding } from '../../model/finding.ts';
import { plural } from '../../model/plural.ts';
import type { Sink } from '../../model/sink.ts';
import { produce } from '../../produce/produce.ts';
import type { RenderCache } from '../../produce/render-cache.ts';
import type { ChildParts } from './child-parts.ts';
import type { RenderJob, Uploads } from './task.ts';

/**
 * A job from its spec, parsed again, to files in the store. A design that was refused has a manifest that says why, and no files.
 * @throws Problem as `produce` and the store do
 */
export const renderJob = async (
  job: RenderJob,
  uploads: Uploads,
  parts: ChildParts,
  cache: RenderCache,
  work: RenderWork,
): Promise<RenderOutcome> => {
  const spec = parseDesignSpec(job.spec);
  const sink = parts.sinkFor(job, spec.product, work.signal);
  const keeping: Sink = {
    put: (...file) => sink.put(...file),
    commit: (bytes) => {
      work.onMade?.();
      return sink.commit(bytes);
    },
    abort: () => sink.abort(),
  };
  const manifest = await produce(spec, parts.resourcesFor(job.tenant, uploads), keeping, {
    signal: work.signal,
    onProgress: work.onProgress,
    version: parts.version,
    cache,
    ...(job.options.only === undefined ? {} : { only: job.options.only }),
    ...(job.options.force === undefined ? {} : { force: job.options.force }),
  });
  const result = sink.result();
  if (manifest.status === 'made') return { kind: 'succeeded', result };
  return { kind: 'needs_attention', result, problem: refusal(manifest.findings) };
};

const refusal = (findings: readonly Finding[]): JobProblem => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const count = plural(errors.length, 'error');
  return {
    code: 'job.refused',
    message: `expected a design without errors, got ${count}${first ? `: ${first.message}` : ''}`,
    ...(first ? { pointer: first.pointer } : {}),
    errors: errors.map(({ pointer, message, hint }) => ({ pointer, message, ...(hint === undefined ? {} : { hint }) })),
  };
};
