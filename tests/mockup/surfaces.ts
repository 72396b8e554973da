import { appearanceRequestFor, type CompiledView, compileView, type MockupLayer } from '../../src/mockup/index.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import type { Appearance, AppearanceRequest, Finish, Surface } from '../../src/render/appearance.ts';
import { BLIND, FOIL, THREAD } from '../../src/render/finishes.ts';
import { views } from './pictures.ts';

/** A distance in mm (negative inside) to a mark, and the way its stroke runs there, radians clockwise from the rows. */
type Outline = (x: number, y: number) => { readonly away: number; readonly along: number };

const stroke =
  (ax: number, ay: number, bx: number, by: number, half: number): Outline =>
  (x, y) => {
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    return { away: Math.hypot(x - ax - t * dx, y - ay - t * dy) - half, along: Math.atan2(dy, dx) };
  };

const ring =
  (cx: number, cy: number, radius: number, half: number): Outline =>
  (x, y) => ({ away: Math.abs(Math.hypot(x - cx, y - cy) - radius) - half, along: Math.atan2(y - cy, x - cx) + Math.PI / 2 });

const disc =
  (cx: number, cy: number, radius: number): Outline =>
  (x, y) => ({ away: Math.hypot(x - cx, y - cy) - radius, along: 0 });

/** The nearest of several outlines. */
const union =
  (...parts: readonly Outline[]): Outline =>
  (x, y) => {
    let best = { away: Number.POSITIVE_INFINITY, along: 0 };
    for (const part of parts) {
      const here = part(x, y);
      if (here.away < best.away) best = here;
    }
    return best;
  };

/** Initials A and H in a ring with a bead on either side, `size` mm high, about a middle. */
export const monogram = (cx: number, cy: number, size: number, weight = 0.055): Outline => {
  const s = size / 2;
  const w = size * weight;
  const line = (ax: number, ay: number, bx: number, by: number): Outline => stroke(cx + ax * s, cy + ay * s, cx + bx * s, cy + by * s, w);
  return union(
    ring(cx, cy, s - w, w * 0.6),
    line(-0.62, 0.42, -0.32, -0.45),
    line(-0.32, -0.45, -0.02, 0.42),
    line(-0.5, 0.12, -0.14, 0.12),
    line(0.2, -0.45, 0.2, 0.42),
    line(0.58, -0.45, 0.58, 0.42),
    line(0.2, 0, 0.58, 0),
    disc(cx - s * 1.25, cy, w * 1.6),
    disc(cx + s * 1.25, cy, w * 1.6),
  );
};

/** The same, turned a quarter. */
export const turned =
  (outline: Outline, cx: number, cy: number): Outline =>
  (x, y) => {
    const { away, along } = outline(cx + (y - cy), cy - (x - cx));
    return { away, along: along + Math.PI / 2 };
  };

const smooth = (from: number, to: number, v: number): number => {
  const t = Math.max(0, Math.min(1, (v - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** What a mark is made of: its form by the distance to its outline, mm. */
export type Make = {
  readonly process: Appearance['process'];
  readonly colour: readonly [number, number, number];
  readonly finish: Finish;
  /** Mm above the article, by the distance from the outline inwards. */
  readonly height?: (depth: number) => number;
  /** Satin stitches: strands of this pitch, mm, across the strokes. */
  readonly strands?: number;
};

const STRAND_MM = 0.13;

/** A circle that holds a whole mark, mm. */
export type Around = { readonly cx: number; readonly cy: number; readonly radius: number };

/** An appearance of a mark on a whole placement. */
export const markOf = (
  request: AppearanceRequest,
  outline: Outline,
  { cx, cy, radius }: Around,
  { process, colour, finish, height, strands }: Make,
): Appearance => {
  const { widthPx, heightPx, region } = request;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const relief = new Float32Array(widthPx * heightPx);
  const direction = new Uint8Array(widthPx * heightPx);
  const perMm = widthPx / region.width;
  for (let i = 0; i < widthPx * heightPx; i += 1) {
    const x = region.x + ((i % widthPx) + 0.5) / perMm;
    const y = region.y + ((Math.floor(i / widthPx) + 0.5) * region.height) / heightPx;
    if (Math.abs(x - cx) > radius || Math.abs(y - cy) > radius) continue;
    const { away, along } = outline(x, y);
    const ragged = strands ? 0.06 * Math.sin((x * 7.1 + y * 9.7) * (2 / strands)) : 0;
    const alpha = Math.max(0, Math.min(1, 0.5 - (away + ragged) * perMm));
    if (alpha > 0) rgba.set([...colour, Math.round(alpha * 255)], i * 4);
    relief[i] = height ? height(-away) : 0;
    if (!strands) continue;
    const run = x * Math.cos(along) + y * Math.sin(along);
    const strand = Math.abs(Math.sin((run / strands) * Math.PI));
    relief[i] = (relief[i] ?? 0) + alpha * STRAND_MM * Math.sqrt(strand);
    direction[i] = Math.round(((((along + Math.PI / 2) % Math.PI) + Math.PI) % Math.PI) * (255 / Math.PI));
  }
  const surface: Surface = { finish, ...(height || strands ? { height: relief } : {}), ...(strands ? { direction } : {}) };
  return { process, widthPx, heightPx, region, rgba, surface };
};

/** Pressed or cut in by `mm` over a wall of `wall` mm. */
export const sunk =
  (mm: number, wall = 0.2) =>
  (depth: number): number =>
    -mm * smooth(-wall * 0.6, wall * 0.6, depth);

/** Raised by `mm` over an edge of `wall` mm. */
export const raised =
  (mm: number, wall = 0.15) =>
  (depth: number): number =>
    mm * smooth(0, wall, depth);

/** Rounded like a padded stroke that is `mm` high where it is at least `over` mm deep. */
export const padded =
  (mm: number, over = 0.8) =>
  (depth: number): number =>
    mm * Math.sqrt(Math.max(0, 1 - (1 - Math.max(0, Math.min(1, depth / over))) ** 2));

const compiled = new Map<string, Promise<CompiledView>>();
/** A bundled view made ready for a size, once. */
export const viewOf = (name: string, widthPx: number): Promise<CompiledView> => {
  const [product = '', id = ''] = name.split('/');
  const key = `${name} ${widthPx}`;
  const view = compiled.get(key) ?? views.load(product, id).then((one) => compileView(one, widthPx));
  compiled.set(key, view);
  return view;
};

export const GOLD = [240, 205, 133] as const;
export const SILVER = [240, 240, 243] as const;
export const CLEAR = [255, 255, 255] as const;

export const foil = (colour: Make['colour'] = GOLD): Make => ({ process: 'ink', colour, finish: FOIL, height: sunk(0.18, 0.3) });
export const blind = (mm: number): Make => ({ process: 'dye', colour: CLEAR, finish: BLIND, height: sunk(mm, 0.35) });
export const thread = (colour: Make['colour']): Make => ({
  process: 'ink',
  colour,
  finish: THREAD,
  height: padded(0.5, 0.9),
  strands: 0.42,
});

export type Mark = { readonly size: number; readonly across?: number; readonly turn?: boolean };

export const layerOn = (view: CompiledView, placement: string, make: Make, { size, across = 0.5, turn = false }: Mark): MockupLayer => {
  const request = appearanceRequestFor(view, placement);
  const { x, y, width, height } = request.region;
  const [cx, cy] = [x + width * across, y + height / 2];
  const outline = monogram(cx, cy, size);
  return { placement, appearance: markOf(request, turn ? turned(outline, cx, cy) : outline, { cx, cy, radius: size }, make) };
};

/** Pixels that differ between two pictures by more than `least`. */
export const changedBy = (a: PixelImage, b: PixelImage, least = 6): readonly number[] => {
  const changed: number[] = [];
  for (let i = 0; i < a.rgba.length; i += 4) {
    const differs = (c: number): boolean => Math.abs((a.rgba[i + c] ?? 0) - (b.rgba[i + c] ?? 0)) > least;
    if (differs(0) || differs(1) || differs(2)) changed.push(i >> 2);
  }
  return changed;
};
