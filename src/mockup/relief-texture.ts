import type { ShownPlacement } from '../model/view.ts';
import type { Appearance, Surface } from '../render/appearance.ts';
import { loadLevels, type TextureLevel } from './art-texture.ts';
import { boxBlur } from './box-blur.ts';
import type { MockupKernel } from './kernel/mockup-kernel.ts';

/** Slope 0 and steps a unit of slope, as the kernel reads them. */
const FLAT = 16384;
const PER_SLOPE = 4096;
const STEEPEST = 3.9;
const FULL = 32767;
const FLAT_TEXEL = 0x0000_0000_4000_4000n;
/** Within this far, mm, higher ground takes light away from a point: about the height of what is put on articles. */
const REACH_MM = 0.4;
/** A dye layer is fully worked into the article from this depth on, mm. */
const WORKED_MM = 0.05;
/** Longest cast shadow, mm. */
const LONGEST_MM = 1.6;
const CAST_STEPS = 4;

/** Where light comes from over the art: a direction along its rows and columns of length 1, and how steeply it falls (tangent). */
export type ArtLight = { readonly across: number; readonly down: number; readonly steep: number };

type Box = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** What is not level, grown by `margin` texels; null when everything is level. */
const unevenBox = (height: Float32Array, width: number, rows: number, margin: number): Box | null => {
  let [x0, y0, x1, y1] = [width, rows, -1, -1];
  for (let y = 0; y < rows; y += 1) {
    const row = y * width;
    let from = 0;
    let to = width - 1;
    while (from < width && height[row + from] === 0) from += 1;
    if (from === width) continue;
    while (height[row + to] === 0) to -= 1;
    x0 = Math.min(x0, from);
    x1 = Math.max(x1, to);
    y0 = Math.min(y0, y);
    y1 = y;
  }
  if (x1 < 0) return null;
  return {
    x0: Math.max(0, x0 - margin),
    y0: Math.max(0, y0 - margin),
    x1: Math.min(width - 1, x1 + margin),
    y1: Math.min(rows - 1, y1 + margin),
  };
};

const crop = (height: Float32Array, width: number, { x0, y0, x1, y1 }: Box): Float32Array => {
  const wide = x1 - x0 + 1;
  const out = new Float32Array(wide * (y1 - y0 + 1));
  for (let y = y0; y <= y1; y += 1) out.set(height.subarray(y * width + x0, y * width + x1 + 1), (y - y0) * wide);
  return out;
};

const rangeOf = (height: Float32Array): readonly [number, number] => {
  let [least, most] = [0, 0];
  for (let i = 0; i < height.length; i += 1) {
    const h = height[i] ?? 0;
    if (h < least) least = h;
    if (h > most) most = h;
  }
  return [least, most];
};

/** Where to look for what throws a shadow: steps in cells towards the light, and how far its rays rise on the way. */
type Ray = { readonly dx: Int32Array; readonly dy: Int32Array; readonly rises: Float32Array };

const rayTo = (light: ArtLight, longestMm: number, perMm: number): Ray => {
  const steps = Array.from({ length: CAST_STEPS }, (_, i) => {
    const mm = ((i + 1) / CAST_STEPS) * longestMm;
    return { dx: Math.round(light.across * mm * perMm), dy: Math.round(light.down * mm * perMm), rise: mm * light.steep };
  }).filter(({ dx, dy }, i, all) => (dx !== 0 || dy !== 0) && (i === 0 || dx !== all[i - 1]?.dx || dy !== all[i - 1]?.dy));
  return {
    dx: Int32Array.from(steps, ({ dx }) => dx),
    dy: Int32Array.from(steps, ({ dy }) => dy),
    rises: Float32Array.from(steps, ({ rise }) => rise),
  };
};

/** How far the ground towards the light stands above the ray that reaches a cell. */
const risenOver = (
  height: Float32Array,
  wide: number,
  rows: number,
  x: number,
  y: number,
  here: number,
  { dx, dy, rises }: Ray,
): number => {
  let above = 0;
  for (let i = 0; i < rises.length; i += 1) {
    const sx = x + (dx[i] ?? 0);
    const sy = y + (dy[i] ?? 0);
    if (sx < 0 || sy < 0 || sx >= wide || sy >= rows) continue;
    const over = (height[sy * wide + sx] ?? 0) - (rises[i] ?? 0) - here;
    if (over > above) above = over;
  }
  return above;
};

/** Shadow at every texel, 0..1: what higher ground near by takes of the light from all sides, and what it throws away from the light. */
const shadowOf = (height: Float32Array, wide: number, perMm: number, light: ArtLight): Float32Array => {
  const rows = height.length / wide;
  const around = boxBlur(height, wide, Math.max(1, Math.round(REACH_MM * perMm)));
  const [least, most] = rangeOf(height);
  const ray = rayTo(light, Math.min(LONGEST_MM, (most - least) / Math.max(0.2, light.steep)), perMm);
  const soft = 0.3 * (most - least) + 0.03;
  const out = new Float32Array(height.length);
  for (let y = 0, at = 0; y < rows; y += 1) {
    for (let x = 0; x < wide; x += 1, at += 1) {
      const here = height[at] ?? 0;
      // Nothing is higher than the highest.
      if (here >= most - 1e-4) continue;
      const enclosed = Math.min(1, Math.max(0, (around[at] ?? 0) - here) / (0.55 * REACH_MM));
      const thrown = Math.min(1, risenOver(height, wide, rows, x, y, here, ray) / soft);
      out[at] = 1 - (1 - enclosed) * (1 - 0.6 * thrown);
    }
  }
  return out;
};

const held = (slope: number): number => Math.max(-STEEPEST, Math.min(STEEPEST, slope));

/**
 * Slopes, shadow and depth of a layer's relief as textures beside those of its art; null when it is level all over.
 * @param light - where light comes from on the art
 */
export const loadRelief = (
  kernel: MockupKernel,
  shown: ShownPlacement,
  appearance: Appearance,
  height: Float32Array,
  last: number,
  light: ArtLight,
): readonly TextureLevel[] | null => {
  const { widthPx, heightPx, region } = appearance;
  const perMm = widthPx / region.width;
  const box = unevenBox(height, widthPx, heightPx, Math.ceil(LONGEST_MM * perMm) + 2);
  if (!box) return null;
  const wide = box.x1 - box.x0 + 1;
  const part = crop(height, widthPx, box);
  const shadow = shadowOf(part, wide, perMm, light);
  const rows = part.length / wide;
  const perTexel = perMm / 2;
  const write = (addressOf: (row: number) => number): void => {
    for (let y = 0; y < rows; y += 1) {
      const texels = new Uint16Array(kernel.bytes.buffer, addressOf(y + box.y0) + box.x0 * 8, wide * 4);
      const up = Math.max(0, y - 1) * wide;
      const under = Math.min(rows - 1, y + 1) * wide;
      for (let x = 0, at = y * wide, to = 0; x < wide; x += 1, at += 1, to += 4) {
        const across = (part[x + 1 < wide ? at + 1 : at] ?? 0) - (part[x > 0 ? at - 1 : at] ?? 0);
        const down = (part[under + x] ?? 0) - (part[up + x] ?? 0);
        // A stored number is cut to its whole part: half a step more rounds it.
        texels[to] = FLAT + 0.5 + held(across * perTexel) * PER_SLOPE;
        texels[to + 1] = FLAT + 0.5 + held(down * perTexel) * PER_SLOPE;
        texels[to + 2] = (shadow[at] ?? 0) * FULL;
        texels[to + 3] = Math.min(1, Math.abs(part[at] ?? 0) / WORKED_MM) * FULL;
      }
    }
  };
  return loadLevels(kernel, shown, appearance, last, FLAT_TEXEL, write);
};

/** The course of a layer's fibres as textures beside those of its art: twice the angle, so that both ends of a fibre are alike. */
export const loadDirection = (
  kernel: MockupKernel,
  shown: ShownPlacement,
  appearance: Appearance,
  direction: NonNullable<Surface['direction']>,
  last: number,
): readonly TextureLevel[] => {
  const { widthPx, heightPx, rgba } = appearance;
  const courses = Array.from({ length: 256 }, (_, byte) => {
    const twice = (byte / 255) * 2 * Math.PI;
    return [FLAT + Math.round(Math.cos(twice) * (FLAT - 1)), FLAT + Math.round(Math.sin(twice) * (FLAT - 1))] as const;
  });
  return loadLevels(kernel, shown, appearance, last, FLAT_TEXEL, (addressOf) => {
    for (let y = 0; y < heightPx; y += 1) {
      const texels = new Uint16Array(kernel.bytes.buffer, addressOf(y), widthPx * 4);
      for (let x = 0, at = y * widthPx; x < widthPx; x += 1, at += 1) {
        if (rgba[at * 4 + 3] === 0) continue;
        const course = courses[direction[at] ?? 0];
        if (course) texels.set(course, x * 4);
      }
    }
  });
};
