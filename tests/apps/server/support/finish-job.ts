import type { Job, JobResult } from '../../../../src/jobs/job.ts';
import { sha256 } from '../../../../src/model/digest.ts';
import type { Api } from './api-server.ts';

export const ARTIFACT = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 251));
export const ARTIFACT_NAME = 'wrap sublimation é.png';

/** Claims jobs until it has this one and makes it succeed with one file and a manifest; the finished job. */
export const finishJob = async ({ parts }: Api, id: string, name = ARTIFACT_NAME): Promise<Job> => {
  const claimed = await claimJob(parts.ledger, id);
  const manifestKey = `${claimed.tenant}/jobs/${id}/manifest.json`;
  const key = `${claimed.tenant}/jobs/${id}/picture.png`;
  await parts.store.put(key, ARTIFACT, { mediaType: 'image/png' });
  await parts.store.put(manifestKey, Buffer.from('{}\n'), { mediaType: 'application/json' });
  const result: JobResult = {
    manifestKey,
    manifest: {
      version: 1,
      platen: '0.0.0',
      status: 'made',
      specDigest: claimed.specDigest,
      product: 'mug-11oz',
      shop: 'standard',
      inputs: [],
      artifacts: [
        { name, role: 'production', mediaType: 'image/png', bytes: ARTIFACT.length, sha256: sha256(ARTIFACT), widthMm: 200, heightMm: 90 },
      ],
      findings: [{ severity: 'info', code: 'note', pointer: '', message: 'all well' }],
    },
    keys: { [name]: key },
  };
  const finished = await parts.ledger.jobs.finish(id, claimed.fence, { kind: 'succeeded', result });
  if (!finished) throw new Error(`expected to finish ${id}, got refused`);
  return finished;
};

export const claimJob = async (ledger: Api['parts']['ledger'], id: string): Promise<Job> => {
  for (;;) {
    const job = await ledger.jobs.claim({ worker: 'w1', leaseMs: 60_000 });
    if (!job) throw new Error(`expected ${id} to be waiting, got nothing`);
    if (job.id === id) return job;
    await ledger.jobs.finish(job.id, job.fence, { kind: 'cancelled' });
  }
};
