import type { FontFile } from '../../model/resources.ts';
import { type AxisValues, axesKey, type LoadedFont, loadFont } from './loaded-font.ts';

/** Opened fonts shared between layouts; the least recently used are dropped beyond `maxFonts`. */
export class FontLibrary {
  readonly #fonts = new Map<string, LoadedFont>();
  readonly #maxFonts: number;

  constructor(maxFonts = 48) {
    this.#maxFonts = maxFonts;
  }

  /** Throws Problem `font.unreadable` for bytes that are no font. */
  load(file: FontFile, axes: AxisValues = {}): LoadedFont {
    const key = `${file.digest}|${axesKey(axes)}`;
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

  dispose(): void {
    for (const font of this.#fonts.values()) font.dispose();
    this.#fonts.clear();
  }
}
