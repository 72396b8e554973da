/** Where the bytes of a source are, nothing of them read yet. */
export type SourceBytes = {
  /** Equal only while the bytes are equal; null when that shows by reading alone. */
  fingerprint(): Promise<string | null>;
  read(signal: AbortSignal): Promise<Uint8Array>;
  /** What its owner calls it, where the source does not say; only asked for when there is something to know. */
  name?(): Promise<string | null>;
};

/** Finds the bytes of a source. @throws Problem for a source that is not to be read here */
export type LocateSource = (source: string) => SourceBytes;
