import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { encodePixels, PREVIEW_QUALITY, type PreviewFormat } from '../render/raster/encode-pixels.ts';
import { encodeJpegBand, type JpegBand, joinJpegBands, jpegBandCount, jpegBandRows } from '../render/raster/jpeg-bands.ts';
import type { RowRange } from '../render/raster/render-pixels.ts';

/**
 * A mockup picture that is painted over when it is wanted again with other art. It remembers what of it is encoded already: JPEG files of
 * opaque pictures are made band by band.
 */
export class LentPicture implements PixelImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8Array;
  readonly #opaque: boolean;
  readonly #bands: (JpegBand | null)[];
  /** Room for the colours of bands while they are encoded: fresh room each time is what makes previews wait for the collector. */
  #rgb: Uint8Array | undefined;

  constructor({ widthPx, heightPx, rgba }: PixelImage, opaque: boolean) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.rgba = rgba;
    this.#opaque = opaque;
    this.#bands = new Array<JpegBand | null>(jpegBandCount(heightPx)).fill(null);
  }

  /** To be called when rows were painted over. */
  changed({ from, to }: RowRange): void {
    const rows = jpegBandRows(this.heightPx);
    for (let band = Math.floor(from / rows); band * rows < to; band += 1) this.#bands[band] = null;
  }

  /** The picture as a file. The bytes depend on the pixels alone, not on what was encoded before. */
  async encode(format: PreviewFormat): Promise<Uint8Array> {
    if (format !== 'jpeg' || !this.#opaque) return encodePixels(this, { format });
    this.#rgb ??= new Uint8Array(this.widthPx * this.heightPx * 3);
    const rgb = this.#rgb;
    const bands = await Promise.all(this.#bands.map((known, band) => known ?? encodeJpegBand(this, band, PREVIEW_QUALITY, rgb)));
    for (const [band, made] of bands.entries()) this.#bands[band] = made;
    return joinJpegBands(bands, this.widthPx, this.heightPx);
  }
}
