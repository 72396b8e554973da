import sharp from 'sharp';
import { Problem } from '../../model/problem.ts';

/** Two pictures of this size take half a gigabyte; what is larger is told by its bytes alone. */
const MOST_PIXELS = 64_000_000;
const PANEL_PX = 360;
const GAP_PX = 12;
/** Grey that shows white ink and black letters alike. */
const BACKDROP = '#c8c8c8';

export type PictureDifference = {
  readonly before: { readonly widthPx: number; readonly heightPx: number };
  readonly after: { readonly widthPx: number; readonly heightPx: number };
  /** Pixels that are not the same, and what share of the picture they are; of another size all are. */
  readonly pixels: number;
  readonly share: number;
  /** The most that one channel of one pixel differs, 0 to 255. */
  readonly most: number;
  /** Where they are, pixels from the upper left; null for equal pictures and for those of another size. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
};

type Pixels = { readonly widthPx: number; readonly heightPx: number /** RGBA rows. */; readonly data: Uint8Array };

const decode = async (bytes: Uint8Array): Promise<Pixels> => {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, data };
  } catch (cause) {
    throw new Problem('compare.picture', 'expected a picture that decodes and has at most 64 megapixels, got another', { cause });
  }
};

type Difference = PictureDifference & { /** Cells of the panel with a difference. */ readonly marked: Uint8Array };
type Panel = { readonly widthPx: number; readonly heightPx: number };

const panelOf = ({ widthPx, heightPx }: Pixels): Panel => {
  const scale = Math.min(1, PANEL_PX / Math.max(widthPx, heightPx));
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) };
};

const differenceOf = (before: Pixels, after: Pixels, panel: Panel): Difference => {
  const { widthPx, heightPx } = after;
  const marked = new Uint8Array(panel.widthPx * panel.heightPx);
  let [pixels, most, left, top, right, bottom] = [0, 0, widthPx, heightPx, -1, -1];
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 4) {
      const apart = apartAt(before.data, after.data, at);
      if (apart === 0) continue;
      pixels += 1;
      most = Math.max(most, apart);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
      marked[Math.floor((y * panel.heightPx) / heightPx) * panel.widthPx + Math.floor((x * panel.widthPx) / widthPx)] = 1;
    }
  }
  const box = pixels === 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  return { before: sizeOf(before), after: sizeOf(after), pixels, share: pixels / (widthPx * heightPx), most, box, marked };
};

/** The most that a channel of two pixels differs; nothing shows of colours where both are clear. */
const apartAt = (a: Uint8Array, b: Uint8Array, at: number): number => {
  const [alpha = 0, other = 0] = [a[at + 3], b[at + 3]];
  if (alpha === 0 && other === 0) return 0;
  let most = Math.abs(alpha - other);
  for (let i = at; i < at + 3; i += 1) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return most;
};

const sizeOf = ({ widthPx, heightPx }: Pixels) => ({ widthPx, heightPx });

const unlike = (before: Pixels, after: Pixels): Difference => ({
  before: sizeOf(before),
  after: sizeOf(after),
  pixels: after.widthPx * after.heightPx,
  share: 1,
  most: 255,
  box: null,
  marked: new Uint8Array(),
});

const shown = (pixels: Pixels): Promise<Buffer> =>
  sharp(pixels.data, { raw: { width: pixels.widthPx, height: pixels.heightPx, channels: 4 } })
    .flatten({ background: BACKDROP })
    .resize(PANEL_PX, PANEL_PX, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();

/** The picture in pale grey, every cell with a difference in red: one pixel of a poster is seen too. */
const markedPanel = async (after: Pixels, marked: Uint8Array, { widthPx, heightPx }: Panel): Promise<Buffer> => {
  const grey = await sharp(after.data, { raw: { width: after.widthPx, height: after.heightPx, channels: 4 } })
    .flatten({ background: BACKDROP })
    .resize(widthPx, heightPx, { fit: 'fill' })
    .greyscale()
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer();
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < widthPx * heightPx; i += 1) {
    const pale = 170 + Math.round((grey[i] ?? 0) / 3);
    rgb.set(marked[i] === 1 ? [214, 20, 40] : [pale, pale, pale], i * 3);
  }
  return sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .png()
    .toBuffer();
};

const sideBySide = (panels: readonly Buffer[]): Promise<Buffer> => {
  const width = panels.length * PANEL_PX + (panels.length - 1) * GAP_PX;
  return sharp({ create: { width, height: PANEL_PX, channels: 3, background: '#ffffff' } })
    .composite(panels.map((input, i) => ({ input, left: i * (PANEL_PX + GAP_PX), top: 0 })))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
};

/**
 * Compares two pictures pixel by pixel, in sRGB of 8 bits with alpha. `picture()` draws them side by side as a PNG of 1104 x 360 px: before, after,
 * and where they differ (not for pictures of another size).
 * @throws Problem `compare.picture` for what does not decode
 */
export const comparePictures = async (
  before: Uint8Array,
  after: Uint8Array,
): Promise<{ readonly difference: PictureDifference; readonly picture: () => Promise<Uint8Array> }> => {
  const [old, now] = [await decode(before), await decode(after)];
  const panel = panelOf(now);
  const isLike = old.widthPx === now.widthPx && old.heightPx === now.heightPx;
  const { marked, ...difference } = isLike ? differenceOf(old, now, panel) : unlike(old, now);
  const picture = async (): Promise<Uint8Array> =>
    sideBySide([await shown(old), await shown(now), ...(isLike ? [await markedPanel(now, marked, panel)] : [])]);
  return { difference, picture };
};
