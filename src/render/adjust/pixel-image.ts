/** Row-major straight (not premultiplied) RGBA, 8 bit, sRGB, stride = widthPx * 4. Never write into the pixels of a finished image. */
export type PixelImage = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8Array };

/** Work on a picture that hands over between bands of rows, so that its caller can let others have their turn or stop. */
export type Steps = Generator<undefined, PixelImage>;

/** Pixels between two hand-overs: a few milliseconds of work. */
const BAND_PIXELS = 131_072;

export const withPixels = (image: PixelImage, rgba: Uint8Array): PixelImage => ({
  widthPx: image.widthPx,
  heightPx: image.heightPx,
  rgba,
});

type Band = { readonly top: number; readonly rows: number };

/** The rows of a picture in bands of about equal work, from the top. */
export const bandsOf = ({ widthPx, heightPx }: PixelImage): readonly Band[] => {
  const rows = Math.max(1, Math.floor(BAND_PIXELS / widthPx));
  return Array.from({ length: Math.ceil(heightPx / rows) }, (_, i) => ({ top: i * rows, rows: Math.min(rows, heightPx - i * rows) }));
};

/** Runs a change that looks at each pixel alone, band by band. */
export function* inBands(image: PixelImage, change: (band: PixelImage) => PixelImage): Steps {
  const rgba = new Uint8Array(image.rgba.length);
  const stride = image.widthPx * 4;
  for (const { top, rows } of bandsOf(image)) {
    const band = { widthPx: image.widthPx, heightPx: rows, rgba: image.rgba.subarray(top * stride, (top + rows) * stride) };
    rgba.set(change(band).rgba, top * stride);
    yield;
  }
  return withPixels(image, rgba);
}
