import { decodeImage, sha256Hex } from '../../intake/decode-image.ts';
import { readSvg } from '../../intake/read-svg.ts';
import type { Design, OptionSet } from '../../model/design.ts';
import type { Palette } from '../../model/palette.ts';
import { Problem } from '../../model/problem.ts';
import type { Product } from '../../model/product.ts';
import type { FontFile, IccProfile, Resources } from '../../model/resources.ts';
import { type Shop, STANDARD_SHOP } from '../../model/shop.ts';
import type { ProductView } from '../../model/view.ts';
import type { WordList } from '../../model/word-list.ts';
import { readStitchFile } from '../../stitch/formats/read-stitch-file.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { aboutSource, dataUrlBytes, fileNameOf, parseSource, unsupportedScheme } from './source.ts';

export type MemoryResourcesOptions = {
  readonly products?: readonly Product[];
  readonly shops?: readonly Shop[];
  readonly fonts?: readonly (FontFile & { readonly weight?: number; readonly italic?: boolean })[];
  /** Files by path or by `asset:` name; `data:` URLs need no entry. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly profiles?: readonly IccProfile[];
  readonly palettes?: readonly Palette[];
  readonly designs?: readonly Design[];
  readonly optionSets?: readonly OptionSet[];
  readonly wordLists?: readonly WordList[];
  /** By product id. */
  readonly views?: Readonly<Record<string, readonly ProductView[]>>;
  /** Reads pictures and drawings; without it they are read in this process, which is for trusted files only. */
  readonly sandbox?: Pick<Sandbox, 'decodeImage' | 'readSvg'> & Partial<Pick<Sandbox, 'readStitches'>>;
};

const found = <T>(value: T | undefined, what: string, name: string): T => {
  if (value === undefined) throw new Problem(`${what}.unknown`, `expected a known ${what}, got "${name.slice(0, 100)}"`);
  return value;
};

/** Resources from values in memory: for tests and for programs that keep their own library. */
export const openMemoryResources = (options: MemoryResourcesOptions): Resources => {
  const { products = [], shops = [], fonts = [], files = {}, profiles = [] } = options;
  const reader: NonNullable<MemoryResourcesOptions['sandbox']> = options.sandbox ?? {
    decodeImage: (bytes: Uint8Array) => decodeImage(bytes),
    readSvg: (bytes: Uint8Array) => readSvg(bytes),
  };
  const bytesOf = (source: string): Uint8Array => {
    const parsed = parseSource(source);
    if (parsed.kind === 'data') return dataUrlBytes(parsed.url);
    if (parsed.kind !== 'file' && parsed.kind !== 'asset') throw unsupportedScheme(parsed.scheme);
    const bytes = Object.hasOwn(files, source) ? files[source] : undefined;
    if (!bytes) throw new Problem('resource.not-found', `expected a file for "${source.slice(0, 200)}", got none`);
    return bytes;
  };
  const viewsOf = (productId: string): readonly ProductView[] =>
    Object.hasOwn(options.views ?? {}, productId) ? (options.views?.[productId] ?? []) : [];
  return {
    product: async (id) =>
      found(
        products.find((each) => each.id === id),
        'product',
        id,
      ),
    shop: async (id) =>
      found(
        [STANDARD_SHOP, ...shops].find((each) => each.id === id),
        'shop',
        id,
      ),
    font: async ({ family, weight, italic }) => {
      const same = fonts.filter((each) => each.family.toLowerCase() === family.toLowerCase() && (each.italic ?? false) === italic);
      const distance = (each: (typeof fonts)[number]): number => Math.abs((each.weight ?? 400) - weight);
      return found([...same].sort((a, b) => distance(a) - distance(b))[0], 'font', family);
    },
    image: (source, signal) => aboutSource(source, async () => reader.decodeImage(bytesOf(source), signal)),
    drawing: (source, signal) => aboutSource(source, async () => reader.readSvg(bytesOf(source), signal)),
    stitches: (source, format, signal) =>
      aboutSource(source, async () => {
        const bytes = bytesOf(source);
        const name = format === null ? fileNameOf(source) : `.${format}`;
        return reader.readStitches ? reader.readStitches(bytes, name, signal) : readStitchFile(bytes, sha256Hex(bytes), name);
      }),
    views: async (productId) => viewsOf(productId).map(({ record }) => record.id),
    view: async (productId, viewId) =>
      found(
        viewsOf(productId).find(({ record }) => record.id === viewId),
        'view',
        viewId,
      ),
    palette: async (id) =>
      found(
        options.palettes?.find((each) => each.id === id),
        'palette',
        id,
      ),
    design: async (id) =>
      found(
        options.designs?.find((each) => each.id === id),
        'design',
        id,
      ),
    optionSet: async (id) =>
      found(
        options.optionSets?.find((each) => each.id === id),
        'option-set',
        id,
      ),
    wordList: async (id) =>
      found(
        options.wordLists?.find((each) => each.id === id),
        'word-list',
        id,
      ),
    profile: async (name) =>
      found(
        profiles.find((each) => each.name === name),
        'profile',
        name,
      ),
  };
};
