// Reading prepared pictures (premultiplied RGBA8 with a border of two repeated pixels) at fractional positions.
import { clampToAlpha } from './pixel-ops';

/** Border width in pixels; the four-tap kernel reaches two pixels beyond the last. */
export const BORDER: i32 = 2;
/** Tap weights of the interpolating cubic for 129 phases, four i16 each, 128 = one. */
const weights = memory.data(129 * 8, 16);

/**
 * Fills the weights of the Catmull-Rom cubic (Keys 1981, a = -1/2): it interpolates, so a picture placed at its own size on the pixel
 * grid comes back unchanged. The middle weights absorb rounding so that every phase sums to 128.
 */
export function initSampling(): void {
  for (let phase = 0; phase <= 128; phase++) {
    const t = <f64>phase / 128;
    const at = weights + <usize>(phase << 3);
    const w0 = roundWeight(((-0.5 * t + 1) * t - 0.5) * t);
    const w3 = roundWeight((0.5 * t - 0.5) * t * t);
    let w1 = roundWeight((1.5 * t - 2.5) * t * t + 1);
    let w2 = roundWeight(((-1.5 * t + 2) * t + 0.5) * t);
    const rest = 128 - (w0 + w1 + w2 + w3);
    if (phase < 64) w1 += rest;
    else w2 += rest;
    store<i16>(at, <i16>w0);
    store<i16>(at, <i16>w1, 2);
    store<i16>(at, <i16>w2, 4);
    store<i16>(at, <i16>w3, 6);
  }
}

function roundWeight(weight: f64): i32 {
  return <i32>Math.floor(weight * 128 + 0.5);
}

/** One source row's four taps at `at`, as four 32-bit channel sums scaled by 128. */
function tapRow(at: usize, near: v128, far: v128): v128 {
  const pixels = v128.load(at);
  const paired = v128.shuffle<u8>(pixels, pixels, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
  return i32x4.add(i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(paired), near), i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(paired), far));
}

/** Interleaves the low and high halves so that a dot product pairs row 0 with row 1 (or 2 with 3) channel by channel. */
function pairRows(a: v128, b: v128): v128 {
  const packed = i16x8.narrow_i32x4_s(i32x4.shr_s(a, 1), i32x4.shr_s(b, 1));
  return v128.shuffle<u16>(packed, packed, 0, 4, 1, 5, 2, 6, 3, 7);
}

/** Bicubic value at 16.16 position (u, v), where 0 is the centre of the first pixel; four 32-bit channels. */
function bicubic(pixels: usize, stride: i32, u: i32, v: i32): v128 {
  const at = pixels + <usize>(((v >> 16) + BORDER - 1) * stride + (((u >> 16) + BORDER - 1) << 2));
  const across = weights + <usize>(((u >> 9) & 127) << 3);
  const down = weights + <usize>(((v >> 9) & 127) << 3);
  const near = v128.load32_splat(across);
  const far = v128.load32_splat(across, 4);
  const upper = pairRows(tapRow(at, near, far), tapRow(at + stride, near, far));
  const lower = pairRows(tapRow(at + 2 * stride, near, far), tapRow(at + 3 * stride, near, far));
  const sum = i32x4.add(i32x4.dot_i16x8_s(upper, v128.load32_splat(down)), i32x4.dot_i16x8_s(lower, v128.load32_splat(down, 4)));
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(4096)), 13);
}

function packPixels(a: v128, b: v128, c: v128, d: v128): v128 {
  return clampToAlpha(i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
}

/**
 * Writes `count` bicubic samples to `out` (room for four pixels more), starting at 16.16 position (u, v) and stepping (du, dv).
 * Positions are held inside the picture, so its edge pixels continue outwards.
 */
export function sampleSmooth(out: usize, pixels: usize, widthPx: i32, heightPx: i32, u: i32, v: i32, du: i32, dv: i32, count: i32): void {
  const stride = (widthPx + 2 * BORDER) << 2;
  const uMax = i32x4.splat(((widthPx - 1) << 16) | 0xffff);
  const vMax = i32x4.splat(((heightPx - 1) << 16) | 0xffff);
  const least = i32x4.splat(-65536);
  let us = i32x4.add(i32x4.splat(u), i32x4.mul(i32x4.splat(du), i32x4(0, 1, 2, 3)));
  let vs = i32x4.add(i32x4.splat(v), i32x4.mul(i32x4.splat(dv), i32x4(0, 1, 2, 3)));
  const uStep = i32x4.splat(du << 2);
  const vStep = i32x4.splat(dv << 2);
  for (let x = 0; x < count; x += 4) {
    const cu = i32x4.max_s(i32x4.min_s(us, uMax), least);
    const cv = i32x4.max_s(i32x4.min_s(vs, vMax), least);
    v128.store(
      out + ((<usize>x) << 2),
      packPixels(
        bicubic(pixels, stride, i32x4.extract_lane(cu, 0), i32x4.extract_lane(cv, 0)),
        bicubic(pixels, stride, i32x4.extract_lane(cu, 1), i32x4.extract_lane(cv, 1)),
        bicubic(pixels, stride, i32x4.extract_lane(cu, 2), i32x4.extract_lane(cv, 2)),
        bicubic(pixels, stride, i32x4.extract_lane(cu, 3), i32x4.extract_lane(cv, 3)),
      ),
    );
    us = i32x4.add(us, uStep);
    vs = i32x4.add(vs, vStep);
  }
}

/** As sampleSmooth, but takes the pixel that contains each position (0 is the left edge of the first pixel). */
export function sampleNearest(out: usize, pixels: usize, widthPx: i32, heightPx: i32, u: i32, v: i32, du: i32, dv: i32, count: i32): void {
  const stride = (widthPx + 2 * BORDER) << 2;
  for (let x = 0; x < count; x++) {
    const column = min(max(u >> 16, 0), widthPx - 1) + BORDER;
    const row = min(max(v >> 16, 0), heightPx - 1) + BORDER;
    store<u32>(out + ((<usize>x) << 2), load<u32>(pixels + <usize>(row * stride + (column << 2))));
    u += du;
    v += dv;
  }
}
