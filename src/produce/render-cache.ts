import { type CompiledView, compileView } from '../mockup/index.ts';
import type { ProductView } from '../model/view.ts';
import { FontLibrary } from '../scene/text/font-library.ts';

/** A compiled view of 1200 x 1200 px takes some 30 MB, so a handful is kept. */
const MAX_VIEWS = 8;

/**
 * What runs in one process can share: opened fonts with their glyphs, and views made ready for a picture size. It changes no result,
 * only what a run costs. A service keeps one for its life; without it every run starts cold and tidies up after itself.
 */
export class RenderCache {
  readonly fonts = new FontLibrary();
  readonly #views = new Map<string, Promise<CompiledView>>();

  /** The view made ready for pictures of a width; the least recently used are dropped. */
  compiledView(view: ProductView, widthPx: number): Promise<CompiledView> {
    const key = `${view.digest}/${widthPx}`;
    const compiled = this.#views.get(key) ?? compileView(view, widthPx);
    this.#views.delete(key);
    this.#views.set(key, compiled);
    // A failure is not kept: the next run may do better.
    compiled.catch(() => this.#views.delete(key));
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= MAX_VIEWS) break;
      this.#views.delete(oldest);
    }
    return compiled;
  }

  /** Frees the fonts. Call it when no run is under way. */
  dispose(): void {
    this.fonts.dispose();
    this.#views.clear();
  }
}
