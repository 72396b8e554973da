import { greyOnWhite } from './luminance.ts';
import { bandsOf, type PixelImage, type Steps, withPixels } from './pixel-image.ts';
import { blur, type Plane, reduce } from './plane.ts';

/** The edge map is worked out at no more than this many pixels along the longer side, then thresholded at full size: crisp at any size. */
const WORKING_SIDE_PX = 1400;
/** Grey steps for each unit of the edge map at the cut: lines are almost two-tone, with a soft pixel at their rims. */
const STEEP = 255 / 0.009;
/** Rows of the edge map averaged between two hand-overs. */
const ROWS_A_STEP = 64;

/** Smooths what is flat and keeps edges: the guided filter with the picture as its own guide (He, Sun, Tang 2010). */
export function* flatten(plane: Plane, sigma: number, epsilon: number): Generator<undefined, Plane> {
  const mean = blur(plane, sigma);
  yield;
  const square = blur({ ...plane, values: plane.values.map((v) => v * v) }, sigma);
  yield;
  const slope = new Float32Array(plane.values.length);
  const shift = new Float32Array(plane.values.length);
  for (let i = 0; i < slope.length; i += 1) {
    const m = mean.values[i] ?? 0;
    const variance = Math.max(0, (square.values[i] ?? 0) - m * m);
    slope[i] = variance / (variance + epsilon);
    shift[i] = m * (1 - (slope[i] ?? 0));
  }
  const a = blur({ ...plane, values: slope }, sigma).values;
  yield;
  const b = blur({ ...plane, values: shift }, sigma).values;
  return { ...plane, values: plane.values.map((v, i) => (a[i] ?? 0) * v + (b[i] ?? 0)) };
}

type Flow = { readonly tx: Float32Array; readonly ty: Float32Array };

/** Unit vectors along the edges: the minor eigenvector of the smoothed structure tensor. */
function* edgeFlow({ width, height, values }: Plane, sigma: number): Generator<undefined, Flow> {
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
  yield;
  const sxx = blur({ width, height, values: xx }, sigma).values;
  yield;
  const sxy = blur({ width, height, values: xy }, sigma).values;
  yield;
  const syy = blur({ width, height, values: yy }, sigma).values;
  yield;
  const [tx, ty] = [new Float32Array(n), new Float32Array(n)];
  for (let i = 0; i < n; i += 1) {
    const angle = 0.5 * Math.atan2(2 * (sxy[i] ?? 0), (sxx[i] ?? 0) - (syy[i] ?? 0)) + Math.PI / 2;
    tx[i] = Math.cos(angle);
    ty[i] = Math.sin(angle);
  }
  return { tx, ty };
}

/** Averages along the flow, `steps` pixels each way with a fading weight: joins broken strokes and drops specks. */
const flowRow = (out: Float32Array, { width, height, values }: Plane, { tx, ty }: Flow, steps: number, y: number): void => {
  for (let x = 0, i = y * width; x < width; x += 1, i += 1) {
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
};

function* alongFlow(plane: Plane, flow: Flow, steps: number): Generator<undefined, Plane> {
  const values = new Float32Array(plane.values.length);
  for (let y = 0; y < plane.height; y += 1) {
    if (y % ROWS_A_STEP === 0) yield;
    flowRow(values, plane, flow, steps, y);
  }
  return { ...plane, values };
}

/** Difference of Gaussians, narrow minus wide: below 0 on the dark side of an edge (Marr and Hildreth; weights as in XDoG, Winnemoeller 2012). */
const edgeResponse = (plane: Plane, sigma: number): Plane => {
  const narrow = blur(plane, sigma).values;
  const wide = blur(plane, sigma * 1.6).values;
  return { ...plane, values: narrow.map((v, i) => v - 0.985 * (wide[i] ?? 0)) };
};

/** Where the pixels of a full-size line lie between those of a smaller one: the nearer index, the step to the farther, and its share. */
type Between = { readonly first: Int32Array; readonly step: Uint8Array; readonly share: Float32Array };

export const between = (full: number, small: number): Between => {
  const [first, step, share] = [new Int32Array(full), new Uint8Array(full), new Float32Array(full)];
  for (let i = 0; i < full; i += 1) {
    const at = Math.min(small - 1, Math.max(0, ((i + 0.5) * small) / full - 0.5));
    first[i] = Math.floor(at);
    step[i] = Math.floor(at) + 1 < small ? 1 : 0;
    share[i] = at - Math.floor(at);
  }
  return { first, step, share };
};

/** Grey values of one full-size row: the edge map seen through a steep ramp about `cut`. */
const inkRow = (out: Uint8Array, { width, values }: Plane, y: number, across: Between, down: Between, cut: number): void => {
  const above = (down.first[y] ?? 0) * width;
  const below = above + (down.step[y] ?? 0) * width;
  const v = down.share[y] ?? 0;
  for (let x = 0; x < out.length; x += 1) {
    const i = across.first[x] ?? 0;
    const j = i + (across.step[x] ?? 0);
    const u = across.share[x] ?? 0;
    const top = (values[above + i] ?? 0) * (1 - u) + (values[above + j] ?? 0) * u;
    const bottom = (values[below + i] ?? 0) * (1 - u) + (values[below + j] ?? 0) * u;
    out[x] = Math.min(255, Math.max(0, (top * (1 - v) + bottom * v - cut) * STEEP + 127));
  }
};

const spreadRow = (rgba: Uint8Array, greys: Uint8Array, alphaOf: Uint8Array, start: number): void => {
  for (let x = 0, p = start; x < greys.length; x += 1, p += 4) {
    const light = greys[x] ?? 0;
    rgba[p] = light;
    rgba[p + 1] = light;
    rgba[p + 2] = light;
    rgba[p + 3] = alphaOf[p + 3] ?? 0;
  }
};

function* edgeMap(image: PixelImage, fine: number): Generator<undefined, Plane> {
  const greys = yield* greyOnWhite(image);
  const small = reduce({ width: image.widthPx, height: image.heightPx, values: greys }, WORKING_SIDE_PX);
  yield;
  const scale = Math.max(small.width, small.height) / WORKING_SIDE_PX;
  const flat = yield* flatten(small, Math.max(1, 7 * scale), 0.012 * (1 - fine) ** 2 + 0.0006);
  const flow = yield* edgeFlow(flat, Math.max(1, 4 * scale));
  const response = edgeResponse(flat, Math.max(0.7, (2.6 - 1.5 * fine) * scale));
  const lines = yield* alongFlow(response, flow, Math.round(3 + 7 * scale));
  return blur(lines, 0.6);
}

/**
 * A clean ink drawing, black on white, from a photo. `detail` 0 keeps the large outlines only, 1 keeps hair and texture.
 * Flow-guided difference of Gaussians: flatten, find edges, average along them, cut with a soft step (Kang 2007, Winnemoeller 2012).
 */
export function* lineArt(image: PixelImage, detail: number): Steps {
  const { widthPx, heightPx } = image;
  const fine = Math.min(1, Math.max(0, detail));
  const lines = yield* edgeMap(image, fine);
  const rgba = new Uint8Array(image.rgba.length);
  const greys = new Uint8Array(widthPx);
  const [across, down] = [between(widthPx, lines.width), between(heightPx, lines.height)];
  const cut = -0.004 - 0.012 * (1 - fine);
  for (const { top, rows } of bandsOf(image)) {
    for (let y = top; y < top + rows; y += 1) {
      inkRow(greys, lines, y, across, down, cut);
      spreadRow(rgba, greys, image.rgba, y * widthPx * 4);
    }
    yield;
  }
  return withPixels(image, rgba);
}
