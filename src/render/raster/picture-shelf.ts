import { type Affine, multiply, scaling, translation } from '../../geometry/affine.ts';
import type { RasterNode } from '../../scene/scene.ts';
import { adjustedPicture, adjustedSize, type PixelSize } from '../adjust/adjusted-picture.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { pause } from './pause.ts';
import type { PixelsOf } from './raster-request.ts';
import { type ResizeWeights, resizeWeights } from './resize-weights.ts';

/** A picture in kernel memory as its sampler wants it: premultiplied, with a border of two pixels. */
export type PreparedPicture = {
  readonly address: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The unit square of the node's source window to pixels of this picture. */
  readonly fromUnit: Affine;
  readonly nearest: boolean;
};

/** Pictures as they lie in a kernel, for further renders. */
export type KeptPictures = {
  get(key: string): Uint8Array | undefined;
  set(key: string, pixels: Uint8Array, bytes: number): void;
};

type Pixels = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8Array };
type Axis = {
  readonly from: number;
  readonly size: number;
  /** Made only when the picture is not known yet: they cost as much as a small picture. */
  readonly weights: (() => ResizeWeights) | null;
  readonly scale: number;
  readonly shift: number;
};

const BORDER = 2;
/** Source rows handled between two looks at the signal. */
const BAND_ROWS = 256;

/** The pictures of one render. Equal uses (same pixels, window, adjustments and shrinking) share one copy. */
export class PictureShelf {
  readonly #kernel: Kernel;
  readonly #pixelsOf: PixelsOf;
  readonly #signal: AbortSignal;
  readonly #prepared = new Map<string, PreparedPicture>();
  readonly #kept: KeptPictures | undefined;

  constructor(kernel: Kernel, pixelsOf: PixelsOf, signal: AbortSignal, kept?: KeptPictures) {
    this.#kept = kept;
    this.#kernel = kernel;
    this.#pixelsOf = pixelsOf;
    this.#signal = signal;
  }

  /** `place` maps the node's unit square to canvas pixels and decides how far the picture is shrunk beforehand. */
  async prepare(node: RasterNode, place: Affine): Promise<PreparedPicture> {
    const [a, b, c, d] = place;
    const shown = { width: Math.hypot(a, b), height: Math.hypot(c, d) };
    const nearest = node.interpolation === 'nearest';
    const { source, image } = node;
    const size = node.adjust.length > 0 ? adjustedSize(node, shown) : image;
    const [sx, sy] = [size.widthPx / image.widthPx, size.heightPx / image.heightPx];
    const across = axisOf(size.widthPx, source.x * sx, source.width * sx, nearest ? Number.POSITIVE_INFINITY : shown.width);
    const down = axisOf(size.heightPx, source.y * sy, source.height * sy, nearest ? Number.POSITIVE_INFINITY : shown.height);
    const key = JSON.stringify([image.digest, source, node.adjust, size.widthPx, size.heightPx, across.size, down.size, nearest]);
    const known = this.#prepared.get(key);
    if (known) return known;
    const picture = {
      address: await this.#keep(key, bytesFor(across, down), () => this.#load(node, size, across, down)),
      widthPx: across.size,
      heightPx: down.size,
      fromUnit: multiply(translation(across.shift, down.shift), scaling(across.scale, down.scale)),
      nearest,
    };
    this.#prepared.set(key, picture);
    return picture;
  }

  /** Uses what an earlier render made of the same picture, or makes it and keeps a copy. */
  async #keep(key: string, size: number, load: () => Promise<number>): Promise<number> {
    const known = this.#kept?.get(key);
    if (known) {
      const address = this.#kernel.reserve(size);
      this.#kernel.bytes.set(known, address);
      return address;
    }
    const address = await load();
    this.#kept?.set(key, this.#kernel.bytes.slice(address, address + size), size);
    return address;
  }

  async #load(node: RasterNode, size: PixelSize, across: Axis, down: Axis): Promise<number> {
    const decoded = this.#pixelsOf(node.image.digest);
    const pixels: Pixels = node.adjust.length > 0 ? await adjustedPicture(decoded, node.adjust, size, this.#signal) : decoded;
    const kernel = this.#kernel;
    const stride = (across.size + 2 * BORDER) * 4;
    const address = kernel.reserve(bytesFor(across, down));
    const inner = address + BORDER * stride + BORDER * 4;
    const mark = kernel.mark();
    if (across.weights || down.weights) await this.#shrink(pixels, across, down, inner, stride);
    else await this.#copy(pixels, across, down, inner, stride);
    kernel.release(mark);
    kernel.calls.repeatEdges(address, across.size, down.size);
    return address;
  }

  async #copy({ widthPx, rgba }: Pixels, across: Axis, down: Axis, inner: number, stride: number): Promise<void> {
    const { bytes, calls } = this.#kernel;
    for (let y = 0; y < down.size; y++) {
      if (y % BAND_ROWS === 0) await pause(this.#signal);
      const from = ((down.from + y) * widthPx + across.from) * 4;
      bytes.set(rgba.subarray(from, from + across.size * 4), inner + y * stride);
      calls.premultiply(inner + y * stride, across.size);
    }
  }

  /** Across first, a band of source rows at a time, into an intermediate picture; then down. */
  async #shrink(pixels: Pixels, across: Axis, down: Axis, inner: number, stride: number): Promise<void> {
    const kernel = this.#kernel;
    const horizontal = across.weights?.() ?? identityWeights(across);
    const vertical = down.weights?.() ?? identityWeights(down);
    const starts = kernel.reserve(horizontal.starts.byteLength);
    const weights = kernel.reserve(horizontal.weights.byteLength);
    const downWeights = kernel.reserve(vertical.weights.byteLength);
    const row = kernel.reserve((pixels.widthPx + 4) * 4);
    const rowBytes = (across.size + 4) * 4;
    const first = Math.min(...vertical.starts);
    const rows = Math.max(...vertical.starts) + vertical.taps - first;
    const narrow = kernel.reserve(rowBytes * rows);
    const out = kernel.reserve(rowBytes);
    const { bytes, calls } = kernel;
    bytes.set(bytesOf(horizontal.starts), starts);
    bytes.set(bytesOf(horizontal.weights), weights);
    bytes.set(bytesOf(vertical.weights), downWeights);
    for (let y = 0; y < rows; y++) {
      if (y % BAND_ROWS === 0) await pause(this.#signal);
      const from = Math.min(first + y, pixels.heightPx - 1) * pixels.widthPx * 4;
      bytes.set(pixels.rgba.subarray(from, from + pixels.widthPx * 4), row);
      calls.premultiply(row, pixels.widthPx);
      calls.shrinkAcross(narrow + y * rowBytes, row, across.size, starts, weights, horizontal.taps);
    }
    for (let y = 0; y < down.size; y++) {
      if (y % BAND_ROWS === 0) await pause(this.#signal);
      const from = narrow + ((vertical.starts[y] ?? 0) - first) * rowBytes;
      calls.shrinkDown(out, from, rowBytes, across.size, downWeights + y * vertical.taps * 2, vertical.taps);
      bytes.copyWithin(inner + y * stride, out, out + across.size * 4);
    }
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Int16Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

/** Room for a picture with its border, and for a sampler that reads a little beyond. */
const bytesFor = (across: Axis, down: Axis): number => (across.size + 2 * BORDER) * 4 * (down.size + 2 * BORDER) + 64;

/** One direction of a picture: shrunk to the pixels it is shown at, or as it is when it is shown at its own size or larger. */
const axisOf = (sourceSize: number, from: number, length: number, shownPx: number): Axis => {
  const low = Math.min(sourceSize - 1, Math.max(0, Math.floor(from)));
  const high = Math.min(sourceSize, Math.max(low + 1, Math.ceil(from + length)));
  const size = Math.max(1, Math.round(shownPx));
  if (!(size < length)) return { from: low, size: high - low, weights: null, scale: length, shift: from - low };
  return { from: low, size, weights: () => resizeWeights(sourceSize, from, length, size), scale: size, shift: 0 };
};

const identityWeights = ({ from, size }: Axis): ResizeWeights => ({
  size,
  taps: 2,
  starts: Int32Array.from({ length: size }, (_, i) => from + i),
  weights: Int16Array.from({ length: size * 2 }, (_, i) => (i % 2 === 0 ? 16384 : 0)),
});
