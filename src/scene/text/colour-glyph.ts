import * as hb from 'harfbuzzjs';
import type { SrgbColour } from '../../colour/colour.ts';
import { type Affine, IDENTITY, multiply } from '../../geometry/affine.ts';
import { type Path, transformPath } from '../../geometry/path.ts';
import type { Paint } from '../scene.ts';
import { withRelease } from './shaper-memory.ts';

/** One flat or graded area of a colour glyph, in font units, y down. `foreground` takes the colour of the text. */
export type ColourLayer = {
  readonly path: Path;
  readonly paint: Paint | 'foreground';
  /** 0 to 1. */
  readonly opacity: number;
};

type Recording = {
  readonly layers: ColourLayer[];
  readonly outline: (glyph: number) => Path;
  /** Glyph space to em space of the font, y up; the last one counts. */
  readonly transforms: Affine[];
  /** Clips in em space, y down; null for a rectangle that only bounds what is inside. */
  readonly clips: (Path | null)[];
};

/** Glyph outlines are kept y down while the transforms of a colour glyph are y up. */
const FLIP: Affine = [1, 0, 0, -1, 0, 0];

const top = (recording: Recording): Affine => recording.transforms.at(-1) ?? IDENTITY;

const srgb = ({ red, green, blue }: hb.Color): SrgbColour => ({ space: 'srgb', r: red / 255, g: green / 255, b: blue / 255 });

const add = (recording: Recording, paint: ColourLayer['paint'], opacity: number): void => {
  const path = recording.clips.findLast((clip) => clip !== null);
  if (path && opacity > 0) recording.layers.push({ path, paint, opacity });
};

/** Stops in order between 0 and 1, for the line from `first` to `last` in the font's own offsets. */
const stopsOf = (line: hb.ColorLine): { stops: Extract<Paint, { kind: 'linear' }>['stops']; first: number; last: number } => {
  const sorted = [...line.colorStops].sort((a, b) => a.offset - b.offset);
  const first = sorted[0]?.offset ?? 0;
  const last = sorted.at(-1)?.offset ?? 1;
  const span = last - first || 1;
  const stops = sorted.map(({ offset, color }) => ({ offset: (offset - first) / span, colour: srgb(color), opacity: color.alpha / 255 }));
  return { stops, first, last };
};

const paintFuncs = ((): hb.PaintFuncs => {
  const funcs = new hb.PaintFuncs();
  const on = (data: unknown): Recording => data as Recording;
  funcs.setPushTransformFunc(
    (xx, yx, xy, yy, dx, dy, data) => void on(data).transforms.push(multiply(top(on(data)), [xx, yx, xy, yy, dx, dy])),
  );
  funcs.setPopTransformFunc((data) => void on(data).transforms.pop());
  funcs.setPushClipGlyphFunc((glyph, _font, data) => {
    const map = multiply(FLIP, top(on(data)), FLIP);
    on(data).clips.push(transformPath(on(data).outline(glyph), map));
  });
  funcs.setPushClipRectangleFunc((_x0, _y0, _x1, _y1, data) => void on(data).clips.push(null));
  funcs.setPopClipFunc((data) => void on(data).clips.pop());
  funcs.setColorFunc((isForeground, color, data) => {
    add(on(data), isForeground ? 'foreground' : { kind: 'solid', colour: srgb(color) }, color.alpha / 255);
  });
  funcs.setLinearGradientFunc((line, x0, y0, x1, y1, x2, y2, data) => {
    const { stops, first, last } = stopsOf(line);
    // The third point turns the gradient: only the part of p0 p1 across p0 p2 counts.
    const [px, py] = [x2 - x0, y2 - y0];
    const along = px * px + py * py === 0 ? 0 : ((x1 - x0) * px + (y1 - y0) * py) / (px * px + py * py);
    const [dx, dy] = [x1 - x0 - along * px, y1 - y0 - along * py];
    const at = (t: number) => ({ x: x0 + t * dx, y: y0 + t * dy });
    add(on(data), { kind: 'linear', from: at(first), to: at(last), transform: multiply(FLIP, top(on(data))), stops }, 1);
  });
  funcs.setRadialGradientFunc((line, x0, y0, r0, x1, y1, r1, data) => {
    const { stops, first, last } = stopsOf(line);
    const radius = r0 + last * (r1 - r0);
    // A start circle larger than a point becomes a later first stop: the same picture while the circles are concentric.
    const inner = radius > 0 ? Math.max(0, r0 + first * (r1 - r0)) / radius : 0;
    const shifted = stops.map((stop) => ({ ...stop, offset: inner + stop.offset * (1 - inner) }));
    const [centre, focus] = [
      { x: x0 + last * (x1 - x0), y: y0 + last * (y1 - y0) },
      { x: x0, y: y0 },
    ];
    add(on(data), { kind: 'radial', centre, radius, focus, transform: multiply(FLIP, top(on(data))), stops: shifted }, 1);
  });
  funcs.setSweepGradientFunc((line, _x, _y, _from, _to, data) => {
    // Scenes know no sweeps: the middle colour stands for it.
    const { stops } = stopsOf(line);
    const middle = stops[Math.floor(stops.length / 2)];
    if (middle) add(on(data), { kind: 'solid', colour: middle.colour }, middle.opacity);
  });
  return funcs;
})();

/** Plays a COLR glyph (version 0 or 1) into flat layers, bottom first; null when the glyph has no colour. */
export const readColourGlyph = (font: hb.Font, glyph: number, outline: (glyph: number) => Path): readonly ColourLayer[] | null => {
  if (!font.face.glyphHasColorPaint(glyph) && font.face.getGlyphColorLayers(glyph).length === 0) return null;
  const recording: Recording = { layers: [], outline, transforms: [], clips: [] };
  // Every callback wraps the font anew, and each wrapper holds on to it.
  withRelease(() => font.paintGlyph(glyph, paintFuncs, recording)).release();
  return recording.layers.length > 0 ? recording.layers : null;
};
