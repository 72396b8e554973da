import type { Colour } from '../../colour/colour.ts';
import { type Affine, determinant, multiply, stretch } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import type { GradientStop, Paint } from '../../scene/scene.ts';
import type { Inks } from './inks.ts';
import type { PdfFile } from './pdf-file.ts';
import { coord, matrix, ratio, ref } from './syntax.ts';

export type Gradient = Exclude<Paint, { kind: 'solid' }>;
type Stop = { readonly offset: number; readonly values: readonly number[] };

/** Pieces between two sRGB stops when the inks follow a curve: at 16 the middle of a piece is off by less than one tone step. */
const PIECES = 16;

const array = (values: readonly number[]): string => `[${values.map(ratio).join(' ')}]`;

const mixed = (one: Colour, two: Colour, t: number): Colour => {
  if (one.space !== 'srgb' || two.space !== 'srgb') return t < 1 ? one : two;
  const at = (a: number, b: number): number => a + (b - a) * t;
  return { space: 'srgb', r: at(one.r, two.r), g: at(one.g, two.g), b: at(one.b, two.b) };
};

/** The stops with extra ones between sRGB neighbours, so that press inks follow the blend a screen shows. */
const refined = (stops: readonly GradientStop[]): readonly GradientStop[] =>
  stops.flatMap((stop, i) => {
    const next = stops[i + 1];
    if (!next || next.offset <= stop.offset || stop.colour.space !== 'srgb' || next.colour.space !== 'srgb') return [stop];
    return Array.from({ length: PIECES }, (_, piece) => {
      const t = piece / PIECES;
      return { ...stop, offset: stop.offset + (next.offset - stop.offset) * t, colour: mixed(stop.colour, next.colour, t) };
    });
  });

const exponential = (from: Stop, to: Stop): string =>
  `<< /FunctionType 2 /Domain [0 1] /C0 ${array(from.values)} /C1 ${array(to.values)} /N 1 >>`;

/** A function of 0..1 through the stops; the end values hold outside them, and two stops at one offset make a hard edge. */
const stopFunction = (stops: readonly Stop[]): string => {
  const [first] = stops;
  const last = stops.at(-1);
  if (!first || !last) return exponential({ offset: 0, values: [0] }, { offset: 1, values: [0] });
  const all = [{ ...first, offset: 0 }, ...stops, { ...last, offset: 1 }];
  const pieces = all.flatMap((stop, i) => {
    const next = all[i + 1];
    return next && next.offset - stop.offset > 1e-5 ? [{ from: stop, to: next }] : [];
  });
  const [only] = pieces;
  if (only && pieces.length === 1) return exponential(only.from, only.to);
  const bounds = pieces.slice(1).map(({ from }) => from.offset);
  const functions = pieces.map(({ from, to }) => exponential(from, to)).join(' ');
  return `<< /FunctionType 3 /Domain [0 1] /Functions [${functions}] /Bounds ${array(bounds)} /Encode [${pieces.map(() => '0 1').join(' ')}] >>`;
};

const coordinates = (paint: Gradient): string => {
  if (paint.kind === 'linear') return [paint.from.x, paint.from.y, paint.to.x, paint.to.y].map(ratio).join(' ');
  const { centre, radius, focus } = paint;
  // A focus on or outside the circle would open a cone that leaves part of the plane unpainted; SVG moves it inside, and so do we.
  const away = Math.hypot(focus.x - centre.x, focus.y - centre.y);
  const pull = away > radius * 0.99 ? (radius * 0.99) / away : 1;
  const inside = [centre.x + (focus.x - centre.x) * pull, centre.y + (focus.y - centre.y) * pull];
  return [...inside, 0, centre.x, centre.y, radius].map(ratio).join(' ');
};

const shading = (paint: Gradient, space: string, stops: readonly Stop[]): string =>
  `<< /ShadingType ${paint.kind === 'linear' ? 2 : 3} /ColorSpace ${space} /Coords [${coordinates(paint)}] /Extend [true true] /Function ${stopFunction(stops)} >>`;

/** Radial gradients smaller than this on paper, in millimetres, are a speck (a tenth of a press dot), and readers drop them altogether. */
const SPECK_MM = 0.01;

const hasExtent = (paint: Gradient): boolean => {
  if (determinant(paint.transform) === 0) return false;
  if (paint.kind === 'linear') return Math.hypot(paint.to.x - paint.from.x, paint.to.y - paint.from.y) > 0;
  const { x, y } = stretch(paint.transform);
  return paint.radius * Math.max(x, y) >= SPECK_MM;
};

/** The stop that fills everything when the gradient has no extent (SVG then paints its last stop) or only one colour and opacity; else null. */
export const flatStop = (paint: Gradient): GradientStop | null => {
  const { stops } = paint;
  const last = stops.at(-1);
  if (!last) return null;
  if (!hasExtent(paint)) return last;
  const key = JSON.stringify([last.colour, last.opacity]);
  return stops.every((stop) => JSON.stringify([stop.colour, stop.opacity]) === key) ? last : null;
};

/** A shading pattern; `base` takes the millimetres of the stream to the space its patterns live in. */
export const gradientPattern = (file: PdfFile, inks: Inks, paint: Gradient, base: Affine): number => {
  const { space, components } = inks.stopSpace(paint.stops.map(({ colour }) => colour));
  const stops = (inks.bendsSrgb ? refined(paint.stops) : paint.stops).map(({ offset, colour }) => ({ offset, values: components(colour) }));
  const shadingId = file.value(shading(paint, space, stops));
  return file.value(`<< /PatternType 2 /Matrix [${matrix(multiply(base, paint.transform))}] /Shading ${ref(shadingId)} >>`);
};

/** The one opacity of all stops, or null when it changes along the gradient. */
export const evenOpacity = (paint: Gradient): number | null => {
  const first = paint.stops[0]?.opacity ?? 1;
  return paint.stops.every(({ opacity }) => opacity === first) ? first : null;
};

/** A soft mask (graphics state object) that carries the stop opacities over `bounds`, both in the millimetres of the stream. */
export const opacityMask = (file: PdfFile, paint: Gradient, bounds: Rect): number => {
  const stops = paint.stops.map(({ offset, opacity }) => ({ offset, values: [opacity] }));
  const shadingId = file.value(shading(paint, '/DeviceGray', stops));
  const box = [bounds.x, bounds.y, bounds.x + bounds.width, bounds.y + bounds.height].map(coord).join(' ');
  const body = `${matrix(paint.transform)} cm /S${shadingId} sh`;
  const form = file.once(`mask ${box} ${body}`, () =>
    file.addStream(
      `/Type /XObject /Subtype /Form /BBox [${box}] /Group << /S /Transparency /CS /DeviceGray /I true >> /Resources << /Shading << /S${shadingId} ${ref(shadingId)} >> >>`,
      Buffer.from(body, 'latin1'),
    ),
  );
  return file.value(`<< /SMask << /S /Luminosity /G ${ref(form)} /BC [0] >> >>`);
};
