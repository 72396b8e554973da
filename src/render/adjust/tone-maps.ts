import { colourFromHex } from '../../colour/colour.ts';
import { Problem } from '../../model/problem.ts';
import { greyOf } from './luminance.ts';
import { type PixelImage, withPixels } from './pixel-image.ts';

export type Rgb = readonly [number, number, number];

/** `#rgb` or `#rrggbb` to bytes; throws Problem 'adjust.colour'. */
export const rgbOf = (hex: string): Rgb => {
  const colour = colourFromHex(hex);
  if (!colour) throw new Problem('adjust.colour', `expected a colour like #1a2b3c for an image adjustment, got ${JSON.stringify(hex)}`);
  return [Math.round(colour.r * 255), Math.round(colour.g * 255), Math.round(colour.b * 255)];
};

type RampStop = { readonly at: number; readonly rgb: Rgb };

/** 256 RGB triples that run piecewise straight through the stops (`at` in 0..255, ascending, first 0, last 255). */
const rampTable = (stops: readonly RampStop[]): Uint8Array => {
  const table = new Uint8Array(768);
  let next = 1;
  for (let grey = 0; grey < 256; grey += 1) {
    while (next < stops.length - 1 && grey > (stops[next]?.at ?? 255)) next += 1;
    const from = stops[next - 1];
    const to = stops[next];
    if (!from || !to) return table;
    const t = to.at === from.at ? 1 : Math.min(1, (grey - from.at) / (to.at - from.at));
    for (let c = 0; c < 3; c += 1) table[grey * 3 + c] = Math.round((from.rgb[c] ?? 0) + ((to.rgb[c] ?? 0) - (from.rgb[c] ?? 0)) * t);
  }
  return table;
};

/** The ramp's colours alone, a whole pixel written at a time. `to` starts at a multiple of four bytes. */
const fillRamp = (to: Uint8Array, from: Uint8Array, ramp: Uint8Array): void => {
  const pixels = new Uint32Array(to.buffer, to.byteOffset, to.length >> 2);
  const table = new Uint32Array(256);
  const bytes = new Uint8Array(table.buffer);
  for (let grey = 0; grey < 256; grey += 1) bytes.set(ramp.subarray(grey * 3, grey * 3 + 3), grey * 4);
  for (let i = 0, p = 0; i < pixels.length; i += 1, p += 4) {
    pixels[i] = table[greyOf(from[p] ?? 0, from[p + 1] ?? 0, from[p + 2] ?? 0)] ?? 0;
    to[p + 3] = from[p + 3] ?? 0;
  }
};

/** Replaces every colour by the ramp's colour at its grey, mixed with the original by `amount` (0 original, 1 ramp). */
const throughRamp = (image: PixelImage, ramp: Uint8Array, amount: number): PixelImage => {
  const from = image.rgba;
  const rgba = new Uint8Array(from.length);
  const share = Math.round(Math.min(1, Math.max(0, amount)) * 256);
  if (share === 256) {
    fillRamp(rgba, from, ramp);
    return withPixels(image, rgba);
  }
  for (let p = 0; p < from.length; p += 4) {
    const r = from[p] ?? 0;
    const g = from[p + 1] ?? 0;
    const b = from[p + 2] ?? 0;
    const at = greyOf(r, g, b) * 3;
    rgba[p] = (r * (256 - share) + (ramp[at] ?? 0) * share + 128) >> 8;
    rgba[p + 1] = (g * (256 - share) + (ramp[at + 1] ?? 0) * share + 128) >> 8;
    rgba[p + 2] = (b * (256 - share) + (ramp[at + 2] ?? 0) * share + 128) >> 8;
    rgba[p + 3] = from[p + 3] ?? 0;
  }
  return withPixels(image, rgba);
};

const BLACK_STOP: RampStop = { at: 0, rgb: [0, 0, 0] };
const WHITE_STOP: RampStop = { at: 255, rgb: [255, 255, 255] };

export const grey = (image: PixelImage): PixelImage => throughRamp(image, rampTable([BLACK_STOP, WHITE_STOP]), 1);

/** A warm brown print: deep umber shadows, cream paper white; mid greys stay as bright as they were. */
export const sepia = (image: PixelImage, amount: number): PixelImage =>
  throughRamp(
    image,
    rampTable([
      { at: 0, rgb: [26, 16, 10] },
      { at: 112, rgb: [134, 108, 80] },
      { at: 255, rgb: [255, 244, 222] },
    ]),
    amount,
  );

export const duotone = (image: PixelImage, shadow: string, highlight: string): PixelImage =>
  throughRamp(
    image,
    rampTable([
      { at: 0, rgb: rgbOf(shadow) },
      { at: 255, rgb: rgbOf(highlight) },
    ]),
    1,
  );

/** Black, the colour at its own brightness, white: shades of one hue that keep the picture's light and dark. */
export const tint = (image: PixelImage, colour: string, amount: number): PixelImage => {
  const rgb = rgbOf(colour);
  const at = Math.min(240, Math.max(15, greyOf(...rgb)));
  return throughRamp(image, rampTable([BLACK_STOP, { at, rgb }, WHITE_STOP]), amount);
};

const perChannel = (image: PixelImage, table: Uint8Array): PixelImage => {
  const from = image.rgba;
  const rgba = new Uint8Array(from.length);
  for (let p = 0; p < from.length; p += 4) {
    rgba[p] = table[from[p] ?? 0] ?? 0;
    rgba[p + 1] = table[from[p + 1] ?? 0] ?? 0;
    rgba[p + 2] = table[from[p + 2] ?? 0] ?? 0;
    rgba[p + 3] = from[p + 3] ?? 0;
  }
  return withPixels(image, rgba);
};

/** The negative. */
export const invert = (image: PixelImage): PixelImage =>
  perChannel(
    image,
    Uint8Array.from({ length: 256 }, (_, v) => 255 - v),
  );

/** `levels` equally spaced values a channel (rounded, 2..256). */
export const posterise = (image: PixelImage, levels: number): PixelImage => {
  const steps = Math.min(256, Math.max(2, Math.round(levels))) - 1;
  return perChannel(
    image,
    Uint8Array.from({ length: 256 }, (_, v) => Math.round((Math.round((v / 255) * steps) / steps) * 255)),
  );
};

/** Black below `level` (0..1 of the sRGB grey), white from it on. */
export const threshold = (image: PixelImage, level: number): PixelImage =>
  throughRamp(
    image,
    Uint8Array.from({ length: 768 }, (_, i) => (Math.floor(i / 3) >= level * 255 ? 255 : 0)),
    1,
  );

export type Tone = { readonly brightness: number; readonly contrast: number; readonly saturation: number; readonly gamma: number };

/** Gamma, then contrast about mid grey, then brightness as a shift, in sRGB values. Contrast 1 is a hard step, -1 is flat grey. */
const toneTable = ({ brightness, contrast, gamma }: Tone): Uint8Array => {
  const slope = Math.tan(((Math.min(0.999, Math.max(-1, contrast)) + 1) * Math.PI) / 4);
  const power = 1 / Math.min(10, Math.max(0.1, gamma));
  return Uint8Array.from({ length: 256 }, (_, v) => {
    const out = ((v / 255) ** power - 0.5) * slope + 0.5 + brightness;
    return Math.round(Math.min(1, Math.max(0, out)) * 255);
  });
};

const clampByte = (v: number): number => (v < 0 ? 0 : v > 255 ? 255 : Math.round(v));

/** Saturation -1 is grey, 1 doubles the distance from grey. */
const saturate = (image: PixelImage, by: number): PixelImage => {
  const rgba = Uint8Array.from(image.rgba);
  for (let p = 0; p < rgba.length; p += 4) {
    const r = rgba[p] ?? 0;
    const g = rgba[p + 1] ?? 0;
    const b = rgba[p + 2] ?? 0;
    const middle = greyOf(r, g, b);
    rgba[p] = clampByte(middle + (r - middle) * (1 + by));
    rgba[p + 1] = clampByte(middle + (g - middle) * (1 + by));
    rgba[p + 2] = clampByte(middle + (b - middle) * (1 + by));
  }
  return withPixels(image, rgba);
};

export const tone = (image: PixelImage, settings: Tone): PixelImage => {
  const toned = perChannel(image, toneTable(settings));
  return settings.saturation === 0 ? toned : saturate(toned, Math.min(1, Math.max(-1, settings.saturation)));
};
