import sharp from 'sharp';
import type { Rect } from '../../geometry/point.ts';
import { Problem } from '../../model/problem.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import { spreadColours } from '../white/spread-colours.ts';

/** What a printed picture says of itself, and the box of its pixels that print. */
export type PieceFacts = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Whole pixels; null for a picture that is clear all over. */
  readonly ink: Rect | null;
  /** The printing part, scaled down. */
  readonly thumb: PixelImage | null;
};

const MOST_PIXELS = 500_000_000;

const opened = (bytes: Uint8Array) => sharp(bytes, { limitInputPixels: MOST_PIXELS });

/** Alpha up to this is a breath that no print shows. */
const FAINT = 12;

/**
 * Looks through a picture with alpha.
 * @param scale - of the small picture, at most 1
 * @throws Problem `gang.picture` for bytes that are none
 */
export const measurePiece = async (bytes: Uint8Array, name: string, scale: number): Promise<PieceFacts> => {
  const { data, info } = await opened(bytes)
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new Problem('gang.picture', `expected a picture for "${name}", got bytes that cannot be decoded`, { cause });
    });
  const { width, height } = info;
  const ink = inkBox(data, width, height);
  if (!ink) return { widthPx: width, heightPx: height, ink, thumb: null };
  const size = { width: Math.max(1, Math.round(ink.width * scale)), height: Math.max(1, Math.round(ink.height * scale)) };
  const small = await sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: MOST_PIXELS })
    .extract({ left: ink.x, top: ink.y, width: ink.width, height: ink.height })
    .resize({ ...size, fit: 'fill' })
    .raw()
    .toBuffer();
  const thumb = { widthPx: size.width, heightPx: size.height, rgba: new Uint8Array(small.buffer, small.byteOffset, small.length) };
  spreadColours(thumb);
  return { widthPx: width, heightPx: height, ink, thumb };
};

const inkBox = (rgba: Uint8Array, width: number, height: number): Rect | null => {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y += 1) {
    const row = y * width * 4 + 3;
    let first = 0;
    while (first < width && (rgba[row + first * 4] ?? 0) <= FAINT) first += 1;
    if (first === width) continue;
    let last = width - 1;
    while ((rgba[row + last * 4] ?? 0) <= FAINT) last -= 1;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, last);
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
};

export type CutPiece = {
  /** The part to take, whole pixels. */
  readonly ink: Rect;
  /** A quarter turn clockwise. */
  readonly rotated: boolean;
  /** Size on the sheet, after the turn; another than the part's scales it without mixing pixels, for half clear ones must not arise. */
  readonly widthPx: number;
  readonly heightPx: number;
};

/** The printing part of a picture as it lies on the sheet: RGBA with four channels, the plate of white with one. Row-major. */
export const cutPiece = async (bytes: Uint8Array, { ink, rotated, widthPx, heightPx }: CutPiece, channels: 1 | 4): Promise<Uint8Array> => {
  const part = opened(bytes).extract({ left: ink.x, top: ink.y, width: ink.width, height: ink.height });
  const upright = rotated ? { width: heightPx, height: widthPx } : { width: widthPx, height: heightPx };
  const sized =
    upright.width === ink.width && upright.height === ink.height ? part : part.resize({ ...upright, fit: 'fill', kernel: 'nearest' });
  const flat = channels === 4 ? sized.ensureAlpha().toColourspace('srgb') : sized.toColourspace('b-w');
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true });
  const pixels =
    channels === 1 && info.channels !== 1 ? everyNth(data, info.channels) : new Uint8Array(data.buffer, data.byteOffset, data.length);
  return rotated ? turned(pixels, upright.width, upright.height, channels) : pixels;
};

const everyNth = (data: Uint8Array, step: number): Uint8Array =>
  Uint8Array.from({ length: data.length / step }, (_, i) => data[i * step] ?? 0);

/** A quarter turn clockwise. */
const turned = (from: Uint8Array, width: number, height: number, channels: 1 | 4): Uint8Array => {
  const out = new Uint8Array(from.length);
  if (channels === 4) {
    // Pixels as words; Uint8Arrays from the decoder may begin anywhere.
    const aligned = from.byteOffset % 4 === 0 ? from : Uint8Array.from(from);
    turnInto(new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2), new Uint32Array(out.buffer), width, height);
  } else turnInto(from, out, width, height);
  return out;
};

const turnInto = (from: Uint8Array | Uint32Array, out: Uint8Array | Uint32Array, width: number, height: number): void => {
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) out[x * height + (height - 1 - y)] = from[at] ?? 0;
  }
};
