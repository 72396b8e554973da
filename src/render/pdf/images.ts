import type { ColourTransform } from '../../colour/icc.ts';
import { SRGB_PROFILE } from '../../colour/srgb-profile.ts';
import { stretch } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import { MM_PER_INCH } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage, JpegStream } from '../../model/resources.ts';
import type { RasterNode } from '../../scene/scene.ts';
import { adjustedPicture, adjustedSize, type PixelSize } from '../adjust/adjusted-picture.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import type { PdfColour, PlateImage } from './document.ts';
import { flateRows, type Samples } from './flate-rows.ts';
import type { PdfFile } from './pdf-file.ts';
import { ref } from './syntax.ts';

const CHANNELS: Readonly<Record<string, number>> = { GRAY: 1, 'RGB ': 3, CMYK: 4 };
const DEVICE: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' };

/** An image object, how its stored pixels turn upright (EXIF 1..8; 1 when they already are), and what part of the picture they are. */
export type PlacedImage = {
  readonly id: number;
  readonly orientation: number;
  /** In upright pixels of the picture as supplied, like `source` of its node. */
  readonly covers: Rect;
};

type Pending = (signal: AbortSignal) => Promise<void>;

/** The pictures of one file, each stored once. Ids are given out while pages are written; `writeAll` then makes the streams. */
export class Images {
  readonly #file: PdfFile;
  readonly #colour: PdfColour;
  readonly #toPress: ColourTransform | null;
  readonly #pixelsOf: (digest: string) => DecodedImage;
  readonly #known = new Map<string, PlacedImage>();
  readonly #pending: Pending[] = [];
  readonly #plates = new Map<Uint8Array, number>();
  #lastAdjusted: { readonly key: string; readonly picture: PixelImage } | null = null;

  constructor(file: PdfFile, colour: PdfColour, toPress: ColourTransform | null, pixelsOf: (digest: string) => DecodedImage) {
    this.#file = file;
    this.#colour = colour;
    this.#toPress = toPress;
    this.#pixelsOf = pixelsOf;
  }

  picture(node: RasterNode): PlacedImage {
    return this.#once('picture', node, (image) => {
      const jpeg = node.adjust.length === 0 && !image.hasAlpha ? this.#passable(image.jpeg) : null;
      // Decoding a grey or CMYK file would turn its inks into others, so those stay whole.
      if (jpeg && (jpeg.components !== 3 || shareShown(node) >= WORTH_WHOLE_JPEG)) return this.#addJpeg(node, jpeg);
      return this.#add(node, (id, signal) => this.#writePixels(id, node, image, signal));
    });
  }

  /** Luminance times alpha as a grey picture: what a group mask reads. */
  mask(node: RasterNode): PlacedImage {
    return this.#once('mask', node, (image) =>
      this.#add(node, async (id, signal) =>
        this.#writeFlate(id, await this.#stored(image, node, signal), MASK, `/ColorSpace /DeviceGray ${smooth(node)}`, signal),
      ),
    );
  }

  /** A picture of one spot ink, whose colour space is `space`. */
  plate(plate: PlateImage, space: number): number {
    const known = this.#plates.get(plate.data);
    if (known !== undefined) return known;
    const { widthPx, heightPx, data } = plate;
    if (data.length !== widthPx * heightPx)
      throw new Problem('pdf.pixels', `expected ${widthPx} x ${heightPx} bytes for the plate "${plate.spot.name}", got ${data.length}`);
    const id = this.#file.reserve();
    this.#pending.push(async (signal) =>
      this.#setFlate(id, await flateRows(data, widthPx, PLATE, signal), plate, 1, `/ColorSpace ${ref(space)} /Interpolate false`),
    );
    this.#plates.set(data, id);
    return id;
  }

  async writeAll(signal: AbortSignal): Promise<void> {
    for (const write of this.#pending.splice(0)) await write(signal);
    this.#lastAdjusted = null;
  }

  #once(role: string, node: RasterNode, make: (image: DecodedImage) => PlacedImage): PlacedImage {
    const key = `${role} ${node.interpolation} ${adjustedKey(node)} ${Object.values(keptPart(node)).join(' ')}`;
    return this.#known.get(key) ?? this.#remember(key, make(this.#pixelsOf(node.image.digest)));
  }

  #remember(key: string, placed: PlacedImage): PlacedImage {
    this.#known.set(key, placed);
    return placed;
  }

  /** The JPEG if this file may carry it as it is. An untagged CMYK picture needs a CMYK output condition to mean anything. */
  #passable(jpeg: JpegStream | null): JpegStream | null {
    if (!jpeg) return null;
    if (this.#colour.mode === 'cmyk' && this.#colour.images === 'cmyk' && jpeg.components === 3) return null;
    if (this.#colour.mode === 'rgb' && jpeg.components === 4 && !usableIcc(jpeg)) return null;
    return jpeg;
  }

  #addJpeg(node: RasterNode, jpeg: JpegStream): PlacedImage {
    const key = `jpeg ${node.interpolation} ${node.image.digest}`;
    return this.#known.get(key) ?? this.#remember(key, this.#writeJpeg(node, jpeg));
  }

  #writeJpeg(node: RasterNode, jpeg: JpegStream): PlacedImage {
    const decode = jpeg.components === 4 && jpeg.inverted ? '/Decode [1 0 1 0 1 0 1 0] ' : '';
    const size = `/Width ${jpeg.widthPx} /Height ${jpeg.heightPx}`;
    const head = `/Type /XObject /Subtype /Image ${size} /ColorSpace ${this.#jpegSpace(jpeg)} /BitsPerComponent 8 ${decode}${smooth(node)}`;
    const { widthPx, heightPx } = node.image;
    const covers = { x: 0, y: 0, width: widthPx, height: heightPx };
    return { id: this.#file.addStream(`${head} /Filter /DCTDecode`, jpeg.bytes), orientation: jpeg.orientation, covers };
  }

  #jpegSpace(jpeg: JpegStream): string {
    const icc = usableIcc(jpeg);
    // PDF/X-4 forbids tagging CMYK with the very profile of the output intent: that data is simply device CMYK.
    const isIntent = icc && this.#colour.mode === 'cmyk' && Buffer.from(icc).equals(this.#colour.profile.bytes);
    if (icc && !isIntent) return this.#iccBased(icc, jpeg.components);
    if (jpeg.components === 3 && this.#colour.mode === 'cmyk') return this.#iccBased(SRGB_PROFILE, 3);
    return DEVICE[jpeg.components] ?? '/DeviceRGB';
  }

  #iccBased(icc: Uint8Array, channels: number): string {
    const key = `icc ${Buffer.from(icc).toString('latin1')}`;
    return `[/ICCBased ${ref(this.#file.once(key, () => this.#file.addStream(`/N ${channels}`, icc)))}]`;
  }

  #add(node: RasterNode, write: (id: number, signal: AbortSignal) => Promise<void>): PlacedImage {
    const id = this.#file.reserve();
    this.#pending.push((signal) => write(id, signal));
    const { x, y, width, height } = keptPart(node);
    const { widthPx, heightPx } = storedSize(node);
    const [sx, sy] = [node.image.widthPx / widthPx, node.image.heightPx / heightPx];
    return { id, orientation: 1, covers: { x: x * sx, y: y * sy, width: width * sx, height: height * sy } };
  }

  /** The pixels the file holds: adjusted, then cut. The last adjusted picture is kept for another part of it that may follow. */
  async #stored(image: DecodedImage, node: RasterNode, signal: AbortSignal): Promise<PixelImage> {
    requirePixels(image, node);
    if (node.adjust.length === 0) return cut(image, keptPart(node));
    const key = adjustedKey(node);
    if (this.#lastAdjusted?.key !== key)
      this.#lastAdjusted = { key, picture: await adjustedPicture(image, node.adjust, storedSize(node), signal) };
    return cut(this.#lastAdjusted.picture, keptPart(node));
  }

  async #writePixels(id: number, node: RasterNode, image: DecodedImage, signal: AbortSignal): Promise<void> {
    const picture = await this.#stored(image, node, signal);
    const more = smooth(node);
    const maskId = isOpaque(picture.rgba) ? null : this.#file.reserve();
    if (maskId !== null) await this.#writeFlate(maskId, picture, ALPHA, `/ColorSpace /DeviceGray ${more}`, signal);
    const { space, samples } = this.#pictureSamples();
    await this.#writeFlate(id, picture, samples, `/ColorSpace ${space} ${more}${maskId === null ? '' : ` /SMask ${ref(maskId)}`}`, signal);
  }

  #pictureSamples(): { readonly space: string; readonly samples: Samples } {
    if (this.#colour.mode === 'rgb') return { space: '/DeviceRGB', samples: RGB };
    const toPress = this.#toPress;
    if (this.#colour.images !== 'cmyk' || !toPress) return { space: this.#iccBased(SRGB_PROFILE, 3), samples: RGB };
    return { space: '/DeviceCMYK', samples: { channels: 4, of: (rgba) => toPress.rgba(rgba) } };
  }

  async #writeFlate(
    id: number,
    { rgba, widthPx, heightPx }: PixelImage,
    samples: Samples,
    more: string,
    signal: AbortSignal,
  ): Promise<void> {
    this.#setFlate(id, await flateRows(rgba, widthPx, samples, signal), { widthPx, heightPx }, samples.channels, more);
  }

  #setFlate(id: number, body: Uint8Array, { widthPx, heightPx }: PixelSize, channels: number, more: string): void {
    const parms = `/DecodeParms << /Predictor 15 /Colors ${channels} /BitsPerComponent 8 /Columns ${widthPx} >>`;
    const head = `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /BitsPerComponent 8 ${more}`;
    this.#file.setStream(id, `${head} /Filter /FlateDecode ${parms}`, body);
  }
}

const smooth = (node: RasterNode): string => (node.interpolation === 'smooth' ? '/Interpolate true' : '/Interpolate false');

/** Pixels per inch above which no press or printer shows more: adjusted pictures are made no finer. */
const MOST_PIXELS_PER_INCH = 450;

/** The size of the whole picture as the file holds it: its own, unless it is adjusted and finer than paper can show. */
const storedSize = (node: RasterNode): PixelSize => {
  if (node.adjust.length === 0) return node.image;
  const { x, y } = stretch(node.at);
  return adjustedSize(node, { width: (x / MM_PER_INCH) * MOST_PIXELS_PER_INCH, height: (y / MM_PER_INCH) * MOST_PIXELS_PER_INCH });
};

const adjustedKey = (node: RasterNode): string => {
  const { widthPx, heightPx } = storedSize(node);
  return `${node.image.digest} ${widthPx} ${heightPx} ${JSON.stringify(node.adjust)}`;
};

/** Part of its picture's area that a node shows. */
const shareShown = ({ source, image }: RasterNode): number => (source.width * source.height) / (image.widthPx * image.heightPx);

/**
 * Below this share a JPEG is replaced by the pixels that show: what was cut away is nobody's business, and readers need not hold it.
 * Above it the lossless pixels would take more room than the whole JPEG (photos measured: 49 % of the area took 5 times as much, 16 % 1.4 to 2, 4 % half).
 */
const WORTH_WHOLE_JPEG = 0.1;

/** Below this share a picture that is stored as pixels is stored in part. */
const WORTH_WHOLE_PICTURE = 0.5;

/** The whole pixels of the stored picture that go into the file, with one more all round so that edges are softened as in the whole. */
const keptPart = (node: RasterNode): Rect => {
  const { source, image } = node;
  const { widthPx, heightPx } = storedSize(node);
  if (shareShown(node) >= WORTH_WHOLE_PICTURE) return { x: 0, y: 0, width: widthPx, height: heightPx };
  const [x, width] = span(source.x, source.width, widthPx / image.widthPx, widthPx);
  const [y, height] = span(source.y, source.height, heightPx / image.heightPx, heightPx);
  return { x, y, width, height };
};

const span = (from: number, length: number, scale: number, size: number): readonly [number, number] => {
  const first = Math.min(size - 1, Math.max(0, Math.floor(from * scale) - 1));
  const end = Math.min(size, Math.max(first + 1, Math.ceil((from + length) * scale) + 1));
  return [first, end - first];
};

const cut = (image: PixelImage, { x, y, width, height }: Rect): PixelImage => {
  if (width === image.widthPx && height === image.heightPx) return image;
  const rgba = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * image.widthPx + x) * 4;
    rgba.set(image.rgba.subarray(from, from + width * 4), row * width * 4);
  }
  return { widthPx: width, heightPx: height, rgba };
};

const requirePixels = (image: DecodedImage, node: RasterNode): void => {
  if (image.rgba.length !== image.widthPx * image.heightPx * 4)
    throw new Problem(
      'pdf.pixels',
      `expected ${image.widthPx} x ${image.heightPx} RGBA pixels for a picture, got ${image.rgba.length} bytes`,
      {
        pointer: node.pointer,
      },
    );
};

const tag = (icc: Uint8Array, at: number): string => Buffer.from(icc.subarray(at, at + 4)).toString('latin1');

/** The embedded profile if it fits the data and is of a kind PDF 1.6 knows (ICC.1 up to version 4); any other counts as absent, as readers do. */
const usableIcc = ({ icc, components }: JpegStream): Uint8Array | null => {
  if (!icc || icc.length < 132) return null;
  const known = tag(icc, 36) === 'acsp' && (icc[8] ?? 0) <= 4 && ['scnr', 'mntr', 'prtr', 'spac'].includes(tag(icc, 12));
  return known && CHANNELS[tag(icc, 16)] === components ? icc : null;
};

const isOpaque = (rgba: Uint8Array): boolean => {
  for (let p = 3; p < rgba.length; p += 4) if (rgba[p] !== 255) return false;
  return true;
};

const RGB: Samples = {
  channels: 3,
  of: (rgba) => {
    const out = new Uint8Array((rgba.length >> 2) * 3);
    for (let p = 0, i = 0; i < out.length; p += 4, i += 3) {
      out[i] = rgba[p] ?? 0;
      out[i + 1] = rgba[p + 1] ?? 0;
      out[i + 2] = rgba[p + 2] ?? 0;
    }
    return out;
  },
};

const PLATE: Samples = { channels: 1, bytesIn: 1, of: (pixels) => pixels };

const ALPHA: Samples = {
  channels: 1,
  of: (rgba) => {
    const out = new Uint8Array(rgba.length >> 2);
    for (let i = 0, p = 3; i < out.length; i += 1, p += 4) out[i] = rgba[p] ?? 0;
    return out;
  },
};

/** Luminance on encoded values, weighted as Rec. 709, times alpha: the rule our raster follows too. */
const MASK: Samples = {
  channels: 1,
  of: (rgba) => {
    const out = new Uint8Array(rgba.length >> 2);
    for (let i = 0, p = 0; i < out.length; i += 1, p += 4) {
      const luminance = 0.2126 * (rgba[p] ?? 0) + 0.7152 * (rgba[p + 1] ?? 0) + 0.0722 * (rgba[p + 2] ?? 0);
      out[i] = Math.round((luminance * (rgba[p + 3] ?? 0)) / 255);
    }
    return out;
  },
};
