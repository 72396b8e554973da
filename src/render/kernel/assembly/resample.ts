// Bringing pictures into the form sample.ts reads, and shrinking them before they are placed (separable, i16 weights, 16384 = one).
import { clampToAlpha, mulBytes, spreadAlpha } from './pixel-ops';
import { BORDER } from './sample';

/** Straight to premultiplied, in place. */
export function premultiply(pixels: usize, count: i32): void {
  const alphaLane = i32x4.splat(<i32>0xff000000);
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const at = pixels + ((<usize>x) << 2);
    const straight = v128.load(at);
    v128.store(at, mulBytes(straight, v128.or(spreadAlpha(straight), alphaLane)));
  }
  for (; x < count; x++) {
    const at = pixels + ((<usize>x) << 2);
    const straight = v128.load32_splat(at);
    v128.store_lane<u32>(at, mulBytes(straight, v128.or(spreadAlpha(straight), alphaLane)), 0);
  }
}

/** Repeats the outermost pixels of a picture into its border. */
export function repeatEdges(pixels: usize, widthPx: i32, heightPx: i32): void {
  const stride = (<usize>(widthPx + 2 * BORDER)) << 2;
  for (let y = 0; y < heightPx; y++) {
    const row = pixels + <usize>(y + BORDER) * stride;
    const left = load<u32>(row + (BORDER << 2));
    const right = load<u32>(row + <usize>(widthPx + BORDER - 1) * 4);
    for (let i = 0; i < BORDER; i++) {
      store<u32>(row + ((<usize>i) << 2), left);
      store<u32>(row + ((<usize>(widthPx + BORDER + i)) << 2), right);
    }
  }
  for (let i = 0; i < BORDER; i++) {
    memory.copy(pixels + <usize>i * stride, pixels + <usize>BORDER * stride, stride);
    memory.copy(pixels + <usize>(heightPx + BORDER + i) * stride, pixels + <usize>(heightPx + BORDER - 1) * stride, stride);
  }
}

/**
 * Shrinks one row: output pixel i is the sum of `taps` (even) source pixels from starts[i] on, weighted by weights[i * taps ...].
 * The source row needs 8 readable bytes behind it.
 */
export function shrinkAcross(out: usize, src: usize, widthPx: i32, starts: usize, weights: usize, taps: i32): void {
  for (let i = 0; i < widthPx; i++) {
    let at = src + ((<usize>load<i32>(starts + ((<usize>i) << 2))) << 2);
    let sum = i32x4.splat(8192);
    for (let k = 0; k < taps; k += 2) {
      const pair = v128.load64_zero(at);
      const paired = i16x8.extend_low_i8x16_u(v128.shuffle<u8>(pair, pair, 0, 4, 1, 5, 2, 6, 3, 7, 0, 0, 0, 0, 0, 0, 0, 0));
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(paired, v128.load32_splat(weights)));
      at += 8;
      weights += 4;
    }
    const words = i16x8.narrow_i32x4_s(i32x4.shr_s(sum, 14), i32x4.shr_s(sum, 14));
    v128.store_lane<u32>(out + ((<usize>i) << 2), clampToAlpha(i8x16.narrow_i16x8_u(words, words)), 0);
  }
}

/** Shrinks down one output row from `taps` (even) source rows `stride` bytes apart; rows have room for three pixels more. */
export function shrinkDown(out: usize, src: usize, stride: i32, widthPx: i32, weights: usize, taps: i32): void {
  for (let x = 0; x < widthPx; x += 4) {
    let at = src + ((<usize>x) << 2);
    const half = i32x4.splat(8192);
    let a = half;
    let b = half;
    let c = half;
    let d = half;
    for (let k = 0; k < taps; k += 2) {
      const upper = v128.load(at);
      const lower = v128.load(at + stride);
      const weight = v128.load32_splat(weights + ((<usize>k) << 1));
      const left = v128.shuffle<u8>(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const right = v128.shuffle<u8>(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(left), weight));
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(left), weight));
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(right), weight));
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(right), weight));
      at += (<usize>stride) << 1;
    }
    const low = i16x8.narrow_i32x4_s(i32x4.shr_s(a, 14), i32x4.shr_s(b, 14));
    const high = i16x8.narrow_i32x4_s(i32x4.shr_s(c, 14), i32x4.shr_s(d, 14));
    v128.store(out + ((<usize>x) << 2), clampToAlpha(i8x16.narrow_i16x8_u(low, high)));
  }
}
