import { type BackdropSurface, fitBackdrop, flatBackdrop } from './backdrop-surface.ts';
import { foregroundColours } from './foreground-colours.ts';
import { dropSpecks, islandsOf } from './islands.ts';
import { boxMean, type Plane, planeOf } from './plane.ts';
import type { SmallPicture } from './small-picture.ts';

export type BackgroundMatte = {
  /** 0 background, 1 subject. */
  readonly alpha: Plane;
  readonly backdrop: BackdropSurface;
  /** How much of the picture's edge is background, 0..1: little means that it has no plain one. */
  readonly edgeShare: number;
};

export type BackgroundOptions = { readonly colour: Rgb | null; readonly tolerance: number; readonly holes: boolean };
export type Rgb = readonly [number, number, number];

/** Parts of the subject smaller than this share of the largest are dust. */
const SPECK = 0.03;
/** Enclosed background smaller than this share of the picture is a light in an eye, not a hole. */
const SMALLEST_HOLE = 0.0006;
/** How far on either side of the outline pixels may hold both colours, in pixels. */
const BAND_PX = 2;

/**
 * Takes a plain background away from the edges of the picture inwards: white paper, a studio ground, a wall, a sky. The background may change
 * its light slowly; what is enclosed by the subject stays, whatever its colour. Pixels of the outline hold both colours and become part clear,
 * by how far they lie between the two.
 */
export const backgroundMatte = (picture: SmallPicture, { colour, tolerance, holes }: BackgroundOptions): BackgroundMatte => {
  const edge = edgeOf(picture);
  const middle = colour ?? commonColour(picture, edge);
  const first = colour
    ? flatBackdrop(colour)
    : fitBackdrop(picture, among(edge, near(picture, flatBackdrop(middle), 1.5 * tolerance)), middle);
  const roughly = floodFrom(edge, near(picture, first, tolerance), picture.width);
  const backdrop = fitBackdrop(picture, (i) => roughly[i] === 1, middle);
  const isNear = near(picture, backdrop, tolerance);
  const flooded = floodFrom(edge, isNear, picture.width);
  if (holes) openHoles(flooded, near(picture, backdrop, tolerance * 0.6), picture.width);
  const subject = flooded.map((v) => 1 - v);
  dropSpecks(subject, picture.width, SPECK);
  const edgeShare = edge.filter((i) => flooded[i]).length / Math.max(1, edge.length);
  return { alpha: unmixed(picture, subject, backdrop), backdrop, edgeShare };
};

/** The two outermost pixels all round. */
const edgeOf = ({ width, height }: SmallPicture): readonly number[] => {
  const out: number[] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (x < 2 || y < 2 || x >= width - 2 || y >= height - 2) out.push(y * width + x);
  return out;
};

const colourAt = ({ channels: [r, g, b] }: SmallPicture, i: number): Rgb => [r.values[i] ?? 0, g.values[i] ?? 0, b.values[i] ?? 0];

/** 0..1 between black and white. */
const distance = (a: Rgb, b: Rgb): number => Math.sqrt(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2) / 3);

/** The colour that most of the edge is close to, so that a subject that reaches the edge does not count. */
const commonColour = (picture: SmallPicture, edge: readonly number[]): Rgb => {
  const step = Math.max(1, Math.floor(edge.length / 400));
  const sample = edge.filter((_, i) => i % step === 0).map((i) => colourAt(picture, i));
  const close = (to: Rgb): readonly Rgb[] => sample.filter((one) => distance(one, to) < 0.08);
  const groups = sample.filter((_, i) => i % 4 === 0).map(close);
  const most = groups.reduce<readonly Rgb[]>((best, group) => (group.length > best.length ? group : best), []);
  const mean = (c: 0 | 1 | 2): number => most.reduce((sum, one) => sum + one[c], 0) / Math.max(1, most.length);
  return [mean(0), mean(1), mean(2)];
};

/** Whether a pixel has the colour of the background there; what is clear already has it too. */
const near =
  (picture: SmallPicture, { at }: BackdropSurface, tolerance: number) =>
  (i: number): boolean => {
    if ((picture.alpha.values[i] ?? 0) < 0.02) return true;
    const [x, y] = [i % picture.width, Math.floor(i / picture.width)];
    return distance(colourAt(picture, i), [at(0, x, y), at(1, x, y), at(2, x, y)]) <= tolerance;
  };

const among = (edge: readonly number[], isNear: (i: number) => boolean): ((i: number) => boolean) => {
  const taken = new Set(edge.filter(isNear));
  return (i) => taken.has(i);
};

/** 1 where a chain of near pixels leads to the edge. */
const floodFrom = (edge: readonly number[], isNear: (i: number) => boolean, width: number): Uint8Array => {
  const last = edge.at(-1) ?? -1;
  const out = new Uint8Array(last + 1);
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (i < 0 || i > last || out[i] || !isNear(i)) return;
    out[i] = 1;
    stack.push(i);
  };
  for (const i of edge) visit(i);
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    visit(i - width);
    visit(i + width);
  }
  return out;
};

const openHoles = (flooded: Uint8Array, isNear: (i: number) => boolean, width: number): void => {
  const { labels, sizes } = islandsOf(
    flooded.map((v, i) => (v || !isNear(i) ? 0 : 1)),
    width,
  );
  for (let i = 0; i < flooded.length; i += 1) if ((sizes[labels[i] ?? 0] ?? 0) > SMALLEST_HOLE * flooded.length) flooded[i] = 1;
};

/** Along the outline a pixel is a * subject + (1 - a) * background: solved for a, with the subject's colour taken from inside. */
const unmixed = (picture: SmallPicture, subject: Uint8Array, { at }: BackdropSurface): Plane => {
  const { width, height } = picture;
  const hard: Plane = { width, height, values: Float32Array.from(subject) };
  const around = boxMean(hard, BAND_PX);
  const core: Plane = { width, height, values: around.values.map((v) => (v > 0.999 ? 1 : 0)) };
  const inner = foregroundColours(picture, core);
  const out = planeOf(width, height);
  for (let i = 0; i < out.values.length; i += 1) {
    const share = around.values[i] ?? 0;
    const own = picture.alpha.values[i] ?? 0;
    if (share <= 0.001 || share >= 0.999) {
      out.values[i] = (subject[i] ?? 0) * own;
      continue;
    }
    const [x, y] = [i % width, Math.floor(i / width)];
    let [along, length] = [0, 0];
    for (const c of [0, 1, 2] as const) {
      const back = at(c, x, y);
      const way = (inner[c].values[i] ?? 0) - back;
      along += ((picture.channels[c].values[i] ?? 0) - back) * way;
      length += way * way;
    }
    // Where both colours are alike nothing can be told from them.
    const told = length > 0.006 ? Math.min(1, Math.max(0, (along / length - 0.05) / 0.9)) : (subject[i] ?? 0);
    out.values[i] = told * own;
  }
  return out;
};
