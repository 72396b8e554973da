import type { Sink } from '../../model/sink.ts';

export type MemorySink = Sink & {
  /** The committed files, manifest included as "manifest.json"; null until commit. */
  readonly files: () => ReadonlyMap<string, Uint8Array> | null;
};

/** Keeps the files of one run in memory: for libraries and tests. */
export const openMemorySink = (): MemorySink => {
  const staged = new Map<string, Uint8Array>();
  let committed: ReadonlyMap<string, Uint8Array> | null = null;
  return {
    files: () => committed,
    async put(name, data) {
      staged.set(name, data);
    },
    async commit(manifest) {
      committed = new Map([...staged, ['manifest.json', manifest]]);
    },
    async abort() {
      staged.clear();
    },
  };
};
