import type { Artifact } from './manifest.ts';

/**
 * Where a run's files go, as they are made. Nothing counts until `commit`: a sink that is aborted, or never committed, must leave
 * nothing that looks complete.
 */
export type Sink = {
  /** Names are unique within a run, without folders; the bytes are the sink's from now on. `artifact`: what the manifest will say about it. */
  put(name: string, data: Uint8Array, artifact?: Artifact): Promise<void>;
  /** Publishes everything put so far, the manifest last. */
  commit(manifest: Uint8Array): Promise<void>;
  /** Drops everything put so far. Safe to call at any time, also after a failed commit. */
  abort(): Promise<void>;
};
