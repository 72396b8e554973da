import type { Affine } from '../../geometry/affine.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import { type Point, type Rect, rectOf } from '../../geometry/point.ts';
import { warpPath } from '../../geometry/warp.ts';
import type { LoadedFont } from './loaded-font.ts';
import type { SetRun } from './set-line.ts';
import type { RunStyle } from './styled-text.ts';

/** A glyph at its place: `at` maps font units (y down) to box millimetres, before `bend` of its run. */
export type PlacedGlyphAt = { readonly glyph: number; readonly at: Affine };

/** Moves every point of outlines that already stand in millimetres. What it made of an outline is kept, glyph by glyph. */
export type Bend = {
  readonly map: (point: Point) => Point;
  readonly made: Map<PlacedGlyphAt, Map<Path, Path>>;
};

/**
 * Glyphs of one font and style. `bend`, when there, bends the outlines after `at`; `shift` then moves the bent ones (unbent glyphs are
 * moved by their `at`).
 */
export type PlacedRun = {
  readonly font: LoadedFont;
  readonly style: RunStyle;
  readonly text: string;
  /** Place in the layer's text, to restore reading order: line, then offset. */
  readonly line: number;
  readonly start: number;
  readonly glyphs: readonly PlacedGlyphAt[];
  readonly bend: Bend | null;
  readonly shift: Point;
};

/** All the text of a layer in box millimetres, y down. */
export type PlacedText = readonly PlacedRun[];

/** Text never shows detail below a hundredth of a millimetre; finer steps would only make files longer. */
const BEND_TOLERANCE_MM = 0.01;

const UNMOVED: Point = { x: 0, y: 0 };

export const bendBy = (map: Bend['map']): Bend => ({ map, made: new Map() });

export const placedRun = (set: SetRun, line: number, glyphs: readonly PlacedGlyphAt[], bend: Bend | null = null): PlacedRun => {
  const { run } = set;
  return { font: run.item.font, style: run.item.style, text: run.text, line, start: run.start, glyphs, bend, shift: UNMOVED };
};

/** An outline of a placed glyph (its own, or that of a colour layer) in millimetres, bent when its run is. */
export const placedOutline = ({ bend, shift }: PlacedRun, placed: PlacedGlyphAt, path: Path): Path => {
  if (bend === null) return transformPath(path, placed.at);
  let known = bend.made.get(placed);
  if (known === undefined) {
    known = new Map();
    bend.made.set(placed, known);
  }
  let bent = known.get(path);
  if (bent === undefined) {
    bent = warpPath(transformPath(path, placed.at), bend.map, BEND_TOLERANCE_MM);
    known.set(path, bent);
  }
  return shift === UNMOVED ? bent : transformPath(bent, [1, 0, 0, 1, shift.x, shift.y]);
};

const uprightBounds = ({ x, y, width, height }: Rect, [a, , , d, e, f]: Affine): Rect =>
  rectOf(a * x + e, d * y + f, a * width, d * height);

const glyphBounds = (run: PlacedRun, placed: PlacedGlyphAt): Rect | null => {
  const { glyph, at } = placed;
  const { path, bounds } = run.font.silhouette(glyph);
  if (bounds === null) return null;
  const [a, b, c, d] = at;
  if (run.bend === null && b === 0 && c === 0 && a > 0 && d > 0) return uprightBounds(bounds, at);
  return boundsOfPath(placedOutline(run, placed, path));
};

/** The box of everything that will be painted, without effects; null when nothing will. */
export const inkOf = (placed: PlacedText): Rect | null => {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const run of placed) {
    for (const glyph of run.glyphs) {
      const box = glyphBounds(run, glyph);
      if (box === null) continue;
      minX = Math.min(minX, box.x);
      minY = Math.min(minY, box.y);
      maxX = Math.max(maxX, box.x + box.width);
      maxY = Math.max(maxY, box.y + box.height);
    }
  }
  return minX <= maxX ? rectOf(minX, minY, maxX - minX, maxY - minY) : null;
};

/** The same text moved. */
export const movePlaced = (placed: PlacedText, dx: number, dy: number): PlacedText => {
  if (dx === 0 && dy === 0) return placed;
  return placed.map((run): PlacedRun => {
    if (run.bend !== null) return { ...run, shift: { x: run.shift.x + dx, y: run.shift.y + dy } };
    return { ...run, glyphs: run.glyphs.map(({ glyph, at: [a, b, c, d, e, f] }) => ({ glyph, at: [a, b, c, d, e + dx, f + dy] })) };
  });
};
