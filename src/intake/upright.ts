/** Pixels of a picture as the person sees it, plus its size. */
export type Upright = { readonly rgba: Uint8Array; readonly widthPx: number; readonly heightPx: number };

/** For each EXIF orientation: where the upright picture's first pixel lies in the stored one, and the steps right and down, in (x, y) signs. */
const WALKS: Record<number, { readonly swap: boolean; readonly flipX: boolean; readonly flipY: boolean }> = {
  2: { swap: false, flipX: true, flipY: false },
  3: { swap: false, flipX: true, flipY: true },
  4: { swap: false, flipX: false, flipY: true },
  5: { swap: true, flipX: false, flipY: false },
  6: { swap: true, flipX: false, flipY: true },
  7: { swap: true, flipX: true, flipY: true },
  8: { swap: true, flipX: true, flipY: false },
};

/** Turns and mirrors stored RGBA pixels by an EXIF orientation (1..8); orientation 1 returns the same bytes. */
export const upright = (rgba: Uint8Array, widthPx: number, heightPx: number, orientation: number): Upright => {
  const walk = WALKS[orientation];
  if (!walk) return { rgba, widthPx, heightPx };
  const stored = new Uint32Array(rgba.buffer, rgba.byteOffset, widthPx * heightPx);
  const turned = new Uint32Array(stored.length);
  const [width, height] = walk.swap ? [heightPx, widthPx] : [widthPx, heightPx];
  const start = (walk.flipX ? widthPx - 1 : 0) + (walk.flipY ? (heightPx - 1) * widthPx : 0);
  const [alongX, alongY] = [walk.flipX ? -1 : 1, walk.flipY ? -widthPx : widthPx];
  const [right, down] = walk.swap ? [alongY, alongX] : [alongX, alongY];
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, from = start + y * down; x < width; x += 1, from += right, to += 1) turned[to] = stored[from] ?? 0;
  }
  return { rgba: new Uint8Array(turned.buffer), widthPx: width, heightPx: height };
};
