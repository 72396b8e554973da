// Premultiplied strips back to the straight pixels that files hold.

/** 255 * 65536 / alpha, rounded, for every alpha but 0, which keeps 0. */
const reciprocals = memory.data(256 * 4);

export function initUnpremultiply(): void {
  for (let alpha = 1; alpha < 256; alpha++) {
    store<u32>(reciprocals + <usize>(alpha << 2), (255 * 65536 + alpha / 2) / alpha);
  }
}

/** Converts in place; runs of opaque or empty pixels cost one test for four. */
export function unpremultiply(pixels: usize, count: i32): void {
  const alphaMask = i32x4.splat(<i32>0xff000000);
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const at = pixels + ((<usize>x) << 2);
    const four = v128.load(at);
    const alpha = v128.and(four, alphaMask);
    if (i32x4.all_true(i32x4.eq(alpha, alphaMask)) || !v128.any_true(alpha)) continue;
    const low = i16x8.narrow_i32x4_s(straightened(at), straightened(at + 4));
    const high = i16x8.narrow_i32x4_s(straightened(at + 8), straightened(at + 12));
    v128.store(at, v128.bitselect(four, i8x16.narrow_i16x8_u(low, high), alphaMask));
  }
  for (; x < count; x++) {
    const at = pixels + ((<usize>x) << 2);
    const words = i16x8.narrow_i32x4_s(straightened(at), i32x4.splat(0));
    const colour = i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0) & 0xffffff;
    store<u32>(at, colour | (load<u32>(at) & 0xff000000));
  }
}

/** One pixel's channels times 255 / alpha, as four 32-bit numbers; empty pixels stay empty. */
function straightened(at: usize): v128 {
  const factor = load<u32>(reciprocals + ((<usize>load<u8>(at, 3)) << 2));
  const channels = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_splat(at)));
  return i32x4.shr_u(i32x4.add(i32x4.mul(channels, i32x4.splat(factor)), i32x4.splat(32768)), 16);
}

/** RGBA to RGB, dropping alpha; `out` has room for 16 bytes more. */
export function packOpaque(out: usize, pixels: usize, count: i32): void {
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const four = v128.load(pixels + ((<usize>x) << 2));
    v128.store(out + <usize>(x * 3), v128.shuffle<u8>(four, four, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0));
  }
  for (; x < count; x++) {
    const at = out + <usize>(x * 3);
    const pixel = load<u32>(pixels + ((<usize>x) << 2));
    store<u16>(at, <u16>pixel);
    store<u8>(at, <u8>(pixel >> 16), 2);
  }
}
