import type { SrgbColour } from '../../colour/colour.ts';
import { isFading, OPAQUE } from '../adjust/is-fading.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';

/** Neighbours that differ by less than this in every channel belong to one area; room for the noise of JPEG. */
const CALM = 12;
/** A colour this far off (in red, green and blue together) is another one. */
const APART = 40;
/** Of the pixels of an even area most lie this near to its colour; in a fade they do not. */
const TIGHT = 14;
const MOST_COLOURS = 24;
/** Shares of the pixels looked at: in even areas, near to one of the colours found, and for a colour to count. */
const LEAST_CALM = 0.5;
const LEAST_TIGHT = 0.94;
const LEAST_USE = 0.0008;
const SAMPLES = 250_000;
/** More of them than this share of what shows, and the picture fades. */
const MOST_FADING = 0.01;

type Rgb = readonly [number, number, number];

const rgbAt = (rgba: Uint8Array, p: number): Rgb => [rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0];
const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const near = (rgba: Uint8Array, p: number, q: number): boolean =>
  Math.abs((rgba[p] ?? 0) - (rgba[q] ?? 0)) < CALM &&
  Math.abs((rgba[p + 1] ?? 0) - (rgba[q + 1] ?? 0)) < CALM &&
  Math.abs((rgba[p + 2] ?? 0) - (rgba[q + 2] ?? 0)) < CALM &&
  (rgba[q + 3] ?? 0) >= OPAQUE;

/** Whether a pixel and its four neighbours are one colour. */
const isCalm = ({ widthPx, heightPx, rgba }: PixelImage, x: number, y: number): boolean => {
  const p = (y * widthPx + x) * 4;
  if ((rgba[p + 3] ?? 0) < OPAQUE) return false;
  return (
    (x === 0 || near(rgba, p, p - 4)) &&
    (x + 1 === widthPx || near(rgba, p, p + 4)) &&
    (y === 0 || near(rgba, p, p - 4 * widthPx)) &&
    (y + 1 === heightPx || near(rgba, p, p + 4 * widthPx))
  );
};

/**
 * The colours of a picture that consists of even areas (a drawing, a logo), the most used first; null for photographs, fades (of colour and
 * into nothing) and pictures of more than 24 colours. Smoothed edges do not count as colours. Of a picture without opaque areas the list is empty.
 */
export const flatColours = (image: PixelImage): readonly SrgbColour[] | null => {
  const { widthPx, heightPx } = image;
  const step = Math.max(1, Math.floor(Math.sqrt((widthPx * heightPx) / SAMPLES)));
  const bins = new Map<number, { count: number; r: number; g: number; b: number }>();
  let [seen, calm, fading] = [0, 0, 0];
  for (let y = 0; y < heightPx; y += step) {
    for (let x = 0; x < widthPx; x += step) {
      const p = (y * widthPx + x) * 4;
      if ((image.rgba[p + 3] ?? 0) < OPAQUE) {
        if (isFading(image, x, y)) fading += 1;
        continue;
      }
      seen += 1;
      if (!isCalm(image, x, y)) continue;
      calm += 1;
      const [r, g, b] = rgbAt(image.rgba, p);
      const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      const bin = bins.get(key) ?? { count: 0, r: 0, g: 0, b: 0 };
      bins.set(key, { count: bin.count + 1, r: bin.r + r, g: bin.g + g, b: bin.b + b });
    }
  }
  if (fading > MOST_FADING * (seen + fading)) return null;
  if (seen === 0) return [];
  if (calm < LEAST_CALM * seen) return null;
  const sorted = [...bins.values()].sort((a, b) => b.count - a.count);
  const colours: Rgb[] = [];
  let tight = 0;
  for (const { count, r, g, b } of sorted) {
    const mean: Rgb = [r / count, g / count, b / count];
    const gap = Math.min(...colours.map((one) => distance(one, mean)));
    if (gap < TIGHT) tight += count;
    if (gap < APART || count < LEAST_USE * calm) continue;
    colours.push(mean);
    tight += count;
  }
  if (colours.length > MOST_COLOURS || tight < LEAST_TIGHT * calm) return null;
  return colours.map(([r, g, b]) => ({ space: 'srgb', r: r / 255, g: g / 255, b: b / 255 }));
};

/** For every pixel two of the colours of a flat picture, and how much of 255 the second has: edges are shared by the areas they part. */
export type FlatShares = { readonly first: Uint8Array; readonly second: Uint8Array; readonly part: Uint8Array };

/** How far around an edge its areas are looked for, pixels. */
const WINDOW = 2;

/**
 * Takes a flat picture apart into its colours (see `flatColours`). Pixels of an edge become a mixture of the areas beside it and of no others.
 * @param window - how far around an edge its areas are looked for, pixels: wider for pictures that were enlarged
 */
export const flatShares = (image: PixelImage, colours: readonly SrgbColour[], window: number = WINDOW): FlatShares => {
  const { widthPx, heightPx, rgba } = image;
  const count = widthPx * heightPx;
  const palette = colours.map(({ r, g, b }): Rgb => [255 * r, 255 * g, 255 * b]);
  const [first, second, part] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)];
  const calm = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    if ((rgba[i * 4 + 3] ?? 0) === 0) continue;
    const own = nearestOf(palette, rgbAt(rgba, i * 4));
    first[i] = own;
    second[i] = own;
    calm[i] = Number(isCalm(image, i % widthPx, Math.floor(i / widthPx)));
  }
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const i = y * widthPx + x;
      if (calm[i] === 1 || (rgba[i * 4 + 3] ?? 0) === 0) continue;
      const beside = new Set<number>();
      for (let v = Math.max(0, y - window); v <= Math.min(heightPx - 1, y + window); v++) {
        for (let u = Math.max(0, x - window); u <= Math.min(widthPx - 1, x + window); u++) {
          const j = v * widthPx + u;
          if (calm[j] === 1) beside.add(first[j] ?? 0);
        }
      }
      const mixture = mixtureOf(
        rgbAt(rgba, i * 4),
        [...beside].sort((a, b) => a - b),
        palette,
      );
      if (!mixture) continue;
      first[i] = mixture.a;
      second[i] = mixture.b;
      part[i] = mixture.part;
    }
  }
  return { first, second, part };
};

const nearestOf = (palette: readonly Rgb[], colour: Rgb): number =>
  palette.reduce((best, one, i) => (distance(one, colour) < distance(palette[best] ?? one, colour) ? i : best), 0);

type Mixture = { readonly a: number; readonly b: number; readonly part: number };

/** The two of the candidates whose mixtures come nearest to a colour; null where there are not even one. */
const mixtureOf = (colour: Rgb, candidates: readonly number[], palette: readonly Rgb[]): Mixture | null => {
  let best: (Mixture & { readonly gap: number }) | null = null;
  for (const a of candidates) {
    for (const b of candidates) {
      if (b < a || (b === a && candidates.length > 1)) continue;
      const [from, to] = [palette[a], palette[b]];
      if (!from || !to) continue;
      const along: Rgb = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
      const length = along[0] ** 2 + along[1] ** 2 + along[2] ** 2;
      const dot = along[0] * (colour[0] - from[0]) + along[1] * (colour[1] - from[1]) + along[2] * (colour[2] - from[2]);
      const t = length === 0 ? 0 : Math.min(1, Math.max(0, dot / length));
      const gap = distance(colour, [from[0] + t * along[0], from[1] + t * along[1], from[2] + t * along[2]]);
      if (!best || gap < best.gap) best = { a, b, part: Math.round(255 * t), gap };
    }
  }
  return best;
};
