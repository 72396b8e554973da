import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { ColourTransform } from '../../colour/icc.ts';
import { SRGB_PROFILE } from '../../colour/srgb-profile.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage, JpegStream } from '../../model/resources.ts';
import type { RasterNode } from '../../scene/scene.ts';
import { applyAdjustments, type PixelImage } from '../adjust/apply-adjustments.ts';
import type { PdfColour } from './document.ts';
import type { PdfFile } from './pdf-file.ts';
import { predictRows } from './png-predictor.ts';
import { ref } from './syntax.ts';

const deflated = promisify(deflate);
const CHANNELS: Readonly<Record<string, number>> = { GRAY: 1, 'RGB ': 3, CMYK: 4 };
const DEVICE: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' };

/** An image object and how its stored pixels turn upright (EXIF 1..8; 1 when they already are). */
export type PlacedImage = { readonly id: number; readonly orientation: number };

type Pending = { readonly id: number; readonly write: () => Promise<void> };

const grey = (r: number, g: number, b: number): number => Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b);

/** The pictures of one file, each stored once. Ids are given out while pages are written; `writeAll` then makes the streams. */
export class Images {
  readonly #file: PdfFile;
  readonly #colour: PdfColour;
  readonly #toPress: ColourTransform | null;
  readonly #pixelsOf: (digest: string) => DecodedImage;
  readonly #known = new Map<string, PlacedImage>();
  readonly #pending: Pending[] = [];

  constructor(file: PdfFile, colour: PdfColour, toPress: ColourTransform | null, pixelsOf: (digest: string) => DecodedImage) {
    this.#file = file;
    this.#colour = colour;
    this.#toPress = toPress;
    this.#pixelsOf = pixelsOf;
  }

  picture(node: RasterNode): PlacedImage {
    return this.#once('picture', node, (image) => {
      const jpeg = node.adjust.length === 0 && !image.hasAlpha ? this.#passable(image.jpeg) : null;
      return jpeg ? this.#addJpeg(node, jpeg) : this.#add(() => this.#writePixels(node, image));
    });
  }

  /** Luminance times alpha as a grey picture: what a group mask reads. */
  mask(node: RasterNode): PlacedImage {
    return this.#once('mask', node, (image) =>
      this.#add(async () => {
        const { rgba, widthPx, heightPx } = adjusted(image, node);
        const plane = new Uint8Array(widthPx * heightPx);
        for (let i = 0, p = 0; i < plane.length; i += 1, p += 4)
          plane[i] = Math.round((grey(rgba[p] ?? 0, rgba[p + 1] ?? 0, rgba[p + 2] ?? 0) * (rgba[p + 3] ?? 0)) / 255);
        return { samples: plane, channels: 1, space: '/DeviceGray', more: smooth(node), widthPx, heightPx };
      }),
    );
  }

  async writeAll(signal: AbortSignal): Promise<void> {
    for (const { write } of this.#pending.splice(0)) {
      signal.throwIfAborted();
      await write();
    }
  }

  #once(role: string, node: RasterNode, make: (image: DecodedImage) => PlacedImage): PlacedImage {
    const key = `${role} ${node.image.digest} ${node.interpolation} ${JSON.stringify(node.adjust)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const placed = make(this.#pixelsOf(node.image.digest));
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
    const decode = jpeg.components === 4 && jpeg.inverted ? '/Decode [1 0 1 0 1 0 1 0] ' : '';
    const size = `/Width ${jpeg.widthPx} /Height ${jpeg.heightPx}`;
    const head = `/Type /XObject /Subtype /Image ${size} /ColorSpace ${this.#jpegSpace(jpeg)} /BitsPerComponent 8 ${decode}${smooth(node)}`;
    return { id: this.#file.addStream(`${head} /Filter /DCTDecode`, jpeg.bytes), orientation: jpeg.orientation };
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

  #add(samplesOf: () => Promise<Samples>): PlacedImage {
    const id = this.#file.reserve();
    const write = async (): Promise<void> => this.#writeFlate(id, await samplesOf());
    this.#pending.push({ id, write });
    return { id, orientation: 1 };
  }

  async #writePixels(node: RasterNode, image: DecodedImage): Promise<Samples> {
    const { rgba, widthPx, heightPx } = adjusted(image, node);
    const alpha = alphaOf(rgba);
    let more = smooth(node);
    if (alpha) {
      const maskId = this.#file.reserve();
      await this.#writeFlate(maskId, { samples: alpha, channels: 1, space: '/DeviceGray', more, widthPx, heightPx });
      more += ` /SMask ${ref(maskId)}`;
    }
    if (this.#colour.mode === 'cmyk' && this.#colour.images === 'cmyk' && this.#toPress)
      return { samples: this.#toPress.rgba(rgba), channels: 4, space: '/DeviceCMYK', more, widthPx, heightPx };
    const space = this.#colour.mode === 'cmyk' ? this.#iccBased(SRGB_PROFILE, 3) : '/DeviceRGB';
    return { samples: rgbOf(rgba), channels: 3, space, more, widthPx, heightPx };
  }

  async #writeFlate(id: number, { samples, channels, space, more, widthPx, heightPx }: Samples): Promise<void> {
    const body = await deflated(predictRows(samples, widthPx, channels));
    const parms = `/DecodeParms << /Predictor 15 /Colors ${channels} /BitsPerComponent 8 /Columns ${widthPx} >>`;
    const head = `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /ColorSpace ${space} /BitsPerComponent 8 ${more}`;
    this.#file.setStream(id, `${head} /Filter /FlateDecode ${parms}`, body);
  }
}

type Samples = {
  readonly samples: Uint8Array;
  readonly channels: number;
  readonly space: string;
  readonly more: string;
  readonly widthPx: number;
  readonly heightPx: number;
};

const smooth = (node: RasterNode): string => (node.interpolation === 'smooth' ? '/Interpolate true' : '/Interpolate false');

const adjusted = (image: DecodedImage, node: RasterNode): PixelImage => {
  if (image.rgba.length !== image.widthPx * image.heightPx * 4)
    throw new Problem(
      'pdf.pixels',
      `expected ${image.widthPx} x ${image.heightPx} RGBA pixels for a picture, got ${image.rgba.length} bytes`,
      {
        pointer: node.pointer,
      },
    );
  return applyAdjustments(image, node.adjust);
};

const tag = (icc: Uint8Array, at: number): string => Buffer.from(icc.subarray(at, at + 4)).toString('latin1');

/** The embedded profile if it fits the data and is of a kind PDF 1.6 knows (ICC.1 up to version 4); any other counts as absent, as readers do. */
const usableIcc = ({ icc, components }: JpegStream): Uint8Array | null => {
  if (!icc || icc.length < 132) return null;
  const known = tag(icc, 36) === 'acsp' && (icc[8] ?? 0) <= 4 && ['scnr', 'mntr', 'prtr', 'spac'].includes(tag(icc, 12));
  return known && CHANNELS[tag(icc, 16)] === components ? icc : null;
};

/** The alpha plane, or null when every pixel is opaque. */
const alphaOf = (rgba: Uint8Array): Uint8Array | null => {
  const plane = new Uint8Array(rgba.length >> 2);
  let all = 255;
  for (let i = 0, p = 3; i < plane.length; i += 1, p += 4) {
    const value = rgba[p] ?? 0;
    plane[i] = value;
    all &= value;
  }
  return all === 255 ? null : plane;
};

const rgbOf = (rgba: Uint8Array): Uint8Array => {
  const out = new Uint8Array((rgba.length >> 2) * 3);
  for (let p = 0, i = 0; i < out.length; p += 4, i += 3) {
    out[i] = rgba[p] ?? 0;
    out[i + 1] = rgba[p + 1] ?? 0;
    out[i + 2] = rgba[p + 2] ?? 0;
  }
  return out;
};
