import { type Backdrop, backdropTexture } from '../mockup/backdrop.ts';
import { type FrameSize, frameView } from '../mockup/frame-view.ts';
import { appearanceRequestFor, type CompiledView, compileView, type MockupLayer, type ZoneTexture } from '../mockup/index.ts';
import { type RowExtents, rowExtentsOf } from '../mockup/shown-rows.ts';
import type { ProductView } from '../model/view.ts';
import type { AppearanceRequest } from '../render/appearance.ts';
import { ByteLimit } from '../render/byte-limit.ts';
import { RasterMemory } from '../render/raster/raster-memory.ts';
import { CutMemory } from '../scene/masks/cut-memory.ts';
import { FontLibrary } from '../scene/text/font-library.ts';
import type { LentPicture } from './lent-picture.ts';
import { MaterialCache } from './material-cache.ts';

/** A compiled view takes some 21 bytes a pixel: this is eight views of 1200 x 1200 px, or 250 MB. */
const VIEW_PIXELS = 12_000_000;
/** A backdrop takes 16 bytes a pixel. */
const BACKDROP_PIXELS = 6_000_000;
const MAX_REQUESTS = 64;
/** Finished pictures that wait for the next change to them. */
const PICTURE_BYTES = 64 * 1024 * 1024;

/** A picture size; without a height the view's own proportions hold. */
export type PictureSize = { readonly widthPx: number; readonly frame?: FrameSize | undefined };

/** A view made ready for a picture size, with what tells which of its rows show which part of the art. */
export type ReadyView = {
  readonly key: string;
  readonly compiled: CompiledView;
  readonly extents: RowExtents;
  /** As `appearanceRequestFor`, settled once for each placement and trim size. */
  readonly requestFor: (placement: string, trim: TrimSize) => AppearanceRequest;
};
type TrimSize = { readonly widthMm: number; readonly heightMm: number };

/** A picture as it was painted last, and the art it was painted with. Whoever takes it out of the cache may paint over it. */
export type PaintedPicture = { readonly picture: LentPicture; readonly layers: readonly PaintedLayer[] };

/** Art as it was: with a version, its pixels may have been painted over since and only RasterSession tells what changed. */
export type PaintedLayer = { readonly layer: MockupLayer; readonly version: number | null };

const requestsOf = (compiled: CompiledView): ReadyView['requestFor'] => {
  const known = new Map<string, AppearanceRequest>();
  return (placement, { widthMm, heightMm }) => {
    const key = `${placement} ${widthMm} ${heightMm}`;
    const request = known.get(key) ?? appearanceRequestFor(compiled, placement, { widthMm, heightMm });
    // Trims of any size may come; nobody needs more than a few at a time.
    if (known.size >= MAX_REQUESTS) known.clear();
    known.set(key, request);
    return request;
  };
};

type Kept<V> = { readonly value: Promise<V>; readonly pixels: number };

/**
 * The value for a key, made when it is not there; failures are not kept, and the least recently used are dropped until no more than
 * `mostPixels` are left, or one value.
 */
const remember = <V>(
  entries: Map<string, Kept<V>>,
  mostPixels: number,
  key: string,
  pixels: number,
  make: () => Promise<V>,
): Promise<V> => {
  const kept = entries.get(key) ?? { value: make(), pixels };
  entries.delete(key);
  entries.set(key, kept);
  kept.value.catch(() => {
    if (entries.get(key) === kept) entries.delete(key);
  });
  let left = [...entries.values()].reduce((sum, one) => sum + one.pixels, 0);
  for (const [oldest, one] of entries) {
    if (left <= mostPixels || entries.size === 1) break;
    entries.delete(oldest);
    left -= one.pixels;
  }
  return kept.value;
};

/** Views without a frame have proportions of their own, none much taller than wide. */
const pixelsOf = ({ widthPx, frame }: PictureSize): number => (frame ? frame.widthPx * frame.heightPx : 1.25 * widthPx ** 2);

/**
 * What runs in one process can share: opened fonts with their glyphs, views made ready for a picture size, pictures of art and mockups as
 * they were last, of which only what changed is painted again. It changes no result, only what a run costs, and holds some hundred
 * megabytes at most. A service keeps one for its life; without it every run starts cold and tidies up after itself.
 */
export class RenderCache {
  readonly fonts = new FontLibrary();
  readonly cuts = new CutMemory();
  readonly renders = new RasterMemory();
  readonly pictures = new ByteLimit<PaintedPicture>(PICTURE_BYTES);
  readonly materials = new MaterialCache();
  readonly #views = new Map<string, Kept<ReadyView>>();
  readonly #backdrops = new Map<string, Kept<ZoneTexture>>();

  /** The view made ready for pictures of a size. */
  view(view: ProductView, size: PictureSize): Promise<ReadyView> {
    const { widthPx, frame } = size;
    const key = JSON.stringify([view.digest, widthPx, frame]);
    return remember(this.#views, VIEW_PIXELS, key, pixelsOf(size), async () => {
      const compiled = await (frame ? compileView(frameView(view, frame), frame.widthPx, frame.heightPx) : compileView(view, widthPx));
      return { key, compiled, extents: rowExtentsOf(compiled), requestFor: requestsOf(compiled) };
    });
  }

  /** A backdrop made ready for pictures of a size; `name` says which it is. */
  backdrop(name: string, backdrop: Backdrop, { widthPx, heightPx }: CompiledView, signal: AbortSignal): Promise<ZoneTexture> {
    const key = JSON.stringify([name, widthPx, heightPx]);
    return remember(this.#backdrops, BACKDROP_PIXELS, key, widthPx * heightPx, () =>
      backdropTexture(backdrop, { widthPx, heightPx }, signal),
    );
  }

  /** Frees the fonts. Call it when no run is under way. */
  dispose(): void {
    this.fonts.dispose();
    this.cuts.clear();
    this.renders.clear();
    this.pictures.clear();
    this.materials.clear();
    this.#views.clear();
    this.#backdrops.clear();
  }
}
