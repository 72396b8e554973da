import { greyOnWhite } from './luminance.ts';
import { type PixelImage, withPixels } from './pixel-image.ts';
import { rgbOf } from './tone-maps.ts';

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

/** Sums of all bytes above and left, modulo 2^32: differences of the corners stay right after the wrap. */
const summedArea = (plane: Uint8Array, width: number, height: number): Uint32Array => {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += plane[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  return sums;
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

const screenOf = (image: PixelImage, pitch: number, degrees: number): Screen => {
  const { widthPx, heightPx } = image;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const reach = Math.ceil(Math.hypot(widthPx, heightPx) / 2 / pitch) + 2;
  const columns = 2 * reach + 1;
  const radii = new Float32Array(columns * columns);
  const sums = summedArea(greyOnWhite(image), widthPx, heightPx);
  for (let v = -reach; v <= reach; v += 1) {
    for (let u = -reach; u <= reach; u += 1) {
      const x = (u * cos - v * sin) * pitch + widthPx / 2;
      const y = (u * sin + v * cos) * pitch + heightPx / 2;
      if (x < -pitch || y < -pitch || x > widthPx + pitch || y > heightPx + pitch) continue;
      const darkness = 255 - Math.round(meanIn(sums, widthPx, heightPx, x, y, pitch / 2));
      radii[(v + reach) * columns + u + reach] = (RADIUS_OF_DARKNESS[darkness] ?? 0) * pitch + (darkness === 255 ? SOFT_EDGE_PX : 0);
    }
  }
  return { pitch, cos, sin, u0: -reach, v0: -reach, columns, radii };
};

/** How much of the pixel at (x, y) from the picture's middle the four nearest dots cover, 0..1, edges one pixel soft. */
const inkAt = ({ pitch, cos, sin, u0, v0, columns, radii }: Screen, x: number, y: number): number => {
  const u = (x * cos + y * sin) / pitch;
  const v = (y * cos - x * sin) / pitch;
  const uf = Math.floor(u);
  const vf = Math.floor(v);
  let ink = 0;
  for (let corner = 0; corner < 4; corner += 1) {
    const cu = uf + (corner & 1);
    const cv = vf + (corner >> 1);
    const radius = radii[(cv - v0) * columns + cu - u0] ?? 0;
    if (radius < 0.3) continue;
    const edge = radius + 0.5 - Math.sqrt((u - cu) * (u - cu) + (v - cv) * (v - cv)) * pitch;
    if (edge > ink) ink = edge;
  }
  return Math.min(ink, 1);
};

/**
 * Round dots of one colour on white, on a square screen turned by `angle` degrees about the middle. `cell` is the dot pitch as a fraction of
 * the longer side (at least 2 px). Dot area follows the cell's mean grey as seen in sRGB values, the convention of a dot percentage.
 */
export const halftone = (image: PixelImage, cell: number, angle: number, colour: string): PixelImage => {
  const { widthPx, heightPx } = image;
  const [r, g, b] = rgbOf(colour);
  const screen = screenOf(image, Math.max(2, Math.max(widthPx, heightPx) * Math.min(1, Math.max(0, cell))), angle);
  const rgba = new Uint8Array(image.rgba.length);
  for (let y = 0, p = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, p += 4) {
      const ink = inkAt(screen, x + 0.5 - widthPx / 2, y + 0.5 - heightPx / 2);
      rgba[p] = Math.round(255 + (r - 255) * ink);
      rgba[p + 1] = Math.round(255 + (g - 255) * ink);
      rgba[p + 2] = Math.round(255 + (b - 255) * ink);
      rgba[p + 3] = image.rgba[p + 3] ?? 0;
    }
  }
  return withPixels(image, rgba);
};
