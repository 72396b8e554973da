import { createHash } from 'node:crypto';
import type { Asset } from '../../../jobs/ledger.ts';
import type { Conversation } from '../route.ts';
import { inProgress, otherRequest } from './submit-job.ts';

export type Sent = { readonly asset: Asset; readonly isRepeat: boolean };

export type UploadRequest = {
  readonly key: string | undefined;
  readonly fingerprint: string;
  readonly make: () => Promise<Asset>;
  /** Whether what comes now is what came then; reads the body where only that can tell. */
  readonly isSame: (known: Asset) => Promise<boolean>;
};

/** A little longer than an upload may take. */
const GRACE_MS = 30_000;

/**
 * One upload for one Idempotency-Key. A request that failed is forgotten: sent again, it starts anew.
 * @throws HttpProblem `idempotency.in-progress`, `idempotency.other-request`
 */
export const uploadOnce = async (call: Conversation, { key, fingerprint, make, isSame }: UploadRequest): Promise<Sent> => {
  if (key === undefined) return { asset: await make(), isRepeat: false };
  const { ledger, config } = call.parts;
  const { tenant } = call.caller;
  const use = { route: 'createAsset', key, fingerprint, keepMs: config.idempotencyKeepMs };
  const begun = await ledger.idempotency.begin(tenant, { ...use, busyMs: config.uploadTimeoutMs + GRACE_MS });
  if (begun.kind === 'busy') throw inProgress();
  if (begun.kind === 'other-request') throw otherRequest();
  const known = begun.kind === 'done' ? await ledger.assets.get(tenant, begun.answer) : undefined;
  if (known) {
    if (await isSame(known)) return { asset: known, isRepeat: true };
    throw otherRequest();
  }
  try {
    const asset = await make();
    await ledger.idempotency.settle(tenant, use, asset.id);
    return { asset, isRepeat: false };
  } catch (error) {
    await ledger.idempotency.drop(tenant, use).catch(() => undefined);
    throw error;
  }
};

/** Lower-case hex sha256 of what is read. */
export const digestOfStream = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};
