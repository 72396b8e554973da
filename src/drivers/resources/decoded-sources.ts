import { createHash } from 'node:crypto';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage, Drawing, StitchFile } from '../../model/resources.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ByteCache } from './byte-cache.ts';
import { DigestMemo } from './digest-memo.ts';
import { drawingBytes, imageBytes, stitchBytes } from './size-in-memory.ts';
import { aboutSource, fileNameOf } from './source.ts';
import type { LocateSource } from './source-bytes.ts';

/** Shares the work of equal requests; when the caller who began it gives up, one of the others begins again. */
const shared = async <T>(cache: ByteCache<T>, key: string, signal: AbortSignal, make: () => Promise<T>): Promise<T> => {
  let mine = false;
  const begin = (): Promise<T> => {
    mine = true;
    return make();
  };
  while (true) {
    try {
      const value = await cache.get(key, begin);
      signal.throwIfAborted();
      return value;
    } catch (error) {
      if (mine || signal.aborted || error instanceof Problem) throw error;
    }
  }
};

/**
 * Pictures and drawings, decoded in the sandbox and kept by content: a source that changed is seen, and two names of one content are
 * decoded once. Whoever gets a kept value has shown, by its bytes or by a fingerprint of theirs, that he may read it.
 */
export class DecodedSources {
  readonly #sandbox: Pick<Sandbox, 'decodeImage' | 'readSvg' | 'readStitches'>;
  readonly #images: ByteCache<DecodedImage>;
  readonly #drawings: ByteCache<Drawing>;
  readonly #stitches: ByteCache<StitchFile>;
  readonly #digests = new DigestMemo();

  constructor(sandbox: Pick<Sandbox, 'decodeImage' | 'readSvg' | 'readStitches'>, cacheBytes = 512_000_000) {
    this.#sandbox = sandbox;
    this.#images = new ByteCache(cacheBytes / 2, imageBytes);
    this.#drawings = new ByteCache(cacheBytes / 2, drawingBytes);
    this.#stitches = new ByteCache(cacheBytes / 8, stitchBytes);
  }

  image(source: string, locate: LocateSource, signal: AbortSignal): Promise<DecodedImage> {
    return this.#read(source, locate, signal, this.#images, (bytes) => this.#sandbox.decodeImage(bytes, signal));
  }

  drawing(source: string, locate: LocateSource, signal: AbortSignal): Promise<Drawing> {
    return this.#read(source, locate, signal, this.#drawings, (bytes) => this.#sandbox.readSvg(bytes, signal));
  }

  /** @param format - where the bytes do not say it; else the ending of the source, or of what its owner calls it, is looked at */
  async stitches(source: string, format: string | null, locate: LocateSource, signal: AbortSignal): Promise<StitchFile> {
    const given = format === null ? await aboutSource(source, async () => locate(source).name?.()) : `.${format}`;
    const name = given ?? fileNameOf(source);
    // Whether bytes without a mark are EXP, the name says: what one name made of them is not for the others.
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    return this.#read(source, locate, signal, this.#stitches, (bytes) => this.#sandbox.readStitches(bytes, name, signal), `.${ending}`);
  }

  clear(): void {
    this.#stitches.clear();
    this.#images.clear();
    this.#drawings.clear();
  }

  #read<T>(
    source: string,
    locate: LocateSource,
    signal: AbortSignal,
    cache: ByteCache<T>,
    make: (bytes: Uint8Array) => Promise<T>,
    /** What beside the content decides on the value. */
    variant = '',
  ): Promise<T> {
    return aboutSource(source, async () => {
      signal.throwIfAborted();
      const place = locate(source);
      const fingerprint = await place.fingerprint();
      const known = this.#digests.get(fingerprint);
      if (known !== undefined && cache.has(`${known}${variant}`))
        return shared(cache, `${known}${variant}`, signal, async () => make(await place.read(signal)));
      const bytes = await place.read(signal);
      const key = createHash('sha256').update(bytes).digest('hex');
      this.#digests.keep(fingerprint, key);
      return shared(cache, `${key}${variant}`, signal, () => make(bytes));
    });
  }
}
