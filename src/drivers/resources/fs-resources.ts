import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Design, type OptionSet, parseDesign, parseOptionSet } from '../../model/design.ts';
import { type Palette, parsePalette } from '../../model/palette.ts';
import { didYouMean } from '../../model/parse.ts';
import type { PhotoFinder } from '../../model/photo-finder.ts';
import { Problem } from '../../model/problem.ts';
import { type Product, parseProduct } from '../../model/product.ts';
import type { DecodedImage, Drawing, IccProfile, Resources, StitchFile } from '../../model/resources.ts';
import { parseShop, type Shop, STANDARD_SHOP } from '../../model/shop.ts';
import type { ProductView } from '../../model/view.ts';
import { parseWordList, type WordList } from '../../model/word-list.ts';
import { type OpenPhotoFinder, openPhotoFinder } from '../cut-out/photo-finder.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { ByteCache } from './byte-cache.ts';
import { DecodedSources } from './decoded-sources.ts';
import { openFontLibrary } from './font-library.ts';
import { parseRecord } from './parse-record.ts';
import { findProfile } from './profile-library.ts';
import { fingerprintInside, readFileInside } from './safe-file.ts';
import { dataSource, parseSource, unsupportedScheme } from './source.ts';
import type { LocateSource, SourceBytes } from './source-bytes.ts';
import { openViewLibrary, type ViewLibrary } from './view-library.ts';

export type FsResourcesOptions = {
  /** Holds `products/<id>/product.json`, and so on for shops, palettes, designs, option sets and word lists. */
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
  /** Cuts photos out by what they show; shared with others and then theirs to close. Without it, one is opened, with `cutOutModel`. */
  readonly photoFinder?: PhotoFinder;
  /** An ONNX model in place of that of the package: docs/photos.md. */
  readonly cutOutModel?: string | undefined;
  /** Largest file a picture or drawing may be; 200 MB unless given. */
  readonly maxFileBytes?: number;
};

export type OpenResources = Resources & { close(): Promise<void> };

const MAX_RECORD_BYTES = 5_000_000;
const MAX_FILE_BYTES = 200_000_000;
type RecordKind = 'product' | 'shop' | 'palette' | 'design' | 'option-set' | 'word-list';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Where a file, an asset or a data: URL has its bytes. */
const locateWith =
  ({ baseDir, assetsDir, maxFileBytes = MAX_FILE_BYTES }: FsResourcesOptions): LocateSource =>
  (source) => {
    const parsed = parseSource(source);
    const file = (root: string, path: string): SourceBytes => ({
      fingerprint: () => fingerprintInside(root, path),
      read: () => readFileInside(root, path, maxFileBytes),
    });
    switch (parsed.kind) {
      case 'data':
        return dataSource(parsed.url);
      case 'file':
        return file(baseDir, parsed.path);
      case 'asset':
        if (assetsDir === undefined) throw new Problem('resource.not-found', `expected a known asset, got "${parsed.name.slice(0, 100)}"`);
        return file(assetsDir, parsed.name);
      case 'url':
      case 'upload':
      case 'store':
        throw unsupportedScheme(parsed.scheme);
    }
  };

/** Names what there is, and the nearest of it. */
const unknownRecord = async (dir: string, what: RecordKind, id: string, cause: Problem): Promise<Problem> => {
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

const readRecord = async <T>(dir: string, what: RecordKind, id: string, parse: (input: unknown) => T): Promise<T> => {
  if (!ID.test(id))
    throw new Problem(`${what}.unknown`, `expected a ${what} id of small letters, digits and hyphens, got "${id.slice(0, 80)}"`);
  const path = `${what}s/${id}/${what}.json`;
  try {
    const bytes = await readFileInside(dir, path, MAX_RECORD_BYTES);
    return parseRecord(path, bytes, parse);
  } catch (error) {
    if (error instanceof Problem && error.code === 'resource.not-found') throw await unknownRecord(dir, what, id, error);
    throw error;
  }
};

/** A shop profile from the folder of the library. */
export const readShop = async (templatesDir: string, id: string): Promise<Shop> =>
  id === STANDARD_SHOP.id ? STANDARD_SHOP : readRecord(templatesDir, 'shop', id, parseShop);

/** A list of words that are not printed, from the folder of the library. */
export const readWordList = (templatesDir: string, id: string): Promise<WordList> =>
  readRecord(templatesDir, 'word-list', id, parseWordList);

class FsResources implements OpenResources {
  readonly font: Resources['font'];
  readonly photoFinder: PhotoFinder;
  readonly #ownFinder: OpenPhotoFinder;
  readonly #options: FsResourcesOptions;
  readonly #sandbox: Sandbox;
  readonly #views: ViewLibrary;
  readonly #decoded: DecodedSources;
  readonly #locate: LocateSource;
  readonly #profiles = new ByteCache<IccProfile>(64_000_000, ({ bytes }) => bytes.length);

  constructor(options: FsResourcesOptions, font: Resources['font']) {
    this.#options = options;
    this.font = font;
    this.#sandbox = options.sandbox ?? openSandbox();
    const own = openPhotoFinder({ modelPath: options.cutOutModel });
    this.photoFinder = options.photoFinder ?? own;
    this.#ownFinder = own;
    this.#views = openViewLibrary(options.templatesDir);
    this.#decoded = new DecodedSources(this.#sandbox, options.cacheBytes);
    this.#locate = locateWith(options);
  }

  product(id: string): Promise<Product> {
    return readRecord(this.#options.templatesDir, 'product', id, parseProduct);
  }

  shop(id: string): Promise<Shop> {
    return readShop(this.#options.templatesDir, id);
  }

  palette(id: string): Promise<Palette> {
    return readRecord(this.#options.templatesDir, 'palette', id, parsePalette);
  }

  design(id: string): Promise<Design> {
    return readRecord(this.#options.templatesDir, 'design', id, parseDesign);
  }

  optionSet(id: string): Promise<OptionSet> {
    return readRecord(this.#options.templatesDir, 'option-set', id, parseOptionSet);
  }

  wordList(id: string): Promise<WordList> {
    return readWordList(this.#options.templatesDir, id);
  }

  image(source: string, signal: AbortSignal): Promise<DecodedImage> {
    return this.#decoded.image(source, this.#locate, signal);
  }

  drawing(source: string, signal: AbortSignal): Promise<Drawing> {
    return this.#decoded.drawing(source, this.#locate, signal);
  }

  stitches(source: string, format: string | null, signal: AbortSignal): Promise<StitchFile> {
    return this.#decoded.stitches(source, format, this.#locate, signal);
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
    this.#ownFinder.close();
    this.#decoded.clear();
    this.#profiles.clear();
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
