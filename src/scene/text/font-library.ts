import type { FontFile, FontRequest } from '../../model/resources.ts';
import { type FontSet, fontRequestKey } from './font-set.ts';
import { type AxisValues, type LoadedFont, loadFont } from './loaded-font.ts';

/** Opened fonts shared between layouts; the least recently used are dropped beyond `maxFonts`. */
export class FontLibrary {
  readonly #fonts = new Map<string, LoadedFont>();
  readonly #maxFonts: number;

  constructor(maxFonts = 48) {
    this.#maxFonts = maxFonts;
  }

  /** Throws Problem `font.unreadable` for bytes that are no font. */
  load(file: FontFile, axes: AxisValues = {}): LoadedFont {
    const tags = Object.keys(axes).sort();
    const key = `${file.digest}|${tags.map((tag) => `${tag}=${axes[tag]}`).join(',')}`;
    const font = this.#fonts.get(key) ?? loadFont(file, axes);
    this.#fonts.delete(key);
    this.#fonts.set(key, font);
    // Dropped, not disposed: a layout under way may still hold it.
    for (const oldest of this.#fonts.keys()) {
      if (this.#fonts.size <= this.#maxFonts) break;
      this.#fonts.delete(oldest);
    }
    return font;
  }

  /** A font set over files already fetched. A request sets the weight axis of a variable font unless the layer sets it. */
  set(files: Iterable<readonly [FontRequest, FontFile]>): FontSet {
    const byRequest = new Map([...files].map(([request, file]) => [fontRequestKey(request), file] as const));
    return {
      font: (request, axes) => {
        const file = byRequest.get(fontRequestKey(request));
        return file === undefined ? null : this.load(file, { wght: request.weight, ...(request.italic ? { ital: 1 } : {}), ...axes });
      },
    };
  }

  dispose(): void {
    for (const font of this.#fonts.values()) font.dispose();
    this.#fonts.clear();
  }
}
