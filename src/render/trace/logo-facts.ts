import type { SrgbColour } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import { type Lab, labOfSrgb } from '../../colour/lab.ts';
import { CLEAR, isFading, OPAQUE } from '../adjust/is-fading.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';

/** What a picture was measured to be. Shares are of the pixels that show, 0 to 1. */
export type LogoFacts = {
  readonly verdict: 'flat' | 'photo' | 'fade' | 'empty';
  /** Its plain colours, the most used first. */
  readonly colours: readonly SrgbColour[];
  /** Share near to one of the colours, or a mixture of two that lie beside it. */
  readonly explained: number;
  /** Share that runs evenly from one colour to another over several pixels. */
  readonly gradient: number;
  /** Of the pixels near to a colour the share that is as good as that colour. */
  readonly even: number;
  /** Share that fades into nothing over several pixels. */
  readonly fading: number;
};

/** Pictures are looked at in about so many places. */
const SAMPLES = 160_000;
/** Neighbours that differ by less in every channel are one colour; room for the noise of JPEG. */
const CALM = 12;
/** Colours nearer to each other than this are one, CIEDE2000: shades of compression, and no two threads of a set. */
const APART = 9;
/** A colour of fewer of the even pixels than this is a speck. */
const LEAST_USE = 0.0012;
/** Mixtures of other colours are colours of their own only with so many pixels inside areas: fringes of JPEG have hardly any. */
const LEAST_INNER = 0.3;
/** Pixels this near to a colour are of it, CIEDE2000. */
const NEAR = 9;
/** Pixels this near to a colour belong to an even area, however they waver. */
const SAME = 3;
/** Pixels this near to the line between two colours beside them are their mixture: distance in 255ths of red, green and blue. */
const MIXED = 26;
/** So many pixels tell how many of all are mixtures. */
const MOST_MIXTURES = 8000;
/** How far around a mixed pixel its colours are looked for: the blur of an enlarged logo. */
const WINDOW = 3;

/**
 * Bounds between flat pictures and others, each in the gap between what was measured. Flat logos (smoothed, in 100 to 1200 px, enlarged threefold
 * and sixfold, as JPEG of quality 90, 60 and 25, in 16 colours) are explained to 0.906 and more, even to 0.72 and more and run to 0.073 at most.
 * Photographs in 200 px to 3 Mpx are even to 0.55 at most (0.63 by night, which runs to 0.15), fades of colour run to 0.2 and more.
 */
const LEAST_EXPLAINED = 0.88;
const LEAST_EVEN = 0.66;
const MOST_GRADIENT = 0.1;
/** Soft shadows and glows; smoothed edges alone stay below. */
const MOST_FADING = 0.02;

/** Large pictures that are hardly anything but edges are confetti, whatever their colours: this share of their pixels lies inside areas. */
const LEAST_AREAS = 0.08;
const LARGE_PX = 150_000;

const isLarge = ({ widthPx, heightPx }: PixelImage): boolean => widthPx * heightPx > LARGE_PX;

/** Measures whether a picture consists of even areas, and which colours they have. */
export const logoFacts = (image: PixelImage, maxColours: number): LogoFacts => {
  const found = coloursOf(image, maxColours);
  const shares = sharesOf(image, found);
  const { explained, gradient, even, fading } = shares;
  return { explained, gradient, even, fading, verdict: verdictOf(shares, found.length), colours: found.map(({ colour }) => colour) };
};

type Shares = Pick<LogoFacts, 'explained' | 'gradient' | 'fading' | 'even'> & { readonly seen: number; readonly isBusy: boolean };

const verdictOf = ({ explained, even, gradient, fading, seen, isBusy }: Shares, colours: number): LogoFacts['verdict'] => {
  if (seen === 0) return 'empty';
  if (fading > MOST_FADING) return 'fade';
  return isBusy || colours === 0 || explained < LEAST_EXPLAINED || even < LEAST_EVEN || gradient > MOST_GRADIENT ? 'photo' : 'flat';
};

type Rgb = readonly [number, number, number];
type Known = { readonly colour: SrgbColour; readonly rgb: Rgb; readonly lab: Lab };

const stepOf = ({ widthPx, heightPx }: PixelImage): number => Math.max(1, Math.floor(Math.sqrt((widthPx * heightPx) / SAMPLES)));

const alike = (rgba: Uint8Array, p: number, q: number): boolean =>
  (rgba[q + 3] ?? 0) >= OPAQUE &&
  Math.abs((rgba[p] ?? 0) - (rgba[q] ?? 0)) < CALM &&
  Math.abs((rgba[p + 1] ?? 0) - (rgba[q + 1] ?? 0)) < CALM &&
  Math.abs((rgba[p + 2] ?? 0) - (rgba[q + 2] ?? 0)) < CALM;

/** Whether a pixel is part of an area: alike with a neighbour in its row and one in its column, so that mixed pixels along an edge are not. */
const isEven = ({ widthPx, heightPx, rgba }: PixelImage, x: number, y: number): boolean => {
  const p = (y * widthPx + x) * 4;
  const down = widthPx * 4;
  const across = (x > 0 && alike(rgba, p, p - 4)) || (x + 1 < widthPx && alike(rgba, p, p + 4));
  return across && ((y > 0 && alike(rgba, p, p - down)) || (y + 1 < heightPx && alike(rgba, p, p + down)));
};

/** Whether all four neighbours are alike. */
const isInner = ({ widthPx, heightPx, rgba }: PixelImage, x: number, y: number): boolean => {
  if (x === 0 || y === 0 || x + 1 === widthPx || y + 1 === heightPx) return false;
  const p = (y * widthPx + x) * 4;
  return [p - 4, p + 4, p - widthPx * 4, p + widthPx * 4].every((q) => alike(rgba, p, q));
};

/** Whether a colour may be the mixture of two of the others. */
const isBetween = (rgb: Rgb, others: readonly Known[]): boolean =>
  others.some((one, i) => others.slice(i + 1).some((two) => offLine(rgb, one.rgb, two.rgb) <= MIXED));

type Bin = { count: number; inner: number; r: number; g: number; b: number };

/** Colours of even areas, the most used first: peaks of a histogram of 5 bits a channel, no two of them alike. */
const coloursOf = (image: PixelImage, most: number): readonly Known[] => {
  const { widthPx, heightPx, rgba } = image;
  const step = stepOf(image);
  const bins = new Map<number, Bin>();
  let even = 0;
  for (let y = 0; y < heightPx; y += step) {
    for (let x = 0; x < widthPx; x += step) {
      const p = (y * widthPx + x) * 4;
      if ((rgba[p + 3] ?? 0) < OPAQUE || !isEven(image, x, y)) continue;
      even += 1;
      const [r, g, b] = [rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0];
      const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      const bin = bins.get(key) ?? { count: 0, inner: 0, r: 0, g: 0, b: 0 };
      bin.count += 1;
      if (isInner(image, x, y)) bin.inner += 1;
      bin.r += r;
      bin.g += g;
      bin.b += b;
      bins.set(key, bin);
    }
  }
  const found: Known[] = [];
  for (const { count, inner, r, g, b } of [...bins.values()].sort((one, two) => two.count - one.count)) {
    if (found.length >= most || count < LEAST_USE * even) break;
    const rgb: Rgb = [r / count, g / count, b / count];
    const colour: SrgbColour = { space: 'srgb', r: rgb[0] / 255, g: rgb[1] / 255, b: rgb[2] / 255 };
    const lab = labOfSrgb(colour);
    if (found.some((one) => deltaE2000(one.lab, lab) <= APART)) continue;
    if (inner < LEAST_INNER * count && isBetween(rgb, found)) continue;
    found.push({ colour, rgb, lab });
  }
  return found;
};

const sharesOf = (image: PixelImage, colours: readonly Known[]): Shares => {
  const { widthPx, heightPx, rgba } = image;
  const step = stepOf(image);
  const own = nearestTable(colours, NEAR);
  const same = nearestTable(colours, SAME);
  let [seen, plain, gradient, fading, near, even, inner] = [0, 0, 0, 0, 0, 0, 0];
  const others: number[] = [];
  for (let y = 0; y < heightPx; y += step) {
    for (let x = 0; x < widthPx; x += step) {
      const alpha = rgba[(y * widthPx + x) * 4 + 3] ?? 0;
      if (alpha < CLEAR) continue;
      seen += 1;
      if (isFading(image, x, y)) fading += 1;
      if (alpha < OPAQUE || isInner(image, x, y)) inner += 1;
      // Mixed with nothing: as good as its colour.
      const p = (y * widthPx + x) * 4;
      const isNear = alpha >= OPAQUE && own(rgba, p) >= 0;
      if (isNear) near += 1;
      if (isNear && same(rgba, p) >= 0) even += 1;
      if (alpha < OPAQUE || isNear) plain += 1;
      else others.push(y * widthPx + x);
      if (alpha >= OPAQUE && runsEvenly(image, x, y)) gradient += 1;
    }
  }
  const every = Math.max(1, Math.ceil(others.length / MOST_MIXTURES));
  const asked = others.filter((_, i) => i % every === 0);
  const mixed = asked.filter((i) => isMixture(image, i % widthPx, Math.floor(i / widthPx), colours, own)).length;
  const share = (count: number): number => (seen === 0 ? 0 : count / seen);
  const explained = plain + (asked.length === 0 ? 0 : (mixed / asked.length) * others.length);
  return {
    seen,
    explained: share(explained),
    gradient: share(gradient),
    fading: share(fading),
    even: near === 0 ? 1 : even / near,
    isBusy: isLarge(image) && inner < LEAST_AREAS * seen,
  };
};

/** The colour that a pixel is of, by 6 bits a channel; -1 for none. */
const nearestTable = (colours: readonly Known[], near: number): ((rgba: Uint8Array, p: number) => number) => {
  const known = new Map<number, number>();
  return (rgba, p) => {
    const [r, g, b] = [rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0];
    const key = ((r >> 2) << 12) | ((g >> 2) << 6) | (b >> 2);
    const found = known.get(key);
    if (found !== undefined) return found;
    const lab = labOfSrgb({ space: 'srgb', r: r / 255, g: g / 255, b: b / 255 });
    let [best, least] = [-1, near];
    colours.forEach((one, k) => {
      const distance = deltaE2000(one.lab, lab);
      if (distance <= least) [best, least] = [k, distance];
    });
    known.set(key, best);
    return best;
  };
};

const isMixture = (
  { widthPx, heightPx, rgba }: PixelImage,
  x: number,
  y: number,
  colours: readonly Known[],
  own: (rgba: Uint8Array, p: number) => number,
): boolean => {
  const beside = new Set<number>();
  for (let v = Math.max(0, y - WINDOW); v <= Math.min(heightPx - 1, y + WINDOW); v += 1) {
    for (let u = Math.max(0, x - WINDOW); u <= Math.min(widthPx - 1, x + WINDOW); u += 1) {
      const q = (v * widthPx + u) * 4;
      const k = (rgba[q + 3] ?? 0) < OPAQUE ? -1 : own(rgba, q);
      if (k >= 0) beside.add(k);
    }
  }
  const p = (y * widthPx + x) * 4;
  const at: Rgb = [rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0];
  const around = [...beside].flatMap((k) => (colours[k] ? [colours[k].rgb] : []));
  return around.some((a, i) => around.slice(i + 1).some((b) => offLine(at, a, b) <= MIXED));
};

const offLine = (at: Rgb, from: Rgb, to: Rgb): number => {
  const way = to.map((v, c) => v - (from[c] ?? 0));
  const own = at.map((v, c) => v - (from[c] ?? 0));
  const length = way.reduce((sum, v) => sum + v * v, 0);
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, way.reduce((sum, v, c) => sum + v * (own[c] ?? 0), 0) / length));
  return Math.hypot(...own.map((v, c) => v - along * (way[c] ?? 0)));
};

/** Pixels from the middle to each side over which a run of colour is looked at. */
const RUN_PX = 4;
const RUNS = [3, 60] as const;
const BENT = 3;

/** Whether a pixel is part of an even run of colour along its row or its column: it changes all the way, a little at each step. */
const runsEvenly = ({ widthPx, heightPx, rgba }: PixelImage, x: number, y: number): boolean => {
  const p = (y * widthPx + x) * 4;
  const across = x >= RUN_PX && x + RUN_PX < widthPx && runs(rgba, p, 4 * RUN_PX);
  return across || (y >= RUN_PX && y + RUN_PX < heightPx && runs(rgba, p, 4 * RUN_PX * widthPx));
};

const runs = (rgba: Uint8Array, p: number, far: number): boolean => {
  let most = 0;
  for (let c = 0; c < 3; c += 1) {
    const value = (offset: number): number => rgba[p + offset + c] ?? 0;
    const [a, b, m, d, e] = [value(-far), value(-far / 2), value(0), value(far / 2), value(far)];
    const change = e - a;
    if (Math.abs(a + e - 2 * m) > BENT || Math.abs(a + m - 2 * b) > BENT || Math.abs(m + e - 2 * d) > BENT) return false;
    most = Math.max(most, Math.abs(change));
  }
  return most >= RUNS[0] && most <= RUNS[1];
};
