/** Digests of sources by their fingerprints, so that one that did not change is not read again. */
export class DigestMemo {
  readonly #digests = new Map<string, string>();
  readonly #most: number;

  constructor(most = 10_000) {
    this.#most = most;
  }

  get(fingerprint: string | null): string | undefined {
    return fingerprint === null ? undefined : this.#digests.get(fingerprint);
  }

  keep(fingerprint: string | null, digest: string): void {
    if (fingerprint === null) return;
    this.#digests.delete(fingerprint);
    this.#digests.set(fingerprint, digest);
    for (const oldest of this.#digests.keys()) {
      if (this.#digests.size <= this.#most) return;
      this.#digests.delete(oldest);
    }
  }
}
