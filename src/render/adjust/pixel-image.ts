/** Row-major straight (not premultiplied) RGBA, 8 bit, sRGB, stride = widthPx * 4. Never write into the pixels of a finished image. */
export type PixelImage = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8Array };

export const withPixels = (image: PixelImage, rgba: Uint8Array): PixelImage => ({
  widthPx: image.widthPx,
  heightPx: image.heightPx,
  rgba,
});
