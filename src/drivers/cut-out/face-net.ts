import type { PictureBox } from '../../model/photo-finder.ts';
import { convolve3, type FeatureMap, mixChannels, poolMost, separable3 } from './feature-map.ts';
import type { RgbImage } from './rgb-image.ts';

/** Numbers of a trained network by name. */
export type Weights = (name: string) => Float32Array;

export type FaceGuess = { readonly box: PictureBox; readonly score: number };

/** What the network was trained with: the mean colour taken off, and the shapes of faces it starts from, in cells. */
const MEAN = [117.001, 114.697, 97.404] as const;
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
/** Two guesses that overlap more than this, of what they cover together, are one face. */
const SAME = 0.4;
/** A guess of which better ones cover this much lies between two faces. */
const COVERED = 0.65;

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

/**
 * Faces in a picture by a small single-pass detector: six convolutions, most of them by channel, then one grid of guesses with five anchor
 * shapes a cell (Redmon and Farhadi 2017). Boxes are fractions of the picture, best first. @param inputPx - a multiple of 32
 */
export const guessFaces = (image: RgbImage, weights: Weights, inputPx: number, leastScore: number): readonly FaceGuess[] => {
  const scale = inputPx / Math.max(image.width, image.height);
  let map = poolMost(convolve3(squareInput(image, inputPx), weights('conv0/filters'), weights('conv0/bias')), 2);
  for (let layer = 1; layer <= 5; layer += 1) {
    const name = (part: string): Float32Array => weights(`conv${layer}/${part}`);
    map = poolMost(separable3(map, name('depthwise_filter'), name('pointwise_filter'), name('bias')), layer === 5 ? 1 : 2);
  }
  const grid = mixChannels(map, weights('conv8/filters'), weights('conv8/bias'), (v) => v);
  const reach = { across: inputPx / (image.width * scale), down: inputPx / (image.height * scale) };
  return distinctFaces(guessesOf(grid, reach).filter(({ score }) => score >= leastScore));
};

/** The picture fitted into the top left of a square; what is left over is black, as in training. */
const squareInput = (image: RgbImage, size: number): FeatureMap => {
  const values = new Float32Array(size * size * 3);
  const step = Math.max(image.width, image.height) / size;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const to = (y * size + x) * 3;
      for (let c = 0; c < 3; c += 1)
        values[to + c] = (sample(image, (x + 0.5) * step - 0.5, (y + 0.5) * step - 0.5, c) - (MEAN[c] ?? 0)) / 255;
    }
  }
  return { width: size, height: size, channels: 3, values };
};

const sample = ({ width, height, rgb }: RgbImage, x: number, y: number, c: number): number => {
  if (x > width - 0.5 || y > height - 0.5) return 0;
  const [x0, y0] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [u, v] = [Math.max(0, x - x0), Math.max(0, y - y0)];
  const at = (px: number, py: number): number => rgb[(py * width + px) * 3 + c] ?? 0;
  return (at(x0, y0) * (1 - u) + at(x1, y0) * u) * (1 - v) + (at(x0, y1) * (1 - u) + at(x1, y1) * u) * v;
};

const guessesOf = (grid: FeatureMap, reach: { readonly across: number; readonly down: number }): readonly FaceGuess[] =>
  Array.from({ length: grid.width * grid.height }, (_, cell) =>
    ANCHORS.map(([anchorWidth, anchorHeight], anchor): FaceGuess => {
      const from = cell * grid.channels + anchor * (grid.channels / ANCHORS.length);
      const raw = (k: number): number => grid.values[from + k] ?? 0;
      const width = (Math.exp(raw(2)) * anchorWidth * reach.across) / grid.width;
      const height = (Math.exp(raw(3)) * anchorHeight * reach.down) / grid.height;
      const x = (((cell % grid.width) + sigmoid(raw(0))) * reach.across) / grid.width;
      const y = ((Math.floor(cell / grid.width) + sigmoid(raw(1))) * reach.down) / grid.height;
      return { box: { x: x - width / 2, y: y - height / 2, width, height }, score: sigmoid(raw(4)) };
    }),
  ).flat();

/** One guess for each face: without those that a better one overlaps, or that better ones cover together. */
export const distinctFaces = (guesses: readonly FaceGuess[]): readonly FaceGuess[] => {
  const kept: FaceGuess[] = [];
  for (const guess of [...guesses].sort((a, b) => b.score - a.score)) {
    const shared = kept.map((one) => sharedArea(one.box, guess.box));
    const own = guess.box.width * guess.box.height;
    const isSame = kept.some(({ box }, i) => (shared[i] ?? 0) > SAME * (box.width * box.height + own - (shared[i] ?? 0)));
    if (!isSame && shared.reduce((sum, one) => sum + one, 0) < COVERED * own) kept.push(guess);
  }
  return kept;
};

const sharedArea = (a: PictureBox, b: PictureBox): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width <= 0 || height <= 0 ? 0 : width * height;
};
