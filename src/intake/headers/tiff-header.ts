import { ByteView } from '../byte-view.ts';
import { normalOrientation } from './exif-orientation.ts';
import type { ImageHeader } from './image-header.ts';

const TAG = {
  width: 256,
  height: 257,
  compression: 259,
  photometric: 262,
  orientation: 274,
  samples: 277,
  tileWidth: 322,
  tileHeight: 323,
  icc: 34675,
} as const;

/** None, CCITT, LZW, JPEG, deflate (two numbers), PackBits: what people send and our decoder is trusted with. */
const COMPRESSIONS = new Set([1, 2, 3, 4, 5, 7, 8, 32773, 32946]);
const MAX_ENTRIES = 4096;
/** A tile is decoded whole, however small the picture: 4,096 x 4,096 is far above what writers use. */
const MAX_TILE_PIXELS = 4096 * 4096;
/** Bytes a value of each field type takes (TIFF 6.0 section 2, BigTIFF 16..18). */
const TYPE_BYTES: Record<number, number> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

type Entry = { readonly tag: number; readonly type: number; readonly count: number; readonly valueAt: number; readonly at: number };
type Directory = { readonly entries: readonly Entry[]; readonly next: number };

/** Classic and BigTIFF differ in the width of counts and offsets only. */
type Layout = { readonly view: ByteView; readonly big: boolean };

const offsetAt = ({ view, big }: Layout, at: number): number => (big ? view.u64(at) : view.u32(at));

const directoryAt = (layout: Layout, at: number): Directory => {
  const { view, big } = layout;
  const count = big ? view.u64(at) : view.u16(at);
  if (count > MAX_ENTRIES) throw new RangeError(`expected at most ${MAX_ENTRIES} fields in a directory, got ${count}`);
  const [first, size] = big ? [at + 8, 20] : [at + 2, 12];
  const entries = Array.from({ length: count }, (_, i) => entryAt(layout, first + i * size));
  return { entries, next: offsetAt(layout, first + count * size) };
};

const entryAt = (layout: Layout, at: number): Entry => {
  const { view, big } = layout;
  const type = view.u16(at + 2);
  const count = big ? view.u64(at + 4) : view.u32(at + 4);
  const inline = (TYPE_BYTES[type] ?? 1) * count <= (big ? 8 : 4);
  const field = at + (big ? 12 : 8);
  return { tag: view.u16(at), type, count, at, valueAt: inline ? field : offsetAt(layout, field) };
};

const numberOf = ({ view }: Layout, entries: readonly Entry[], tag: number): number | null => {
  const entry = entries.find((each) => each.tag === tag);
  if (!entry || entry.count < 1) return null;
  if (entry.type === 3) return view.u16(entry.valueAt);
  if (entry.type === 4) return view.u32(entry.valueAt);
  if (entry.type === 16) return view.u64(entry.valueAt);
  return entry.type === 1 ? view.u8(entry.valueAt) : null;
};

/** Follows the directory chain; a chain that comes back to itself throws. Counting stops at `cap`. */
const countDirectories = (layout: Layout, first: number, cap: number): number => {
  const seen = new Set<number>();
  for (let at = first; at !== 0 && seen.size <= cap; at = directoryAt(layout, at).next) {
    if (seen.has(at)) throw new RangeError('expected a chain of directories that ends, got a loop');
    seen.add(at);
  }
  return seen.size;
};

const MODELS: Record<number, ImageHeader['model']> = { 0: 'grey', 1: 'grey', 2: 'rgb', 3: 'palette', 5: 'cmyk', 6: 'rgb', 8: 'lab' };

/** Renames the profile's tag to a private number no decoder knows; the file keeps its size and sorting is not relied upon. */
const withoutProfile = (bytes: Uint8Array, entry: Entry | undefined): Uint8Array => {
  if (!entry) return bytes;
  const copy = Uint8Array.from(bytes);
  copy.set([0xfd, 0xfd], entry.at);
  return copy;
};

const layoutOf = (bytes: Uint8Array): Layout => {
  const view = new ByteView(bytes, bytes[0] === 0x49 ? 'little' : 'big');
  return { view, big: view.u16(2) === 43 };
};

/** TIFF 6.0 and BigTIFF: the first directory, and the number of directories up to `frameCap` + 1. Throws RangeError for broken or unusual files. */
export const readTiffHeader = (bytes: Uint8Array, frameCap: number): ImageHeader => {
  const layout = layoutOf(bytes);
  const start = layout.big ? layout.view.u64(8) : layout.view.u32(4);
  const frames = countDirectories(layout, start, frameCap);
  const { entries } = directoryAt(layout, start);
  const value = (tag: number, otherwise: number): number => numberOf(layout, entries, tag) ?? otherwise;
  const compression = value(TAG.compression, 1);
  if (!COMPRESSIONS.has(compression))
    throw new RangeError(`expected TIFF compression none, LZW, deflate, JPEG, PackBits or CCITT, got number ${compression}`);
  const tilePixels = value(TAG.tileWidth, 0) * value(TAG.tileHeight, 0);
  if (tilePixels > MAX_TILE_PIXELS) throw new RangeError(`expected tiles of at most ${MAX_TILE_PIXELS} pixels, got ${tilePixels}`);
  const profile = entries.find(({ tag }) => tag === TAG.icc);
  return {
    format: 'tiff',
    widthPx: value(TAG.width, 0),
    heightPx: value(TAG.height, 0),
    frames,
    orientation: normalOrientation(value(TAG.orientation, 1)),
    icc: profile ? profileBytes(layout, profile) : null,
    model: MODELS[value(TAG.photometric, 2)] ?? 'rgb',
    clean: (keepIcc) => (keepIcc ? bytes : withoutProfile(bytes, profile)),
  };
};

const profileBytes = ({ view }: Layout, { valueAt, count }: Entry): Uint8Array => {
  try {
    return view.slice(valueAt, count);
  } catch {
    return new Uint8Array(0);
  }
};
