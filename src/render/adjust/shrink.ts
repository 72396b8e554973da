import { bandsOf, type PixelImage } from './pixel-image.ts';

/** For each source pixel of a line: the output pixel it begins in, and the share of it that lies there (the rest is the next pixel's). */
type Line = { readonly to: Int32Array; readonly share: Float32Array };

const lineOf = (from: number, size: number): Line => {
  const to = new Int32Array(from);
  const share = new Float32Array(from).fill(1);
  const scale = size / from;
  for (let i = 0; i < from; i += 1) {
    const first = Math.min(size - 1, Math.floor(i * scale));
    const end = (i + 1) * scale;
    to[i] = first;
    if (first + 1 < size && end > first + 1) share[i] = (first + 1 - i * scale) / scale;
  }
  return { to, share };
};

/** Adds one source row to a row of sums, premultiplied by alpha; sums have a spare pixel at the end. */
const gatherRow = (sums: Float32Array, rgba: Uint8Array, start: number, { to, share }: Line): void => {
  for (let x = 0, p = start; x < to.length; x += 1, p += 4) {
    const alpha = rgba[p + 3] ?? 0;
    const cover = alpha === 255 ? 1 : alpha / 255;
    const r = (rgba[p] ?? 0) * cover;
    const g = (rgba[p + 1] ?? 0) * cover;
    const b = (rgba[p + 2] ?? 0) * cover;
    const at = (to[x] ?? 0) * 4;
    const here = share[x] ?? 0;
    sums[at] = (sums[at] ?? 0) + r * here;
    sums[at + 1] = (sums[at + 1] ?? 0) + g * here;
    sums[at + 2] = (sums[at + 2] ?? 0) + b * here;
    sums[at + 3] = (sums[at + 3] ?? 0) + alpha * here;
    if (here === 1) continue;
    const rest = 1 - here;
    sums[at + 4] = (sums[at + 4] ?? 0) + r * rest;
    sums[at + 5] = (sums[at + 5] ?? 0) + g * rest;
    sums[at + 6] = (sums[at + 6] ?? 0) + b * rest;
    sums[at + 7] = (sums[at + 7] ?? 0) + alpha * rest;
  }
};

/** Deals a row that lies across two output rows out to both. */
const dealRow = (here: Float32Array, next: Float32Array, row: Float32Array, share: number): void => {
  for (let i = 0; i < row.length; i += 1) {
    const value = row[i] ?? 0;
    here[i] = (here[i] ?? 0) + value * share;
    next[i] = (next[i] ?? 0) + value * (1 - share);
  }
};

/** Writes a row of sums as straight RGBA; `scale` turns a sum into a mean. */
const writeRow = (rgba: Uint8Array, start: number, sums: Float32Array, scale: number, widthPx: number): void => {
  for (let p = start, i = 0; i < widthPx * 4; p += 4, i += 4) {
    const alpha = (sums[i + 3] ?? 0) * scale;
    if (alpha < 0.5) continue;
    const straight = (scale * 255) / alpha;
    rgba[p] = Math.min(255, (sums[i] ?? 0) * straight + 0.5);
    rgba[p + 1] = Math.min(255, (sums[i + 1] ?? 0) * straight + 0.5);
    rgba[p + 2] = Math.min(255, (sums[i + 2] ?? 0) * straight + 0.5);
    rgba[p + 3] = Math.min(255, alpha + 0.5);
  }
};

/**
 * The picture at a smaller size, each pixel the mean of the area it stands for (sRGB-encoded values weighted by alpha); the picture itself
 * when it has that size. Neither side may grow.
 */
export function* shrinkSteps(
  image: PixelImage,
  size: { readonly widthPx: number; readonly heightPx: number },
): Generator<undefined, PixelImage> {
  const { widthPx, heightPx } = size;
  if (widthPx >= image.widthPx && heightPx >= image.heightPx) return image;
  const across = lineOf(image.widthPx, widthPx);
  const down = lineOf(image.heightPx, heightPx);
  const scale = (widthPx * heightPx) / (image.widthPx * image.heightPx);
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const row = new Float32Array((widthPx + 1) * 4);
  let [sums, next] = [new Float32Array(row.length), new Float32Array(row.length)];
  for (const { top, rows } of bandsOf(image)) {
    for (let y = top; y < top + rows; y += 1) {
      const share = down.share[y] ?? 1;
      const start = y * image.widthPx * 4;
      if (share === 1) gatherRow(sums, image.rgba, start, across);
      else {
        row.fill(0);
        gatherRow(row, image.rgba, start, across);
        dealRow(sums, next, row, share);
      }
      const to = down.to[y] ?? 0;
      if (y + 1 < image.heightPx && down.to[y + 1] === to) continue;
      writeRow(rgba, to * widthPx * 4, sums, scale, widthPx);
      sums.fill(0);
      [sums, next] = [next, sums];
    }
    yield;
  }
  return { widthPx, heightPx, rgba };
}
