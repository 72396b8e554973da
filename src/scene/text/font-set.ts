import type { FontFile, FontRequest } from '../../model/resources.ts';
import { FontLibrary } from './font-library.ts';
import { type AxisValues, axesKey, type LoadedFont, readFaceStyle } from './loaded-font.ts';

/** A font file with the request it answers; without one, the weight and slant the file states of itself count. */
export type FontEntry = FontFile | { readonly request: FontRequest; readonly file: FontFile };

type KnownFont = { readonly request: FontRequest; readonly file: FontFile };

/** Equal for requests that mean the same font. */
export const fontRequestKey = ({ family, weight, italic }: FontRequest): string => `${family.toLowerCase()}|${weight}|${italic}`;

const knownFont = (entry: FontEntry): KnownFont =>
  'request' in entry ? entry : { request: { family: entry.family, ...readFaceStyle(entry) }, file: entry };

/**
 * The fonts one piece of work may use, by the request that found them. A family that was fetched in other weights only answers with
 * the nearest one: choosing a file for a request is the business of whoever fetched it, never of a layout.
 */
export class FontSet {
  readonly #known: readonly KnownFont[];
  readonly #library: FontLibrary;
  readonly #ownsLibrary: boolean;
  readonly #opened = new Map<string, LoadedFont | null>();

  private constructor(known: readonly KnownFont[], library: FontLibrary, ownsLibrary: boolean) {
    this.#known = known;
    this.#library = library;
    this.#ownsLibrary = ownsLibrary;
  }

  /** Rejects with Problem `font.unreadable` for bytes that are no font. A `library` given is shared, and survives `dispose`. */
  static async open(entries: Iterable<FontEntry>, library?: FontLibrary): Promise<FontSet> {
    const known = [...entries].map(knownFont);
    return new FontSet(known, library ?? new FontLibrary(), library === undefined);
  }

  /** The font for a request at these axes, or null when the set has none of its family. */
  font(request: FontRequest, axes: AxisValues): LoadedFont | null {
    const key = `${fontRequestKey(request)}|${axesKey(axes)}`;
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const file = this.#find(request);
    const font = file && this.#library.load(file, { wght: request.weight, ...(request.italic ? { ital: 1 } : {}), ...axes });
    this.#opened.set(key, font);
    return font;
  }

  dispose(): void {
    this.#opened.clear();
    if (this.#ownsLibrary) this.#library.dispose();
  }

  #find(request: FontRequest): FontFile | null {
    const family = request.family.toLowerCase();
    const distance = ({ request: own }: KnownFont): number =>
      (own.italic === request.italic ? 0 : 10_000) + Math.abs(own.weight - request.weight);
    const candidates = this.#known.filter((one) => one.request.family.toLowerCase() === family);
    return [...candidates].sort((a, b) => distance(a) - distance(b))[0]?.file ?? null;
  }
}
