import { inflateSync } from 'node:zlib';
import { initializeCanvas, type Layer, type Psd, readPsd as readFile } from 'ag-psd';
import { isProblem, Problem } from '../../model/problem.ts';
import { hasForeignProfile } from './colour-profile.ts';
import { convertLayers } from './convert-layers.ts';
import type { PsdDocument, PsdNote } from './psd-document.ts';

/** What a layered picture from outside may cost; all but `maxLayerPixels` and `maxLayers` are read from the first 26 bytes. */
export type PsdLimits = {
  readonly maxBytes: number;
  /** Width times height of the picture. */
  readonly maxPixels: number;
  readonly maxSidePx: number;
  /** Groups included. */
  readonly maxLayers: number;
  /** Pixels of all layers and masks together; four bytes each while they are read. */
  readonly maxLayerPixels: number;
};

export const DEFAULT_PSD_LIMITS: PsdLimits = {
  maxBytes: 400_000_000,
  maxPixels: 40_000_000,
  maxSidePx: 8000,
  maxLayers: 500,
  maxLayerPixels: 400_000_000,
};

const HEADER_BYTES = 26;
const GREY = 1;
const RGB = 3;
const COLOUR_MODES = ['bitmap', 'grey', 'indexed', 'RGB', 'CMYK', '5', '6', 'multichannel', 'duotone', 'Lab'];

const FOREIGN_PROFILE: PsdNote = {
  severity: 'warning',
  code: 'psd.colour-profile',
  layer: '',
  message: 'its colour profile is not sRGB and is not looked at: colours are read as if they were sRGB',
};

const refuse = (code: string, expected: string, got: string): Problem =>
  new Problem(`psd.${code}`, `expected ${expected} for a layered picture, got ${got}`);

const checkHeader = (bytes: Uint8Array, limits: PsdLimits): void => {
  if (bytes.length > limits.maxBytes) throw refuse('too-large', `at most ${limits.maxBytes} bytes`, `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0) !== 0x38425053) throw refuse('not-psd', 'a PSD file', 'something else');
  const version = view.getUint16(4);
  if (version !== 1 && version !== 2) throw refuse('unsupported', 'PSD version 1 or PSB version 2', `version ${version}`);
  const [height, width, depth, mode] = [view.getUint32(14), view.getUint32(18), view.getUint16(22), view.getUint16(24)];
  if (Math.min(width, height) < 16 || Math.max(width, height) > limits.maxSidePx || width * height > limits.maxPixels)
    throw refuse('size', `16 to ${limits.maxSidePx} px a side and at most ${limits.maxPixels} px`, `${width} x ${height} px`);
  if (depth !== 8 && depth !== 16) throw refuse('unsupported', '8 or 16 bits a channel', `${depth}`);
  if (mode !== RGB && mode !== GREY) throw refuse('unsupported', 'RGB or grey', `${COLOUR_MODES[mode] ?? mode}`);
};

const countLayers = (layers: readonly Layer[]): number => layers.reduce((sum, layer) => sum + 1 + countLayers(layer.children ?? []), 0);

type Box = {
  readonly top?: number | undefined;
  readonly left?: number | undefined;
  readonly bottom?: number | undefined;
  readonly right?: number | undefined;
};

const areaOf = ({ top = 0, left = 0, bottom = 0, right = 0 }: Box): number => Math.max(0, right - left) * Math.max(0, bottom - top);

/** The box a channel's pixels fill: -2 and -3 are the layer's masks. */
const boxOfChannel = (layer: Layer, id: number): Box => (id === -2 ? (layer.mask ?? {}) : id === -3 ? (layer.realMask ?? {}) : layer);

/** Proves before anything is unpacked that no channel holds more or less than its box says. */
const checkChannels = (layer: Layer, depth: number): void => {
  for (const { id, compression, data } of layer.rawData?.channels ?? []) {
    if (!data) continue;
    const bytes = areaOf(boxOfChannel(layer, id)) * (depth / 8);
    const packed: number = compression;
    try {
      const length = packed === 0 ? data.length : packed === 1 ? bytes : inflateSync(data, { maxOutputLength: Math.max(1, bytes) }).length;
      if (length === bytes) continue;
    } catch {
      // Reported below, as a wrong length is.
    }
    throw refuse('corrupt', `${bytes} bytes in a channel of layer "${(layer.name ?? '').slice(0, 100)}"`, 'another number');
  }
};

const checkLayers = (layers: readonly Layer[], depth: number, limits: PsdLimits, spent = 0): number => {
  let pixels = spent;
  for (const layer of layers) {
    pixels += areaOf(layer) + areaOf(layer.mask ?? {}) + areaOf(layer.realMask ?? {});
    if (pixels > limits.maxLayerPixels) throw refuse('too-large', `at most ${limits.maxLayerPixels} px in all layers`, 'more');
    checkChannels(layer, depth);
    pixels = checkLayers(layer.children ?? [], depth, limits, pixels);
  }
  return pixels;
};

const parse = (bytes: Uint8Array): Psd => {
  const noCanvas = (): never => {
    throw new RangeError('expected to work on plain pixels');
  };
  initializeCanvas(noCanvas, (width, height) => ({
    width,
    height,
    colorSpace: 'srgb' as const,
    data: new Uint8ClampedArray(width * height * 4),
  }));
  return readFile(bytes, {
    useRawData: true,
    skipCompositeImageData: true,
    skipThumbnail: true,
    skipLinkedFilesData: true,
    log: () => undefined,
  });
};

/**
 * Reads a layered picture (PSD or PSB, RGB or grey, 8 or 16 bits), with notes on everything that its layers have and we do not carry over.
 * @throws Problem `psd.not-psd`, `psd.unsupported`, `psd.size`, `psd.too-large` or `psd.corrupt`
 */
export const readPsd = (
  bytes: Uint8Array,
  limits: PsdLimits = DEFAULT_PSD_LIMITS,
): { readonly document: PsdDocument; readonly notes: readonly PsdNote[] } => {
  checkHeader(bytes, limits);
  try {
    const psd = parse(bytes);
    const layers = psd.children ?? [];
    const count = countLayers(layers);
    if (count > limits.maxLayers) throw refuse('too-large', `at most ${limits.maxLayers} layers`, `${count}`);
    checkLayers(layers, psd.bitsPerChannel ?? 8, limits);
    const { document, notes } = convertLayers(psd);
    return { document, notes: hasForeignProfile(bytes) ? [FOREIGN_PROFILE, ...notes] : notes };
  } catch (cause) {
    if (isProblem(cause)) throw cause;
    throw new Problem('psd.corrupt', 'expected a readable layered picture, got one that ends early or contradicts itself', { cause });
  }
};
