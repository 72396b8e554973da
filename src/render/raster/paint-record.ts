import { type Affine, determinant, invert, multiply, scaling, translation } from '../../geometry/affine.ts';
import type { GradientStop, Paint } from '../../scene/scene.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { PreparedPicture } from './picture-shelf.ts';
import { premultipliedPixel, screenColour } from './screen-colour.ts';

/** Bytes of a paint record; its fields are those of assembly/paint.ts. */
const RECORD_BYTES = 96;
const KINDS = { solid: 0, linear: 1, radial: 2, smooth: 3, nearest: 4 } as const;
/** Entries of a gradient table: four times what 8-bit colour can tell apart. */
const TABLE_STEPS = 1024;
/** A focus on or outside the circle moves just inside it, as SVG 1.1 section 13.2.3 asks. */
const FOCUS_LIMIT = 0.999;

/** Adds half a pixel: the kernel asks at pixel indices, colours are those of pixel centres. */
const atCentres = (map: Affine): Affine => multiply(map, translation(0.5, 0.5));

type Fields = {
  readonly kind: keyof typeof KINDS;
  readonly alpha?: number;
  readonly colour?: number;
  readonly table?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly map?: Affine;
  readonly focus?: readonly [number, number];
};

const writeRecord = (kernel: Kernel, fields: Fields): number => {
  const at = kernel.reserve(RECORD_BYTES);
  const view = kernel.view;
  view.setInt32(at, KINDS[fields.kind], true);
  view.setInt32(at + 4, Math.round((fields.alpha ?? 1) * 255), true);
  view.setUint32(at + 8, fields.colour ?? 0, true);
  view.setUint32(at + 12, fields.table ?? 0, true);
  view.setInt32(at + 16, fields.widthPx ?? 0, true);
  view.setInt32(at + 20, fields.heightPx ?? 0, true);
  const [a, b, c, d, e, f] = fields.map ?? [0, 0, 0, 0, 0, 0];
  [a, c, e, b, d, f].forEach((value, i) => {
    view.setFloat64(at + 24 + 8 * i, value, true);
  });
  const [focusX, focusY] = fields.focus ?? [0, 0];
  view.setFloat64(at + 72, focusX, true);
  view.setFloat64(at + 80, focusY, true);
  return at;
};

const stopColour = (stops: readonly GradientStop[], t: number, alpha: number): number => {
  const next = stops.findIndex((stop) => stop.offset > t);
  const before = stops[next < 0 ? stops.length - 1 : Math.max(0, next - 1)];
  const after = next < 0 ? before : stops[next];
  if (!before || !after) return 0;
  const span = after.offset - before.offset;
  const share = span > 0 ? Math.min(1, Math.max(0, (t - before.offset) / span)) : 0;
  const [from, to] = [screenColour(before.colour), screenColour(after.colour)];
  const mix = (a: number, b: number): number => a + (b - a) * share;
  const colour = { space: 'srgb', r: mix(from.r, to.r), g: mix(from.g, to.g), b: mix(from.b, to.b) } as const;
  return premultipliedPixel(colour, mix(before.opacity, after.opacity) * alpha);
};

/** Colours are mixed straight and sRGB-encoded, as SVG and PDF do, and premultiplied afterwards. */
const writeTable = (kernel: Kernel, stops: readonly GradientStop[], alpha: number): number => {
  const at = kernel.reserve(TABLE_STEPS * 4);
  const view = kernel.view;
  for (let i = 0; i < TABLE_STEPS; i++) view.setUint32(at + 4 * i, stopColour(stops, i / (TABLE_STEPS - 1), alpha), true);
  return at;
};

/** Where a gradient has no extent, its last colour fills everything (SVG 1.1 section 13.2.2). */
const lastStop = (kernel: Kernel, stops: readonly GradientStop[], alpha: number): number =>
  writeRecord(kernel, { kind: 'solid', colour: stopColour(stops, 2, alpha) });

/**
 * Writes the kernel's record of a paint, faded by `alpha` (0..1), and returns its address; null when the paint shows nothing (no stops,
 * or a transform that squashes the plane). `device` maps millimetres to canvas pixels.
 */
export const writePaint = (kernel: Kernel, paint: Paint, alpha: number, device: Affine): number | null => {
  if (paint.kind === 'solid') {
    return writeRecord(kernel, { kind: 'solid', colour: premultipliedPixel(screenColour(paint.colour), alpha) });
  }
  const toDevice = multiply(device, paint.transform);
  if (paint.stops.length === 0 || !isInvertible(toDevice)) return null;
  const toGradient = atCentres(invert(toDevice));
  if (paint.kind === 'linear') {
    const [dx, dy] = [paint.to.x - paint.from.x, paint.to.y - paint.from.y];
    const lengthSquared = dx * dx + dy * dy;
    if (!(lengthSquared > 0)) return lastStop(kernel, paint.stops, alpha);
    const along: Affine = [dx / lengthSquared, 0, dy / lengthSquared, 0, -(paint.from.x * dx + paint.from.y * dy) / lengthSquared, 0];
    return writeRecord(kernel, { kind: 'linear', table: writeTable(kernel, paint.stops, alpha), map: multiply(along, toGradient) });
  }
  const { centre, radius, focus } = paint;
  if (!(radius > 0)) return lastStop(kernel, paint.stops, alpha);
  let [ex, ey] = [(centre.x - focus.x) / radius, (centre.y - focus.y) / radius];
  const distance = Math.hypot(ex, ey);
  if (distance > FOCUS_LIMIT) [ex, ey] = [(ex / distance) * FOCUS_LIMIT, (ey / distance) * FOCUS_LIMIT];
  const [fx, fy] = [centre.x - ex * radius, centre.y - ey * radius];
  const map = multiply(scaling(1 / radius), translation(-fx, -fy), toGradient);
  return writeRecord(kernel, { kind: 'radial', table: writeTable(kernel, paint.stops, alpha), map, focus: [ex, ey] });
};

/** As `writePaint` for a picture that lies ready in kernel memory; `place` maps the picture's unit square to canvas pixels. */
export const writePicturePaint = (kernel: Kernel, picture: PreparedPicture, alpha: number, place: Affine): number =>
  writeRecord(kernel, {
    kind: picture.nearest ? 'nearest' : 'smooth',
    alpha,
    table: picture.address,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
    map: multiply(picture.fromUnit, atCentres(invert(place))),
  });

export const isInvertible = (map: Affine): boolean => {
  const det = determinant(map);
  return Number.isFinite(det) && Math.abs(det) > 1e-12;
};
