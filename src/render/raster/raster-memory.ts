import type { Rect } from '../../geometry/point.ts';
import type { Scene } from '../../scene/scene.ts';
import { ByteLimit } from '../byte-limit.ts';
import { changedArea, isSame } from './changed-area.ts';
import type { PixelsOf, RasterRequest } from './raster-request.ts';
import { type RenderedPixels, type RowRange, renderPixels } from './render-pixels.ts';

type Remembered = { readonly scene: Scene; readonly pixels: RenderedPixels };

/** Half for finished renders, half for pictures made ready for them. */
const DEFAULT_BYTES = 128 * 1024 * 1024;

/** Rows that an area of the scene may touch, with one more on either side for edges that are smoothed. */
const rowsOf = (area: Rect, { region, heightPx }: RasterRequest): RowRange => {
  const rowAt = (mm: number): number => ((mm - region.y) * heightPx) / region.height;
  const from = Math.min(heightPx, Math.max(0, Math.floor(rowAt(area.y)) - 1));
  return { from, to: Math.min(heightPx, Math.max(from, Math.ceil(rowAt(area.y + area.height)) + 1)) };
};

/**
 * Renders scenes that are asked for again and again with small changes. Pictures that were made ready for a render and rows of pixels
 * that cannot have changed are used again; the bytes are those of `renderPixels`. What it hands out must not be written into.
 */
export class RasterMemory {
  readonly #renders: ByteLimit<Remembered>;
  readonly #pictures: ByteLimit<Uint8Array>;

  constructor(maxBytes: number = DEFAULT_BYTES) {
    this.#renders = new ByteLimit(maxBytes / 2);
    this.#pictures = new ByteLimit(maxBytes / 2);
  }

  get bytes(): number {
    return this.#renders.bytes + this.#pictures.bytes;
  }

  /** As `renderPixels`. */
  async render(scene: Scene, request: RasterRequest, pixelsOf: PixelsOf, signal: AbortSignal): Promise<RenderedPixels> {
    const { productId, placementId } = scene.area;
    const key = JSON.stringify([productId, placementId, request]);
    const known = this.#renders.get(key);
    const before = known && isSame(known.scene.area, scene.area) ? known : null;
    const area = before ? changedArea(before.scene.nodes, scene.nodes) : null;
    if (before && !area) return before.pixels;
    const again = before && area ? { pixels: before.pixels, rows: rowsOf(area, request) } : undefined;
    const pixels = await renderPixels(scene, request, pixelsOf, signal, { pictures: this.#pictures, again });
    this.#renders.set(key, { scene, pixels }, pixels.rgba.length);
    return pixels;
  }

  clear(): void {
    this.#renders.clear();
    this.#pictures.clear();
  }
}
