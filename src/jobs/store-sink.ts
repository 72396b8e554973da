import { sha256 as digest } from '../model/digest.ts';
import { type Artifact, type Manifest, manifestSchema } from '../model/manifest.ts';
import { Problem } from '../model/problem.ts';
import type { Sink } from '../model/sink.ts';
import type { ArtifactStore, Stored } from './artifact-store.ts';
import type { Job, JobResult } from './job.ts';
import { type KeyLayout, type KeyValues, keyLayout } from './key-layout.ts';
import { mediaTypeOf } from './media-type.ts';

export type StoreSinkFacts = {
  readonly job: Pick<Job, 'id' | 'tenant' | 'createdAtMs' | 'origin'>;
  /** For templates that name it. */
  readonly product?: string;
  /** One folder per job by default. */
  readonly layout?: KeyLayout;
  readonly signal?: AbortSignal;
};

export type StoreSink = Sink & {
  /** @throws Error before `commit` has resolved */
  result(): JobResult;
};

const MOST_UNDER_WAY = 4;
const MOST_BYTES_UNDER_WAY = 64 * 1024 * 1024;

export const MANIFEST_NAME = 'manifest.json';

/**
 * Puts the files of a job into the store as they are made, the manifest last. Keys hold digests or the job's id: what an earlier
 * attempt stored is recognised and not sent again. An aborted run leaves files that no manifest and no job names; they go with the job.
 * @throws Problem of the store; `store.incomplete` when the manifest names a file that was not put, or other bytes
 */
export const openStoreSink = (store: ArtifactStore, facts: StoreSinkFacts): StoreSink => new JobSink(store, facts);

class JobSink implements StoreSink {
  readonly #store: ArtifactStore;
  readonly #layout: KeyLayout;
  readonly #values: KeyValues;
  readonly #signal: AbortSignal | undefined;
  readonly #stored = new Map<string, Pick<Stored, 'key' | 'sha256'>>();
  readonly #underWay = new Set<{ readonly settled: Promise<void>; readonly bytes: number }>();
  #failure: { readonly error: unknown } | undefined;
  readonly #found = new Set<string>();
  #isAborted = false;
  #result: JobResult | undefined;

  constructor(store: ArtifactStore, facts: StoreSinkFacts) {
    this.#store = store;
    this.#layout = facts.layout ?? keyLayout();
    this.#values = jobValues(facts);
    this.#signal = facts.signal;
  }

  async put(name: string, data: Uint8Array, artifact?: Artifact): Promise<void> {
    this.#checkOpen();
    if (this.#stored.has(name)) throw new Problem('output.name', `expected each file once, got "${name}" twice`);
    const { role, placement, view, method } = artifact ?? {};
    const sha256 = artifact?.sha256 ?? digest(data);
    const values = { ...this.#values, ...hashValues(sha256), role, placement, view, method, name };
    const key = this.#layout.artifactKey(values);
    const keeping = this.#keep(key, data, sha256, artifact?.mediaType ?? mediaTypeOf(name));
    this.#stored.set(name, { sha256, key });
    await this.#behind(keeping, data.length);
    this.#checkOpen();
  }

  /** Files are stored while the next ones are made, a few at a time. What fails is told by the next `put`, or by `commit`. */
  async #behind(keeping: Promise<Stored>, bytes: number): Promise<void> {
    const settled: Promise<void> = keeping.then(
      () => undefined,
      (error: unknown) => {
        this.#failure ??= { error };
      },
    );
    const one = { settled, bytes };
    this.#underWay.add(one);
    void settled.then(() => this.#underWay.delete(one));
    while (this.#underWay.size > MOST_UNDER_WAY || (this.#underWay.size > 1 && this.#bytesUnderWay() > MOST_BYTES_UNDER_WAY))
      await Promise.race([...this.#underWay].map((each) => each.settled));
    this.#throwFailure();
  }

  #bytesUnderWay(): number {
    return [...this.#underWay].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  async #settleAll(): Promise<void> {
    await Promise.all([...this.#underWay].map(({ settled }) => settled));
  }

  async commit(manifest: Uint8Array): Promise<void> {
    this.#checkOpen();
    const parsed = manifestSchema.parse(JSON.parse(Buffer.from(manifest).toString('utf8')));
    await this.#settleAll();
    this.#throwFailure();
    this.#checkComplete(parsed);
    await this.#checkFound();
    const sha256 = digest(manifest);
    const key = this.#layout.manifestKey({ ...this.#values, ...hashValues(sha256), product: parsed.product, name: MANIFEST_NAME });
    await this.#keep(key, manifest, sha256, 'application/json');
    const keys = Object.fromEntries([...this.#stored].map(([name, stored]) => [name, stored.key]));
    this.#result = { manifestKey: key, manifest: parsed, keys };
  }

  async abort(): Promise<void> {
    this.#isAborted = true;
    this.#stored.clear();
    // Nothing of this job is written any more when the next one begins.
    await this.#settleAll();
  }

  result(): JobResult {
    if (this.#result) return this.#result;
    throw new Error('expected a committed run to be asked for its result');
  }

  /** Digest and length tell whether an earlier attempt has stored it. */
  async #keep(key: string, data: Uint8Array, sha256: string, mediaType: string): Promise<Stored> {
    const standing = await this.#store.stat(key);
    this.#signal?.throwIfAborted();
    if (standing && standing.sha256 === sha256 && standing.bytes === data.length && standing.mediaType === mediaType) {
      this.#found.add(key);
      return standing;
    }
    return this.#store.put(key, data, { mediaType, sha256, bytes: data.length });
  }

  #checkOpen(): void {
    this.#signal?.throwIfAborted();
    if (this.#isAborted || this.#result) throw new Error('expected an open sink, got one that was committed or aborted');
  }

  /** Where jobs share files, the job that a file was found of may have been removed since: then this one is made again. */
  async #checkFound(): Promise<void> {
    if (!this.#layout.isShared) return;
    for (const key of this.#found) {
      if (await this.#store.stat(key)) continue;
      throw new Problem('store.incomplete', 'expected a shared file to stay until the job was done, got none', { retry: 'later' });
    }
  }

  #checkComplete(manifest: Manifest): void {
    const wrong = manifest.artifacts.filter((artifact) => this.#stored.get(artifact.name)?.sha256 !== artifact.sha256);
    if (wrong.length === 0) return;
    const names = wrong.map((artifact) => `"${artifact.name}"`).join(', ');
    throw new Problem('store.incomplete', `expected every file of the manifest to be stored, got none or other bytes for ${names}`);
  }
}

/**
 * Where everything lies that attempts at a job have stored, finished or not: what to list and remove when the job goes. Empty for layouts
 * without a folder per job.
 */
export const foldersOfJob = (facts: Pick<StoreSinkFacts, 'job' | 'layout'>): readonly string[] =>
  (facts.layout ?? keyLayout()).jobFolders(jobValues(facts));

const hashValues = (sha256: string): KeyValues => ({ sha256, hash2: sha256.slice(0, 2), hash12: sha256.slice(0, 12) });

const jobValues = ({ job, product }: Pick<StoreSinkFacts, 'job' | 'product'>): KeyValues => {
  // The day the job was created, so that every attempt writes to the same keys.
  const date = new Date(job.createdAtMs).toISOString().slice(0, 10);
  const { source, reference: order, line } = job.origin ?? {};
  return {
    tenant: job.tenant,
    job: job.id,
    date,
    year: date.slice(0, 4),
    month: date.slice(5, 7),
    product,
    source,
    order,
    line,
  };
};
