import { greyOnWhite } from './luminance.ts';
import { type PixelImage, withPixels } from './pixel-image.ts';
import { blur, type Plane, reduce } from './plane.ts';

/** The edge map is worked out at no more than this many pixels along the longer side, then thresholded at full size: crisp at any size. */
const WORKING_SIDE_PX = 1400;

/** Smooths what is flat and keeps edges: the guided filter with the picture as its own guide (He, Sun, Tang 2010). */
const flatten = (plane: Plane, sigma: number, epsilon: number): Plane => {
  const mean = blur(plane, sigma);
  const square = blur({ ...plane, values: plane.values.map((v) => v * v) }, sigma);
  const slope = new Float32Array(plane.values.length);
  const shift = new Float32Array(plane.values.length);
  for (let i = 0; i < slope.length; i += 1) {
    const m = mean.values[i] ?? 0;
    const variance = Math.max(0, (square.values[i] ?? 0) - m * m);
    slope[i] = variance / (variance + epsilon);
    shift[i] = m * (1 - (slope[i] ?? 0));
  }
  const a = blur({ ...plane, values: slope }, sigma).values;
  const b = blur({ ...plane, values: shift }, sigma).values;
  return { ...plane, values: plane.values.map((v, i) => (a[i] ?? 0) * v + (b[i] ?? 0)) };
};

type Flow = { readonly tx: Float32Array; readonly ty: Float32Array };

/** Unit vectors along the edges: the minor eigenvector of the smoothed structure tensor. */
const edgeFlow = ({ width, height, values }: Plane, sigma: number): Flow => {
  const n = width * height;
  const [xx, xy, yy] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  for (let y = 0; y < height; y += 1) {
    const up = Math.max(0, y - 1) * width;
    const down = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const gx = (values[y * width + Math.min(width - 1, x + 1)] ?? 0) - (values[y * width + Math.max(0, x - 1)] ?? 0);
      const gy = (values[down + x] ?? 0) - (values[up + x] ?? 0);
      xx[i] = gx * gx;
      xy[i] = gx * gy;
      yy[i] = gy * gy;
    }
  }
  const [sxx, sxy, syy] = [xx, xy, yy].map((v) => blur({ width, height, values: v }, sigma).values);
  const [tx, ty] = [new Float32Array(n), new Float32Array(n)];
  for (let i = 0; i < n; i += 1) {
    const angle = 0.5 * Math.atan2(2 * (sxy?.[i] ?? 0), (sxx?.[i] ?? 0) - (syy?.[i] ?? 0)) + Math.PI / 2;
    tx[i] = Math.cos(angle);
    ty[i] = Math.sin(angle);
  }
  return { tx, ty };
};

/** Averages along the flow, `steps` pixels each way with a fading weight: joins broken strokes and drops specks. */
const alongFlow = ({ width, height, values }: Plane, { tx, ty }: Flow, steps: number): Plane => {
  const out = new Float32Array(values.length);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      let sum = values[i] ?? 0;
      let weights = 1;
      for (let way = -1; way <= 1; way += 2) {
        let [px, py, j, sign] = [x, y, i, way];
        for (let step = 1; step <= steps; step += 1) {
          const [vx, vy] = [tx[j] ?? 0, ty[j] ?? 0];
          px += vx * sign;
          py += vy * sign;
          const next = Math.round(py) * width + Math.round(px);
          if (px < 0 || py < 0 || px > width - 1 || py > height - 1) break;
          // The eigenvector has no sign of its own: keep walking the same way.
          if (vx * (tx[next] ?? 0) + vy * (ty[next] ?? 0) < 0) sign = -sign;
          const weight = 1 - step / (steps + 1);
          sum += (values[next] ?? 0) * weight;
          weights += weight;
          j = next;
        }
      }
      out[i] = sum / weights;
    }
  }
  return { width, height, values: out };
};

/** Difference of Gaussians, narrow minus wide: below 0 on the dark side of an edge (Marr and Hildreth; weights as in XDoG, Winnemoeller 2012). */
const edgeResponse = (plane: Plane, sigma: number): Plane => {
  const narrow = blur(plane, sigma).values;
  const wide = blur(plane, sigma * 1.6).values;
  return { ...plane, values: narrow.map((v, i) => v - 0.985 * (wide[i] ?? 0)) };
};

const sampler = ({ width, height, values }: Plane, fullWidth: number, fullHeight: number): ((x: number, y: number) => number) => {
  const [sx, sy] = [width / fullWidth, height / fullHeight];
  return (x, y) => {
    const fx = Math.min(width - 1, Math.max(0, (x + 0.5) * sx - 0.5));
    const fy = Math.min(height - 1, Math.max(0, (y + 0.5) * sy - 0.5));
    const [x0, y0] = [Math.floor(fx), Math.floor(fy)];
    const right = x0 + 1 < width ? 1 : 0;
    const at = y0 * width + x0;
    const below = y0 + 1 < height ? at + width : at;
    const [u, v] = [fx - x0, fy - y0];
    const top = (values[at] ?? 0) * (1 - u) + (values[at + right] ?? 0) * u;
    return top * (1 - v) + ((values[below] ?? 0) * (1 - u) + (values[below + right] ?? 0) * u) * v;
  };
};

/**
 * A clean ink drawing, black on white, from a photo. `detail` 0 keeps the large outlines only, 1 keeps hair and texture.
 * Flow-guided difference of Gaussians: flatten, find edges, average along them, cut with a soft step (Kang 2007, Winnemoeller 2012).
 */
export const lineArt = (image: PixelImage, detail: number): PixelImage => {
  const { widthPx, heightPx } = image;
  const fine = Math.min(1, Math.max(0, detail));
  const small = reduce(
    { width: widthPx, height: heightPx, values: Float32Array.from(greyOnWhite(image), (v) => v / 255) },
    WORKING_SIDE_PX,
  );
  const scale = Math.max(small.width, small.height) / WORKING_SIDE_PX;
  const flat = flatten(small, Math.max(1, 7 * scale), 0.012 * (1 - fine) ** 2 + 0.0006);
  const sigma = Math.max(0.7, (2.6 - 1.5 * fine) * scale);
  const flow = edgeFlow(flat, Math.max(1, 4 * scale));
  const lines = blur(alongFlow(edgeResponse(flat, sigma), flow, Math.round(3 + 7 * scale)), 0.6);
  const response = sampler(lines, widthPx, heightPx);
  const rgba = new Uint8Array(image.rgba.length);
  const cut = -0.004 - 0.012 * (1 - fine);
  const steep = 255 / 0.009;
  for (let y = 0, p = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, p += 4) {
      const light = Math.min(255, Math.max(0, (response(x, y) - cut) * steep + 127));
      rgba[p] = light;
      rgba[p + 1] = light;
      rgba[p + 2] = light;
      rgba[p + 3] = image.rgba[p + 3] ?? 0;
    }
  }
  return withPixels(image, rgba);
};
