import { LINEAR_OF_SRGB, srgbOfLinear } from './luminance.ts';
import { bandsOf, type PixelImage, type Steps, withPixels } from './pixel-image.ts';

type Block = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

const meanOf = ({ rgba, widthPx }: PixelImage, { x0, y0, x1, y1 }: Block): readonly [number, number, number, number] => {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (let y = y0; y < y1; y += 1) {
    for (let p = (y * widthPx + x0) * 4; p < (y * widthPx + x1) * 4; p += 4) {
      const alpha = rgba[p + 3] ?? 0;
      r += (LINEAR_OF_SRGB[rgba[p] ?? 0] ?? 0) * alpha;
      g += (LINEAR_OF_SRGB[rgba[p + 1] ?? 0] ?? 0) * alpha;
      b += (LINEAR_OF_SRGB[rgba[p + 2] ?? 0] ?? 0) * alpha;
      a += alpha;
    }
  }
  if (a === 0) return [0, 0, 0, 0];
  return [srgbOfLinear(r / a), srgbOfLinear(g / a), srgbOfLinear(b / a), Math.round(a / ((x1 - x0) * (y1 - y0)))];
};

/** Where the blocks of one direction begin and end: of `side` pixels each, a fraction carried on, centred on the length. */
const cuts = (length: number, side: number): readonly number[] => {
  const count = Math.max(1, Math.ceil(length / side - 1e-9));
  const start = (length - count * side) / 2;
  return Array.from({ length: count + 1 }, (_, i) => Math.min(length, Math.max(0, Math.round(start + i * side))));
};

/**
 * Square blocks of one colour: the mean in linear light, weighted by alpha. `cell` is their side as a fraction of the longer side, so a
 * picture has as many blocks at any size. Rows and columns of blocks are centred on the picture.
 */
export function* pixelate(image: PixelImage, cell: number): Steps {
  const { widthPx, heightPx } = image;
  const side = Math.max(widthPx, heightPx) * Math.min(1, Math.max(0, cell));
  if (side <= 1) return image;
  const rgba = new Uint8Array(image.rgba.length);
  const [across, down] = [cuts(widthPx, side), cuts(heightPx, side)];
  for (const [row, y0] of down.slice(0, -1).entries()) {
    const y1 = down[row + 1] ?? heightPx;
    for (const [column, x0] of across.slice(0, -1).entries()) {
      const block = { x0, y0, x1: across[column + 1] ?? widthPx, y1 };
      fillBlock(rgba, widthPx, block, meanOf(image, block));
    }
    yield;
  }
  return withPixels(image, rgba);
}

const fillBlock = (rgba: Uint8Array, widthPx: number, { x0, y0, x1, y1 }: Block, colour: readonly number[]): void => {
  for (let y = y0; y < y1; y += 1) {
    for (let p = (y * widthPx + x0) * 4; p < (y * widthPx + x1) * 4; p += 4) rgba.set(colour, p);
  }
};

/** Steps of a table over the squared radius (0 middle, 1 corner), and amounts of light that are told apart. */
const RADIUS_STEPS = 4096;
const LIGHT_STEPS = 1023;

const fallOff = (depth: number): Uint16Array =>
  Uint16Array.from({ length: RADIUS_STEPS + 1 }, (_, i) => {
    const t = Math.max(0, (Math.sqrt(i / RADIUS_STEPS) - 0.35) / 0.65);
    return Math.round((1 - depth * t * t * (3 - 2 * t)) * LIGHT_STEPS);
  });

/** What becomes of each of 256 sRGB values in each amount of light. */
const dimmed = (): Uint8Array => {
  const table = new Uint8Array((LIGHT_STEPS + 1) * 256);
  for (let light = 0; light <= LIGHT_STEPS; light += 1)
    for (let v = 0; v < 256; v += 1) table[light * 256 + v] = srgbOfLinear(((LINEAR_OF_SRGB[v] ?? 0) * light) / LIGHT_STEPS);
  // Full light changes nothing, also where the linear table is too coarse to come back exactly.
  for (let v = 0; v < 256; v += 1) table[LIGHT_STEPS * 256 + v] = v;
  return table;
};

/** Light falls off smoothly from 35 % of the half diagonal to the corners, where `1 - amount` of it is left. */
export function* vignette(image: PixelImage, amount: number): Steps {
  const { widthPx, heightPx, rgba: from } = image;
  const [light, values] = [fallOff(Math.min(1, Math.max(0, amount))), dimmed()];
  const rgba = new Uint8Array(from.length);
  const toStep = (4 * RADIUS_STEPS) / (widthPx * widthPx + heightPx * heightPx);
  const row = (y: number): void => {
    const dy = y + 0.5 - heightPx / 2;
    for (let x = 0, p = y * widthPx * 4; x < widthPx; x += 1, p += 4) {
      const dx = x + 0.5 - widthPx / 2;
      const at = (light[((dx * dx + dy * dy) * toStep) | 0] ?? 0) << 8;
      rgba[p] = values[at + (from[p] ?? 0)] ?? 0;
      rgba[p + 1] = values[at + (from[p + 1] ?? 0)] ?? 0;
      rgba[p + 2] = values[at + (from[p + 2] ?? 0)] ?? 0;
      rgba[p + 3] = from[p + 3] ?? 0;
    }
  };
  for (const { top, rows } of bandsOf(image)) {
    for (let y = top; y < top + rows; y += 1) row(y);
    yield;
  }
  return withPixels(image, rgba);
}
