import type { Rect } from '../../geometry/point.ts';
import type { Scene } from '../../scene/scene.ts';
import { ByteLimit } from '../byte-limit.ts';
import { changedArea, isSame } from './changed-area.ts';
import type { KeptPictures } from './picture-shelf.ts';
import type { PixelsOf, RasterRequest } from './raster-request.ts';
import { type RenderedPixels, type RowRange, renderPixels } from './render-pixels.ts';

/** What rows each version of a render changed, the latest last. */
type Change = { readonly version: number; readonly rows: RowRange };
type Remembered = { readonly scene: Scene; readonly pixels: RenderedPixels; readonly version: number; readonly changes: readonly Change[] };

/** Half for finished renders, half for pictures made ready for them. */
const DEFAULT_BYTES = 128 * 1024 * 1024;
/** Who saw an older version than this gets to know no rows. */
const MOST_CHANGES = 8;

/** Rows that an area of the scene may touch, with one more on either side for edges that are smoothed. */
const rowsOf = (area: Rect, { region, heightPx }: RasterRequest): RowRange => {
  const rowAt = (mm: number): number => ((mm - region.y) * heightPx) / region.height;
  const from = Math.min(heightPx, Math.max(0, Math.floor(rowAt(area.y)) - 1));
  return { from, to: Math.min(heightPx, Math.max(from, Math.ceil(rowAt(area.y + area.height)) + 1)) };
};

const keyOf = ({ area: { productId, placementId } }: Scene, request: RasterRequest): string =>
  JSON.stringify([productId, placementId, request]);

/**
 * Remembers renders of scenes that are asked for again and again with small changes, and pictures that were made ready for them. Runs
 * render through a session of their own, so that two runs at a time never share pixels.
 */
export class RasterMemory {
  readonly #renders: ByteLimit<Remembered>;
  readonly #pictures: ByteLimit<Uint8Array>;
  #versions = 0;

  constructor(maxBytes: number = DEFAULT_BYTES) {
    this.#renders = new ByteLimit(maxBytes / 2);
    this.#pictures = new ByteLimit(maxBytes / 2);
  }

  get bytes(): number {
    return this.#renders.bytes + this.#pictures.bytes;
  }

  open(): RasterSession {
    return new RasterSession(this.#renders, this.#pictures, () => {
      this.#versions += 1;
      return this.#versions;
    });
  }

  clear(): void {
    this.#renders.clear();
    this.#pictures.clear();
  }
}

/** The renders of one run. Their pixels belong to it until it is closed, and are painted over by later runs. */
export class RasterSession {
  readonly #renders: ByteLimit<Remembered>;
  readonly #pictures: KeptPictures;
  readonly #nextVersion: () => number;
  readonly #own = new Map<string, Remembered>();

  constructor(renders: ByteLimit<Remembered>, pictures: KeptPictures, nextVersion: () => number) {
    this.#renders = renders;
    this.#pictures = pictures;
    this.#nextVersion = nextVersion;
  }

  /** As `renderPixels`, with the same bytes: only rows that can have changed are painted. Not to be written into. */
  async render(scene: Scene, request: RasterRequest, pixelsOf: PixelsOf, signal: AbortSignal): Promise<RenderedPixels> {
    const key = keyOf(scene, request);
    const own = this.#own.get(key);
    // One run has one scene for a placement; should it ever have two, the first keeps its pixels.
    if (own) return isSame(own.scene, scene) ? own.pixels : renderPixels(scene, request, pixelsOf, signal, { pictures: this.#pictures });
    const known = this.#renders.take(key);
    const made = await this.#renderFrom(known && isSame(known.scene.area, scene.area) ? known : null, scene, request, pixelsOf, signal);
    this.#own.set(key, made);
    return made.pixels;
  }

  async #renderFrom(
    before: Remembered | null,
    scene: Scene,
    request: RasterRequest,
    pixelsOf: PixelsOf,
    signal: AbortSignal,
  ): Promise<Remembered> {
    const area = before && changedArea(before.scene.nodes, scene.nodes);
    if (before && !area) return { ...before, scene };
    const again = before && area ? { pixels: before.pixels, rows: rowsOf(area, request) } : undefined;
    const pixels = await renderPixels(scene, request, pixelsOf, signal, { pictures: this.#pictures, again });
    const version = this.#nextVersion();
    const change = { version, rows: again?.rows ?? { from: 0, to: request.heightPx } };
    return { scene, pixels, version, changes: [...(again && before ? before.changes : []), change].slice(-MOST_CHANGES) };
  }

  /** Which version of a render these pixels hold; null for pixels that are none of this session. */
  versionOf(rgba: Uint8Array): number | null {
    return this.#find(rgba)?.version ?? null;
  }

  /** The rows in which pixels of this session may differ from an earlier version; null: in none, undefined: nobody knows. */
  changedSince(rgba: Uint8Array, version: number): RowRange | null | undefined {
    const found = this.#find(rgba);
    if (!found) return undefined;
    if (version === found.version) return null;
    const at = found.changes.findIndex((change) => change.version === version);
    if (at < 0) return undefined;
    const rows = found.changes.slice(at + 1).map((change) => change.rows);
    return { from: Math.min(...rows.map(({ from }) => from)), to: Math.max(...rows.map(({ to }) => to)) };
  }

  /** Gives the renders back to the memory. */
  close(): void {
    for (const [key, own] of this.#own) this.#renders.set(key, own, own.pixels.rgba.length);
    this.#own.clear();
  }

  #find(rgba: Uint8Array): Remembered | undefined {
    for (const own of this.#own.values()) if (own.pixels.rgba === rgba) return own;
    return undefined;
  }
}
