import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../intake/json-text.ts';
import { didYouMean } from '../../model/parse.ts';
import { Problem } from '../../model/problem.ts';
import { type Product, parseProduct } from '../../model/product.ts';
import type { DecodedImage, Drawing, IccProfile, Resources } from '../../model/resources.ts';
import { parseShop, type Shop, STANDARD_SHOP } from '../../model/shop.ts';
import type { ProductView } from '../../model/view.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { ByteCache } from './byte-cache.ts';
import { openFontLibrary } from './font-library.ts';
import { findProfile } from './profile-library.ts';
import { fingerprintInside, readFileInside } from './safe-file.ts';
import { drawingBytes, imageBytes } from './size-in-memory.ts';
import { aboutSource, dataUrlBytes, parseSource } from './source.ts';
import { openViewLibrary, type ViewLibrary } from './view-library.ts';

export type FsResourcesOptions = {
  /** Holds `products/<id>/product.json` and `shops/<id>/shop.json`. */
  readonly templatesDir: string;
  /** Holds `index.json` and the fonts it lists. */
  readonly fontsDir: string;
  /** Holds `index.json` and the profiles it lists. */
  readonly profilesDir: string;
  /** Relative sources are files below this folder. */
  readonly baseDir: string;
  /** `asset:` sources are files below this folder; without it they are unknown. */
  readonly assetsDir?: string;
  /** Shared with others and then theirs to close; without it, one is opened and closed with the resources. */
  readonly sandbox?: Sandbox;
  /** Decoded pictures and drawings that are kept; 512 MB unless given. */
  readonly cacheBytes?: number;
  /** Largest file a picture or drawing may be; 200 MB unless given. */
  readonly maxFileBytes?: number;
};

export type OpenResources = Resources & { close(): Promise<void> };

const MAX_RECORD_BYTES = 5_000_000;
const MAX_FILE_BYTES = 200_000_000;
const MAX_DIGESTS = 10_000;
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

type FileSource = { readonly root: string; readonly path: string };

/** The file that a source names, or the URL that holds it. */
const locate = (source: string, options: FsResourcesOptions): FileSource | { readonly url: string } => {
  const parsed = parseSource(source);
  switch (parsed.kind) {
    case 'data':
      return { url: parsed.url };
    case 'file':
      return { root: options.baseDir, path: parsed.path };
    case 'asset':
      if (options.assetsDir === undefined)
        throw new Problem('resource.not-found', `expected a known asset, got "${parsed.name.slice(0, 100)}"`);
      return { root: options.assetsDir, path: parsed.name };
  }
};

/** Digests of files by their fingerprints, so that a file that did not change is not read again. */
class DigestMemo {
  readonly #digests = new Map<string, string>();

  get(fingerprint: string | null): string | undefined {
    return fingerprint === null ? undefined : this.#digests.get(fingerprint);
  }

  keep(fingerprint: string | null, digest: string): void {
    if (fingerprint === null) return;
    this.#digests.delete(fingerprint);
    this.#digests.set(fingerprint, digest);
    for (const oldest of this.#digests.keys()) {
      if (this.#digests.size <= MAX_DIGESTS) return;
      this.#digests.delete(oldest);
    }
  }
}

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

/** Names what there is, and the nearest of it. */
const unknownRecord = async (dir: string, what: 'product' | 'shop', id: string, cause: Problem): Promise<Problem> => {
  const entries = await readdir(join(dir, `${what}s`), { withFileTypes: true }).catch((): Dirent[] => []);
  const folders = entries.filter((entry) => !entry.isFile() && ID.test(entry.name)).map((entry) => entry.name);
  const ids = [...new Set([...folders, ...(what === 'shop' ? [STANDARD_SHOP.id] : [])])].sort();
  if (ids.includes(id))
    return new Problem(`${what}.no-record`, `expected the file ${what}s/${id}/${what}.json for the ${what} "${id}", got none`, { cause });
  return new Problem(`${what}.unknown`, `expected a known ${what} (${ids.join(', ') || 'there are none'}), got "${id}"`, {
    hint: didYouMean(id, ids),
    cause,
  });
};

const readRecord = async <T>(dir: string, what: 'product' | 'shop', id: string, parse: (input: unknown) => T): Promise<T> => {
  if (!ID.test(id))
    throw new Problem(`${what}.unknown`, `expected a ${what} id of small letters, digits and hyphens, got "${id.slice(0, 80)}"`);
  const path = `${what}s/${id}/${what}.json`;
  try {
    const bytes = await readFileInside(dir, path, MAX_RECORD_BYTES);
    return parse(parseJson(new TextDecoder().decode(bytes)));
  } catch (error) {
    if (error instanceof Problem && error.code === 'resource.not-found') throw await unknownRecord(dir, what, id, error);
    throw error;
  }
};

class FsResources implements OpenResources {
  readonly font: Resources['font'];
  readonly #options: FsResourcesOptions;
  readonly #sandbox: Sandbox;
  readonly #views: ViewLibrary;
  readonly #images: ByteCache<DecodedImage>;
  readonly #drawings: ByteCache<Drawing>;
  readonly #digests = new DigestMemo();
  readonly #profiles = new ByteCache<IccProfile>(64_000_000, ({ bytes }) => bytes.length);

  constructor(options: FsResourcesOptions, font: Resources['font']) {
    const half = (options.cacheBytes ?? 512_000_000) / 2;
    this.#options = options;
    this.font = font;
    this.#sandbox = options.sandbox ?? openSandbox();
    this.#views = openViewLibrary(options.templatesDir);
    this.#images = new ByteCache(half, imageBytes);
    this.#drawings = new ByteCache(half, drawingBytes);
  }

  product(id: string): Promise<Product> {
    return readRecord(this.#options.templatesDir, 'product', id, parseProduct);
  }

  async shop(id: string): Promise<Shop> {
    return id === STANDARD_SHOP.id ? STANDARD_SHOP : readRecord(this.#options.templatesDir, 'shop', id, parseShop);
  }

  image(source: string, signal: AbortSignal): Promise<DecodedImage> {
    return this.#read(source, signal, this.#images, (bytes) => this.#sandbox.decodeImage(bytes, signal));
  }

  drawing(source: string, signal: AbortSignal): Promise<Drawing> {
    return this.#read(source, signal, this.#drawings, (bytes) => this.#sandbox.readSvg(bytes, signal));
  }

  views(productId: string): Promise<readonly string[]> {
    return this.#views.list(productId);
  }

  view(productId: string, viewId: string): Promise<ProductView> {
    return this.#views.load(productId, viewId);
  }

  profile(name: string): Promise<IccProfile> {
    const { profilesDir, baseDir } = this.#options;
    return this.#profiles.get(name, () => findProfile(profilesDir, baseDir, name));
  }

  async close(): Promise<void> {
    if (this.#options.sandbox === undefined) this.#sandbox.close();
    this.#images.clear();
    this.#drawings.clear();
    this.#profiles.clear();
  }

  async #bytesOf(place: FileSource | { readonly url: string }): Promise<Uint8Array> {
    return 'url' in place ? dataUrlBytes(place.url) : readFileInside(place.root, place.path, this.#options.maxFileBytes ?? MAX_FILE_BYTES);
  }

  /** Cached by content: a file that changed on disk is seen, and two names of one file are decoded once. */
  #read<T>(source: string, signal: AbortSignal, cache: ByteCache<T>, make: (bytes: Uint8Array) => Promise<T>): Promise<T> {
    return aboutSource(source, async () => {
      signal.throwIfAborted();
      const place = locate(source, this.#options);
      const fingerprint = 'url' in place ? null : await fingerprintInside(place.root, place.path);
      const known = this.#digests.get(fingerprint);
      if (known !== undefined && cache.has(known)) return shared(cache, known, signal, async () => make(await this.#bytesOf(place)));
      const bytes = await this.#bytesOf(place);
      const key = createHash('sha256').update(bytes).digest('hex');
      this.#digests.keep(fingerprint, key);
      return shared(cache, key, signal, () => make(bytes));
    });
  }
}

/**
 * Resources from folders on disk. Pictures and drawings are read in the sandbox. Sources are relative files below `baseDir`, `data:` URLs
 * or `asset:` names; nothing is fetched from a network. Close it when done.
 */
export const openFsResources = async (options: FsResourcesOptions): Promise<OpenResources> => {
  const library = await openFontLibrary(options.fontsDir);
  return new FsResources(options, (request) => library.find(request));
};
