import { greyOnWhite } from './luminance.ts';
import { bandsOf, type PixelImage, type Steps, withPixels } from './pixel-image.ts';
import { type Rgb, rgbOf } from './tone-maps.ts';

/** Dots of full black grow by half the soft edge, so that no seam is left where they meet. */
const SOFT_EDGE_PX = 0.6;

/** Share of a unit cell that a centred round dot of this radius covers (0..1; from radius 0.5 on, the cell's edges cut it). */
const coverageOf = (radius: number): number => {
  if (radius <= 0.5) return Math.PI * radius * radius;
  if (radius >= Math.SQRT1_2) return 1;
  const cap = radius * radius * Math.acos(0.5 / radius) - 0.5 * Math.sqrt(radius * radius - 0.25);
  return Math.PI * radius * radius - 4 * cap;
};

/** Dot radius in cells for a darkness of 0..255: the inverse of `coverageOf`, by bisection. */
const RADIUS_OF_DARKNESS: Float32Array = Float32Array.from({ length: 256 }, (_, darkness) => {
  let [low, high] = [0, Math.SQRT1_2];
  for (let i = 0; i < 30; i += 1) {
    const middle = (low + high) / 2;
    if (coverageOf(middle) < darkness / 255) low = middle;
    else high = middle;
  }
  return low;
});

/** Sums of all grey bytes above and left, modulo 2^32: differences of the corners stay right after the wrap. */
function* summedArea(image: PixelImage): Generator<undefined, Uint32Array> {
  const { widthPx, heightPx } = image;
  const greys = yield* greyOnWhite(image);
  const sums = new Uint32Array((widthPx + 1) * (heightPx + 1));
  for (const { top, rows } of bandsOf(image)) {
    for (let y = top; y < top + rows; y += 1) addSums(sums, greys, widthPx, y);
    yield;
  }
  return sums;
}

const addSums = (sums: Uint32Array, greys: Uint8Array, width: number, y: number): void => {
  const above = y * (width + 1) + 1;
  const here = above + width + 1;
  let row = 0;
  for (let x = 0; x < width; x += 1) {
    row += greys[y * width + x] ?? 0;
    sums[here + x] = (sums[above + x] ?? 0) + row;
  }
};

const meanIn = (sums: Uint32Array, width: number, height: number, cx: number, cy: number, half: number): number => {
  const x0 = Math.min(width - 1, Math.max(0, Math.floor(cx - half)));
  const y0 = Math.min(height - 1, Math.max(0, Math.floor(cy - half)));
  const x1 = Math.max(x0 + 1, Math.min(width, Math.ceil(cx + half)));
  const y1 = Math.max(y0 + 1, Math.min(height, Math.ceil(cy + half)));
  const stride = width + 1;
  const total =
    ((sums[y1 * stride + x1] ?? 0) - (sums[y0 * stride + x1] ?? 0) - (sums[y1 * stride + x0] ?? 0) + (sums[y0 * stride + x0] ?? 0)) >>> 0;
  return total / ((x1 - x0) * (y1 - y0));
};

/** Rows of dots between two hand-overs. */
const ROWS_A_STEP = 32;

type Screen = {
  readonly pitch: number;
  readonly cos: number;
  readonly sin: number;
  /** First cell of the table along u and v, and its row length. */
  readonly u0: number;
  readonly v0: number;
  readonly columns: number;
  /** Dot radius in pixels, a cell each. */
  readonly radii: Float32Array;
};

function* screenOf(image: PixelImage, pitch: number, degrees: number): Generator<undefined, Screen> {
  const { widthPx, heightPx } = image;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const reach = Math.ceil(Math.hypot(widthPx, heightPx) / 2 / pitch) + 2;
  const columns = 2 * reach + 1;
  const radii = new Float32Array(columns * columns);
  const sums = yield* summedArea(image);
  for (let v = -reach; v <= reach; v += 1) {
    if (v % ROWS_A_STEP === 0) yield;
    for (let u = -reach; u <= reach; u += 1) {
      const x = (u * cos - v * sin) * pitch + widthPx / 2;
      const y = (u * sin + v * cos) * pitch + heightPx / 2;
      if (x < -pitch || y < -pitch || x > widthPx + pitch || y > heightPx + pitch) continue;
      const darkness = 255 - Math.round(meanIn(sums, widthPx, heightPx, x, y, pitch / 2));
      radii[(v + reach) * columns + u + reach] = (RADIUS_OF_DARKNESS[darkness] ?? 0) * pitch + (darkness === 255 ? SOFT_EDGE_PX : 0);
    }
  }
  return { pitch, cos, sin, u0: -reach, v0: -reach, columns, radii };
}

/**
 * How much of each pixel of row `y` (from the picture's middle, as `left` for the first) the four nearest dots cover, 0..255, edges one
 * pixel soft.
 */
const inkRow = (out: Uint8Array, { pitch, cos, sin, u0, v0, columns, radii }: Screen, left: number, y: number): void => {
  for (let i = 0; i < out.length; i += 1) {
    const x = left + i;
    const u = (x * cos + y * sin) / pitch;
    const v = (y * cos - x * sin) / pitch;
    const uf = Math.floor(u);
    const vf = Math.floor(v);
    const cell = (vf - v0) * columns + uf - u0;
    let ink = 0;
    for (let corner = 0; corner < 4; corner += 1) {
      const du = corner & 1;
      const dv = corner >> 1;
      const radius = radii[cell + dv * columns + du] ?? 0;
      if (radius < 0.3) continue;
      const a = u - uf - du;
      const b = v - vf - dv;
      const edge = radius + 0.5 - Math.sqrt(a * a + b * b) * pitch;
      if (edge > ink) ink = edge;
    }
    out[i] = ink >= 1 ? 255 : ink * 255 + 0.5;
  }
};

/** White to the dots' colour in 256 amounts of ink, RGB triples. */
const inkTable = (colour: Rgb): Uint8Array =>
  Uint8Array.from({ length: 768 }, (_, i) => Math.round(255 + ((colour[i % 3] ?? 0) - 255) * (Math.floor(i / 3) / 255)));

const colourRow = (rgba: Uint8Array, ink: Uint8Array, table: Uint8Array, alphaOf: Uint8Array, start: number): void => {
  for (let x = 0, p = start; x < ink.length; x += 1, p += 4) {
    const at = (ink[x] ?? 0) * 3;
    rgba[p] = table[at] ?? 0;
    rgba[p + 1] = table[at + 1] ?? 0;
    rgba[p + 2] = table[at + 2] ?? 0;
    rgba[p + 3] = alphaOf[p + 3] ?? 0;
  }
};

/**
 * Round dots of one colour on white, on a square screen turned by `angle` degrees about the middle. `cell` is the dot pitch as a fraction of
 * the longer side (at least 2 px). Dot area follows the cell's mean grey as seen in sRGB values, the convention of a dot percentage.
 */
export function* halftone(image: PixelImage, cell: number, angle: number, colour: string): Steps {
  const { widthPx, heightPx } = image;
  const table = inkTable(rgbOf(colour));
  const screen = yield* screenOf(image, Math.max(2, Math.max(widthPx, heightPx) * Math.min(1, Math.max(0, cell))), angle);
  const rgba = new Uint8Array(image.rgba.length);
  const ink = new Uint8Array(widthPx);
  for (const { top, rows } of bandsOf(image)) {
    for (let y = top; y < top + rows; y += 1) {
      inkRow(ink, screen, 0.5 - widthPx / 2, y + 0.5 - heightPx / 2);
      colourRow(rgba, ink, table, image.rgba, y * widthPx * 4);
    }
    yield;
  }
  return withPixels(image, rgba);
}
