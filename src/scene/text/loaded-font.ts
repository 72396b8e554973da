import * as hb from 'harfbuzzjs';
import { boundsOfPath, joinPaths, type Path, PathBuilder, quantizePath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { Problem } from '../../model/problem.ts';
import type { FontFile } from '../../model/resources.ts';
import { type ColourLayer, readColourGlyph } from './colour-glyph.ts';
import { fontTables } from './font-tables.ts';
import { type ShapedRun, type ShapeRequest, shapeWith } from './shape-run.ts';
import { type Release, releaseWith, withRelease } from './shaper-memory.ts';

/** In font units, positive upwards for ascent and heights; descent is positive below the baseline. */
export type FontMetrics = {
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
  /** The middle of an ideograph, or of the line height: what lines up in a column of text. */
  readonly middle: number;
};

/** One glyph in font units, y down. `bounds` is null for a glyph without ink. */
export type GlyphOutline = { readonly path: Path; readonly bounds: Rect | null };

export type AxisValues = Readonly<Record<string, number>>;

const MAX_CACHED_GLYPHS = 16_384;
const MAX_CACHED_RUNS = 1024;
/** More outline points than any letter has; a font that exceeds it was made to exhaust memory. */
const MAX_GLYPH_STEPS = 60_000;

const drawFuncs = ((): hb.DrawFuncs => {
  const funcs = new hb.DrawFuncs();
  const guard = (data: unknown): PathBuilder | null => {
    const draw = data as GlyphDrawing;
    draw.steps += 1;
    return draw.steps <= MAX_GLYPH_STEPS ? draw.builder : null;
  };
  funcs.setMoveToFunc((x, y, data) => void guard(data)?.moveTo(x, -y));
  funcs.setLineToFunc((x, y, data) => void guard(data)?.lineTo(x, -y));
  funcs.setQuadraticToFunc((cx, cy, x, y, data) => void guard(data)?.quadraticTo(cx, -cy, x, -y));
  funcs.setCubicToFunc((ax, ay, bx, by, x, y, data) => void guard(data)?.cubicTo(ax, -ay, bx, -by, x, -y));
  funcs.setClosePathFunc((data) => void guard(data)?.close());
  return funcs;
})();

type GlyphDrawing = { readonly builder: PathBuilder; steps: number };

/** Ideographs and a syllable whose outlines fill their square evenly. */
const SQUARE_IDEOGRAPHS = ['国', '國', '田', '回', '므', 'あ'];

/** Keeps the most recently added `limit` entries. */
class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    if (this.#entries.size >= this.#limit) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, value);
  }

  clear(): void {
    this.#entries.clear();
  }
}

type OpenedFont = { readonly key: string; readonly font: hb.Font };

/**
 * One font file at one place of its variation axes: shaping, coverage, metrics and outlines, with bounded caches.
 * `key` names file and axes. Outlines of one glyph are one object, so that writers can tell equal glyphs by identity.
 */
export class LoadedFont {
  readonly key: string;
  readonly family: string;
  readonly unitsPerEm: number;
  readonly metrics: FontMetrics;
  /** Has colour layers (COLR): an emoji font. */
  readonly isColour: boolean;
  #font: hb.Font | null;
  readonly #release: Release;
  readonly #glyphOf = new Map<number, number>();
  readonly #outlines = new BoundedMap<number, GlyphOutline>(MAX_CACHED_GLYPHS);
  readonly #colours = new BoundedMap<number, readonly ColourLayer[] | null>(MAX_CACHED_GLYPHS);
  readonly #silhouettes = new BoundedMap<number, GlyphOutline>(MAX_CACHED_GLYPHS);
  readonly #runs = new BoundedMap<string, ShapedRun>(MAX_CACHED_RUNS);

  constructor({ key, font }: OpenedFont, family: string, release: Release) {
    this.key = key;
    this.family = family;
    this.#font = font;
    this.#release = releaseWith(this, release);
    this.unitsPerEm = font.face.upem;
    this.isColour = font.face.hasColorLayers() || font.face.hasColorPaint();
    this.metrics = this.#readMetrics(font);
  }

  /** Whether the font has a glyph for the code point itself. */
  has(codePoint: number): boolean {
    return this.glyphFor(codePoint) !== 0;
  }

  /** The nominal glyph of a code point, 0 when there is none. */
  glyphFor(codePoint: number): number {
    let glyph = this.#glyphOf.get(codePoint);
    if (glyph === undefined) {
      glyph = this.#live().nominalGlyph(codePoint) ?? 0;
      this.#glyphOf.set(codePoint, glyph);
    }
    return glyph;
  }

  outline(glyph: number): GlyphOutline {
    let outline = this.#outlines.get(glyph);
    if (outline === undefined) {
      const drawing: GlyphDrawing = { builder: new PathBuilder(), steps: 0 };
      this.#live().drawGlyph(glyph, drawFuncs, drawing);
      if (drawing.steps > MAX_GLYPH_STEPS) {
        throw new Problem(
          'font.glyph-too-complex',
          `expected at most ${MAX_GLYPH_STEPS} outline steps in glyph ${glyph} of ${this.family}`,
        );
      }
      // Degree-raised quadratics have endless fractions; a thousandth of a font unit is far below anything visible.
      const path = quantizePath(drawing.builder.finish());
      outline = { path, bounds: boundsOfPath(path) };
      this.#outlines.set(glyph, outline);
    }
    return outline;
  }

  /** The coloured layers of a glyph, bottom first, in font units, y down; null for a glyph of one colour. */
  colourLayers(glyph: number): readonly ColourLayer[] | null {
    if (!this.isColour) return null;
    let layers = this.#colours.get(glyph);
    if (layers === undefined) {
      layers = readColourGlyph(this.#live(), glyph, (inner) => this.outline(inner).path);
      this.#colours.set(glyph, layers);
    }
    return layers;
  }

  /** The figure a glyph covers whatever its colours: its outline, or all its colour layers together. */
  silhouette(glyph: number): GlyphOutline {
    const layers = this.colourLayers(glyph);
    if (layers === null) return this.outline(glyph);
    let figure = this.#silhouettes.get(glyph);
    if (figure === undefined) {
      const path = joinPaths(layers.map((layer) => layer.path));
      figure = { path, bounds: boundsOfPath(path) };
      this.#silhouettes.set(glyph, figure);
    }
    return figure;
  }

  shape(request: ShapeRequest): ShapedRun {
    const { before, text, after, direction, script, language, features } = request;
    const key = `${direction}|${script}|${language}|${features.key}|${before}\n${text}\n${after}`;
    let run = this.#runs.get(key);
    if (run === undefined) {
      run = shapeWith(this.#live(), request);
      if (direction === 'ttb') run = this.#centredInColumn(run);
      this.#runs.set(key, run);
    }
    return run;
  }

  /** Gives back the shaper's memory and the caches; later use throws. */
  dispose(): void {
    this.#font = null;
    this.#release();
    this.#glyphOf.clear();
    this.#outlines.clear();
    this.#colours.clear();
    this.#silhouettes.clear();
    this.#runs.clear();
  }

  /** The shaper's small build reads no vertical metrics and hangs glyphs by the ascender: their square goes into the em instead. */
  #centredInColumn(run: ShapedRun): ShapedRun {
    const lower = this.unitsPerEm / 2 + this.metrics.middle - (this.#live().hExtents().ascender || this.metrics.ascent);
    return { ...run, yOffsets: run.yOffsets.map((y) => y + lower) };
  }

  #live(): hb.Font {
    if (this.#font === null) throw new RangeError(`expected a font in use, got ${this.key} after dispose()`);
    return this.#font;
  }

  #readMetrics(font: hb.Font): FontMetrics {
    const { ascender, descender } = font.hExtents();
    const ascent = ascender > 0 ? ascender : 0.8 * this.unitsPerEm;
    const descent = descender < 0 ? -descender : 0.2 * this.unitsPerEm;
    const heightOf = (char: string): number | null => {
      const glyph = this.glyphFor(char.codePointAt(0) ?? 0);
      const { bounds } = glyph === 0 ? { bounds: null } : this.outline(glyph);
      return bounds === null ? null : -bounds.y;
    };
    const capHeight = font.getMetricPosition(hb.MetricsTag.CAP_HEIGHT) || heightOf('H') || 0.72 * ascent;
    const xHeight = font.getMetricPosition(hb.MetricsTag.X_HEIGHT) || heightOf('x') || 0.7 * capHeight;
    const ideograph = SQUARE_IDEOGRAPHS.map((char) => this.glyphFor(char.codePointAt(0) ?? 0)).find((glyph) => glyph !== 0);
    const square = ideograph === undefined ? null : this.outline(ideograph).bounds;
    const middle = square === null ? (ascent - descent) / 2 : -(square.y + square.height / 2);
    return { ascent, descent, capHeight, xHeight, middle };
  }
}

/** `{wght: 700}` to "wght=700", axes in alphabetical order. */
export const axesKey = (axes: AxisValues): string =>
  Object.keys(axes)
    .sort()
    .map((tag) => `${tag}=${axes[tag]}`)
    .join(',');

const tablesOf = (file: FontFile): ReadonlyMap<string, Uint8Array> => {
  const tables = fontTables(file.bytes);
  if (tables !== null) return tables;
  throw new Problem('font.unreadable', `expected a TrueType or OpenType file for the font ${file.family}, got other bytes`);
};

/** Weight class and slant as the file's OS/2 table states them; regular upright when it has none. */
export const readFaceStyle = (file: FontFile): { readonly weight: number; readonly italic: boolean } => {
  const table = tablesOf(file).get('OS/2');
  if (table === undefined || table.length < 64) return { weight: 400, italic: false };
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return { weight: view.getUint16(4), italic: (view.getUint16(62) & 1) === 1 };
};

/**
 * Opens a TrueType or OpenType file (the first face of a collection). Axes the font does not have are ignored, values are clamped
 * to its range. Throws Problem `font.unreadable` when the bytes are no such font or hold no outlines.
 */
export const loadFont = (file: FontFile, axes: AxisValues = {}): LoadedFont => {
  const { value, release } = withRelease(() => openFont(file, axes));
  return new LoadedFont(value, file.family, release);
};

const openFont = (file: FontFile, axes: AxisValues): OpenedFont => {
  // Tables are looked up in the bytes: the shaper's own look-up never lets go of what it returns.
  const tables = tablesOf(file);
  const hasOutlines = ['glyf', 'CFF ', 'CFF2'].some((tag) => tables.has(tag));
  const face = new hb.Face(new hb.Blob(file.bytes));
  if (!hasOutlines || !tables.has('cmap') || !(face.upem >= 16 && face.upem <= 16_384)) {
    throw new Problem('font.unreadable', `expected a font with outlines and a character map for ${file.family}`);
  }
  const used: Record<string, number> = {};
  for (const info of Object.values(face.getAxisInfos())) {
    const wanted = axes[info.tag];
    if (wanted === undefined) continue;
    const value = Math.min(info.max, Math.max(info.min, wanted));
    if (value !== info.default) used[info.tag] = value;
  }
  const font = new hb.Font(face);
  const variations = Object.entries(used).map(([tag, value]) => new hb.Variation(tag, value));
  if (variations.length > 0) font.setVariations(variations);
  return { key: variations.length > 0 ? `${file.digest}#${axesKey(used)}` : file.digest, font };
};
