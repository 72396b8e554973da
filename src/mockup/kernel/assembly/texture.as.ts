// Artwork as the warp reads it: premultiplied linear light, four i16 a texel (32767 = 1), with a border of two clear texels.

/** Width of the clear border. A position held inside it samples nothing but clear texels. */
export const BORDER: i32 = 2;
/** Linear light of every sRGB byte, i16, 32767 = 1. */
const linear = memory.data(256 * 2, 16);

/** sRGB to linear light, IEC 61966-2-1. */
export function initLinear(): void {
  for (let i = 0; i < 256; i++) {
    const v = <f64>i / 255;
    const light = v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    store<i16>(linear + (i << 1), <i16>Math.floor(light * 32767 + 0.5));
  }
}

/** Turns `count` straight RGBA8 pixels at `src` into texels at `out`. */
export function lineariseRow(out: usize, src: usize, count: i32): void {
  for (let x = 0; x < count; x++) {
    const pixel = load<u32>(src + (x << 2));
    const to = out + (x << 3);
    const alpha = pixel >>> 24;
    if (alpha === 0) {
      store<u64>(to, 0);
      continue;
    }
    const r = <u32>load<u16>(linear + ((pixel & 255) << 1));
    const g = <u32>load<u16>(linear + (((pixel >>> 8) & 255) << 1));
    const b = <u32>load<u16>(linear + (((pixel >>> 16) & 255) << 1));
    // Most of a design covers its ground; three divisions a pixel cost more than all the rest.
    if (alpha === 255) {
      store<u64>(to, <u64>(r | (g << 16)) | ((<u64>(b | (32767 << 16))) << 32));
      continue;
    }
    store<i16>(to, <i16>((r * alpha + 127) / 255));
    store<i16>(to, <i16>((g * alpha + 127) / 255), 2);
    store<i16>(to, <i16>((b * alpha + 127) / 255), 4);
    store<i16>(to, <i16>((32767 * alpha + 127) / 255), 6);
  }
}

/** Writes the half-size texture of a `width` x `height` one (both without their borders, which are there already and clear). */
export function halve(out: usize, src: usize, width: i32, height: i32): void {
  const from = (width + 2 * BORDER) << 3;
  const columns = (width + 1) >> 1;
  const rows = (height + 1) >> 1;
  const to = (columns + 2 * BORDER) << 3;
  for (let y = 0; y < rows; y++) {
    let upper = src + <usize>((2 * y + BORDER) * from + (BORDER << 3));
    let target = out + <usize>((y + BORDER) * to + (BORDER << 3));
    for (let x = 0; x < columns; x++) {
      const sum = i16x8.avgr_u(v128.load(upper), v128.load(upper + from));
      v128.store64_lane(target, i16x8.avgr_u(sum, v128.shuffle<u64>(sum, sum, 1, 0)), 0);
      upper += 16;
      target += 8;
    }
  }
}
